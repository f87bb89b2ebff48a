import Diffing
import Foundation
import JSON
import Model
import Segmentation

let diffMeaning = """
  Real pairs are two wordings of one article that follow each other, read by `stet extract`; MB are of the plain text of both sides. A
  process each: `stet compare OLD NEW` beside `git diff --no-index --word-diff --patience` on the same two files, start-up and the
  reading of files included. In one process, start-up left out: stet finds the edits and the words that differ, once with cutting the
  paragraphs into sentences and once from sentences, as an archive keeps them; wikidiff2, MediaWiki's, is given a paragraph a line and
  answers in JSON. All use one core. The peer's CPU is divided by stet's: above 1 stet is faster. Words marked are those,
  parted by white space, that have a mark of deletion or insertion on any letter, on either side; what moved or was only cut into
  other blocks is not counted. Moves are planted in the older texts of the pairs: one paragraph at least five paragraphs away, as it
  was, and with a tenth of its words exchanged; it is found when more than half of it is told as moved. Worst cases are made up; peers are
  given 10 seconds of CPU.
  """

/// A tool, and how it goes about pairs.
private struct DiffTool {
  let name: String
  let diffs: ([TextPair]) throws -> [PairDiff]
}

/// Measures real pairs of a corpus: CPU of the tools, the words they mark, and the planted moves they find.
func measureDiff(of corpus: Corpus, _ setting: Setting) throws -> [Section] {
  Progress.say("measuring diffs of \(corpus.name)")
  let pairs = try TextPair.first(of: corpus, setting)
  guard !pairs.isEmpty else {
    return [Section(title: "### \(corpus.name)", meaning: "No article of it changed.", columns: [], rows: [])]
  }
  let stet = DiffTool(name: "stet, in one process") { $0.map { ownDiff($0) } }
  let atHand = DiffTool(name: "stet, from sentences") { $0.map { ownDiff($0, fromSentences: true) } }
  let wikidiff2 = DiffTool(name: "wikidiff2, in one process") { try Wikidiff2Peer.diffs($0, in: setting.work) }
  let compare = DiffTool(name: "`stet compare`, a process each") { try $0.map { try compareDiff($0, setting) } }
  let git = DiffTool(name: "`git diff --word-diff`, a process each") { try $0.map { try gitDiff($0, setting) } }
  let rounds = setting.options.rounds
  let rows =
    try rows(of: [compare], beside: setting.has(.git) ? git : nil, pairs, rounds: rounds)
    + rows(of: [stet, atHand], beside: setting.has(.wikidiff2) ? wikidiff2 : nil, pairs, rounds: 10 * rounds)
  return [
    Section(
      title: "### \(corpus.name)", meaning: "",
      columns: [
        "\(pairs.count) pairs, \(megabytes(pairs).text(1)) MB", "CPU s", "MB per CPU s", "peer's CPU ÷ its",
        "worst pair, CPU ms", "words marked", "marks no more than its peer in",
      ], rows: rows + setting.absent(.git, .wikidiff2)),
    try movesSection(pairs, setting.has(.wikidiff2) ? [stet, wikidiff2] : [stet]),
  ]
}

private func megabytes(_ pairs: [TextPair]) -> Double { Double(pairs.reduce(0) { $0 + $1.octets }) / 1e6 }

/// Ours and the peer, in turns.
private func rows(
  of own: [DiffTool], beside peer: DiffTool?, _ pairs: [TextPair], rounds: Int
) throws -> [[String]] {
  let tools = own + (peer.map { [$0] } ?? [])
  var results = [[[PairDiff]]](repeating: [], count: tools.count)
  for _ in 0..<rounds {
    for (i, tool) in tools.enumerated() { results[i].append(try tool.diffs(pairs)) }
  }
  let totals = results.map { Spread($0.map { $0.reduce(0) { $0 + $1.cpu } }) }
  return tools.indices.map { i in
    let worst = pairs.indices.map { pair in Spread(results[i].map { $0[pair].cpu }).median }.max() ?? 0
    var beside = ["", ""]
    if i < own.count, let peer = results.last?.first, let total = totals.last, tools.count > own.count {
      let noMore = zip(results[i][0], peer).count { $0.marked <= $1.marked }
      beside = [(total.median / totals[i].median).text(2), "\(noMore) of \(pairs.count)"]
    }
    return [
      tools[i].name, totals[i].text(digits: 3), (megabytes(pairs) / totals[i].median).text(1), beside[0],
      (worst * 1000).text(1), "\(results[i][0].reduce(0) { $0 + $1.marked })", beside[1],
    ]
  }
}

/// How many planted moves each tool finds, and how many words it marks on the way.
private func movesSection(_ pairs: [TextPair], _ tools: [DiffTool]) throws -> Section {
  var dice = Dice(seed: 41)
  let kinds = [0, 10].map { percent in pairs.compactMap { PlantedMove(in: $0.old, exchanging: percent, &dice) } }
  return Section(
    title: "", meaning: "",
    columns: ["moves planted"]
      + zip(kinds, ["whole", "a tenth exchanged"]).flatMap { moves, how in
        ["\(how): found of \(moves.count)", "words marked of \(moves.reduce(0) { $0 + $1.exchanged })"]
      },
    rows: try tools.map { tool in
      try [tool.name]
        + kinds.flatMap { moves in
          let diffs = try tool.diffs(moves.map(\.pair))
          return [
            "\(zip(moves, diffs).count { $0.isTold(by: $1) })", "\(diffs.reduce(0) { $0 + $1.marked })",
          ]
        }
    })
}

