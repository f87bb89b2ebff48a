import Model
import Testing

/// Times as people type them.
struct TypedTimeTests {
  /// 2026-11-22T09:30:00.500Z
  private static let now = Instant(milliseconds: 1_795_339_800_500)

  @Test(
    arguments: [
      ("2026-11-20", "2026-11-20T00:00:00.000Z", "2026-11-21T00:00:00.000Z", "2026-11-20T23:59:59.999Z", false),
      ("today", "2026-11-22T00:00:00.000Z", "2026-11-23T00:00:00.000Z", "2026-11-22T23:59:59.999Z", true),
      ("yesterday", "2026-11-21T00:00:00.000Z", "2026-11-22T00:00:00.000Z", "2026-11-21T23:59:59.999Z", true),
      ("7d", "2026-11-15T09:30:00.500Z", "2026-11-15T09:30:00.500Z", "2026-11-15T09:30:00.500Z", true),
      ("90s", "2026-11-22T09:28:30.500Z", "2026-11-22T09:28:30.500Z", "2026-11-22T09:28:30.500Z", true),
      (
        "2026-11-20T10:00Z", "2026-11-20T10:00:00.000Z", "2026-11-20T10:00:00.000Z", "2026-11-20T10:00:00.999Z", false
      ),
      (
        "2026-11-20T11:00:41+01:00", "2026-11-20T10:00:41.000Z", "2026-11-20T10:00:41.000Z",
        "2026-11-20T10:00:41.999Z", false
      ),
      (
        "2026-11-20 10:00:41.000", "2026-11-20T10:00:41.000Z", "2026-11-20T10:00:41.000Z", "2026-11-20T10:00:41.000Z",
        false
      ),
    ])
  func `a day lasts, and a moment does not`(
    text: String, start: String, end: String, last: String, isRelative: Bool
  ) throws {
    let time = try #require(TypedTime(text, now: Self.now))
    #expect(time.start.description == start && time.end.description == end && time.last.description == last)
    #expect(time.isRelative == isRelative)
  }

  @Test(arguments: [
    "", "tomorrow", "Today", "7", "d", "-7d", "0d", "7y", "100001d", "2026-02-30", "2026-11", "2026-11-20T25:00", "7 d",
  ])
  func `what is no time is none`(text: String) { #expect(TypedTime(text, now: Self.now) == nil) }

  @Test func `a length of time has one unit`() {
    #expect(
      ["90s", "15m", "12h", "2d", "1w"].map(TypedTime.milliseconds) == [
        90_000, 900_000, 43_200_000, 172_800_000, 604_800_000,
      ])
    #expect(["1h30m", "", "h", "1.5h", "١d"].allSatisfy { TypedTime.milliseconds($0) == nil })
  }
}
