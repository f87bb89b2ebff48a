import CommandRunner
import Foundation
import HTTPAnswers
import Model
import Pages
import Storage
import Syncing

/// An archive of a small newsroom, with what pages must cope with: scripts that run from right to left or without spaces, text
/// that looks like markup, walls, failures, moves, returns.
final class Newsroom {
  static let start = Instant(milliseconds: 1_795_000_000_000)
  static let now = start.advanced(byMilliseconds: 4 * 86_400_000)
  static let ferry = "https://post.example/2026/11/ferry"
  static let hostile = "https://post.example/\"><script>alert('url')</script>"
  static let program = "javascript:alert(1)"

  let folder: TemporaryFolder
  let store: Store

  init() throws {
    folder = try TemporaryFolder()
    store = try Store.create(folder.file("archive.stet"), now: Self.start)
  }

  /// One with everything in it.
  static func filled() throws -> Newsroom {
    let room = try Newsroom()
    let lines = [
      "The harbour council approved a new contract for the island ferry on Thursday after a debate of four hours.",
      "The contract is worth 4 million crowns a year and runs until 2031, the council said in a statement.",
      "“This contract gives the islanders the boats they need,” said Mayor Ingrid Solberg on the quay.",
      "The ferry company Nordkai will run eight crossings a day in summer and five in winter.",
      "Opponents of the contract said that the company had not kept its promises in the past.",
      "The oldest of the three ferries, the Heron, was built in 1974 and will be replaced next year.",
    ]
    var silent = lines
    silent[1] = silent[1].replacing("4 million", with: "40 million")
    var moved = silent
    moved.swapAt(4, 5)
    try room.take(ferry, minute: 0, "Council approves ferry contract", lines)
    try room.take(ferry, minute: 60, "Council approves ferry contract", lines)
    try room.take(ferry, minute: 120, "Council approves ferry contract", silent)
    try room.keep(room.raw(ferry, minute: 180, status: 200, WallPage.consent))
    try room.take(ferry, minute: 240, "Council approves disputed ferry contract", Array(moved.dropLast()))
    try room.take(
      ferry, minute: 1500, "Council approves disputed ferry contract", moved,
      notice: "Correction: an earlier version of this article misstated the value of the contract.")
    try room.take(ferry, minute: 2000, "Council approves ferry contract", lines)

    let arabic = "وافق مجلس الميناء يوم الخميس على عقد جديد لعبّارة الجزيرة بعد نقاش دام أربع ساعات."
    try room.take("https://al-mina.example/4410", minute: 30, "المجلس يوافق على عقد العبّارة", [arabic], language: "ar")
    try room.take(
      "https://al-mina.example/4410", minute: 300, "المجلس يوافق على عقد العبّارة",
      [arabic, "ولم يردّ متحدث باسم الشركة على الأسئلة التي وجهت إليه."], language: "ar")
    let chinese = ["港口议会星期四经过四个小时的辩论，批准了岛屿渡轮的新合同。", "合同每年价值400万克朗，有效期至2031年。"]
    try room.take("https://gangbao.example/88", minute: 31, "议会批准渡轮合同", chinese, language: "zh-Hans")
    try room.take(
      "https://gangbao.example/88", minute: 301, "议会批准渡轮合同", [chinese[0], chinese[1].replacing("400万", with: "4000万")],
      language: "zh-Hans")
    try room.take("https://wire.example/1", minute: 45, "Ferry: contract approved", Array(lines[...3]))
    for (minute, word) in [(40, "is"), (400, "was")] {
      try room.take(
        hostile, minute: Int64(minute),
        "Why &lt;script&gt;alert('headline')&lt;/script&gt; \(word) here &amp; \"there\"",
        [
          "A reader sent us the words &lt;img src=x onerror=alert(1)&gt; and asked why they \(word) printed as they stand.",
          "The answer is that a newspaper's pages are text &amp; nothing else, our editor said this week.",
        ], author: "O'Neill &lt;b onclick=x&gt;")
    }
    try room.take(program, minute: 50, "An address that is a program", Array(lines[..<2]))
    try room.keep(room.raw("https://post.example/never", minute: 10, status: 404, "<p>Not found</p>"))
    try room.watch()
    return room
  }

