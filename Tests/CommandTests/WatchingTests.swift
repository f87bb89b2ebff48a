import CommandRunner
import JSON
import LoopbackServer
import Testing

/// Sources of every kind on the command line.
struct WatchingTests {
  private func site() throws -> LoopbackServer {
    try LoopbackServer { request in
      switch request.path {
      case "/feed.xml":
        .text(
          "<rss version=\"2.0\"><channel><title>Harbour news</title><item><title>F</title><link>/ferry</link></item></channel></rss>"
        )
      case "/ferry": .html(ArticlePage.ferry("It takes effect on the first of May.").html)
      case "/private":
        .html(
          ArticlePage.ferry("It needs a key: \(request["X-Key"] ?? "none") and \(request["Cookie"] ?? "none").").html)
      default: .text("nothing here", status: 404)
      }
    }
  }

  @Test func `a feed is watched by its URL, and its articles with it`() throws {
    let (desk, server) = (try Desk.empty(), try site())
    #expect(try desk.stet("add", server.url("/feed.xml"), "--allow-private").status == 0)
    let report = try desk.stet("sync", "--json").json()
    #expect(report["sources"]?.int == 1 && report["listed"]?.int == 1 && report["revisions"]?.int == 1)
    let source = try #require(try desk.stet("sources", "--json").jsonLines().first)
    #expect(source["kind"]?.string == "feed" && source["title"]?.string == "Harbour news")
    #expect(source["articles"]?.int == 1 && source["article"] == .null)
    #expect(try desk.stet("show", "ferry", "--text").text.contains("first of May"))
    // Told to stop, the article stays stopped though its feed goes on.
    #expect(try desk.stet("pause", server.url("/ferry")).status == 0)
    #expect(try desk.stet("sync", "--all", "--json").json()["checked"]?.int == 0)
    #expect(try desk.stet("remove", "feed.xml").status == 0)
    #expect(try desk.stet("sources").output.isEmpty)
    #expect(try desk.stet("log", "ferry").status == 0)  // what was captured stays
  }

  @Test func `a loopback address is refused unless it is allowed, and the hint says how`() throws {
    let (desk, server) = (try Desk.empty(), try site())
    try desk.stet("add", server.url("/ferry"))
    let refused = try desk.stet("sync")
    #expect(refused.status == 3)
    #expect(refused.errors.contains("127.0.0.1"))
    #expect(server.requests.isEmpty)
    #expect(try desk.stet("sync", "--all", "--allow-private").status == 0)
    #expect(try desk.stet("log", "ferry").status == 0)
  }

  @Test func `fields and cookies of a source are sent, and a bad cookie file is refused with its line`() throws {
    let (desk, server) = (try Desk.empty(), try site())
    let jar = try desk.folder.write(
      "# Netscape HTTP Cookie File\n127.0.0.1\tFALSE\t/\tFALSE\t0\tpass\tsesame\n", to: "jar")
    let bad = try desk.folder.write("127.0.0.1 FALSE / FALSE 0 pass sesame\n", to: "bad")
    let wrong = try desk.stet("add", server.url("/private"), "--cookies", bad)
    #expect(wrong.status == 1 && wrong.errors.contains("bad:1: "))
    try desk.stet(
      "add", server.url("/private"), "--allow-private", "--header", "X-Key: 42", "--cookies", jar, "--user-agent",
      "Desk/1")
    #expect(try desk.stet("sync").status == 0)
    #expect(try desk.stet("show", "private", "--text").text.contains("It needs a key: 42 and pass=sesame."))
    #expect(server.requests.last?["User-Agent"] == "Desk/1")
    #expect(try desk.stet("add", server.url("/x"), "--header", "Host: elsewhere").status == 64)
    // A file that is gone later stops this source alone, and says why.
    try desk.folder.write("not a cookie file", to: "jar")
    let broken = try desk.stet("sync", "--all")
    #expect(
      broken.status == 3 && broken.errors.contains("the cookie file")
        && broken.errors.hasSuffix(" parts between tabs, not 7\n")
    )
    #expect(try desk.stet("sync", "--all", "--json").errors == broken.errors)
  }

  @Test func `an OPML file gives its feeds`() throws {
    let desk = try Desk.empty()
    let file = try desk.folder.write(
      """
      <?xml version="1.0"?><opml version="2.0"><body><outline text="News">
      <outline type="rss" text="Post" xmlUrl="https://post.example/feed" htmlUrl="https://post.example/"/></outline></body></opml>
      """, to: "list.opml")
    let result = try desk.stet("add", "--from", file)
    #expect(result.status == 0 && result.lines == ["added    https://post.example/feed"])
    #expect(try desk.stet("sources", "--json").jsonLines().first?["kind"]?.string == "feed")
  }

  @Test(arguments: [
    ("https://a.example/feed", "feed"), ("https://a.example/rss.xml", "feed"), ("https://a.example/?feed=rss2", "feed"),
    ("https://a.example/sitemap.xml", "sitemap"), ("https://a.example/news-sitemap.xml.gz", "sitemap"),
    ("https://a.example/2026/11/feeding-the-gulls", "page"), ("https://a.example/", "page"),
  ])
  func `the kind is guessed from the URL`(url: String, kind: String) throws {
    let desk = try Desk.empty()
    try desk.stet("add", url)
    #expect(try desk.stet("sources", "--json").jsonLines().first?["kind"]?.string == kind)
  }
}
