import Formats
import Model

/// A time as web archives write it in addresses: up to fourteen digits, `yyyyMMddHHmmss`, UTC; fewer mean a span.
struct Timestamp: Hashable, Sendable {
  /// The first and the last second meant; equal when all fourteen digits are there.
  let earliest, latest: Instant
  let isExact: Bool

  /// Reads 4 to 14 digits; nil for anything else. A month, day, hour, minute or second that there is not is taken for the
  /// nearest that there is, as other archives do: `20230231` is 28 February.
  init?(_ digits: some StringProtocol) {
    let bytes = Array(digits.utf8)
    guard (4...14).contains(bytes.count), bytes.allSatisfy({ (48...57).contains($0) }) else { return nil }
    (earliest, latest) = (Self.instant(bytes, last: false), Self.instant(bytes, last: true))
    isExact = bytes.count == 14
  }

  /// The first or last second meant: a part of which not all digits are there counts as absent.
  private static func instant(_ digits: [UInt8], last: Bool) -> Instant {
    func part(_ range: Range<Int>, _ limits: ClosedRange<Int64>) -> Int64 {
      guard digits.count >= range.upperBound else { return last ? limits.upperBound : limits.lowerBound }
      let number = digits[range].reduce(0) { $0 * 10 + Int64($1) - 48 }
      return min(max(number, limits.lowerBound), limits.upperBound)
    }
    let (year, month) = (part(0..<4, 0...9999), part(4..<6, 1...12))
    var day = part(6..<8, 1...31)
    var date = CivilDate(year: year, month: month, day: day)
    while date == nil, day > 28 {
      day -= 1
      date = CivilDate(year: year, month: month, day: day)
    }
    let seconds = part(8..<10, 0...23) * 3600 + part(10..<12, 0...59) * 60 + part(12..<14, 0...59)
    return Instant(milliseconds: ((date?.daysSinceEpoch ?? 0) * 86_400 + seconds) * 1000)
  }

  /// Fourteen digits, milliseconds cut off.
  static func text(_ at: Instant) -> String { CDXLine.timestamp(at) }
}

extension Instant {
  /// Whole seconds since 1970, rounded down: all that web archives tell apart.
  var second: Int64 { milliseconds >= 0 ? milliseconds / 1000 : (milliseconds - 999) / 1000 }
}

/// Instants as HTTP fields write them.
enum MementoDatetime {
  /// `Tue, 03 Nov 2026 15:02:05 GMT` (RFC 9110 §5.6.7), milliseconds cut off.
  static func text(_ at: Instant) -> String {
    let days = at.second >= 0 ? at.second / 86_400 : (at.second - 86_399) / 86_400
    let (date, inDay) = (CivilDate(daysSinceEpoch: days), at.second - days * 86_400)
    let weekday = names[Int(((days + 4) % 7 + 7) % 7)]  // 1970-01-01 was a Thursday
    let clock = [inDay / 3600, inDay / 60 % 60, inDay % 60].map { padded($0, to: 2) }.joined(separator: ":")
    let day = padded(date.day, to: 2)
    return "\(weekday), \(day) \(months[Int(date.month) - 1]) \(padded(date.year, to: 4)) \(clock) GMT"
  }

  private static let names = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
  private static let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]

  private static func padded(_ number: Int64, to width: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
  }
}