  /// A feed, a paused sitemap, and a page with a check that failed and one that was answered.
  private func watch() throws {
    let urls = ["https://post.example/feed?a=1&b=\"2\"", "https://al-mina.example/sitemap.xml"]
    let kinds: [SourceKind] = [.feed, .sitemap]
    _ = try store.add(
      try zip(urls, kinds).map { NewSource(url: try WebURL($0), kind: $1, title: $1 == .feed ? "The <Post>" : nil) },
      now: Self.start)
    _ = try store.add([NewSource(url: try WebURL(Self.ferry), kind: .page)], now: Self.start)
    if let sitemap = try store.source(named: "sitemap.xml") { _ = try store.change([sitemap], .pause, now: Self.start) }
    let pass = try store.startPass(.sync, now: Self.start)
    let due = try store.due(.all)
    let attempts = due.flatMap { due in
      [10, 2100].map { (minute: Int64) in
        let at = Self.start.advanced(byMilliseconds: minute * 60_000)
        return Attempt(
          due: due, captures: [], startedAt: at, finishedAt: at.advanced(byMilliseconds: 900), bytes: 0,
          failure: (code: "timeout", message: "timed out after 30 s <here>"),
          plan: Plan(article: due.article, dueAt: Self.now, history: "", failures: 2))
      }
    }
    _ = try store.keep(attempts, pass: pass)
    try store.finishPass(pass, report: "{\"checked\":2,\"revisions\":0,\"edits\":0,\"failures\":2}", now: Self.start)
  }

  func raw(_ url: String, minute: Int64, status: Int, _ body: String) -> CaptureInput {
    CaptureInput(
      article: url, origin: nil,
      response: Response(
        url: url, at: Self.start.advanced(byMilliseconds: minute * 60_000), status: status,
        fields: HTTPFields([("Content-Type", "text/html; charset=utf-8"), ("X-Odd", "<b>\"&'</b>")]) ?? HTTPFields(),
        body: Array(body.utf8)))
  }

  func take(
    _ url: String, minute: Int64, _ headline: String, _ lines: [String], language: String = "en",
    author: String = "Mara Lind", notice: String? = nil
  ) throws {
    let body = """
      <!doctype html><html lang="\(language)"><head><meta charset="utf-8"><title>\(headline)</title>
      <meta property="og:type" content="article"><meta name="author" content="\(author)">
      <meta property="article:published_time" content="2026-11-18T10:00:00+01:00"></head>
      <body><nav><a href="/">Home</a></nav><article><h1>\(headline)</h1>
      \(notice.map { "<p class=\"correction\">\($0)</p>" } ?? "")
      \(lines.map { "<p>\($0)</p>" }.joined(separator: "\n"))</article></body></html>
      """
    try keep(raw(url, minute: minute, status: 200, body))
  }

  func keep(_ input: CaptureInput) throws {
    let kept = try store.keep(store.prepare([input]), now: Self.start)
    _ = try Derivation.derive([(kept: kept[0], article: input.article, response: input.response)], in: store)
  }

  // MARK: asking

  func ask(
    _ target: String, method: String = "GET", takesWrites: Bool = false, form: String? = nil, pages: Pages = Pages()
  ) throws -> Answer? {
    try pages.answer(
      Question(
        method: method, target: target,
        fields: form == nil ? [] : [(name: "Content-Type", value: "application/x-www-form-urlencoded")],
        body: Array((form ?? "").utf8), now: Self.now, base: "http://127.0.0.1:8040", takesWrites: takesWrites),
      from: store)
  }

  func page(_ target: String, takesWrites: Bool = false) throws -> Answer {
    guard let answer = try ask(target, takesWrites: takesWrites) else { throw Missing(target: target) }
    return answer
  }

  func text(_ target: String) throws -> String { String(decoding: try page(target).body, as: UTF8.self) }

  func article(_ name: String = ferry) throws -> Int64 {
    guard case .one(let id, _) = try store.article(named: name) else { throw Missing(target: name) }
    return id
  }

  struct Missing: Error { let target: String }
}
