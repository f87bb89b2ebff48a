import CommandRunner
import Fetching
import LoopbackServer
import Model
import Storage
import Syncing
import Testing

/// One pass over what is due.
struct SyncPassTests {
  private let a = "It takes effect on the first of May."
  private let b = "It takes effect on the first of June."

  @Test(
    arguments: [
      ("W/\"odd tag, with comma\"", nil), (nil, "Thu, 20 Nov 2026 10:00:00 +0000"), ("\"x\"", "yesterday, or so"),
      ("unquoted", nil),
    ] as [(String?, String?)])
  func `validators are echoed to the letter`(tag: String?, modified: String?) async throws {
    let stand = try Newsstand()
    let page = ArticlePage.ferry(a).html
    stand.serve("/a") { Reply.html(page, etag: tag, lastModified: modified).conditional(on: $0) }
    try stand.watch("/a")
    try await stand.sync()
    stand.pass(minutes: 15)
    let report = try await stand.sync()
    let requests = stand.server.requests
    #expect(requests.count == 2)
    #expect(requests[0]["If-None-Match"] == nil && requests[0]["If-Modified-Since"] == nil)
    #expect(requests[1]["If-None-Match"] == tag)
    #expect(requests[1]["If-Modified-Since"] == modified)
    #expect(report.revisits == 1 && report.captures == 1 && report.unchanged == 1 && report.revisions == 0)
    let captures = try stand.captures("/a")
    #expect(captures.map(\.status) == [200, 304])
    #expect(captures.map(\.isRevisit) == [false, true])
    #expect(captures[1].payload == captures[0].payload)
    #expect(try stand.store.log(stand.article("/a")).map(\.lastCapture) == [stand.now])
    #expect(try stand.problems().isEmpty)
  }

  @Test func `the same octets again are a revisit`() async throws {
    let stand = try Newsstand()
    stand.serve("/a", .html(ArticlePage.ferry(a).html))
    try stand.watch("/a")
    try await stand.sync()
    stand.pass(minutes: 15)
    let report = try await stand.sync()
    #expect(report.revisits == 1 && report.unchanged == 1 && report.revisions == 0)
    #expect(try stand.captures("/a").map(\.status) == [200, 200])
    #expect(try stand.store.status(now: stand.now).bodies == 1)
  }

  @Test func `changed furniture is a capture and no revision`() async throws {
    let stand = try Newsstand()
    try stand.watch("/a")
    for n in 0..<3 {
      stand.serve("/a", .html(ArticlePage.ferry(a, furniture: "nonce \(n)").html))
      let report = try await stand.sync()
      #expect(report.captures == 1 && report.revisits == 0)
      #expect(report.unchanged == (n == 0 ? 0 : 1))
      stand.pass(minutes: 15)
    }
    #expect(try stand.sentences("/a") == [a])
    #expect(try stand.store.status(now: stand.now).bodies == 3)
  }

  @Test func `an edit is a revision with its edits counted`() async throws {
    let stand = try Newsstand()
    stand.serve("/a", .html(ArticlePage.ferry(a).html))
    try stand.watch("/a")
    let first = try await stand.sync()
    #expect(first.newArticles == 1 && first.revisions == 1 && first.edits == 0 && first.checked == 1)
    stand.serve("/a", .html(ArticlePage.ferry(b).html))
    stand.pass(minutes: 15)
    let second = try await stand.sync()
    #expect(second.newArticles == 0 && second.revisions == 1 && second.edits == 1 && second.unchanged == 0)
    #expect(try stand.sentences("/a") == [a, b])
    #expect(try stand.store.log(stand.article("/a"))[0].checksBetween == 1)
  }

  @Test func `every hop of a redirect is a capture that names the one before`() async throws {
    let stand = try Newsstand()
    stand.serve("/old", Reply.redirect(to: "/new").with("ETag", "\"old\""))
    let page = ArticlePage.ferry(a).html
    stand.serve("/new", .html(page, etag: "\"new\""))
    try stand.watch("/old")
    for _ in 0..<2 {
      try await stand.sync()
      stand.pass(minutes: 15)
    }
    let captures = try stand.captures("/old")
    #expect(captures.map(\.status) == [302, 200, 302, 200])
    #expect(captures.map(\.verdict) == ["redirect", "article", "redirect", "article"])
    #expect(captures.map(\.url) == ["/old", "/new", "/old", "/new"].map { stand.server.url($0) })
    #expect(captures.map(\.sequence) == [0, 1, 0, 1])
    let ids = try stand.store.captures(stand.article("/old")).map(\.id)
    #expect(try stand.store.load(ids).map(\.input.via) == [nil, captures[0].digest, nil, captures[2].digest])
    // What the last hop gave belongs to another URL, and what the redirect gave to no page.
    #expect(stand.server.requests.allSatisfy { $0["If-None-Match"] == nil })
    #expect(try stand.sentences("/old") == [a])
    #expect(try stand.problems().isEmpty)
  }

