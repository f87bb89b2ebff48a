import Discovery
import Testing

/// When two addresses are of one article.
struct IdentityTests {
  @Test(arguments: [
    ("https://Post.Example/a?utm_source=x&id=7&fbclid=y#top", "https://post.example/a?id=7"),
    ("https://post.example/a?UTM_Medium=x", "https://post.example/a"),
    ("https://post.example/a?id=7&gclid=1&b=2", "https://post.example/a?id=7&b=2"),
    ("https://post.example/a?at_medium=rss&at_campaign=k", "https://post.example/a"),
    ("https://post.example/a?mc_cid=1&mc_eid=2", "https://post.example/a"),
    ("https://post.example/#!/story/7", "https://post.example/#!/story/7"),
    ("https://post.example/a?ref=front&source=x&p=3&s=ferry", "https://post.example/a?ref=front&source=x&p=3&s=ferry"),
    ("https://post.example/a?unlocked_article_code=k", "https://post.example/a?unlocked_article_code=k"),
    ("https://post.example/a?utm_=1&utmost=2", "https://post.example/a?utm_=1&utmost=2"),
    ("https://post.example/a?", "https://post.example/a?"), ("http://post.example:80/a/", "http://post.example/a/"),
  ])
  func `an address loses where its reader came from and nothing else`(text: String, normal: String) {
    #expect(ArticleURL(text)?.normalized == normal)
  }

  @Test func `a normal form is its own normal form`() throws {
    for text in [
      "https://Post.example:443/a?utm_source=x&b=%7e&c", "http://post.example/?fbclid=1",
      "https://post.example/#!/x?utm_a=1",
    ] {
      let once = try #require(ArticleURL(text)).normalized
      #expect(ArticleURL(once)?.normalized == once)
      #expect(ArticleURL(once)?.dropped.isEmpty == true)
    }
  }

  @Test func `what is no web address is no article's`() {
    for text in ["", "ftp://post.example/a", "post.example/a", "https://", "mailto:a@post.example"] {
      #expect(ArticleURL(text) == nil)
    }
  }

  private static let deep = "https://post.example/news/2026/11/ferry-late-again-on-monday"

  @Test(
    arguments: [
      // The page's own address, its canonical, og:url, and what follows.
      (deep, [deep], nil, .itself(reason: .nothingElse)),
      (deep + "/amp", [deep], deep, .same(as: deep, reason: .canonical)),
      (
        "http://www.post.example/news/2026/11/ferry-late-again-on-monday/", [deep], nil,
        .same(as: deep, reason: .canonical)
      ),
      (deep + "?view=full", [deep], nil, .same(as: deep, reason: .canonical)),
      (
        "https://m.post.example/a/12345", ["https://www.post.example/a/12345"], nil,
        .same(as: "https://www.post.example/a/12345", reason: .canonical)
      ),
      (deep, [], "https://post.example/n/98765", .same(as: "https://post.example/n/98765", reason: .openGraph)),
      (deep, ["https://post.example/"], nil, .itself(reason: .frontPage)),
      (deep, ["https://post.example/news/2026/"], nil, .itself(reason: .section)),
      (deep, ["https://post.example/tag/ferries"], nil, .itself(reason: .section)),
      (deep, ["https://other.test/ferry-late-again-on-monday"], nil, .itself(reason: .otherSite)),
      (
        deep, ["https://post.example/n/1234567", "https://post.example/n/7654321"], nil, .itself(reason: .contradiction)
      ),
      (deep, ["https://post.example/n/1234567"], deep, .itself(reason: .contradiction)),
      (
        deep, ["https://post.example/n/1234567"], "https://post.example/",
        .same(as: "https://post.example/n/1234567", reason: .canonical)
      ),
      ("https://post.example/story.php?id=71", ["https://post.example/story.php"], nil, .itself(reason: .losesName)),
      (deep + "?page=2", [deep], nil, .itself(reason: .otherPage)),
      (deep + "/2", [deep], nil, .itself(reason: .otherPage)),
      (
        "https://post.example/de/faehre-am-montag-spaet", ["https://post.example/en/ferry-late-on-monday"], nil,
        .itself(reason: .translation)
      ),
      (deep, [], nil, .itself(reason: .nothingElse)),
      (deep, ["javascript:void(0)"], nil, .itself(reason: .nothingElse)),
      (
        "https://ann.blogspot.com/2026/11/ferry.html", ["https://bob.blogspot.com/2026/11/ferry.html"], nil,
        .itself(reason: .otherSite)
      ),
      (
        "https://www.post.co.uk/2026/11/ferry", ["https://news.other.co.uk/2026/11/ferry"], nil,
        .itself(reason: .otherSite)
      ),
    ] as [(String, [String], String?, Identity)])
  func `a page is believed about its address only where that can be`(
    own: String, canonical: [String], openGraph: String?, answer: Identity
  ) {
    let found = Identity.of(
      [.init(url: own, status: 200)], page: PageAddresses(canonical: canonical, openGraph: openGraph))
    #expect(found == answer)
  }

  @Test(
    arguments: [
      (
        [(deep, 301), ("https://post.example/ferry-77777", 200)],
        .same(as: "https://post.example/ferry-77777", reason: .movedPermanently)
      ),
      ([(deep, 302), ("https://post.example/ferry-77777", 200)], .itself(reason: .movedForNow)),
      ([(deep, 308), ("https://post.example/", 200)], .itself(reason: .movedToFront)),
      ([(deep, 301), ("https://post.example/news/", 200)], .itself(reason: .movedToFront)),
      ([(deep, 301), ("https://post.example/login?to=x", 200)], .itself(reason: .movedToWall)),
      ([(deep, 301), ("https://consent.post.example/collect", 200)], .itself(reason: .movedToWall)),
      (
        [("http://post.example/a-b-c-d", 302), ("https://www.post.example/a-b-c-d/", 200)],
        .same(as: "https://www.post.example/a-b-c-d/", reason: .movedPermanently)
      ),
      (
        [("https://s.test/x9", 301), (deep + "?utm_source=s", 302), (deep + "/x-12345", 200)],
        .same(as: deep, reason: .movedPermanently)
      ),
      ([(deep + "?utm_source=s", 200)], .same(as: deep, reason: .tracking)),
      ([(deep, 200)], .itself(reason: .nothingElse)),
    ] as [([(String, Int)], Identity)])
  func `an article moves by redirects for good, up to the first that is not`(hops: [(String, Int)], answer: Identity) {
    #expect(Identity.of(hops.map { Identity.Hop(url: $0.0, status: $0.1) }, page: nil) == answer)
  }

  @Test func `no hops, no answer`() { #expect(Identity.of([], page: nil) == nil) }

  @Test func `every reason can be said`() {
    #expect(Set(Identity.Reason.allCases.map(\.message)).count == Identity.Reason.allCases.count)
  }
}
