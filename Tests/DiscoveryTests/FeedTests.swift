import Discovery
import Model
import Testing

/// Feeds of each format, as their specifications have them.
struct FeedTests {
  @Test func `RSS 2.0 gives its items in order with what each says of itself`() throws {
    let feed = try Feed(
      parsing: Array(
        """
        <?xml version="1.0" encoding="utf-8"?>
        <rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom" xmlns:dc="http://purl.org/dc/elements/1.1/"
          xmlns:sy="http://purl.org/rss/1.0/modules/syndication/"><channel>
        <title>Harbour Post &amp; Sons</title><link>https://post.example/</link><ttl>30</ttl>
        <atom:link rel="self" href="https://post.example/feed"/><atom:link rel="hub" href="https://hub.example/"/>
        <skipHours><hour>0</hour><hour>24</hour><hour>5</hour></skipHours>
        <sy:updatePeriod>daily</sy:updatePeriod><sy:updateFrequency>4</sy:updateFrequency>
        <image><title>A picture</title><link>https://post.example/picture</link><url>x.png</url></image>
        <item><title>Ferry &lt;b&gt;late&lt;/b&gt; again: caf&amp;eacute; shut</title><link>https://post.example/2026/ferry?a=1&amp;b=2</link>
          <guid isPermaLink="false">tag:1</guid><pubDate>Fri, 20 Nov 2026 10:00:00 +0100</pubDate>
          <source url="https://other.example/feed"><title>Other</title></source>
          <atom:updated>2026-11-20T11:30:00Z</atom:updated><enclosure url="https://post.example/a.mp3" type="audio/mpeg"/></item>
        <item><title><![CDATA[Bridge <i>opens</i> & closes]]></title><guid>https://post.example/bridge</guid>
          <dc:date>2026-11-19</dc:date></item>
        </channel></rss>
        """.utf8), url: "https://post.example/feed")
    #expect(feed.format == .rss)
    #expect(feed.title == "Harbour Post & Sons")
    #expect(feed.site == "https://post.example/")
    #expect(feed.hints.interval == 21_600)  // four times a day is longer than 30 minutes
    #expect(feed.hints.skippedHours == [0, 5])
    #expect(feed.hints.hubs == ["https://hub.example/"])
    #expect(feed.problems.isEmpty)
    try #require(feed.items.count == 2)
    #expect(feed.items[0].url == "https://post.example/2026/ferry?a=1&b=2")
    #expect(feed.items[0].title == "Ferry late again: café shut")
    #expect(feed.items[0].id == "tag:1")
    #expect(feed.items[0].published?.description == "2026-11-20T09:00:00.000Z")
    #expect(feed.items[0].updated?.description == "2026-11-20T11:30:00.000Z")
    #expect(feed.items[1].url == "https://post.example/bridge")
    #expect(feed.items[1].title == "Bridge opens & closes")
    #expect(feed.items[1].published?.description == "2026-11-19")
  }

  @Test func `RSS 1.0 and 0.90 keep items beside the channel`() throws {
    let feed = try Feed(
      parsing: Array(
        """
        <?xml version="1.0"?><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
          xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">
        <channel rdf:about="https://post.example/rdf"><title>Post</title><link>https://post.example/</link>
          <items><rdf:Seq><rdf:li rdf:resource="https://post.example/1"/></rdf:Seq></items></channel>
        <item rdf:about="https://post.example/1"><title>One</title><link>https://post.example/1</link>
          <dc:date>2026-11-20T10:00:00+01:00</dc:date></item>
        <item rdf:about="https://post.example/2"><title>Two</title></item></rdf:RDF>
        """.utf8), url: "https://post.example/rdf")
    #expect(feed.format == .rdf)
    #expect(feed.title == "Post")
    #expect(feed.items.map(\.url) == ["https://post.example/1", "https://post.example/2"])
    #expect(feed.items[0].published?.description == "2026-11-20T09:00:00.000Z")
  }

