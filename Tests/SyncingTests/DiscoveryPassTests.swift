import CommandRunner
import Fetching
import LoopbackServer
import Model
import Storage
import Syncing
import Testing

/// A pass over feeds, sitemaps and listing pages: what they name is watched, and fetched in the same pass.
struct DiscoveryPassTests {
  private let a = "It takes effect on the first of May."
  private let b = "It takes effect on the first of June."

  private func feed(_ stand: Newsstand, _ items: [(path: String, updated: String)]) -> Reply {
    let entries = items.map {
      """
      <entry><id>\($0.path)</id><title>T</title><link href="\(stand.server.url($0.path))"/><updated>\($0.updated)</updated></entry>
      """
    }
    return Reply.xml(
      #"<feed xmlns="http://www.w3.org/2005/Atom"><title>Harbour news</title>\#(entries.joined())</feed>"#)
  }

  @Test func `what a feed names is fetched in the same pass`() async throws {
    let stand = try Newsstand()
    for path in ["/a", "/b"] { stand.serve(path, .html(ArticlePage.ferry(a).html)) }
    stand.serve("/feed", feed(stand, [("/a", "2026-11-20T10:00:00Z"), ("/b?utm_source=rss", "2026-11-20T10:00:00Z")]))
    try stand.watch("/feed", as: .feed)
    let report = try await stand.sync(.due(by: stand.now, slack: 0))
    #expect(report.sources == 1 && report.listed == 2 && report.checked == 2 && report.newArticles == 2)
    #expect(report.failed.isEmpty)
    let source = try #require(try stand.store.sources().first)
    #expect(source.title == "Harbour news" && source.articles == 2 && source.revisions == 2 && source.article == nil)
    #expect(try stand.sentences("/b") == [a])  // without its tracking parameter
  }

  @Test func `a page that turns out to be a feed is one from then on`() async throws {
    let stand = try Newsstand()
    stand.serve("/a", .html(ArticlePage.ferry(a).html))
    stand.serve("/news", feed(stand, [("/a", "2026-11-20T10:00:00Z")]))
    try stand.watch("/news")
    let report = try await stand.sync(.due(by: stand.now, slack: 0))
    #expect(report.sources == 1 && report.listed == 1 && report.newArticles == 1)
    #expect(try stand.store.sources().map(\.kind) == [.feed])
    stand.pass(minutes: 60)
    #expect(try await stand.sync().checked == 1)  // the article; the feed is no article any more
  }

  @Test func `a front page added as a feed leads to the feed it names`() async throws {
    let stand = try Newsstand()
    stand.serve("/a", .html(ArticlePage.ferry(a).html))
    stand.serve("/rss", feed(stand, [("/a", "2026-11-20T10:00:00Z")]))
    stand.serve(
      "/", .html("<html><head><link rel=\"alternate\" type=\"application/rss+xml\" href=\"/rss\"></head><body>x"))
    try stand.watch("/", as: .feed)
    let report = try await stand.sync(.due(by: stand.now, slack: 0))
    #expect(report.sources == 2 && report.newArticles == 1 && report.failures == 0)
    #expect(try stand.store.sources().map(\.articles) == [1])
  }

  @Test func `a feed that says an article changed makes it due at once`() async throws {
    let stand = try Newsstand()
    stand.serve("/a", .html(ArticlePage.ferry(a).html))
    stand.serve("/feed", feed(stand, [("/a", "2026-11-18T10:00:00Z")]))
    try stand.watch("/feed", as: .feed, every: 60_000)
    try await stand.sync()
    stand.serve("/a", .html(ArticlePage.ferry(b).html))
    stand.pass(minutes: 1)
    try await stand.sync(.due(by: stand.now, slack: 0))
    stand.serve("/feed", feed(stand, [("/a", "2026-11-19T10:00:00Z")]))
    stand.pass(minutes: 1)
    try await stand.sync(.due(by: stand.now, slack: 0))
    #expect(try stand.sentences("/a") == [a, b])
  }

  @Test func `a feed that has not changed is asked with its validators and costs nothing more`() async throws {
    let stand = try Newsstand()
    stand.serve("/a", .html(ArticlePage.ferry(a).html, etag: "\"a\""))
    let page = feed(stand, [("/a", "2026-11-20T10:00:00Z")]).with("ETag", "\"f\"")
    stand.serve("/feed") { page.conditional(on: $0) }
    try stand.watch("/feed", as: .feed)
    try await stand.sync()
    stand.pass(minutes: 60)
    let report = try await stand.sync()
    #expect(report.sources == 1 && report.listed == 0 && report.failures == 0)
    let asked = stand.server.requests.filter { $0.path == "/feed" }
    #expect(asked.map { $0["If-None-Match"] } == [nil, "\"f\""])
  }

  @Test func `a sitemap index leads to its sitemaps and they to articles`() async throws {
    let stand = try Newsstand()
    stand.serve("/a", .html(ArticlePage.ferry(a).html))
    stand.serve(
      "/sitemap.xml",
      .xml("<sitemapindex><sitemap><loc>\(stand.server.url("/news.xml"))</loc></sitemap></sitemapindex>"))
    stand.serve(
      "/news.xml",
      .xml(
        """
        <urlset><url><loc>\(stand.server.url("/a"))</loc></url>
        <url><loc>\(stand.server.url("/old"))</loc><lastmod>2019-01-01</lastmod></url></urlset>
        """))
    let index = NewSource(url: try WebURL(stand.server.url("/sitemap.xml")), kind: .sitemap)
    _ = try stand.store.add([index], now: stand.now) { $0.userAgent = "desk/2" }
    let report = try await stand.sync(.due(by: stand.now, slack: 0))
    #expect(report.sources == 2 && report.listed == 1 && report.newArticles == 1)
    // What it names is asked for as the index is, though the pass learns of it only on its way.
    #expect(stand.server.requests.map { $0["User-Agent"] } == ["desk/2", "desk/2", "desk/2"])
    #expect(try stand.store.sources().count == 1)  // the index stands for its parts
    #expect(try stand.store.sources().first?.articles == 1)
  }

  @Test func `a front page names the articles it links`() async throws {
    let stand = try Newsstand()
    let links = (1...6).map {
      "<h2><a href=\"/2026/11/story-number-\($0)-of-the-day\">Story number \($0) of the day</a></h2>"
    }
    for n in 1...6 {
      stand.serve(
        "/2026/11/story-number-\(n)-of-the-day", .html(ArticlePage.ferry("Story \(n) takes effect in May.").html))
    }
    stand.serve("/", .html("<html><body><main>\(links.joined())</main></body></html>"))
    try stand.watch("/", as: .list)
    let report = try await stand.sync(.due(by: stand.now, slack: 0))
    #expect(report.sources == 1 && report.listed == 6 && report.newArticles == 6)
  }

  @Test(arguments: [
    ("<html><p>Sorry, we are down.", 200), ("", 200), ("<rss><channel>", 500), ("gone", 404),
  ])
  func `a source that cannot be read is a failure that names it, and nothing is forgotten`(body: String, status: Int)
    async throws
  {
    let stand = try Newsstand()
    stand.serve("/a", .html(ArticlePage.ferry(a).html))
    stand.serve("/feed", feed(stand, [("/a", "2026-11-20T10:00:00Z")]))
    try stand.watch("/feed", as: .feed)
    try await stand.sync()
    stand.serve("/feed", .xml(body, status: status))
    stand.pass(minutes: 60)
    let report = try await stand.sync()
    #expect(report.failures == 1 && report.failed.first?.url == stand.server.url("/feed"))
    let source = try #require(try stand.store.sources().first)
    #expect(source.failures == 1 && source.message?.isEmpty == false && source.articles == 1)
    #expect(report.checked == 1)  // its article is still watched
  }

  @Test func `an article that two URLs lead to is fetched under one`() async throws {
    let stand = try Newsstand()
    let canonical = stand.server.url("/2026/11/the-ferry-contract")
    let page = ArticlePage.ferry(a).html.replacing(
      "<head>", with: "<head><link rel=\"canonical\" href=\"\(canonical)\">")
    stand.serve("/2026/11/the-ferry-contract", .html(page))
    stand.serve("/amp/2026/11/the-ferry-contract", .html(page))
    try stand.watch("/2026/11/the-ferry-contract", "/amp/2026/11/the-ferry-contract")
    #expect(try await stand.sync().joined == 1)
    stand.pass(minutes: 60)
    #expect(try await stand.sync().checked == 1)
    let joins = try stand.store.joins(of: stand.article("/2026/11/the-ferry-contract"))
    #expect(joins.map(\.sameAs) == [canonical])
    #expect(joins.map(\.url) == [stand.server.url("/amp/2026/11/the-ferry-contract")])
    #expect(joins.map(\.reason) == ["canonical"])
  }

  @Test func `removing a feed ends the checks of what only it names`() async throws {
    let stand = try Newsstand()
    for path in ["/a", "/b"] { stand.serve(path, .html(ArticlePage.ferry(a).html)) }
    stand.serve("/feed", feed(stand, [("/a", "2026-11-20T10:00:00Z"), ("/b", "2026-11-20T10:00:00Z")]))
    try stand.watch("/feed", as: .feed)
    try stand.watch("/b")
    try await stand.sync()
    let source = try #require(try stand.store.source(named: stand.server.url("/feed")))
    #expect(try stand.store.change([source], .remove, now: stand.now) == [true])
    stand.pass(minutes: 60)
    let report = try await stand.sync()
    #expect(report.checked == 1 && report.sources == 0)
    #expect(try stand.captures("/a").count == 1 && stand.captures("/b").count == 2)
  }

  @Test func `an article told to stop stays stopped though a feed names it again`() async throws {
    let stand = try Newsstand()
    stand.serve("/a", .html(ArticlePage.ferry(a).html))
    stand.serve("/feed", feed(stand, [("/a", "2026-11-20T10:00:00Z")]))
    try stand.watch("/feed", as: .feed)
    try await stand.sync()
    let id = try stand.article("/a")
    #expect(try stand.store.change([.article(id: id, url: "")], .pause, now: stand.now) == [true])
    stand.serve("/feed", feed(stand, [("/a", "2026-11-21T10:00:00Z")]))
    stand.pass(minutes: 60)
    #expect(try await stand.sync().checked == 0)
    #expect(try stand.store.change([.article(id: id, url: "")], .resume, now: stand.now) == [true])
    #expect(try await stand.sync().checked == 1)
  }

  @Test func `robots txt is asked once, kept, and obeyed`() async throws {
    let stand = try Newsstand()
    stand.serve("/robots.txt", .text("User-agent: *\nDisallow: /private\n"))
    for path in ["/a", "/private/b"] { stand.serve(path, .html(ArticlePage.ferry(a).html)) }
    try stand.watch("/a", "/private/b")
    for run in 0..<2 {
      let report = try await stand.sync(politeness: Politeness())
      #expect(report.checked == 2 && report.failures == 1, "run \(run)")
      stand.pass(minutes: 60)
    }
    #expect(stand.server.requests.count { $0.path == "/robots.txt" } == 1)
    #expect(stand.server.requests.count { $0.path == "/private/b" } == 0)
    #expect(try stand.store.status(now: stand.now).failing.first?.message.contains("robots.txt") == true)
  }

  @Test func `a host that asks for an hour is left alone for it, by the next pass too`() async throws {
    let stand = try Newsstand()
    stand.serve("/a", Reply.text("busy", status: 429).with("Retry-After", "3600"))
    try stand.watch("/a")
    var politeness = Politeness()
    politeness.obeysRobots = false
    try await stand.sync(politeness: politeness)
    stand.pass(minutes: 10)
    let second = try await stand.sync(politeness: politeness)
    #expect(second.heldBack == 1 && second.checked == 0 && second.failures == 0)
    #expect(try stand.store.status(now: stand.now).backedOff.count == 1)
    stand.pass(minutes: 60)
    #expect(try await stand.sync(politeness: politeness).checked == 1)
    #expect(stand.server.requests.count == 2)
  }

  @Test func `a redirect to the front page is no revision`() async throws {
    let stand = try Newsstand()
    stand.serve("/2026/11/the-ferry-contract-story", .html(ArticlePage.ferry(a).html))
    stand.serve("/", .html(ArticlePage.ferry(b).html))
    try stand.watch("/2026/11/the-ferry-contract-story")
    try await stand.sync()
    stand.serve("/2026/11/the-ferry-contract-story", .redirect(to: "/"))
    stand.pass(minutes: 60)
    #expect(try await stand.sync().revisions == 0)
    #expect(
      try stand.captures("/2026/11/the-ferry-contract-story").map(\.verdict) == ["article", "redirect", "soft-404"])
    #expect(try stand.problems().isEmpty)
  }

