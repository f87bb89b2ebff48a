import CommandRunner
import Discovery
import Model
import Testing

/// Feeds as found in the wild, and worse: read as far as they go.
struct BrokenFeedTests {
  private func feed(_ text: String, _ contentType: String? = nil) throws -> Feed {
    try Feed(parsing: Array(text.utf8), contentType: contentType, url: "https://post.example/feed")
  }

  private static let two = """
    <rss version="2.0"><channel><title>Post</title>
    <item><title>One</title><link>https://post.example/1</link></item>
    <item><title>Two</title><link>https://post.example/2</link></item></channel></rss>
    """

  @Test(
    arguments: [
      // What, the feed, the titles, and the problem noted.
      ("leading junk", "\n<br />Warning: x on line 3\n" + two, ["One", "Two"], Problem.Kind.junkBeforeRoot),
      (
        "entities of HTML", two.replacing("One", with: "One&nbsp;&mdash;&nbsp;1"), ["One — 1", "Two"], .undeclaredEntity
      ),
      ("bare ampersands", two.replacing("One", with: "Q&A & more"), ["Q&A & more", "Two"], .bareAmpersand),
      ("an unclosed title", two.replacing("One</title>", with: "One"), ["One", "Two"], .unclosedElement),
      ("an unclosed item", two.replacing("</item>", with: ""), ["One", "Two"], .unclosedElement),
      ("a stray end tag", two.replacing("<item>", with: "</b><item>"), ["One", "Two"], .strayEndTag),
      ("a cut in the last title", String(two.prefix { $0 != "T" }) + "", ["One"], .cutOff),
      ("controls", two.replacing("One", with: "O\u{1}n\u{0}e"), ["One", "Two"], .controlCharacter),
      (
        "an undeclared prefix", two.replacing("<channel>", with: "<channel><dc:date>2026-11-20</dc:date>"),
        ["One", "Two"],
        .undeclaredPrefix
      ),
      ("no quotes", two.replacing("version=\"2.0\"", with: "version=2.0"), ["One", "Two"], .badTag),
      ("a less-than sign", two.replacing("One", with: "1 < 2"), ["1 < 2", "Two"], .badTag),
      ("a date of no kind", two.replacing("<item>", with: "<item><pubDate>soon</pubDate>"), ["One", "Two"], .badDate),
      ("no link", two.replacing("<link>https://post.example/1</link>", with: ""), ["Two"], .noAddress),
      ("a link to nowhere", two.replacing("https://post.example/1", with: "javascript:x()"), ["Two"], .badAddress),
      ("an unclosed comment", two.replacing("<item>", with: "<!-- x <item>"), ["One", "Two"], .unclosedElement),
    ] as [(String, String, [String], Problem.Kind)])
  func `a feed with a fault gives what it holds`(what: String, text: String, titles: [String], problem: Problem.Kind)
    throws
  {
    let feed = try feed(text)
    #expect(feed.items.map(\.title) == titles, "\(what)")
    #expect(feed.problems.contains { $0.kind == problem && $0.count > 0 }, "\(what): \(feed.problems)")
  }

  @Test func `what an internal subset declares is never expanded`() throws {
    let entities = (1...40).map { "<!ENTITY e\($0) \"&e\($0 - 1);&e\($0 - 1);\">" }.joined()
    let feed = try feed(
      "<!DOCTYPE rss [<!ENTITY e0 \"x\">\(entities)<!ENTITY f SYSTEM \"file:///etc/passwd\">]>"
        + Self.two.replacing("One", with: "&e40;&f;"))
    #expect(feed.items.map(\.title) == ["&e40;&f;", "Two"])
  }

