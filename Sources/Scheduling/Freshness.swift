import Model

/// Until when a response is fresh, as its server says (RFC 9111 §4.2).
public enum Freshness {
  /// - Returns: nil when the fields give no lifetime, or say that it has none (`no-store`, `no-cache`, invalid `Expires`).
  public static func end(of fields: HTTPFields, receivedAt now: Instant) -> Instant? {
    var values: [String: [String]] = [:]
    for (name, value) in fields.pairs { values[name.lowercased(), default: []].append(value) }
    let directives = directives(values["cache-control"] ?? [])
    if directives["no-store"] != nil || directives["no-cache"] != nil { return nil }
    // §5.2.2.10: s-maxage is for shared caches, of which one is likely to stand before a news site; it comes first there (§4.2.1).
    var lifetime: Int64?
    if let stated = directives["s-maxage"] ?? directives["max-age"] {
      lifetime = seconds(stated)
    } else if let expires = values["expires"]?.first.flatMap(HTTPDate.read) {
      // §4.2.1: Expires minus Date; without a Date, minus the time of arrival (RFC 9110 §6.6.1).
      let date = values["date"]?.first.flatMap(HTTPDate.read) ?? now
      lifetime = date.milliseconds(to: expires) / 1_000
    }
    guard let lifetime else { return nil }
    // §5.1: Age is what it has spent in caches already.
    let age = values["age"]?.first.flatMap { seconds($0) } ?? 0
    guard lifetime > age else { return nil }
    return now.advanced(byMilliseconds: (lifetime - age) * 1_000)
  }

  /// Directive names in lower case, with their arguments without quotation marks (§5.2); of repeated ones the first.
  static func directives(_ lines: [String]) -> [String: String] {
    var out: [String: String] = [:]
    for line in lines {
      var quoted = false
      let parts = line.split(omittingEmptySubsequences: true) { character in
        if character == "\"" { quoted.toggle() }
        return character == "," && !quoted
      }
      for part in parts {
        let pair = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        let name = trimmed(pair[0]).lowercased()
        guard !name.isEmpty, out[name] == nil else { continue }
        var argument = pair.count > 1 ? trimmed(pair[1]) : ""
        if argument.count > 1, argument.hasPrefix("\""), argument.hasSuffix("\"") {
          argument = argument.dropFirst().dropLast()
        }
        out[name] = String(argument)
      }
    }
    return out
  }

  /// Delta-seconds (§1.2.2): digits alone; what is too large counts as 2^31.
  private static func seconds(_ text: some StringProtocol) -> Int64? {
    let digits = trimmed(Substring(text)).utf8
    guard !digits.isEmpty, digits.allSatisfy({ (48...57).contains($0) }) else { return nil }
    return digits.reduce(0) { min(1 << 31, $0 * 10 + Int64($1 - 48)) }
  }

  private static func trimmed(_ text: Substring) -> Substring {
    let rest = text.drop { $0 == " " || $0 == "\t" }
    return rest.prefix(rest.count - rest.reversed().prefix { $0 == " " || $0 == "\t" }.count)
  }
}

/// The three ways of writing an instant in HTTP (RFC 9110 §5.6.7).
public enum HTTPDate {
  /// Reads `Sun, 06 Nov 1994 08:49:37 GMT`, `Sunday, 06-Nov-94 08:49:37 GMT` and `Sun Nov  6 08:49:37 1994`; nil for anything
  /// else. The day of the week is not checked. A year of two digits is one of 1970 to 2069.
  public static func read(_ text: String) -> Instant? {
    let words = text.split { " -,".contains($0) }
    guard (5...6).contains(words.count) else { return nil }
    let isAsctime = words.count == 5 && words[1].first?.isNumber == false
    guard isAsctime || (words.count == 6 && words[5] == "GMT") else { return nil }
    let (dayWord, monthWord, yearWord, timeWord) =
      isAsctime ? (words[2], words[1], words[4], words[3]) : (words[1], words[2], words[3], words[4])
    guard let month = months.firstIndex(of: monthWord.lowercased()), let day = number(dayWord, digits: 1...2),
      var year = number(yearWord, digits: 2...4), yearWord.count != 3
    else { return nil }
    if yearWord.count == 2 { year += year < 70 ? 2000 : 1900 }
    let time = timeWord.split(separator: ":", omittingEmptySubsequences: false).map { number($0, digits: 2...2) }
    guard time.count == 3, let hour = time[0], let minute = time[1], let second = time[2], hour < 24, minute < 60,
      second <= 60, let date = CivilDate(year: year, month: Int64(month) + 1, day: day)
    else { return nil }
    return Instant(milliseconds: (date.daysSinceEpoch * 86_400 + hour * 3_600 + minute * 60 + second) * 1_000)
  }

  private static let months = [
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
  ]

  private static func number(_ text: Substring, digits: ClosedRange<Int>) -> Int64? {
    guard digits.contains(text.utf8.count), text.utf8.allSatisfy({ (48...57).contains($0) }) else { return nil }
    return Int64(text)
  }
}
