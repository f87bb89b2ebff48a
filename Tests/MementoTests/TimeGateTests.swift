import HTTPAnswers
import Memento
import Model
import Testing

struct TimeGateTests {
  private let url = "https://example.org/2026/ferry"

  @Test func `a TimeGate leads to the capture nearest to the datetime asked for`() throws {
    let archive = try Archive()
    try archive.keep(url, "2026-11-01T10:00:00Z")
    try archive.keep(url, "2026-11-03T10:00:00Z", "<p>Two")
    let answer = try archive.ask("/web/\(url)", at: "Mon, 02 Nov 2026 10:00:01 GMT")
    #expect(answer.status == 302)
    #expect(answer.field("Location") == "\(Archive.base)/web/20261103100000/\(url)")
    #expect(answer.field("Vary") == "accept-datetime")
    let relations = answer.links.map { ($0.relations.sorted().joined(separator: " "), $0.target) }
    #expect(relations.contains { $0 == ("original", url) })
    #expect(relations.contains { $0 == ("timegate", "\(Archive.base)/web/\(url)") })
    #expect(relations.contains { $0 == ("timemap", "\(Archive.base)/web/timemap/link/\(url)") })
    #expect(relations.contains { $0 == ("last memento", "\(Archive.base)/web/20261103100000/\(url)") })
    #expect(relations.contains { $0 == ("first memento prev", "\(Archive.base)/web/20261101100000/\(url)") })
  }

  @Test func `without Accept-Datetime it leads to the last capture`() throws {
    let archive = try Archive()
    try archive.keep(url, "2026-11-03T10:00:00Z")
    try archive.keep(url, "2026-11-01T10:00:00Z", "<p>Two")
    #expect(try archive.ask("/web/\(url)").field("Location")?.contains("/20261103100000/") == true)
    #expect(try archive.ask("/web/id_/\(url)").field("Location")?.contains("/20261103100000id_/") == true)
  }

  @Test func `of all captures the nearest in seconds is chosen, the earlier of two as near`() throws {
    let archive = try Archive()
    var random = SystemlessRandom(seed: 7089)
    let start: Int64 = 1_767_225_600
    let seconds = Set((0..<60).map { _ in start + random.next(below: 5000) }).sorted()
    try archive.keep(url, at: seconds.map { Instant(milliseconds: $0 * 1000 + random.next(below: 1000)) })
    for _ in 0..<200 {
      let asked = start - 500 + random.next(below: 6000)
      let nearest = seconds.min { (abs($0 - asked), $0) < (abs($1 - asked), $1) }
      let text = httpDate(asked)
      let answer = try archive.ask("/web/\(url)", at: text)
      let memento = answer.links.first { answer.field("Location") == $0.target }
      #expect(memento?.datetime.map { $0.milliseconds / 1000 } == nearest, "asked for \(text)")
      let digits = Instant(milliseconds: asked * 1000).description.filter(\.isNumber).prefix(14)
      let moved = try archive.ask("/web/\(digits)/\(url)")
      if seconds.contains(asked) {
        #expect(moved.status == 200)
      } else {
        #expect(moved.field("Location") == memento?.target)
      }
    }
  }

  @Test(arguments: ["yesterday", "2026-11-02T10:00:00Z", "Tue, 31 Feb 2026 10:00:00 GMT", "", "20261102100000"])
  func `a datetime that is none is answered with 400`(_ text: String) throws {
    let archive = try Archive()
    try archive.keep(url, "2026-11-03T10:00:00Z")
    let answer = try archive.ask("/web/\(url)", at: text)
    #expect(answer.status == 400)
    #expect(answer.field("Content-Type") == "text/plain; charset=utf-8")
  }

  @Test func `a URL that is not in the archive is answered with 404`() throws {
    let archive = try Archive()
    for target in ["/web/\(url)", "/web/20261103100000/\(url)", "/web/2026id_/\(url)", "/web/timemap/link/\(url)"] {
      #expect(try archive.ask(target).status == 404, "\(target)")
    }
  }