  @Test func `a page joins the article it names once that is watched, though it says what it said`() async throws {
    let stand = try Newsstand()
    let page = ArticlePage.ferry(a).html.replacing(
      "<head>", with: "<head><link rel=\"canonical\" href=\"\(stand.server.url("/2026/11/the-ferry-contract"))\">")
    stand.serve("/amp/2026/11/the-ferry-contract", .html(page))
    stand.serve("/2026/11/the-ferry-contract", .html(page))
    try stand.watch("/amp/2026/11/the-ferry-contract")
    for _ in 0..<2 {
      #expect(try await stand.sync().joined == 0)
      stand.pass(minutes: 15)
    }
    try stand.watch("/2026/11/the-ferry-contract")
    #expect(try await stand.sync().joined == 1)
    #expect(try stand.problems().isEmpty)
  }

  @Test(arguments: [
    (404, "gone", 0), (410, "gone", 0), (403, "blocked", 0), (429, "blocked", 1), (500, "error", 1), (503, "error", 1),
  ])
  func `a refusal is kept and neither makes nor ends a revision`(status: Int, verdict: String, failures: Int)
    async throws
  {
    let stand = try Newsstand()
    stand.serve("/a", .html(ArticlePage.ferry(a).html))
    try stand.watch("/a")
    try await stand.sync()
    stand.serve("/a", .html(ArticlePage.ferry(b).html, status: status))
    stand.pass(minutes: 15)
    let report = try await stand.sync()
    #expect(report.failures == failures && report.notArticles == 1 && report.captures == 1 && report.revisions == 0)
    stand.serve("/a", .html(ArticlePage.ferry(a).html))
    stand.pass(minutes: 15)
    try await stand.sync()
    #expect(try stand.captures("/a").map(\.verdict) == ["article", verdict, "article"])
    #expect(try stand.sentences("/a") == [a])
  }

  @Test(arguments: [WallPage.consent, WallPage.robotCheck, WallPage.notFound])
  func `a wall that answers 200 is no revision`(page: String) async throws {
    let stand = try Newsstand()
    stand.serve("/a", .html(ArticlePage.ferry(a).html))
    try stand.watch("/a")
    try await stand.sync()
    stand.serve("/a", .html(page))
    stand.pass(minutes: 15)
    #expect(try await stand.sync().revisions == 0)
    #expect(try stand.sentences("/a") == [a])
    let verdict = try #require(try stand.captures("/a").last?.verdict)
    #expect(["consent-wall", "blocked", "soft-404"].contains(verdict))
    // Whoever looks why it is checked less often is told what came, not that the status was 200.
    let status = try stand.store.status(now: stand.now)
    let said = status.failing.map(\.message) + status.walls.map(\.verdict.rawValue)
    #expect(said.count == 1 && said.allSatisfy { $0.hasPrefix(verdict) })
  }

  @Test func `a wall that answers the same again has failed again`() async throws {
    let stand = try Newsstand()
    stand.serve("/a", .html(WallPage.robotCheck))
    try stand.watch("/a")
    for failures in 1...3 {
      try await stand.sync()
      #expect(try stand.store.due(.all).map(\.failures) == [failures])
      stand.pass(minutes: 15)
    }
    #expect(try stand.captures("/a").map(\.verdict) == ["blocked", "blocked", "blocked"])
    #expect(try stand.problems().isEmpty)
  }

  @Test func `a fetch that fails is a check with its reason and harms no other`() async throws {
    let stand = try Newsstand()
    stand.serve("/good", .html(ArticlePage.ferry(a).html))
    stand.serve("/silent", .raw("", then: .stall))
    stand.serve("/cut", .raw("HTTP/1.1 200 OK\r\nContent-Length: 900\r\n\r\n<p>half", then: .close))
    stand.serve("/reset", .raw("", then: .reset))
    stand.serve("/loop", .redirect(to: "/loop"))
    stand.serve("/junk", .raw("this is not HTTP at all\r\n\r\n", then: .close))
    try stand.watch("/silent", "/cut", "/reset", "/loop", "/junk", "/good")
    var limits = Limits()
    limits.totalTimeout = .milliseconds(800)
    let report = try await stand.sync(limits: limits)
    #expect(report.checked == 6)
    #expect(report.failures == 5)
    #expect(report.failed.count == 5)
    #expect(try stand.sentences("/good") == [a])
    let status = try stand.store.status(now: stand.now)
    #expect(status.checks == 6)
    #expect(status.failing.count == 5)
    #expect(status.failing.allSatisfy { !$0.message.isEmpty && $0.failures == 1 })
    #expect(try stand.captures("/cut").isEmpty)
    #expect(try stand.problems().isEmpty)
  }

  @Test func `a site that is not there does not stop the others`() async throws {
    let stand = try Newsstand()
    let gone = try LoopbackServer { _ in .text("") }
    let url = try WebURL(gone.url("/a"))
    gone.stop()
    _ = try stand.store.add([NewSource(url: url, kind: .page)], now: stand.now)
    stand.serve("/good", .html(ArticlePage.ferry(a).html))
    try stand.watch("/good")
    let report = try await stand.sync()
    #expect(report.checked == 2 && report.failures == 1 && report.newArticles == 1)
  }