/// What `stet compare` does once it has read both texts, on this thread: sentences, edits, words.
private func ownDiff(_ pair: TextPair, fromSentences: Bool = false) -> PairDiff {
  var before = Limit.threadSeconds
  let (old, new) = (article(pair.old), article(pair.new))
  if fromSentences { before = Limit.threadSeconds }
  let edits = edits(from: old, to: new)
  let runs = edits.map { edit in
    edit.action == .rewording && !edit.isLayout ? wordRuns(from: edit.before ?? "", to: edit.after ?? "") : []
  }
  let cpu = Limit.threadSeconds - before
  let marked = zip(edits, runs).reduce(0) { count, found in
    switch found.0.action {
    case .move: count
    case .rewording: count + markedWords(in: found.1)
    case .addition, .deletion: count + spacedWords(found.0.before ?? "") + spacedWords(found.0.after ?? "")
    }
  }
  return PairDiff(cpu: cpu, marked: marked, moved: edits.filter(\.isMoved).compactMap(\.before))
}

private func article(_ paragraphs: [String]) -> ArticleText {
  ArticleText(
    blocks: paragraphs.map { paragraph in
      let octets = Array(paragraph.utf8)
      var (sentences, end): ([Sentence], Int) = ([], 0)
      for range in sentenceRanges(inUTF8: octets) {
        sentences.append(
          Sentence(
            String(decoding: octets[range], as: UTF8.self), follows: !sentences.isEmpty && range.lowerBound > end))
        end = range.upperBound
      }
      return Block(kind: .paragraph, sentences: sentences)
    })
}

/// `stet compare`, the words marked read out of its JSON.
private func compareDiff(_ pair: TextPair, _ setting: Setting) throws -> PairDiff {
  let command = Command(setting.options.stet, ["compare"] + (try pair.files(in: setting.work)) + ["--json"])
  let (run, text) = try command.output(in: setting.work)
  let edits = try JSONValue(parsing: Array(text.utf8))["edits"]?.array ?? []
  let marked = edits.reduce(0) { count, edit in
    switch edit["action"]?.string {
    case "move": return count
    case "rewording":
      if edit["classes"]?.array?.contains(.string("layout")) == true { return count }
      let runs = (edit["words"]?.array ?? []).compactMap { run in
        WordRun.Change(rawValue: run["op"]?.string ?? "").map { WordRun($0, run["text"]?.string ?? "") }
      }
      return count + markedWords(in: runs)
    default: return count + spacedWords(edit["before"]?.string ?? "") + spacedWords(edit["after"]?.string ?? "")
    }
  }
  return PairDiff(cpu: run.cpu, marked: marked, moved: [])
}

private let gitArguments = ["diff", "--no-index", "--word-diff=porcelain", "--patience"]

/// git's word diff, the words marked those on lines of its porcelain that begin with + or -, its head left out.
private func gitDiff(_ pair: TextPair, _ setting: Setting) throws -> PairDiff {
  let command = Command("git", gitArguments + (try pair.files(in: setting.work)), accepting: [0, 1])
  let (run, text) = try command.output(in: setting.work)
  var (marked, isBody) = (0, false)
  for line in text.split(separator: "\n") {
    if line.hasPrefix("@@") {
      isBody = true
    } else if isBody, line.hasPrefix("+") || line.hasPrefix("-") {
      marked += spacedWords(line.dropFirst())
    }
  }
  return PairDiff(cpu: run.cpu, marked: marked, moved: [])
}

/// Measures the worst cases: CPU and peak memory of the tools, a process each.
func measureWorstDiffs(_ setting: Setting) throws -> Section {
  let rows = try WorstDiff.all.map { worst in
    Progress.say("measuring the diff of \(worst.name)")
    let sides = worst.sides()
    let pair = TextPair(old: sides.old, new: sides.new)
    let files = try pair.files(in: setting.work)
    let commands = [
      Command(setting.options.stet, ["compare"] + files),
      setting.has(.git) ? Command("git", gitArguments + files, accepting: [0, 1]).limited(to: peerSeconds) : nil,
      setting.has(.wikidiff2) ? try Wikidiff2Peer.command([pair], in: setting.work).limited(to: peerSeconds) : nil,
    ]
    return try [worst.name]
      + commands.flatMap { command in
        guard let run = try command?.run(in: setting.work) else { return ["–", "–"] }
        return [
          run.isUnfinished ? "over \(peerSeconds)" : run.cpu.text(2),
          run.peak.map { (Double($0) / 1e6).text(0) } ?? "–",
        ]
      }
  }
  return Section(
    title: "### Worst cases", meaning: "",
    columns: ["", "`stet compare` CPU s", "peak MB", "`git diff` CPU s", "peak MB", "wikidiff2 CPU s", "peak MB"],
    rows: rows + setting.absent(.git, .wikidiff2))
}

/// CPU time after which a peer's worst case is given up.
private let peerSeconds = 10