  @Test func `what another version derived is derived again, and that is nobody's edit`() async throws {
    let stand = try Newsstand()
    stand.serve("/a", .html(ArticlePage.ferry(a).html))
    try stand.watch("/a")
    try await stand.sync()
    try stand.age()
    stand.pass(minutes: 60)
    let report = try await stand.sync()
    #expect(report.revisions == 0 && report.made.isEmpty && report.newArticles == 0)
    #expect(try stand.sentences("/a") == [a])
    #expect(try stand.problems().isEmpty)
  }

  @Test func `a limit takes as many articles as it says`() async throws {
    let stand = try Newsstand()
    for n in 0..<10 {
      stand.serve("/\(n)", .html(ArticlePage.ferry("Part \(n) takes effect in May.").html))
      try stand.watch("/\(n)")
    }
    #expect(try await stand.sync(limit: 4).checked == 4)
    #expect(try await stand.sync(.due(by: stand.now, slack: 0)).checked == 6)
  }

  @Test func `a page is asked for as a whole when nothing but 304 came for a week`() async throws {
    let stand = try Newsstand()
    let page = ArticlePage.ferry(a).html
    stand.serve("/a") { Reply.html(page, etag: "\"x\"").conditional(on: $0) }
    try stand.watch("/a")
    try await stand.sync()
    let changed = ArticlePage.ferry(b).html
    stand.serve("/a") { Reply.html(changed, etag: "\"x\"").conditional(on: $0) }  // the tag lies
    for _ in 0..<3 {
      stand.pass(minutes: 3 * 24 * 60)
      try await stand.sync()
    }
    #expect(stand.server.requests.map { $0["If-None-Match"] } == [nil, "\"x\"", "\"x\"", nil])
    #expect(try stand.sentences("/a") == [a, b])
  }
}

extension Reply {
  /// A feed or a sitemap, as text/plain: servers send them as anything.
  fileprivate static func xml(_ text: String, status: Int = 200) -> Reply { .text(text, status: status) }
}
