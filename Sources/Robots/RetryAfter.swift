import Model

/// The Retry-After field (RFC 9110 §10.2.3): from when on a server will take requests again.
public enum RetryAfter {
  /// A server that asks for more is asked again after a day all the same.
  public static let longest: Int64 = 24 * 3_600_000

  /// The instant that a value means: seconds from `now`, or an HTTP date. Never before `now`, never over a day after it.
  /// Nil for what is neither, which is as if the field were absent.
  public static func parse(_ value: some StringProtocol, now: Instant) -> Instant? {
    let text = value.utf8.drop { $0 == 32 || $0 == 9 }
    let digits = text.prefix { (48...57).contains($0) }
    if !digits.isEmpty, text.dropFirst(digits.count).allSatisfy({ $0 == 32 || $0 == 9 }) {
      let seconds = digits.reduce(Int64(0)) { min($0 * 10 + Int64($1) - 48, longest) }
      return now.advanced(byMilliseconds: min(seconds * 1000, longest))
    }
    guard let date = HTTPDate.parse(value, now: now) else { return nil }
    return now.advanced(byMilliseconds: min(max(now.milliseconds(to: date), 0), longest))
  }
}
