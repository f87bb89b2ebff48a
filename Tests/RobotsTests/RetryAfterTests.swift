import Model
import Robots
import Testing

/// Dates and waits as HTTP fields give them.
@Suite struct RetryAfterTests {
  static let now = Instant("2026-11-21T12:00:00Z") ?? Instant(milliseconds: 0)

  // RFC 9110 §5.6.7 lists the forms.
  @Test(arguments: [
    ("Sun, 06 Nov 1994 08:49:37 GMT", "1994-11-06T08:49:37Z"),
    ("Sunday, 06-Nov-94 08:49:37 GMT", "1994-11-06T08:49:37Z"),
    ("Sun Nov  6 08:49:37 1994", "1994-11-06T08:49:37Z"), ("Sun Nov 16 08:49:37 1994", "1994-11-16T08:49:37Z"),
    ("Thu, 01 Jan 1970 00:00:00 GMT", "1970-01-01T00:00:00Z"),
    ("Tue, 29 Feb 2028 23:59:60 GMT", "2028-03-01T00:00:00Z"),
    ("Friday, 20-Nov-76 12:00:00 GMT", "2076-11-20T12:00:00Z"),
    ("Monday, 22-Nov-77 12:00:00 GMT", "1977-11-22T12:00:00Z"),
  ])
  func `all three forms of a date are read`(text: String, instant: String) {
    #expect(HTTPDate.parse(text, now: Self.now) == Instant(instant))
  }

  @Test(arguments: [
    "", "soon", "Sun, 06 Nov 1994 08:49:37", "Sun, 06 Nov 1994 08:49:37 CET", "Sun, 31 Apr 1994 08:49:37 GMT",
    "Sun, 06 Nov 1994 24:00:00 GMT", "Sun, 06 Nov 1994 08:49 GMT", "Sun, 06 Nuv 1994 08:49:37 GMT",
    "Sun, 06 Nov 19940 08:49:37 GMT", "Sun, -6 Nov 1994 08:49:37 GMT", "1994-11-06T08:49:37Z", "Sun,,,,",
    "Sun Nov  6 08:49:37 94x",
  ])
  func `anything else is no date`(text: String) {
    #expect(HTTPDate.parse(text, now: Self.now) == nil)
  }

  @Test(
    arguments: [
      ("0", 0), ("120", 120_000), (" 7 ", 7000), ("007", 7000), ("99999999999999999999", RetryAfter.longest),
      ("Sat, 21 Nov 2026 12:00:30 GMT", 30_000), ("Saturday, 21-Nov-26 12:01:00 GMT", 60_000),
      ("Sat Nov 21 13:00:00 2026", 3_600_000), ("Fri, 20 Nov 2026 12:00:00 GMT", 0),
      ("Sat, 21 Nov 2099 12:00:00 GMT", RetryAfter.longest),
    ] as [(String, Int64)])
  func `seconds and dates are waits, from now on and for a day at most`(value: String, milliseconds: Int64) {
    #expect(RetryAfter.parse(value, now: Self.now) == Self.now.advanced(byMilliseconds: milliseconds))
  }

  @Test(arguments: ["", " ", "soon", "-5", "12.5", "1e3", "5 s", "0x10", "٣", "12, 13"])
  func `garbage is as good as nothing`(value: String) {
    #expect(RetryAfter.parse(value, now: Self.now) == nil)
  }
}