  @Test func `Atom takes the alternate link, its own base and its own titles`() throws {
    let feed = try Feed(
      parsing: Array(
        """
        <feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://post.example/news/"><title type="html">A &amp;amp; B</title>
        <link rel="self" href="/atom"/><link href="/"/><link rel="prev-archive" href="/atom/2"/>
        <author><name>N</name><uri>https://n.example/</uri></author>
        <entry xml:base="2026/"><id>tag:post.example,2026:1</id><title type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">One
          <em>more</em></div></title><link rel="enclosure" href="x.mp3"/><link rel="alternate" type="application/json" href="one.json"/>
          <link rel="alternate" type="text/html" href="one"/><published>2026-11-20T09:00:00Z</published>
          <updated>2026-11-20T10:00:00Z</updated>
          <source><id>x</id><title>Elsewhere</title><link href="https://other.example/"/></source>
          <content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><a href="no">no</a><title>no</title></div></content></entry>
        <entry><id>https://post.example/two</id><title>1 &lt; 2</title><updated>2026-11-21T10:00:00Z</updated>
          <link href="../two"/></entry></feed>
        """.utf8), url: "https://post.example/atom")
    #expect(feed.format == .atom)
    #expect(feed.title == "A & B")
    #expect(feed.hints.older == "https://post.example/atom/2")
    #expect(feed.items.map(\.url) == ["https://post.example/news/2026/one", "https://post.example/two"])
    #expect(feed.items.map(\.title) == ["One more", "1 < 2"])
    #expect(feed.items[0].id == "tag:post.example,2026:1")
    #expect(feed.items[0].published?.description == "2026-11-20T09:00:00.000Z")
    #expect(feed.items[1].updated?.description == "2026-11-21T10:00:00.000Z")
  }

  @Test func `Atom 0.3 says issued and modified`() throws {
    let feed = try Feed(
      parsing: Array(
        """
        <feed version="0.3" xmlns="http://purl.org/atom/ns#"><title>Old</title><entry><title>One</title>
        <link rel="alternate" type="text/html" href="http://post.example/1"/><id>x</id>
        <issued>2004-01-01T10:00:00Z</issued><modified>2004-01-02T10:00:00Z</modified></entry></feed>
        """.utf8), url: "http://post.example/atom")
    #expect(feed.items.first?.published?.description == "2004-01-01T10:00:00.000Z")
    #expect(feed.items.first?.updated?.description == "2004-01-02T10:00:00.000Z")
  }

  @Test func `JSON Feed gives items, numbers as names and its next page`() throws {
    let feed = try Feed(
      parsing: Array(
        """
        {"version":"https://jsonfeed.org/version/1.1","title":"Post","home_page_url":"https://post.example/",
        "next_url":"/feed?page=2","hubs":[{"type":"WebSub","url":"https://hub.example/"}],"items":[
        {"id":7,"url":"/one","title":"One","date_published":"2026-11-20T10:00:00+01:00","date_modified":"2026-11-20T11:00:00Z"},
        {"id":"https://post.example/two"},{"id":"x","external_url":"https://other.example/three"},{"id":"y"},4]}
        """.utf8), url: "https://post.example/feed.json")
    #expect(feed.format == .json)
    #expect(
      feed.items.map(\.url) == ["https://post.example/one", "https://post.example/two", "https://other.example/three"])
    #expect(feed.items[0].id == "7")
    #expect(feed.items[0].published?.description == "2026-11-20T09:00:00.000Z")
    #expect(feed.hints.older == "https://post.example/feed?page=2")
    #expect(feed.hints.hubs == ["https://hub.example/"])
    #expect(Set(feed.problems.map(\.kind)) == [.noAddress, .malformedJSON])
  }

  @Test(arguments: [
    ("<html><body>Not here</body></html>", DiscoveryError.isHTML), ("<!DOCTYPE html><p>x", .unknownFormat),
    ("", .empty),
    (" \n\t", .empty), ("plain words", .unknownFormat), ("{\"a\":1}", .unknownFormat), ("<svg/>", .unknownFormat),
  ])
  func `what is no feed says what it is`(text: String, error: DiscoveryError) {
    #expect(throws: error) { try Feed(parsing: Array(text.utf8), url: "https://post.example/") }
    #expect(!error.message.isEmpty && !error.code.isEmpty)
  }

  @Test func `a JSON feed cut off in the middle is an error and not an empty feed`() {
    let error = #expect(throws: DiscoveryError.self) {
      try Feed(
        parsing: Array(#"{"version":"https://jsonfeed.org/version/1","items":[{"id"#.utf8), url: "https://post.example/"
      )
    }
    #expect(error?.code == "malformed-json")
  }

  @Test func `a feed kept by a third party means its own site by relative links`() throws {
    let feed = try Feed(
      parsing: Array(
        "<rss><channel><link>https://post.example/</link><item><link>/one</link></item></channel></rss>".utf8),
      url: "https://feeds.third.test/post")
    #expect(feed.items.map(\.url) == ["https://post.example/one"])
  }

  @Test func `the address before a feed service's redirect is the article's`() throws {
    let feed = try Feed(
      parsing: Array(
        """
        <rss xmlns:feedburner="http://rssnamespace.org/feedburner/ext/1.0"><channel><item>
        <link>https://feeds.third.test/~r/x</link><feedburner:origLink>https://post.example/one</feedburner:origLink>
        </item></channel></rss>
        """.utf8), url: "https://feeds.third.test/post")
    #expect(feed.items.map(\.url) == ["https://post.example/one"])
  }
}
