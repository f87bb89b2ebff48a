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
    #expect(refused.errors.contains("127.0.0.1 is a loopback address\nhint: `stet add URL --allow-private` "))
    #expect(server.requests.isEmpty)
    let early = try desk.stet("sync", "--verbose")
    #expect(early.text.hasPrefix("0 checked") && early.errors.hasPrefix("nothing is due before "))
    #expect(try desk.stet("sync", "--all", "--allow-private").status == 0)
    #expect(try desk.stet("log", "ferry").status == 0)
    #expect(try desk.stet("sync", "--verbose").errors.hasPrefix("nothing is due before "))
  }

  @Test func `another setting for what failed makes it due at once, for what did not it changes no time`() throws {
    let (desk, server) = (try Desk.empty(), try site())
    try desk.stet("add", server.url("/ferry"), server.url("/feed.xml"))
    #expect(try desk.stet("sync").status == 3)
    #expect(try desk.stet("sync", "--dry-run").lines.isEmpty)
    #expect(try desk.stet("add", server.url("/ferry"), server.url("/feed.xml"), "--allow-private").status == 0)
    #expect(try desk.stet("sync", "--dry-run").lines.count == 2)
    #expect(try desk.stet("sync").status == 0)
    try desk.stet("add", server.url("/ferry"), server.url("/feed.xml"), "--user-agent", "Desk/1")
    #expect(try desk.stet("sync", "--dry-run").lines.isEmpty)
    #expect(try desk.stet("add", server.url("/x"), "--user-agent", "Desk/1\r\nX-Key: 1").status == 64)
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

  @Test func `a source says how its articles fail, the most frequent first, and a page what is wrong with it`() throws {
    let desk = try Desk.empty()
    let server = try LoopbackServer { request in
      switch request.path {
      case "/feed.xml":
        .text(
          "<rss version=\"2.0\"><channel><title>N</title>"
            + ["a", "b", "gone", "fine"].map { "<item><title>\($0)</title><link>/\($0)</link></item>" }.joined()
            + "</channel></rss>")
      case "/a", "/b", "/page": .text("come back later", status: 503)
      case "/fine": .html(ArticlePage.ferry("It takes effect on the first of May.").html)
      default: .text("nothing here", status: 404)
      }
    }
    #expect(
      try desk.stet("add", server.url("/feed.xml"), server.url("/page"), "--allow-private", "--ignore-robots").status
        == 0)
    #expect(try desk.stet("sync").status == 3)
    let sources = try desk.stet("sources", "--json").jsonLines()
    let ways = try #require(sources.first { $0["kind"] == "feed" }?["failing"]?.array)
    #expect(ways.map { $0["articles"]?.int } == [2, 1])
    #expect(ways.allSatisfy { $0["reason"]?.string?.isEmpty == false })
    let page = try #require(sources.first { $0["kind"] == "page" })
    #expect(page["failures"]?.int == 1 && page["message"]?.string?.isEmpty == false)
    let text = try desk.stet("sources").text
    #expect(text.contains("   3 failing: 2 × ") && text.contains(", 1 × "))
    #expect(text.contains("1 failed in a row  "))
  }

  @Test func `a file of authorities that is missing or holds none is refused before anything is asked`() throws {
    let (desk, server) = (try Desk.empty(), try site())
    #expect(try desk.stet("add", server.url("/ferry"), "--allow-private").status == 0)
    let file = try desk.folder.write("no certificate", to: "ca.pem")
    let half = try desk.folder.write("-----BEGIN CERTIFICATE-----\nMIIB", to: "half.pem")
    for (path, reason) in [
      (desk.folder.file("none.pem"), "there is no such file"), (desk.folder.path, "it cannot be read"),
      (file, "no certificate in PEM"), (half, "no certificate in PEM"),
    ] {
      let sync = try desk.stet("sync", "--cacert", path)
      #expect(
        sync.status == 1 && sync.errors.contains("stet: syncing: --cacert \(path): ") && sync.errors.contains(reason))
    }
    #expect(server.requests.isEmpty)
    let wayback = try desk.stet("import", "wayback", server.url("/x"), "--base", server.url("/"), "--cacert", file)
    #expect(wayback.status == 1 && wayback.errors.contains("no certificate in PEM"))
    let good = try desk.folder.write(
      "# ours\n-----BEGIN CERTIFICATE-----\nTUlJQg==\n-----END CERTIFICATE-----\n", to: "good.pem")
    #expect(try desk.stet("sync", "--cacert", good).status == 0)
  }

  @Test func `a webhook gets another secret and keeps its number`() throws {
    let desk = try Desk.empty()
    let first = try desk.stet("webhook", "add", "https://desk.example/hook/2", "--json").json()
    let second = try desk.stet("webhook", "rotate", "desk.example", "--json").json()
    #expect(second["webhook"] == first["webhook"] && second["secret"] != first["secret"])
    let listed = try desk.stet("webhook", "list", "--secrets", "--json").jsonLines()
    #expect(listed.map { $0["secret"] } == [second["secret"]])
    let own = "whsec_" + String(repeating: "A", count: 32)
    #expect(try desk.stet("webhook", "rotate", "1", "--secret", own).lines.last == "secret   \(own)")
    #expect(try desk.stet("webhook", "rotate", "1", "--secret", "short").status == 1)
    #expect(try desk.stet("webhook", "rotate", "2").status == 1)
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