  @Test func `encodings that lie or are not named are found out`() throws {
    let text = "<?xml version=\"1.0\" encoding=\"ENC\"?><rss><channel><title>Żółw café</title></channel></rss>"
    #expect(try feed(text.replacing("ENC", with: "iso-8859-1")).title == "Żółw café")
    #expect(try feed(text.replacing("ENC", with: "iso-8859-1")).problems.map(\.kind) == [.otherEncoding])
    #expect(try feed("\u{FEFF}" + text.replacing("ENC", with: "utf-8")).title == "Żółw café")
    let latin =
      Array("<?xml version=\"1.0\" encoding=\"utf-8\"?><rss><channel><title>caf".utf8) + [0xE9]
      + Array("</title></channel></rss>".utf8)
    let feed = try Feed(parsing: latin, url: "https://post.example/")
    #expect(feed.title == "café")
    #expect(feed.problems.map(\.kind) == [.otherEncoding])
    for isBig in [false, true] {
      let units = text.replacing("ENC", with: "utf-16").utf16.flatMap {
        isBig ? [UInt8($0 >> 8), UInt8($0 & 255)] : [UInt8($0 & 255), UInt8($0 >> 8)]
      }
      #expect(try Feed(parsing: units, url: "https://post.example/").title == "Żółw café")
    }
  }

  @Test func `a feed without its namespaces or with odd prefixes is read by names`() throws {
    let atom =
      "<a:feed xmlns:a='http://www.w3.org/2005/Atom'><a:entry><a:title>One</a:title><a:link href='/1'/></a:entry></a:feed>"
    #expect(try feed(atom).items.map(\.url) == ["https://post.example/1"])
    #expect(try feed("<feed><entry><title>One</title><link href='/1'/></entry></feed>").items.map(\.title) == ["One"])
    #expect(
      try feed("<RSS><Channel><Item><Title>One</Title><Link>/1</Link></Item></Channel></RSS>").items.map(\.url) == [
        "https://post.example/1"
      ])
    #expect(try feed("<channel><item><link>/1</link></item></channel>").items.count == 1)
  }

  @Test func `an item the document ends in is kept if its address is known`() throws {
    let cut = try feed("<rss><channel><item><link>/1</link><title>Half a tit")
    #expect(cut.items.map(\.url) == ["https://post.example/1"])
    #expect(cut.items.map(\.title) == [""])
    #expect(try feed("<rss><channel><item><title>One</title><link>https://post.example/hal").items.isEmpty)
  }

  @Test func `no mutation of a feed crashes the reader`() throws {
    var random = SplitMix64(seed: 20_261_121)
    let good = Array(Self.two.utf8)
    let pieces = [
      "<", ">", "&", "]]>", "<![CDATA[", "<!--", "-->", "\"", "</item>", "<item>", "&#0;", "&#xFFFFFFFF;", "\u{FFFD}",
      "xmlns:a='", "<?", "<!DOCTYPE [",
    ].map { Array($0.utf8) }
    for _ in 0..<3000 {
      var bytes = good
      for _ in 0..<Int.random(in: 1...6, using: &random) {
        let at = Int.random(in: 0...bytes.count, using: &random)
        switch Int.random(in: 0..<4, using: &random) {
        case 0: bytes.insert(contentsOf: pieces.randomElement(using: &random) ?? [], at: at)
        case 1: bytes.removeSubrange(at..<min(bytes.count, at + Int.random(in: 1...20, using: &random)))
        case 2: if at < bytes.count { bytes[at] = UInt8.random(in: 0...255, using: &random) }
        default: bytes.removeSubrange(at...)
        }
      }
      do {
        let feed = try Feed(parsing: bytes, url: "https://post.example/feed")
        #expect(feed.items.count <= 8)
        for item in feed.items { #expect(item.url.hasPrefix("http")) }
      } catch {
        #expect(!error.code.isEmpty)
      }
    }
  }

  @Test(arguments: [
    "<a>", "</a>", "<!--", "<![CDATA[", "<?x ", "<!DOCTYPE [", "&amp", "&x;", "<item>", "<", "<a b=\"", "<a b=c ", "]]",
  ])
  func `a megabyte of one thing ends`(piece: String) throws {
    let text =
      "<rss><channel><item><link>/1</link></item><item><title>"
      + String(repeating: piece, count: 300_000 / piece.utf8.count)
    #expect(try feed(text).items.first?.url == "https://post.example/1")
  }
}
