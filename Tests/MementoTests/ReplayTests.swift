import HTTPAnswers
import Memento
import Model
import Testing

struct ReplayTests {
  private let url = "https://example.org/ferry"

  @Test func `raw, a capture's octets and status are as they were, its fields kept under another name`() throws {
    let archive = try Archive()
    let octets: [UInt8] = Array("<script>alert(1)</script>".utf8) + [0, 0xFF, 0xFE]
    try archive.keep(
      url, "2026-11-01T10:00:00.999Z", status: 503, type: "text/html; charset=latin1", octets: octets,
      fields: [("Content-Encoding", "gzip"), ("Set-Cookie", "a=b"), ("X-Odd", "caf\u{E9}"), ("Link", "<x>; rel=y")])
    let answer = try archive.ask("/web/20261101100000id_/\(url)")
    #expect(answer.status == 503)
    #expect(answer.body == octets)
    #expect(answer.field("Content-Type") == "text/html; charset=latin1")
    #expect(answer.field("Memento-Datetime") == "Sun, 01 Nov 2026 10:00:00 GMT")
    #expect(answer.field("X-Archive-Orig-Content-Encoding") == "gzip")
    #expect(answer.field("X-Archive-Orig-Set-Cookie") == "a=b")
    #expect(answer.field("X-Archive-Orig-X-Odd") == "caf?")
    #expect(answer.field("Content-Encoding") == nil)
    #expect(answer.field("Set-Cookie") == nil)
    #expect(answer.fields.filter { $0.name == "Link" }.count == 1)
    #expect(answer.field("Content-Security-Policy")?.contains("sandbox") == true)
    #expect(answer.field("X-Content-Type-Options") == "nosniff")
    #expect(answer.links.contains { $0.relations == ["first", "last", "memento"] })
  }

  @Test(arguments: ["http://old.example/caf%E9", "http%3A%2F%2Fold.example%2Fcaf%E9"])
  func `a URL whose octets are no UTF-8 is found`(_ asked: String) throws {
    let archive = try Archive()
    try archive.keep("http://old.example/caf%E9", "2001-11-01T10:00:00Z", "<p>Latin")
    let answer = try archive.ask("/web/20011101100000id_/\(asked)")
    #expect(answer.status == 200 && answer.text == "<p>Latin")
  }

  @Test func `an address of another second leads to the capture's own`() throws {
    let archive = try Archive()
    try archive.keep(url, "2026-11-01T10:00:00Z")
    for digits in ["20261101100001", "2026", "19990101", "202611011000", "99999999999999"] {
      let answer = try archive.ask("/web/\(digits)id_/\(url)")
      #expect(answer.status == 302)
      #expect(answer.field("Location") == "\(Archive.base)/web/20261101100000id_/\(url)")
      #expect(answer.field("Memento-Datetime") == nil)
    }
    // What other archives write for embedded parts asks for the form to look at.
    #expect(try archive.ask("/web/20261101100000mp_/\(url)").text.contains("Hello."))
  }

  @Test func `a 304 is shown as what it confirms, at its own time`() throws {
    let archive = try Archive()
    let first = try archive.keep(url, "2026-11-01T10:00:00Z", "<p>Confirmed.")
    try archive.keep(url, "2026-11-02T10:00:00Z", status: 304, type: nil, refersTo: first)
    let answer = try archive.ask("/web/20261102100000id_/\(url)")
    #expect(answer.status == 200)
    #expect(answer.text == "<p>Confirmed.")
    #expect(answer.field("Memento-Datetime") == "Mon, 02 Nov 2026 10:00:00 GMT")
  }

  @Test(arguments: [
    ("https://other.example/b?x=1", "https://other.example/b?x=1"), ("/b#part", "https://example.org/b"),
    ("b", "https://example.org/b"), ("//cdn.example/", "https://cdn.example/"), ("../../c", "https://example.org/c"),
    ("?q=1", "https://example.org/ferry?q=1"), ("http:\\\\slash.example\\a", "http://slash.example/a"),
  ])
  func `a redirect leads on inside the archive`(_ location: String, _ target: String) throws {
    let archive = try Archive()
    try archive.keep(url, "2026-11-01T10:00:00Z", status: 302, "moved", fields: [("Location", location)])
    for form in ["", "id_"] {
      let answer = try archive.ask("/web/20261101100000\(form)/\(url)")
      #expect(answer.status == 302)
      #expect(answer.field("Location") == "\(Archive.base)/web/20261101100000\(form)/\(target)")
      #expect(answer.field("X-Archive-Orig-Location") == location)
    }
  }

  @Test(arguments: ["javascript:alert(1)", "data:text/html,x", "ftp://example.org/", "mailto:a@example.org", "http://"])
  func `a redirect out of the web leads nowhere`(_ location: String) throws {
    let archive = try Archive()
    try archive.keep(url, "2026-11-01T10:00:00Z", status: 302, "", fields: [("Location", location)])
    #expect(try archive.ask("/web/20261101100000/\(url)").field("Location") == nil)
  }

  @Test func `captures of one second are told apart by how the URL was spelt`() throws {
    let archive = try Archive()
    try archive.keep("http://example.org/ferry", "2026-11-01T10:00:00.100Z", "<p>in the clear")
    try archive.keep(url, "2026-11-01T10:00:00.900Z", "<p>secured")
    #expect(try archive.ask("/web/20261101100000/\(url)").text.contains("secured"))
    #expect(try archive.ask("/web/20261101100000/http://example.org/ferry").text.contains("in the clear"))
  }

  @Test func `what is no page is shown as text, or as it is`() throws {
    let archive = try Archive()
    let script = "<script>alert(1)</script>"
    func shown(_ name: String, _ type: String?, _ body: String) throws -> Answer {
      try archive.keep("https://example.org/\(name)", "2026-11-01T10:00:00Z", type: type, body)
      return try archive.ask("/web/20261101100000/https://example.org/\(name)")
    }
    for type in ["text/plain", "application/json", "image/svg+xml", "text/javascript", "application/xml"] {
      let answer = try shown(type, type, script)
      #expect(answer.field("Content-Type") == "text/plain; charset=utf-8", "\(type)")
      #expect(answer.text == script)
    }
    #expect(try shown("png", "image/png", "\u{89}PNG").field("Content-Type") == "image/png")
    #expect(try shown("pdf", "application/pdf", "%PDF").field("Content-Type") == "application/octet-stream")
    #expect(try shown("none", nil, script).text.contains("alert") == false)
    #expect(try shown("nothing", "text/html", "").body.isEmpty)
  }

  @Test func `a page in another encoding is shown in UTF-8`() throws {
    let archive = try Archive()
    try archive.keep(
      url, "2026-11-01T10:00:00Z", type: "text/html; charset=windows-1252",
      octets: Array("<title>Caf".utf8) + [0xE9] + Array("</title><p>na".utf8) + [0xEF] + Array("ve".utf8))
    let answer = try archive.ask("/web/20261101100000/\(url)")
    #expect(answer.field("Content-Type") == "text/html; charset=utf-8")
    #expect(answer.text.contains("<title>Café</title>"))
    #expect(answer.text.contains("<p>naïve</p>"))
  }
}
