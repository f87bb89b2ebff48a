import Testing

@testable import Web

/// Addresses, names, entity tags and codings: what is read out of single fields.
struct AddressTests {
  @Test(arguments: [
    ("127.0.0.1:8040", "127.0.0.1", 8040, true), ("[::1]:0", "::1", 0, true), ("localhost:80", "localhost", 80, true),
    ("0.0.0.0:80", "0.0.0.0", 80, false), ("[::]:443", "::", 443, false), ("127.1.2.3:1", "127.1.2.3", 1, true),
    ("127.evil.example:1", "127.evil.example", 1, false),
  ])
  func `an address to listen at is read`(text: String, host: String, port: Int, isLoopback: Bool) throws {
    let address = try #require(ListenAddress(text))
    #expect(address == ListenAddress(host: host, port: port))
    #expect(address.isLoopback == isLoopback)
  }

  @Test(arguments: [
    "", ":", "8040", "127.0.0.1", "127.0.0.1:", "127.0.0.1:65536", "127.0.0.1:-1", ":80", "::1:80",
    "[::1]", "[]:80", "[127.0.0.1]:80", "a b:80", "http://a:80", "a:+80",
  ])
  func `what is none is refused`(text: String) { #expect(ListenAddress(text) == nil) }

  @Test func `a base names the port unless it is the usual one`() {
    #expect(ListenAddress(host: "::1", port: 0).base(port: 8040) == "http://[::1]:8040")
    #expect(ListenAddress(host: "127.0.0.1", port: 80).base(port: 80) == "http://127.0.0.1")
  }

  @Test(arguments: [
    "127.0.0.1", "127.0.0.1:1", "[::1]:8040", "localhost", "LOCALHOST:1", "localhost.", "archive.example",
    "Archive.Example:443",
  ])
  func `names that were given and loopback addresses are admitted`(host: String) {
    let policy = HostPolicy(listening: ListenAddress(host: "127.0.0.1", port: 1), names: ["archive.example"])
    #expect(policy.admits(host))
  }

  @Test(arguments: [
    "", ":80", "evil.example", "archive.example.evil.example", "127.0.0.1.evil.example", "127.evil.example",
    "localhost:x", "localhost@evil.example", "[::1", "192.0.2.1", "[2001:db8::1]:80", "archive.example:80:80",
    "localhost:80/", "127.0.0.256",
  ])
  func `others are not`(host: String) {
    let policy = HostPolicy(listening: ListenAddress(host: "127.0.0.1", port: 1), names: ["archive.example"])
    #expect(!policy.admits(host))
  }

  @Test func `a server for all takes any address but no name that was not given`() {
    let policy = HostPolicy(listening: ListenAddress(host: "0.0.0.0", port: 80), names: [])
    #expect(policy.admits("192.0.2.1") && policy.admits("[2001:db8::1]:80"))
    #expect(!policy.admits("evil.example"))
  }

  @Test(arguments: [
    (#""a""#, true), (#"W/"a""#, true), (#""b", "a""#, true), (#""a-gz""#, true), ("*", true), (#""b""#, false),
    ("", false), (#""""#, false), (#""A""#, false), ("a", true),
  ])
  func `If-None-Match names a tag by weak comparison`(field: String, matches: Bool) {
    #expect(EntityTags.matches(field, #""a""#) == matches)
    #expect(EntityTags.matches(field, #"W/"a""#) == matches)
    #expect(EntityTags.matches(field, #""a-gz""#) == matches)
  }

  @Test(arguments: [
    ("gzip", true), ("GZip", true), ("br, gzip;q=1.0", true), ("*", true), ("*;q=0", false), ("gzip;q=0", false),
    ("gzip; q=0.000, *", false), ("identity", false), ("", false), ("gzipped", false), ("gzip;q=0.001", true),
  ])
  func `Accept-Encoding is read`(field: String, takes: Bool) { #expect(Compression.isAccepted(field) == takes) }

  @Test func `what does not get smaller stays as it is`() {
    var generator = SystemRandomNumberGenerator()
    let noise = (0..<4000).map { _ in UInt8.random(in: 0...255, using: &generator) }
    #expect(Compression.gzip(noise) == nil)
    #expect(Compression.gzip([UInt8](repeating: 1, count: Compression.least - 1)) == nil)
  }
}
