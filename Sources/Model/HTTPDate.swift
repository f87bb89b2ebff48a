/// The dates of HTTP fields (RFC 9110 §5.6.7).
public enum HTTPDate {
  /// Reads any of the three forms, all of which mean UTC; nil for anything else. The day of the week is not checked.
  ///
  ///     Sun, 06 Nov 1994 08:49:37 GMT
  ///     Sunday, 06-Nov-94 08:49:37 GMT
  ///     Sun Nov  6 08:49:37 1994
  /// - Parameter now: decides the century of a year of two digits: one that would lie over 50 years ahead is past.
  public static func parse(_ text: some StringProtocol, now: Instant) -> Instant? {
    let words = text.utf8.split { $0 == 32 || $0 == 9 }.map { Array($0) }
    guard let dayName = words.first else { return nil }
    switch words.count {
    case 6 where dayName.last == comma && isGMT(words[5]):
      return instant(year: year(words[3], now), month: words[2], day: words[1], time: words[4])
    case 4 where dayName.last == comma && isGMT(words[3]):
      let date = words[1].split(separator: UInt8(ascii: "-")).map { Array($0) }
      guard date.count == 3 else { return nil }
      return instant(year: year(date[2], now), month: date[1], day: date[0], time: words[2])
    case 5: return instant(year: year(words[4], now), month: words[1], day: words[2], time: words[3])
    default: return nil
    }
  }

  private static let comma = UInt8(ascii: ",")
  private static let months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]

  private static func isGMT(_ word: [UInt8]) -> Bool {
    let zone = String(decoding: word, as: UTF8.self)
    return zone == "GMT" || zone == "UTC"
  }

  private static func instant(year: Int64?, month: [UInt8], day: [UInt8], time: [UInt8]) -> Instant? {
    let clock = time.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false).map { number(Array($0)) }
    guard let year, let day = number(day), clock.count == 3, let hour = clock[0], let minute = clock[1],
      let second = clock[2], hour < 24, minute < 60, second <= 60,  // 60 is a leap second
      let index = months.firstIndex(of: String(decoding: month, as: UTF8.self).lowercased()),
      let date = CivilDate(year: year, month: Int64(index) + 1, day: day)
    else { return nil }
    return Instant(milliseconds: (date.daysSinceEpoch * 86_400 + hour * 3600 + minute * 60 + second) * 1000)
  }

  private static func year(_ digits: [UInt8], _ now: Instant) -> Int64? {
    guard let value = number(digits) else { return nil }
    guard digits.count == 2 else { return digits.count == 4 ? value : nil }
    let current = CivilDate(daysSinceEpoch: now.milliseconds / 86_400_000).year
    let sameCentury = current - current % 100 + value
    return sameCentury > current + 50 ? sameCentury - 100 : sameCentury
  }

  /// One to four digits.
  private static func number(_ digits: [UInt8]) -> Int64? {
    guard (1...4).contains(digits.count), digits.allSatisfy({ (48...57).contains($0) }) else { return nil }
    return digits.reduce(0) { $0 * 10 + Int64($1) - 48 }
  }
}
