import Extraction
import Model
import Testing

/// Which header fields a reading hangs on.
struct FieldSignsTests {
  private func fields(_ more: (name: String, value: String)...) -> HTTPFields {
    HTTPFields([(name: "Content-Type", value: "text/html; charset=utf-8"), (name: "Server", value: "nginx")] + more)
      ?? HTTPFields()
  }

  @Test func `dates, tags, ages and sessions decide nothing`() {
    let one = fields((name: "Date", value: "Sun, 22 Nov 2026 00:00:00 GMT"), (name: "Age", value: "1"))
    let other = fields((name: "Date", value: "Sun, 22 Nov 2026 01:00:00 GMT"), (name: "Age", value: "3601"))
    let third = fields(
      (name: "ETag", value: "\"x\""), (name: "Set-Cookie", value: "session=2"), (name: "Via", value: "c"))
    #expect(FieldSigns.agree(one, one) && FieldSigns.agree(one, other) && FieldSigns.agree(other, third))
  }

  @Test(arguments: [
    [(name: "Content-Type", value: "text/html; charset=windows-1251"), (name: "Server", value: "nginx")],
    [(name: "Content-Type", value: "text/html; charset=utf-8"), (name: "Server", value: "cloudflare")],
    [(name: "Server", value: "nginx")],
    [
      (name: "Content-Type", value: "text/html; charset=utf-8"), (name: "Server", value: "nginx"),
      (name: "content-language", value: "de"),
    ],
    [
      (name: "Content-Type", value: "text/html; charset=utf-8"), (name: "Server", value: "nginx"),
      (name: "x-dd-b", value: "1"),
    ],
    [
      (name: "Content-Type", value: "text/html; charset=utf-8"), (name: "Server", value: "nginx"),
      (name: "Retry-After", value: "60"),
    ],
    [
      (name: "Content-Type", value: "text/html; charset=utf-8"), (name: "Server", value: "nginx"),
      (name: "Location", value: "/"),
    ],
  ])
  func `charset, kind, language, guards, and where or when to ask instead do`(other: [(name: String, value: String)]) {
    let changed = HTTPFields(other) ?? HTTPFields()
    #expect(!FieldSigns.agree(fields(), changed) && !FieldSigns.agree(changed, fields()))
  }

  @Test func `a field that moved is found wherever it stands`() {
    let one = fields((name: "Date", value: "1"), (name: "cf-mitigated", value: "challenge"))
    let moved = fields((name: "cf-mitigated", value: "challenge"), (name: "Date", value: "2"))
    #expect(FieldSigns.agree(one, moved))
    #expect(!FieldSigns.agree(one, fields((name: "cf-mitigated", value: "none"), (name: "Date", value: "2"))))
  }
}
