import CommandRunner
import Model
import Testing

/// Moments and dates, read and written.
struct InstantTests {
  @Test(
    arguments: [
      ("1970-01-01", 0), ("1970-01-01T00:00:00.001Z", 1), ("1969-12-31T23:59:59.999Z", -1),
      ("2026-11-20T10:00:00.000Z", 1_795_168_800_000),
      ("2026-11-20T10:00Z", 1_795_168_800_000), ("2026-11-20 10:00", 1_795_168_800_000),
      ("2026-11-20T11:00:00+01:00", 1_795_168_800_000),
      ("2026-11-20T04:30:00-0530", 1_795_168_800_000), ("2026-11-20T10:00:00,5Z", 1_795_168_800_500),
      ("2026-11-20T10:00:00.1239999Z", 1_795_168_800_123), ("2000-02-29", 951_782_400_000),
      ("2024-02-29", 1_709_164_800_000),
      ("2026-11-20T24:00Z", 1_795_219_200_000), ("2016-12-31T23:59:60Z", 1_483_228_800_000),
      ("0000-01-01", -62_167_219_200_000),
      ("9999-12-31T23:59:59.999Z", 253_402_300_799_999), ("  2026-11-20T10:00Z\n", 1_795_168_800_000),
      ("2026-11-20t10:00z", 1_795_168_800_000),
    ] as [(String, Int64)])
  func `an instant is read`(text: String, milliseconds: Int64) {
    #expect(Instant(text)?.milliseconds == milliseconds)
  }

  @Test(arguments: [
    "", "2026", "2026-11", "2026-11-31", "2026-02-29", "1900-02-29", "2100-02-29", "2026-13-01", "2026-00-10",
    "2026-01-00",
    "2026-11-20T", "2026-11-20T10", "2026-11-20T25:00", "2026-11-20T24:01", "2026-11-20T10:60", "2026-11-20T10:00:61",
    "2026-11-20T10:00:00.", "2026-11-20T10:00+24:00", "2026-11-20T10:00+01:60", "2026-11-20T10:00Zulu",
    "2026-11-20T10:00 +",
    "10000-01-01", "-001-01-01", "2026-1-1", "20261120", "tomorrow", "2026-11-20T10:00Z 2", "２０２６-11-20",
    "9999-12-31T23:59-01:00", "9999-12-31T24:00", "0000-01-01T00:00+00:01",
  ])
  func `what is no instant is refused`(text: String) {
    #expect(Instant(text) == nil)
  }

  @Test func `every instant of ten thousand years reads back as it was written`() {
    var random = SplitMix64(seed: 1)
    for _ in 0..<20_000 {
      let instant = Instant(milliseconds: Int64.random(in: -62_167_219_200_000...253_402_300_799_999, using: &random))
      #expect(Instant(instant.description) == instant)
      #expect(instant.description.utf8.count == 24)
    }
  }

  @Test func `the days of the calendar follow one another`() {
    var last = CivilDate(daysSinceEpoch: -719_529)
    #expect(last == CivilDate(daysSinceEpoch: -719_529))
    for day in Int64(-719_528)...2_932_896 {
      let date = CivilDate(daysSinceEpoch: day)
      guard date.daysSinceEpoch == day, CivilDate(year: date.year, month: date.month, day: date.day) == date,
        date.day == last.day + 1 || date.day == 1
      else {
        Issue.record("day \(day): \(date)")
        return
      }
      last = date
    }
    #expect(last == CivilDate(year: 9999, month: 12, day: 31))
  }

  @Test(arguments: [
    ("2026-11-20", "2026-11-20"), ("2026-11-20T10:00", "2026-11-20T10:00:00"),
    ("2026-11-20 10:00:05.250", "2026-11-20T10:00:05"),
    ("2026-11-20T10:00+01:00", "2026-11-20T09:00:00.000Z"), ("2026-11-20T00:30+01", "2026-11-19T23:30:00.000Z"),
    ("2026-11-20T24:00", "2026-11-21T00:00:00"), ("2026-11-20T10:00Z", "2026-11-20T10:00:00.000Z"),
  ])
  func `a partial timestamp prints what is known and no more`(text: String, printed: String) throws {
    let stamp = try #require(PartialTimestamp(text))
    #expect(stamp.description == printed)
    #expect(PartialTimestamp(printed)?.description == printed)
  }

  @Test func `noise is never read as a timestamp that cannot be written`() {
    var random = SplitMix64(seed: 2)
    let letters = Array("0123456789-:TZ+. ")
    for _ in 0..<30_000 {
      var text = Array("2026-11-20T10:00:00.000+01:00")
      for _ in 0..<Int.random(in: 1...4, using: &random) {
        text[Int.random(in: 0..<text.count, using: &random)] =
          letters[Int.random(in: 0..<letters.count, using: &random)]
      }
      if let stamp = PartialTimestamp(String(text)) {
        #expect(PartialTimestamp(stamp.description)?.description == stamp.description, "\(String(text))")
      }
    }
  }
}
