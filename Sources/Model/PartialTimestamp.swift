/// A date, perhaps with a time, perhaps with an offset from UTC: as much of ISO 8601 as a page chose to print.
///
/// News pages give all three kinds. What is not said is not made up: `description` prints exactly what is known.
public struct PartialTimestamp: Hashable, Sendable {
  public let date: CivilDate
  /// Milliseconds since midnight; nil when only the day is known.
  public let timeOfDay: Int64?
  /// Minutes east of UTC; nil when the page does not say.
  public let offsetMinutes: Int64?

  public init(date: CivilDate, timeOfDay: Int64? = nil, offsetMinutes: Int64? = nil) {
    (self.date, self.timeOfDay, self.offsetMinutes) = (date, timeOfDay, timeOfDay == nil ? nil : offsetMinutes)
  }

  /// Reads `2026-11-20`, `2026-11-20T10:00`, `2026-11-20 10:00:00.123+01:00`, `…+0100`, `…+01`, `…Z`, surrounding
  /// white space ignored. 24:00 and leap seconds (:60) are read as the following moment. Nil for anything else, and for
  /// what falls outside the years 0000-9999 in UTC.
  public init?(_ text: String) {
    var scan = Scanner(bytes: Array(text.utf8))
    scan.skipSpaces()
    guard let year = scan.digits(4), scan.take("-"), let month = scan.digits(2), scan.take("-"),
      let day = scan.digits(2), let date = CivilDate(year: year, month: month, day: day)
    else { return nil }
    if scan.atEndAfterSpaces {
      self.init(date: date)
      return
    }
    guard scan.take("T") || scan.take("t") || scan.take(" ") else { return nil }
    scan.skipSpaces()
    guard let hour = scan.digits(2), scan.take(":"), let minute = scan.digits(2), hour <= 24, minute <= 59 else {
      return nil
    }
    var ms = (hour * 60 + minute) * 60_000
    if scan.take(":") {
      guard let second = scan.digits(2), second <= 60 else { return nil }
      ms += second * 1000
      if scan.take(".") || scan.take(",") {
        guard let fraction = scan.fraction() else { return nil }
        ms += fraction
      }
    }
    guard hour < 24 || ms == 86_400_000 else { return nil }
    scan.skipSpaces()
    var offset: Int64?
    if scan.take("Z") || scan.take("z") {
      offset = 0
    } else if let sign = scan.take("+") ? Int64(1) : scan.take("-") ? -1 : nil {
      guard let h = scan.digits(2), h <= 23 else { return nil }
      _ = scan.take(":")
      let m = scan.digits(2) ?? 0
      guard m <= 59 else { return nil }
      offset = sign * (h * 60 + m)
    }
    guard scan.atEndAfterSpaces else { return nil }
    self.init(date: date, timeOfDay: ms, offsetMinutes: offset)
    // In UTC it may lie in the year before 0000 or after 9999, which could not be written down.
    guard (0...9999).contains(CivilDate(daysSinceEpoch: instant(assumingOffsetMinutes: 0).dayNumber).year) else {
      return nil
    }
  }

  /// The instant meant, when a missing time is midnight and a missing offset is the one given.
  public func instant(assumingOffsetMinutes assumed: Int64) -> Instant {
    let local = date.daysSinceEpoch * 86_400_000 + (timeOfDay ?? 0)
    return Instant(milliseconds: local - (offsetMinutes ?? assumed) * 60_000)
  }
}

extension PartialTimestamp: CustomStringConvertible {
  /// An instant in UTC (`2026-11-20T09:00:00.000Z`) when the offset is known, else the local time (`2026-11-20T10:00:00`)
  /// or the day (`2026-11-20`).
  public var description: String {
    if timeOfDay != nil, offsetMinutes != nil { return instant(assumingOffsetMinutes: 0).description }
    let local = instant(assumingOffsetMinutes: 0).description
    return String(local.prefix(timeOfDay == nil ? 10 : 19))
  }
}

/// A cursor over ASCII bytes.
private struct Scanner {
  let bytes: [UInt8]
  var at = 0

  init(bytes: [UInt8]) { self.bytes = bytes }

  mutating func take(_ character: Character) -> Bool {
    guard at < bytes.count, bytes[at] == character.asciiValue else { return false }
    at += 1
    return true
  }

  mutating func skipSpaces() { while take(" ") || take("\n") || take("\t") {} }

  var atEndAfterSpaces: Bool {
    var rest = self
    rest.skipSpaces()
    return rest.at == bytes.count
  }

  /// Exactly `count` digits, or nil and the cursor where it was.
  mutating func digits(_ count: Int) -> Int64? {
    guard at + count <= bytes.count else { return nil }
    var value: Int64 = 0
    for byte in bytes[at..<at + count] {
      guard (48...57).contains(byte) else { return nil }
      value = value * 10 + Int64(byte - 48)
    }
    at += count
    return value
  }

  /// One or more digits after a decimal point, as whole milliseconds, the rest cut off.
  mutating func fraction() -> Int64? {
    var (value, scale): (Int64, Int64) = (0, 100)
    let start = at
    while at < bytes.count, (48...57).contains(bytes[at]) {
      value += Int64(bytes[at] - 48) * scale
      scale /= 10
      at += 1
    }
    return at > start ? value : nil
  }
}