  @Test func `spellings of one URL have one history`() throws {
    let archive = try Archive()
    try archive.keep("https://www.example.org/Ferry/", "2026-11-01T10:00:00Z")
    for spelt in [
      "http://example.org/ferry", "https://example.org/Ferry/", "example.org/ferry", "https:/www.example.org/Ferry/",
      "https%3A%2F%2Fwww.example.org%2FFerry%2F", "HTTPS://EXAMPLE.org:443/ferry",
    ] {
      let answer = try archive.ask("/web/\(spelt)")
      #expect(
        answer.field("Location") == "\(Archive.base)/web/20261101100000/https://www.example.org/Ferry/", "\(spelt)")
    }
  }

  @Test func `the query of a URL is part of it`() throws {
    let archive = try Archive()
    try archive.keep("https://example.org/a?id=1&x=%2F", "2026-11-01T10:00:00Z")
    try archive.keep("https://example.org/a?id=2", "2026-11-02T10:00:00Z")
    #expect(
      try archive.ask("/web/https://example.org/a?id=1&x=%2F").field("Location")?.hasSuffix("/a?id=1&x=%2F") == true)
    #expect(try archive.ask("/web/https://example.org/a?id=2").field("Location")?.hasSuffix("/a?id=2") == true)
    #expect(try archive.ask("/web/https://example.org/a?x=%2F&id=1").status == 302)
    #expect(try archive.ask("/web/https://example.org/a").status == 404)
  }

  @Test func `later hops of a redirect are found by their own URLs`() throws {
    let archive = try Archive()
    let first = "http://example.org/a"
    try archive.keep(first, "2026-11-01T10:00:00Z", status: 301, "", fields: [("Location", "https://other.example/b")])
    #expect(try archive.ask("/web/https://other.example/b").status == 404)
    try archive.keep("https://other.example/b", "2026-11-01T10:00:01Z", article: first, sequence: 1)
    #expect(
      try archive.ask("/web/https://other.example/b").field("Location")
        == "\(Archive.base)/web/20261101100001/https://other.example/b")
  }

  @Test func `a redirect to another spelling of itself is passed over for what it leads to`() throws {
    let archive = try Archive()
    let (plain, secure) = ("http://example.org/a", "https://example.org/a")
    try archive.keep(plain, "2026-11-01T10:00:00Z", status: 301, "", fields: [("Location", secure)])
    try archive.keep(secure, "2026-11-01T10:00:05Z", article: plain, sequence: 1)
    #expect(
      try archive.ask("/web/\(plain)", at: "Sun, 01 Nov 2026 10:00:00 GMT").field("Location")
        == "\(Archive.base)/web/20261101100005/\(secure)")
    // Asked for to the letter, it is shown as it was.
    let raw = try archive.ask("/web/20261101100000id_/\(plain)")
    #expect(raw.status == 301)
    #expect(raw.field("Location") == "\(Archive.base)/web/20261101100000id_/\(secure)")
  }

  @Test func `a star leads people to the article's page`() throws {
    let archive = try Archive()
    try archive.keep(url, "2026-11-01T10:00:00Z")
    #expect(try archive.ask("/web/*/\(url)").field("Location") == "\(Archive.base)/article/1")
    #expect(try archive.ask("/web/2026*/\(url)").field("Location") == "\(Archive.base)/article/1")
    #expect(
      try archive.ask("/web/*/https://example.org/*").field("Location")
        == "\(Archive.base)/cdx?url=https%3A%2F%2Fexample.org%2F%2A")
  }

  @Test(arguments: [
    "/web/", "/web/2026", "/web/2026/", "/web/20261103100000id_/", "/web/123/https://example.org/",
    "/web/202611031000000/https://example.org/", "/web/timemap/", "/web/timemap/link",
    "/web/timemap/xml/https://a.example/",
    "/web/timemap/link/12-2026/https://a.example/", "/web/http://", "/web/?a=b", "/web/https%3A%2F%2F%zz",
  ])
  func `an address that is none is answered with 400 and what is wrong`(_ target: String) throws {
    let archive = try Archive()
    try archive.keep(url, "2026-11-01T10:00:00Z")
    do {
      let answer = try archive.ask(target)
      #expect(answer.status == 400 || target == "/web/2026" && answer.status == 404)
      #expect(answer.field("Content-Type") == "text/plain; charset=utf-8")
      #expect(!answer.body.isEmpty)
    } catch is Question.Invalid {
      // A stray percent sign does not get as far.
    }
  }

  @Test(arguments: [
    "/web/2026/https://example.org/../../etc/passwd", "/web/../../etc/passwd", "/web/2026/file:///etc/passwd",
    "/web/2026id_/https://example.org/%2e%2e/%2e%2e/x", "/web/2026/javascript:alert(1)", "/web/2026/https://[::1]/",
    "/web/2026/https://user:secret@example.org/nothing", "/web/2026/https://example.org:99999/", "/web/2026/////",
    "/web/2026/%20%20", "/web/2026/%0d%0aSet-Cookie:%20a=b", "/web/%F0%9F%98%80",
  ])
  func `a hostile URL is one that is not archived, or is refused`(_ target: String) throws {
    let archive = try Archive()
    try archive.keep(url, "2026-11-01T10:00:00Z")
    let answer = try archive.ask(target)
    #expect([400, 404].contains(answer.status))
    for field in answer.fields { #expect(!field.value.contains { $0 == "\r" || $0 == "\n" }) }
  }

  private func httpDate(_ second: Int64) -> String {
    let text = Instant(milliseconds: second * 1000).description
    let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
    let parts = text.split { "-T:.".contains($0) }
    return "Mon, \(parts[2]) \(months[(Int(parts[1]) ?? 1) - 1]) \(parts[0]) \(parts[3]):\(parts[4]):\(parts[5]) GMT"
  }
}

/// A fixed sequence of numbers that look random (G. L. Steele et al., SplitMix, OOPSLA 2014).
struct SystemlessRandom {
  private var state: UInt64
  init(seed: UInt64) { state = seed }

  mutating func next(below bound: Int64) -> Int64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return Int64((z ^ (z >> 31)) % UInt64(bound))
  }
}
