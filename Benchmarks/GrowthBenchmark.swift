import JSON
import Model

let growthMeaning = """
  One archive that grows: small made-up articles, ten captures of each when it is new and as many again scattered over all that came
  before it, imported in steps with all that follows from them. What a step costs should not rise with what is there already, and a
  question about one article, always the same one with a history that no longer grows, should not either. `when` and `search` ask the
  whole archive for 21 phrases out of what its articles say; the one in the middle is shown.
  """

/// Measures import and questions while an archive grows.
func measureGrowth(_ setting: Setting) throws -> Section {
  Progress.say("measuring growth")
  let archive = Archive(path: setting.work.path(of: "growth.stet"))
  defer { archive.remove() }
  try archive.renew(setting)
  var corpus = GrowingCorpus()
  let total = setting.options.growth
  let first = min(10_000, total / 10)
  let steps = [first] + (1...9).map { first + (total - first) * $0 / 9 }
  let lines = setting.work.path(of: "growth.jsonl")
  var (rows, done): ([[String]], Int) = ([], 0)
  for step in steps {
    let writer = try FileWriter(path: lines)
    try corpus.grow(by: step - done) { try writer.write($0) }
    try writer.close()
    let imported = try setting.stet(archive, ["import", "jsonl", lines]).run(in: setting.work)
    let questions = try measure(
      ["log", "captures", "show"].map { Contender($0, setting.stet(archive, [$0, GrowingCorpus.settled])) },
      rounds: 10, in: setting.work)
    let sample = PhraseSample(21, from: corpus.sampleSentences, seed: 13)
    let phrases = try ["when", "search"].map {
      try sample.measure($0, archive, setting).medianAndTail[0]
    }
    rows.append(
      [
        "\(step)", "\(corpus.articles)", (Double(step - done) / imported.cpu).text(0),
        (Double(step - done) / imported.wall).text(0), imported.peak.map { (Double($0) / 1e6).text(0) } ?? "–",
        (Double(archive.size.file) / 1e6).text(0),
      ] + questions.map { $0.cpu.text(times: 1000, digits: 1) } + phrases)
    done = step
  }
  return Section(
    title: "", meaning: "",
    columns: [
      "captures", "articles", "captures a CPU s", "captures a s wall", "peak MB", "archive MB", "`log` CPU ms",
      "`captures` CPU ms", "`show` CPU ms", "`when` CPU ms", "`search` CPU ms",
    ],
    rows: rows)
}

/// Captures without end: what each article says follows from its number and how often it was captured.
private struct GrowingCorpus {
  static let settled = url(0)
  private static let captures = 10

  /// How often each was captured.
  private var versions: [Int] = []
  private var made = 0
  private var dice = Dice(seed: 50_000)

  var articles: Int { versions.count }

  /// What some articles say now, each sentence for itself.
  var sampleSentences: [String] {
    var dice = Dice(seed: 14)
    return (0..<50).flatMap { _ in
      let article = dice.number(0...(versions.count - 1))
      return Self.sentences(article, version: versions[article])
    }
  }

  mutating func grow(by count: Int, _ take: ([UInt8]) throws -> Void) rethrows {
    var left = count
    while left > 0 {
      // Some new articles side by side, then as many captures of any.
      let new = versions.count..<(versions.count + min(100, max(1, left / (2 * Self.captures))))
      versions += [Int](repeating: 0, count: new.count)
      for turn in 0..<(2 * Self.captures) {
        for article in new where left > 0 {
          // The first is left alone, to be asked about.
          let any = versions.count > 1 ? dice.number(1...(versions.count - 1)) : 0
          try take(line(turn < Self.captures ? article : any))
          left -= 1
        }
      }
    }
  }

  private static func url(_ article: Int) -> String { "https://outlet\(article % 30).example/2026/article-\(article)" }

  private mutating func line(_ article: Int) -> [UInt8] {
    versions[article] += 1
    made += 1
    let at = Instant(milliseconds: 1_760_000_000_000 + Int64(made) * 1000)
    var line = Array(
      #"{"url":"\#(Self.url(article))","captured_at":"\#(at)","status":200,"content_type":"text/html; charset=utf-8","body":"#
        .utf8)
    line.appendJSONString(Self.page(article, version: versions[article]))
    return line + Array("}\n".utf8)
  }

  /// Every version has one sentence anew.
  private static func page(_ article: Int, version: Int) -> [UInt8] {
    let language = SyntheticLanguage.all[0]
    var headline = Dice(seed: UInt64(article))
    let title = language.headline(&headline)
    var page =
      "<!doctype html>\n<html lang=\"en\"><head><title>\(title)</title></head><body><main><article><h1>\(title)</h1>\n"
    for (place, sentence) in sentences(article, version: version).enumerated() {
      page += (place % 4 == 0 ? "<p>" : " ") + sentence + (place % 4 == 3 ? "</p>\n" : "")
    }
    return Array((page + "</article></main></body></html>\n").utf8)
  }

  private static func sentences(_ article: Int, version: Int) -> [String] {
    let count = 16
    return (0..<count).map { place in
      let changes = version / count + (place < version % count ? 1 : 0)
      var dice = Dice(seed: UInt64(article) << 24 | UInt64(place) << 16 | UInt64(changes))
      return SyntheticLanguage.all[0].sentence(&dice)
    }
  }
}
