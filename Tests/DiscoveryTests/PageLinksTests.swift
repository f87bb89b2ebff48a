import Discovery
import Markup
import Testing

/// What a page's links are: feeds, articles, addresses of its own.
struct PageLinksTests {
  private func tree(_ text: String) throws -> MarkupTree { try MarkupTree(parsing: Array(text.utf8)) }

  @Test func `declared feeds come first, guesses next, comments last`() throws {
    let tree = try tree(
      """
      <html><head><base href="/s/"><link rel="alternate" type="application/rss+xml" title="Comments" href="/comments/feed/">
      <link rel="alternate" type="application/rss+xml; charset=utf-8" title="News" href="/feed.xml">
      <link rel="ALTERNATE nofollow" type="Application/Atom+XML" href="atom.xml"><link rel="alternate" hreflang="de" href="/de">
      <link rel="alternate" type="application/json" href="/wp-json/wp/v2/posts/1"><link rel="stylesheet" href="/rss.css"></head>
      <body><a href="/rss/">RSS</a><a href="feed://post.example/x.rss">x</a><a href="/feed.xml">again</a><a href="/story">s</a></body></html>
      """)
    let found = FeedLinks.found(in: tree, url: "https://post.example/")
    #expect(
      found.map(\.url) == [
        "https://post.example/feed.xml", "https://post.example/s/atom.xml", "https://post.example/rss/",
        "http://post.example/x.rss", "https://post.example/comments/feed/",
      ])
    #expect(found.map(\.isDeclared) == [true, true, false, false, true])
    #expect(found[0].title == "News")
  }

  private static let front = """
    <html><body><header><nav><a href="/politics">Politics</a><a href="/sport/football">Football</a>
    <a href="/about-us-and-what-we-do">About us and what it is that we do</a></nav></header><main>
    <article><h2><a href="/2026/11/20/ferry-late-again-on-monday?utm_source=front">Ferry late again on Monday</a></h2>
    <a href="/2026/11/20/ferry-late-again-on-monday"><img alt="A ferry"></a><a href="/author/ann-b-carter">Ann B. Carter</a></article>
    <div class="card"><a href="/sport/bridge-race-won-by-three-4711234"><h3>Bridge race won by three rowers</h3></a></div>
    <div class="card"><a href="https://news.post.example/story.php?id=88123">Mayor says the night buses will be back in May</a></div>
    <li><a href="/%E5%8C%97%E4%BA%AC/20261120/12345678.html">市长说夜班车五月恢复运行</a></li>
    <a href="/tag/night-buses-in-the-city">Night buses in the city</a><a href="https://other.test/2026/11/20/words-of-another-site">Words of another site</a>
    <a href="/podcasts/latest-episode-of-the-day">Latest episode</a><a href="/images/ferry-in-the-harbour-1.jpg">Ferry in the harbour</a>
    <a href="#top">Top of this page, please, now</a><a href="mailto:a@post.example">Write to us about what you read</a></main>
    <footer><a href="/terms-and-conditions-of-use">Terms and conditions of the use of this site</a></footer></body></html>
    """

  @Test func `a front page gives its articles in order, each once, and not its furniture`() throws {
    let links = ListingPage.links(in: try tree(Self.front), url: "https://www.post.example/")
    #expect(
      links.map(\.url.normalized) == [
        "https://www.post.example/2026/11/20/ferry-late-again-on-monday",
        "https://www.post.example/sport/bridge-race-won-by-three-4711234",
        "https://news.post.example/story.php?id=88123",
        "https://www.post.example/%E5%8C%97%E4%BA%AC/20261120/12345678.html",
      ])
    #expect(links.map(\.text).first == "Ferry late again on Monday")
    #expect(links.allSatisfy { $0.score >= ListingPage.threshold })
  }

  @Test func `canonical links of the head count before those of the body`() throws {
    let tree = try tree(
      """
      <head><link rel="canonical" href="/one"><link rel=canonical href="/one"><meta property="og:url" content="https://post.example/og"></head>
      <body><link rel="canonical" href="/comment"><p>x</p></body>
      """)
    let addresses = PageAddresses(of: tree, url: "https://post.example/x")
    #expect(addresses.canonical == ["https://post.example/one"])
    #expect(addresses.openGraph == "https://post.example/og")
  }

  @Test(
    arguments: [
      ("<rss version='2.0'><channel>", "text/html", DocumentKind.feed),
      ("<?xml version='1.0'?><!-- x --><feed xmlns='http://www.w3.org/2005/Atom'>", nil, .feed),
      ("\u{FEFF}  <rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'>", "application/xml", .feed),
      ("{\"version\":\"https://jsonfeed.org/version/1.1\",\"items\":[]}", "application/json", .feed),
      ("{\"a\":1}", "application/json", .other),
      ("<urlset><url>", "text/xml", .sitemap), ("<sitemapindex>", nil, .sitemap),
      ("https://post.example/a\nhttps://post.example/b\n", "text/plain", .sitemap),
      ("<opml version='2.0'><body>", "text/x-opml", .outlines),
      ("<!DOCTYPE html><html><p>An article about &lt;rss&gt;", "text/html", .page),
      ("<p>No html element here</p>", "text/html", .page), ("words", "text/plain", .other), ("", nil, .other),
      ("\u{89}PNG\r\n", "image/png", .other),
      (front, "text/html", .page),
    ] as [(String, String?, DocumentKind)])
  func `octets tell what a source is`(text: String, contentType: String?, kind: DocumentKind) {
    #expect(DocumentKind.of(Array(text.utf8), contentType: contentType, url: "https://post.example/x") == kind)
  }

  @Test func `a page is taken for a listing only when that is asked and it looks like one`() {
    let cards = (1...12).map {
      "<h2><a href='/2026/11/\($0)/words-of-story-number-\($0)'>Words of story number \($0), at length</a></h2>"
    }.joined()
    let front = Array("<html><body>\(cards)</body></html>".utf8)
    #expect(DocumentKind.of(front, contentType: "text/html", url: "https://post.example/", guessesLists: true) == .list)
    #expect(DocumentKind.of(front, contentType: "text/html", url: "https://post.example/") == .page)
    let article = Array(
      "<html><head><meta property='og:type' content='article'></head><body><h1>x</h1>\(cards)</body></html>".utf8)
    #expect(
      DocumentKind.of(
        article, contentType: "text/html", url: "https://post.example/2026/11/ferry-late-again-today",
        guessesLists: true) == .page)
  }

  @Test func `a list of feeds gives feeds with their folders`() throws {
    let list = try OutlineList(
      parsing: Array(
        """
        <?xml version="1.0"?><opml version="2.0"><head><title>Mine</title></head><body><outline text="News &amp; more"><outline text="Ferries">
        <outline type="rss" text="Post" title="The Post" xmlUrl="https://post.example/feed" htmlUrl="https://post.example/"/></outline></outline>
        <outline text="Alone" xmlURL="feed://alone.example/rss"></outline><outline text="bad" xmlUrl="nowhere"/></body></opml>
        """.utf8))
    #expect(list.entries.map(\.feed) == ["https://post.example/feed", "http://alone.example/rss"])
    #expect(list.entries[0].title == "The Post")
    #expect(list.entries[0].site == "https://post.example/")
    #expect(list.entries.map(\.folders) == [["News & more", "Ferries"], []])
    #expect(list.problems.map(\.kind) == [.badAddress])
    #expect(throws: DiscoveryError.isHTML) { try OutlineList(parsing: Array("<html><body>x</body></html>".utf8)) }
  }
}
