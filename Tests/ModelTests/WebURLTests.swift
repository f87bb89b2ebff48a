import CommandRunner
import Model
import Testing

/// URLs in normal form, and the keys they are filed under.
struct WebURLTests {
  @Test(
    arguments: [
      ("https://post.example", "https://post.example/"),
      ("HTTPS://Post.EXAMPLE:443/A?b=C#d", "https://post.example/A?b=C"),
      ("http://post.example:80/", "http://post.example/"), ("http://post.example:8080/", "http://post.example:8080/"),
      ("https://post.example:80/", "https://post.example:80/"), ("https://post.example./x", "https://post.example/x"),
      ("https://post.example?q=1", "https://post.example/?q=1"),
      ("https://post.example/a b", "https://post.example/a%20b"),
      ("https://post.example/caf\u{E9}", "https://post.example/caf%C3%A9"),
      ("https://post.example/%7ea%2f", "https://post.example/%7ea%2f"),
      ("https://post.example/a/../b", "https://post.example/a/../b"),
      ("https://post.example//a//", "https://post.example//a//"),
      ("https://post.example/#", "https://post.example/"), ("https://post.example/?", "https://post.example/?"),
      ("  https://post.example/a\t", "https://post.example/a"), ("http://[2001:DB8::1]:80/x", "http://[2001:db8::1]/x"),
      ("http://[::1]:8080", "http://[::1]:8080/"),
      ("https://post.example/\"<>\\^`{|}", "https://post.example/%22%3C%3E%5C%5E%60%7B%7C%7D"),
      ("https://post.example:/x", "https://post.example/x"), ("file:///tmp/x", nil), ("urn:isbn:123", "urn:isbn:123"),
    ] as [(String, String?)])
  func `a URL has one normal form`(text: String, normal: String?) throws {
    #expect((try? WebURL(text))?.normalized == normal)
    if let normal { #expect(try WebURL(normal).normalized == normal) }
  }

  @Test(
    arguments: [
      ("", .empty), ("   ", .empty), ("post.example/a", .noScheme), ("//post.example/", .noScheme),
      ("1http://a/", .noScheme),
      (":x", .noScheme), ("https:post.example", .noHost), ("https:///a", .noHost), ("https://./", .noHost),
      ("https://a b/", .noHost),
      ("https://a%62/", .noHost), ("https://a\\b/", .noHost), ("https://a:b:80/", .noHost),
      ("https://[::1/", .noHost), ("https://a]/", .noHost), ("https://[]/", .noHost), ("https://\"a\"/", .noHost),
      ("https://a:0/", .badPort), ("https://a:65536/", .badPort),
      ("https://a:8o/", .badPort), ("https://a:+80/", .badPort), ("https://a:99999999999999999999/", .badPort),
      ("https://user@a/", .hasUserInfo), ("https://user:secret@a/", .hasUserInfo), ("https://a/\u{0}", .control),
      ("https://a/x\ny", .control),
      ("https://a/\u{7F}", .control),
    ] as [(String, WebURL.Invalid)])
  func `what is no URL is refused with the reason`(text: String, reason: WebURL.Invalid) {
    #expect(throws: reason) { try WebURL(text) }
    #expect(!reason.reason.isEmpty)
  }

  @Test(arguments: [
    ("https://www.post.example/2026/11/Ferry?id=7", "example,post)/2026/11/ferry?id=7"),
    ("http://post.example:8080/", "example,post:8080)/"),
    ("https://a.b.co.uk/", "uk,co,b,a)/"), ("http://127.0.0.1/x", "127.0.0.1)/x"), ("http://[::1]/x", "[::1])/x"),
    ("http://www/", "www)/"),
    ("https://www.www.example/", "example,www)/"),
  ])
  func `a URL is filed under its host reversed`(text: String, key: String) throws {
    #expect(try WebURL(text).surt == key)
  }

  @Test func `noise never traps, and a normal form is its own`() throws {
    var random = SplitMix64(seed: 3)
    let letters = Array("ahtps:/?#[]@%.:1 \u{E9}\\\"\u{130}\u{301}")
    for _ in 0..<20_000 {
      let text =
        (Bool.random(using: &random) ? "https://" : "")
        + String(
          (0..<Int.random(in: 0..<12, using: &random)).map { _ in
            letters[Int.random(in: 0..<letters.count, using: &random)]
          })
      guard let url = try? WebURL(text) else { continue }
      #expect((try? WebURL(url.normalized))?.normalized == url.normalized, "\(text)")
      #expect(!url.surt.isEmpty)
    }
  }
}
