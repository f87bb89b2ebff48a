import Testing

@testable import Fetching

/// What many URLs of one server share.
@Suite struct TargetsTests {
  /// Each is read after all those before it, so that what is remembered of them would show.
  private static let urls = [
    "http://example.org/a", "http://example.org/b?c=http://other.example/#d", "http://example.org:8080/a",
    "http://example.org:80/a", "https://example.org/a", "HTTP://EXAMPLE.ORG/a", "http://Example.org/a",
    "http://example.org", "http://example.org?a=/b/", "http://example.org#a/b/", "http://example.org\\@other.example/a",
    "http://example.org/\\a", "http://example.org@other.example/a", "http://example.org:80@other.example/a",
    "http:///example.org/a", "http:///other.example/a", "http:/example.org/a", "http://127.1/a", "http://127.1/b",
    "http://0x7f000001/a", "http://2130706433/a", "http://[::1]/a", "http://[::1]:8080/a", "http://[fe80::1%25eth0]/a",
    "http://ex%61mple.org/a", "http://exämple.org/a", "http://example.org/ä", "http://example.org/a b",
    "http://example.org/a\u{0}b", "http://example.org:99999/a", "http://example.org:99999/b", "http://example.org:x/a",
    "http://example.org:/a", "http://:80/a", "http://./a", "ftp://example.org/a", "example.org/a", "//example.org/a",
    "",
    "http://example.org/" + String(repeating: "a", count: 9_000),
  ]

  @Test func `a URL is read as it would be alone, whatever was read before it`() {
    func reading(_ target: () throws(FetchError) -> Target) -> [String] {
      do throws(FetchError) {
        let target = try target()
        return [target.url, target.host, target.authority, "\(target.port)", "\(target.isSecure)"]
      } catch { return [error.message] }
    }
    var targets = Targets()
    for url in Self.urls + Self.urls {
      #expect(
        reading { () throws(FetchError) in try targets.target(url) }
          == reading { () throws(FetchError) in try Target(url) })
    }
  }
}
