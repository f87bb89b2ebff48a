/// A time as people type it: a day, which lasts, or a moment.
///
/// Since a day is since it began, until a day is until it was over, and as of a day is as it stood at its end; all days are UTC.
public struct TypedTime: Hashable, Sendable {
  /// When it begins.
  public let start: Instant
  /// What came before `until` it: the first instant after a day, the moment itself.
  public let end: Instant
  /// The last instant that belongs to it. A moment given without a fraction lasts to the end of its second, for tables print
  /// instants so.
  public let last: Instant
  /// Whether it means another time when it is asked again: `yesterday`, `7d`.
  public let isRelative: Bool

  private static let day: Int64 = 86_400_000

  /// Reads what `Instant` reads; `today` and `yesterday`; and `90s`, `15m`, `12h`, `7d`, `2w`: so long ago. Nil for anything else.
  public init?(_ text: String, now: Instant) {
    let today = now.dayNumber * Self.day
    switch text {
    case "today": self.init(day: today, isRelative: true)
    case "yesterday": self.init(day: today - Self.day, isRelative: true)
    default:
      if let ago = Self.milliseconds(text) {
        let moment = now.advanced(byMilliseconds: -ago)
        self.init(start: moment, end: moment, last: moment, isRelative: true)
        return
      }
      guard let stamp = PartialTimestamp(text) else { return nil }
      let moment = stamp.instant(assumingOffsetMinutes: 0)
      if stamp.timeOfDay == nil {
        self.init(day: moment.milliseconds, isRelative: false)
      } else {
        let isWhole = !text.utf8.contains { $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: ",") }
        self.init(
          start: moment, end: moment, last: isWhole ? moment.advanced(byMilliseconds: 999) : moment, isRelative: false)
      }
    }
  }

  private init(day: Int64, isRelative: Bool) {
    self.init(
      start: Instant(milliseconds: day), end: Instant(milliseconds: day + Self.day),
      last: Instant(milliseconds: day + Self.day - 1), isRelative: isRelative)
  }

  private init(start: Instant, end: Instant, last: Instant, isRelative: Bool) {
    (self.start, self.end, self.last, self.isRelative) = (start, end, last, isRelative)
  }

  /// A length of time as people type it, in milliseconds: a number from 1 to 100,000 and `s`, `m`, `h`, `d` or `w`. Nil for
  /// anything else.
  public static func milliseconds(_ length: String) -> Int64? {
    let units: [Character: Int64] = ["s": 1000, "m": 60_000, "h": 3_600_000, "d": day, "w": 7 * day]
    guard let unit = length.last.flatMap({ units[$0] }), let count = Int64(length.dropLast()),
      (1...100_000).contains(count)
    else { return nil }
    return count * unit
  }
}
