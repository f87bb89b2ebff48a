import Foundation
import JSON

let diffMeaning = """
  `stet compare OLD NEW` beside `git diff --no-index --word-diff --patience` on the same two files of plain text. Real pairs are
  consecutive captures of one URL, read by `stet extract`; words marked are those, parted by white space, that have a mark of
  deletion or insertion on any letter, on either side; what moved or was only cut into other blocks is not counted. Worst cases are
  made up. Whole processes: `stet` also reads and cuts the files into sentences.
  """

/// Measures real pairs of a corpus: CPU of both tools, and on how many pairs ours marks no more words.
func measureDiff(of corpus: Corpus, _ setting: Setting) throws -> Section {
  Progress.say("measuring diffs of \(corpus.name)")
  guard let git = Command.find("git") else {
    return Section(title: "### \(corpus.name)", meaning: "git is not installed.", columns: [], rows: [])
  }
  var tally = DiffTally()
  var last: (url: String, text: String)?
  try CaptureLines(path: corpus.lines).forEach(most: 2_000) { line in
    guard tally.pairs < 60 else { return }
    let capture = try CaptureLine(line)
    let isMarkup = capture.body.prefix(1024).contains(UInt8(ascii: "<"))
    let page = setting.work.path(of: "page" + (isMarkup ? ".html" : ".md"))
    try Data(capture.body).write(to: URL(filePath: page))
    // Exit status 1: no article in it.
    let read = try Command(setting.options.stet, ["extract", page, "--json"], accepting: [0, 1]).text(in: setting.work)
    let blocks = try JSONValue(parsing: Array(read.utf8))["paragraphs"]?.array ?? []
    let text = blocks.compactMap(\.string).joined(separator: "\n\n") + "\n"
    if let last, last.url == capture.url, last.text != text, !blocks.isEmpty {
      try tally.add(last.text, text, git, setting)
    }
    last = (capture.url, text)
  }
  return Section(
    title: "### \(corpus.name)", meaning: "",
    columns: ["\(tally.pairs) pairs, \((Double(tally.octets) / 1e6).text(1)) MB", "CPU s", "words marked"],
    rows: [
      ["`stet compare`", tally.ownCPU.text(2), "\(tally.ownMarked)"],
      ["`git diff --word-diff --patience`", tally.gitCPU.text(2), "\(tally.gitMarked)"],
      ["pairs where `stet` marks no more", "", "\(tally.noMore) of \(tally.pairs)"],
    ])
}

/// What the pairs of a corpus add up to.
private struct DiffTally {
  var (pairs, octets, ownMarked, gitMarked, noMore) = (0, 0, 0, 0, 0)
  var (ownCPU, gitCPU) = (0.0, 0.0)

  mutating func add(_ old: String, _ new: String, _ git: String, _ setting: Setting) throws {
    let files = ["old.txt", "new.txt"].map { setting.work.path(of: $0) }
    try Data(old.utf8).write(to: URL(filePath: files[0]))
    try Data(new.utf8).write(to: URL(filePath: files[1]))
    let own = Command(setting.options.stet, ["compare"] + files + ["--json"])
    let peer = Command(git, gitArguments + files, accepting: [0, 1])
    ownCPU += try own.run(in: setting.work).cpu
    gitCPU += try peer.run(in: setting.work).cpu
    let (marked, gits) = (
      Self.marked(inJSON: try own.text(in: setting.work)), Self.marked(inWordDiff: try peer.text(in: setting.work))
    )
    pairs += 1
    octets += old.utf8.count + new.utf8.count
    ownMarked += marked
    gitMarked += gits
    if marked <= gits { noMore += 1 }
  }

  /// Words that came or went in what `stet compare --json` prints; those of moves did neither.
  private static func marked(inJSON text: String) -> Int {
    // What cannot be read has no words: the count would show it.
    let edits = (try? JSONValue(parsing: Array(text.utf8)))?["edits"]?.array ?? []
    return edits.reduce(0) { count, edit in
      switch edit["action"]?.string {
      case "move": return count
      case "rewording":
        // Where blocks are cut, or of what kind they are; what words came or went there, other edits tell.
        if edit["classes"]?.array?.contains(where: { $0.string == "layout" }) == true { return count }
        let runs = edit["words"]?.array ?? []
        return count + touched(runs, by: "deleted") + touched(runs, by: "inserted")
      default: return count + words(edit["before"]?.string ?? "") + words(edit["after"]?.string ?? "")
      }
    }
  }

  /// Words of one side of a rewording with a marked letter.
  private static func touched(_ runs: [JSONValue], by mark: String) -> Int {
    var (count, isMarked) = (0, false)
    for run in runs {
      let change = run["op"]?.string
      guard change == "same" || change == mark else { continue }
      for octet in (run["text"]?.string ?? "").utf8 {
        if octet == 32 || octet == 10 {
          if isMarked { count += 1 }
          isMarked = false
        } else if change == mark {
          isMarked = true
        }
      }
    }
    return count + (isMarked ? 1 : 0)
  }

  /// Words on lines that begin with + or - in git's porcelain word diff, its head left out.
  private static func marked(inWordDiff text: String) -> Int {
    var (count, isBody) = (0, false)
    for line in text.split(separator: "\n") {
      if line.hasPrefix("@@") {
        isBody = true
      } else if isBody, line.hasPrefix("+") || line.hasPrefix("-") {
        count += words(String(line.dropFirst()))
      }
    }
    return count
  }

  /// Parted by white space, as git has them.
  private static func words(_ text: String) -> Int {
    text.utf8.split { $0 == 32 || $0 == 10 }.count
  }
}

private let gitArguments = ["diff", "--no-index", "--word-diff=porcelain", "--patience"]

/// Measures the worst cases: CPU and peak memory of both tools.
func measureWorstDiffs(_ setting: Setting) throws -> Section {
  var rows: [[String]] = []
  for worst in WorstDiff.all {
    Progress.say("measuring the diff of \(worst.name)")
    let sides = worst.sides()
    let files = ["old.txt", "new.txt"].map { setting.work.path(of: $0) }
    for (file, side) in zip(files, [sides.old, sides.new]) {
      try Data((side.joined(separator: "\n\n") + "\n").utf8).write(to: URL(filePath: file))
    }
    var contenders = [Contender("stet", Command(setting.options.stet, ["compare"] + files))]
    if let git = Command.find("git") {
      contenders.append(Contender("git", Command(git, gitArguments + files, accepting: [0, 1])))
    }
    let results = try measure(contenders, rounds: 1, in: setting.work)
    func cells(_ n: Int) -> [String] {
      guard n < results.count else { return ["–", "–"] }
      return [results[n].cpu.text(digits: 2), results[n].peak.map { (Double($0) / 1e6).text(0) } ?? "–"]
    }
    rows.append([worst.name] + cells(0) + cells(1))
  }
  return Section(
    title: "### Worst cases", meaning: "",
    columns: ["", "`stet compare` CPU s", "peak MB", "`git diff` CPU s", "peak MB"], rows: rows)
}