  @Test func `an article that fails is asked less and less often, and at once again when it answers`() async throws {
    let stand = try Newsstand()
    stand.serve("/a", .text("busy", status: 503))
    try stand.watch("/a", every: 900_000)
    var waits: [Int64] = []
    for _ in 0..<4 {
      try await stand.sync()
      let due = try #require(try stand.store.sources().first?.dueAt)
      waits.append(stand.now.milliseconds(to: due) / 60_000)
      stand.pass(minutes: waits[waits.count - 1])
    }
    #expect(waits == [30, 60, 120, 240])
    stand.serve("/a", .html(ArticlePage.ferry(a).html))
    try await stand.sync()
    let source = try #require(try stand.store.sources().first)
    #expect(source.failures == 0)
    #expect(source.dueAt == stand.now.advanced(byMilliseconds: 900_000))
  }

  @Test func `a sync run at the interval itself checks every time`() async throws {
    let stand = try Newsstand()
    stand.serve("/a", .html(ArticlePage.ferry(a).html))
    try stand.watch("/a", every: 3_600_000)
    for run in 0..<5 {
      let report = try await stand.sync(.due(by: stand.now, slack: 30_000))
      #expect(report.checked == 1, "run \(run)")
      stand.pass(minutes: 60)
    }
  }

  @Test func `a cancelled sync keeps what came and leaves the rest due`() async throws {
    let stand = try Newsstand()
    stand.serve("/quick", .html(ArticlePage.ferry(a).html))
    stand.serve("/slow", .raw("", then: .stall))
    try stand.watch("/quick", "/slow")
    let pass = Task { try await stand.sync() }
    let id = try stand.article("/quick")
    var waited = 0
    while try stand.store.captures(id).isEmpty, waited < 500 {
      try await Task.sleep(for: .milliseconds(10))
      waited += 1
    }
    pass.cancel()
    let report = try await pass.value
    #expect(report.interrupted)
    #expect(report.checked == 1)
    #expect(try stand.sentences("/quick") == [a])
    #expect(try stand.store.status(now: stand.now).checks == 1)
    let slow = try #require(try stand.store.sources().first { $0.url.hasSuffix("/slow") })
    #expect(slow.dueAt == Newsstand.start)
    #expect(slow.failures == 0)
    #expect(try stand.problems().isEmpty)
  }

  @Test func `a clock that goes back loses nothing and orders by what it said`() async throws {
    let stand = try Newsstand()
    try stand.watch("/a")
    for (sentence, step) in [(a, -120), (b, 60), ("A third wording of it all.", 0)] as [(String, Int64)] {
      stand.serve("/a", .html(ArticlePage.ferry(sentence).html))
      try await stand.sync()
      stand.pass(minutes: step)
    }
    #expect(try stand.captures("/a").count == 3)
    #expect(try stand.sentences("/a") == [b, "A third wording of it all.", a])
    #expect(try stand.problems().isEmpty)
  }

  @Test func `what a pass that died had kept is derived by the next`() async throws {
    let stand = try Newsstand()
    let response = Response(
      url: stand.server.url("/a"), at: stand.now, status: 200,
      fields: HTTPFields([("Content-Type", "text/html")]) ?? HTTPFields(), body: ArticlePage.ferry(a).bytes)
    stand.serve("/a", .html(ArticlePage.ferry(b).html))
    try stand.watch("/a")
    _ = try stand.store.keep(
      stand.store.prepare([CaptureInput(article: response.url, origin: nil, response: response)]), now: stand.now)
    stand.pass(minutes: 1)
    try await stand.sync()
    #expect(try stand.sentences("/a") == [a, b])
  }

  @Test func `many articles and edits are counted as they are`() async throws {
    let stand = try Newsstand()
    for n in 0..<60 {
      let path = "/\(n)"
      stand.serve(path) { request in
        let changed = request["X"] == nil && n % 3 == 0
        return .html(
          ArticlePage.ferry("Part \(n) of the contract says \(changed ? "this" : "that").").html, etag: "\"\(n)\""
        )
        .conditional(on: request)
      }
      try stand.watch(path)
    }
    let first = try await stand.sync()
    #expect(first.checked == 60 && first.newArticles == 60 && first.captures == 60 && first.failures == 0)
    for n in 0..<60 where n % 3 == 0 {
      stand.serve("/\(n)", .html(ArticlePage.ferry("Part \(n) of the contract now says another.").html))
    }
    stand.pass(minutes: 15)
    let second = try await stand.sync()
    #expect(second.checked == 60 && second.revisions == 20 && second.unchanged == 40 && second.revisits == 40)
    #expect(second.edits == 20)
    #expect(try stand.problems().isEmpty)
  }
}
