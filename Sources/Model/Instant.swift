/// A moment in time: whole milliseconds since 1970-01-01T00:00:00Z, leap seconds ignored as POSIX does.
///
/// Written and read as RFC 3339 in UTC with three digits of milliseconds. The range is the years 0000 to 9999.
public struct Instant: Hashable, Comparable, Sendable {
  /// Milliseconds since the POSIX epoch; negative before it.
  public let milliseconds: Int64

  public init(milliseconds: Int64) { self.milliseconds = milliseconds }

  public static func < (a: Instant, b: Instant) -> Bool { a.milliseconds < b.milliseconds }

  /// This instant moved by a number of milliseconds, which may be negative.
  public func advanced(byMilliseconds delta: Int64) -> Instant { Instant(milliseconds: milliseconds + delta) }

  /// Milliseconds from this instant to another.
  public func milliseconds(to other: Instant) -> Int64 { other.milliseconds - milliseconds }
}

extension Instant {
  /// Whole days since 1970-01-01, rounded down.
  var dayNumber: Int64 { milliseconds.quotientAndRemainder(dividingByFloor: 86_400_000).quotient }
}

extension Instant: CustomStringConvertible {
  /// `2026-11-20T10:00:00.000Z`
  public var description: String {
    var out: [UInt8] = []
    out.reserveCapacity(24)
    out.append(self)
    return String(decoding: out, as: UTF8.self)
  }
}

extension [UInt8] {
  /// Appends an instant as its description has it.
  mutating func append(_ instant: Instant) {
    let (days, inDay) = instant.milliseconds.quotientAndRemainder(dividingByFloor: 86_400_000)
    let date = CivilDate(daysSinceEpoch: days)
    let (s, ms) = (inDay / 1000, inDay % 1000)
    appendDecimal(date.year, width: 4)
    append(UInt8(ascii: "-"))
    appendDecimal(date.month, width: 2)
    append(UInt8(ascii: "-"))
    appendDecimal(date.day, width: 2)
    append(UInt8(ascii: "T"))
    appendDecimal(s / 3600, width: 2)
    append(UInt8(ascii: ":"))
    appendDecimal(s / 60 % 60, width: 2)
    append(UInt8(ascii: ":"))
    appendDecimal(s % 60, width: 2)
    append(UInt8(ascii: "."))
    appendDecimal(ms, width: 3)
    append(UInt8(ascii: "Z"))
  }
}

extension Instant {
  /// Reads RFC 3339 §5.6 and the shorter forms people type: a date alone (midnight UTC), no seconds, `T` or a space,
  /// any number of fractional digits (cut to milliseconds), `Z` or an offset. A time without an offset is UTC.
  /// Returns nil for anything else, an impossible date (31 April) or a year outside 0000-9999 included.
  public init?(_ text: String) {
    guard let stamp = PartialTimestamp(text) else { return nil }
    self = stamp.instant(assumingOffsetMinutes: 0)
  }
}

extension Int64 {
  /// Division that rounds towards negative infinity, so that the remainder is never negative.
  func quotientAndRemainder(dividingByFloor d: Int64) -> (quotient: Int64, remainder: Int64) {
    var (q, r) = quotientAndRemainder(dividingBy: d)
    if r < 0 { (q, r) = (q - 1, r + d) }
    return (q, r)
  }
}

extension [UInt8] {
  /// Appends a non-negative number in decimal, padded with zeros on the left to at least `width` digits.
  mutating func appendDecimal(_ value: Int64, width: Int) {
    var (rest, unit, left) = (value.magnitude, UInt64(1), width)
    while left > 1 || rest / unit >= 10 { (unit, left) = (unit * 10, left - 1) }
    while unit > 0 {
      append(UInt8(ascii: "0") + UInt8(rest / unit))
      (rest, unit) = (rest % unit, unit / 10)
    }
  }
}
