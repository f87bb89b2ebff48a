import Model

/// Dates as feeds and sitemaps print them: RFC 822 of every kind, W3C-DTF of every granularity, and what else is met.
///
/// What could mean two days (`09/06/2026`) is no date. What is not said is not made up, but for the day of a date that gives
/// only a year or month: it is the first.
public enum FeedDate {
  /// Nil when there is no telling. Years 1970 to 2199 only: others are mistakes.
  public static func read(_ text: String) -> PartialTimestamp? {
    guard text.utf8.count <= 128 else { return nil }
    let found = PartialTimestamp(text) ?? digitsOnly(text) ?? worded(text)
    return found.flatMap { (1970...2199).contains($0.date.year) ? $0 : nil }
  }

  /// Seconds or milliseconds since 1970, `20261120`, `20261120T100000Z`, `2026`.
  private static func digitsOnly(_ text: String) -> PartialTimestamp? {
    let bytes = Array(text.utf8).filter { $0 > 32 }
    let digits = bytes.prefix { (48...57).contains($0) }
    guard let value = Int64(String(decoding: digits, as: UTF8.self)) else { return nil }
    if digits.count == bytes.count {
      switch digits.count {
      case 4: return CivilDate(year: value, month: 1, day: 1).map { PartialTimestamp(date: $0) }
      case 8:
        return CivilDate(year: value / 10_000, month: value / 100 % 100, day: value % 100).map {
          PartialTimestamp(date: $0)
        }
      case 10: return PartialTimestamp(Instant(milliseconds: value * 1000).description)
      case 13: return PartialTimestamp(Instant(milliseconds: value).description)
      case 14: return basic(bytes)
      default: return nil
      }
    }
    return digits.count == 8 && bytes.count >= 13 && bytes[8] | 32 == UInt8(ascii: "t") ? basic(bytes) : nil
  }

  /// ISO 8601's basic format: `20261120T100000+0100`, or the same in digits alone.
  private static func basic(_ bytes: [UInt8]) -> PartialTimestamp? {
    var rest = bytes[8...]
    if rest.first.map({ $0 | 32 }) == UInt8(ascii: "t") { rest = rest.dropFirst() }
    func text(_ part: ArraySlice<UInt8>) -> String { String(decoding: part, as: UTF8.self) }
    let time = rest.prefix { (48...57).contains($0) }
    guard time.count == 4 || time.count == 6 else { return nil }
    let seconds = time.count == 6 ? ":" + text(time.suffix(2)) : ""
    return PartialTimestamp(
      text(bytes[0..<4]) + "-" + text(bytes[4..<6]) + "-" + text(bytes[6..<8]) + "T" + text(time.prefix(2)) + ":"
        + text(time.dropFirst(2).prefix(2)) + seconds + text(rest.dropFirst(time.count)))
  }

  /// A date of which the words may come in any order: `Fri, 20 Nov 2026 10:00:00 +0100`, `Nov 20, 2026 10:00 AM EST`,
  /// `Fri Nov 20 10:00:00 2026`, `20.11.2026 10:00`, `2026/11/20 10:00`, `2026-11`.
  private static func worded(_ text: String) -> PartialTimestamp? {
    var words = Words()
    for piece in text.utf8.split(whereSeparator: { $0 <= 32 || $0 == UInt8(ascii: ",") || $0 == UInt8(ascii: ";") }) {
      guard words.take(Array(piece)) else { return nil }
    }
    return words.timestamp
  }

  private struct Words {
    private var year: Int64?
    private var month: Int64?
    private var day: Int64?
    private var time: Int64?
    private var offset: Int64?

    /// False when the piece contradicts what came before.
    mutating func take(_ piece: [UInt8]) -> Bool {
      if piece.contains(UInt8(ascii: ":")) { return takeTime(piece) }
      if let first = piece.first, first == UInt8(ascii: "+") || first == UInt8(ascii: "-"), time != nil {
        guard let read = Self.offset(piece[...]) else { return true }  // a zone nobody knows: the time stays local
        offset = (offset ?? 0) + read
        return true
      }
      for separator in [UInt8(ascii: "-"), UInt8(ascii: "/"), UInt8(ascii: ".")] where piece.contains(separator) {
        let parts = piece.split(separator: separator).map { Array($0) }
        if parts.count >= 2 { return takeDate(parts, separator: separator) }
      }
      return takeWord(piece.filter { $0 != UInt8(ascii: ".") && $0 != UInt8(ascii: "(") && $0 != UInt8(ascii: ")") })
    }

    private mutating func takeWord(_ word: [UInt8]) -> Bool {
      let digits = word.prefix { (48...57).contains($0) }
      if !digits.isEmpty {
        // `20th`, `20日` are days as well; `10am` is a time.
        let rest = word[digits.count...].map { $0 | 32 }
        if time == nil, rest.elementsEqual("am".utf8) || rest.elementsEqual("pm".utf8) {
          return takeTime(Array(digits) + Array(":00".utf8)) && takeWord(rest)
        }
        guard let value = Int64(String(decoding: digits, as: UTF8.self)) else { return false }
        if digits.count <= 2, day == nil, (1...31).contains(value) {
          day = value
        } else if year == nil, digits.count == 4 || digits.count == 2 || digits.count == 3 {
          year = Self.year(value, digits: digits.count)
        } else {
          return false
        }
        return true
      }
      let folded = String(decoding: word, as: UTF8.self).lowercased()
      if folded == "am" || folded == "pm" {
        guard let clock = time, clock < 13 * 3_600_000 else { return true }
        let isNoonHour = clock >= 12 * 3_600_000
        if folded == "pm", !isNoonHour { time = clock + 12 * 3_600_000 }
        if folded == "am", isNoonHour { time = clock - 12 * 3_600_000 }
        return true
      }
      if time != nil, let zone = Self.zone(folded) {
        offset = zone
        return true
      }
      // The last such word is the month: French for Tuesday, Dutch for Monday begin as March does, and come first.
      if let named = Self.month(folded) { month = named }
      return true  // days of the week, "de", "um", "at"
    }

    /// RFC 5322 §4.3 on years of two and three digits.
    private static func year(_ value: Int64, digits: Int) -> Int64 {
      digits == 4 ? value : digits == 3 ? 1900 + value : value < 50 ? 2000 + value : 1900 + value
    }

    private mutating func takeDate(_ parts: [[UInt8]], separator: UInt8) -> Bool {
      let numbers = parts.map { Int64(String(decoding: $0, as: UTF8.self)) }
      if parts.count == 3, parts[0].count == 4, let y = numbers[0], let m = numbers[1], let d = numbers[2] {
        (year, month, day) = (y, m, d)
        return true
      }
      if parts.count == 2, parts[0].count == 4, let y = numbers[0], let m = numbers[1] {
        (year, month, day) = (y, m, 1)  // W3C-DTF: a month
        return true
      }
      if parts.count == 3, let d = numbers[0], numbers[1] == nil, let y = numbers[2] {  // 20-Nov-26
        guard let m = Self.month(String(decoding: parts[1], as: UTF8.self).lowercased()) else { return false }
        (day, month, year) = (d, m, Self.year(y, digits: parts[2].count))
        return true
      }
      guard parts.count == 3, parts[2].count == 4, let a = numbers[0], let b = numbers[1], let y = numbers[2] else {
        // `mer.-` is a word after all.
        return parts.contains { $0.contains { $0 >= 128 || (97...122).contains($0 | 32) } }
      }
      // Dots are never the American order; slashes and hyphens may be, unless a number is no month.
      guard separator == UInt8(ascii: ".") || a > 12 || b > 12 || a == b else { return false }
      (day, month, year) = b > 12 ? (b, a, y) : (a, b, y)
      return true
    }

    private mutating func takeTime(_ piece: [UInt8]) -> Bool {
      guard time == nil else {
        // `+01:00` or `GMT+1:00` after the time
        let sign = piece.firstIndex { $0 == UInt8(ascii: "+") || $0 == UInt8(ascii: "-") }
        if let sign, let read = Self.offset(piece[sign...]) { offset = read }
        return true
      }
      var rest = piece[...]
      if let mark = rest.firstIndex(where: { $0 | 32 == UInt8(ascii: "t") }), mark > 0, rest[..<mark].contains(45) {
        guard take(Array(rest[..<mark])) else { return false }
        rest = rest[(mark + 1)...]
      }
      let clock = rest.prefix { (48...57).contains($0) || $0 == UInt8(ascii: ":") || $0 == UInt8(ascii: ".") }
      let parts = clock.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
      let numbers = parts.map { Int64(String(decoding: $0.prefix { $0 != UInt8(ascii: ".") }, as: UTF8.self)) }
      guard (2...4).contains(numbers.count), let h = numbers[0], let m = numbers[1], (0...24).contains(h),
        (0...59).contains(m)
      else { return false }
      let s = numbers.count >= 3 ? numbers[2] ?? 0 : 0
      guard (0...60).contains(s), h < 24 || m == 0 else { return false }
      time = (h * 3600 + m * 60 + s) * 1000
      let after = rest[clock.endIndex...]
      guard !after.isEmpty else { return true }
      if let first = after.first, first == UInt8(ascii: "+") || first == UInt8(ascii: "-") {
        offset = Self.offset(after)
        return true
      }
      return takeWord(Array(after))
    }

    /// `+0100`, `+01:00`, `+1`, `-0430`, in minutes.
    private static func offset(_ text: ArraySlice<UInt8>) -> Int64? {
      guard let sign = text.first else { return nil }
      var digits = text.dropFirst().filter { $0 != UInt8(ascii: ":") }
      if digits.last.map({ $0 | 32 }) == UInt8(ascii: "z") { digits.removeLast() }  // `+00:00Z`
      guard let value = Int64(String(decoding: digits, as: UTF8.self)), (1...4).contains(digits.count) else {
        return nil
      }
      let minutes = digits.count <= 2 ? value * 60 : value / 100 * 60 + value % 100
      guard minutes <= 15 * 60 else { return nil }
      return sign == UInt8(ascii: "-") ? -minutes : minutes
    }

    /// RFC 822 §5.1's zones, and a few that everybody knows. A military letter but Z was defined with the wrong sign
    /// (RFC 5322 §4.3), so it says nothing.
    private static func zone(_ word: String) -> Int64? {
      if let hours = zones[word] { return hours }
      for name in ["gmt", "utc"] where word.hasPrefix(name) {
        return offset(Array(word.utf8.dropFirst(3))[...])
      }
      return nil
    }

    private static let zones: [String: Int64] = [
      "z": 0, "ut": 0, "utc": 0, "gmt": 0, "wet": 0, "est": -300, "edt": -240, "cst": -360, "cdt": -300, "mst": -420,
      "mdt": -360, "pst": -480, "pdt": -420, "akst": -540, "akdt": -480, "hst": -600, "ast": -240, "adt": -180,
      "bst": 60, "cet": 60, "cest": 120, "met": 60, "mest": 120, "mez": 60, "mesz": 120, "eet": 120, "eest": 180,
      "west": 60, "msk": 180, "jst": 540, "kst": 540, "sgt": 480, "hkt": 480, "wib": 420, "aest": 600, "aedt": 660,
      "nzst": 720, "nzdt": 780, "sast": 120,
    ]

    private static func month(_ word: String) -> Int64? {
      guard let index = months.firstIndex(where: { $0.contains { word.hasPrefix($0) } }) else { return nil }
      return Int64(index) + 1
    }

    /// How the months begin in English, German, French, Spanish, Italian, Portuguese, Dutch, Polish, Indonesian, the
    /// Scandinavian languages and Russian.
    private static let months: [[String]] = [
      ["jan", "jän", "ene", "gen", "sty", "янв"], ["feb", "fév", "fev", "lut", "фев"],
      ["mar", "mär", "mrz", "maa", "mrt", "mars", "мар"], ["apr", "avr", "abr", "kwi", "апр"],
      ["may", "mai", "mei", "maj", "mag", "мая", "май"], ["jun", "juin", "giu", "cze", "июн"],
      ["jul", "juil", "lug", "lip", "июл"], ["aug", "aoû", "aou", "ago", "sie", "agu", "авг"],
      ["sep", "set", "wrz", "сен"], ["oct", "okt", "out", "ott", "paź", "paz", "окт"], ["nov", "lis", "ноя"],
      ["dec", "dez", "dic", "déc", "gru", "des", "дек"],
    ]

    var timestamp: PartialTimestamp? {
      guard let year, let month, let day, let date = CivilDate(year: year, month: month, day: day) else { return nil }
      guard let time else { return PartialTimestamp(date: date) }
      return PartialTimestamp(date: date, timeOfDay: time, offsetMinutes: offset)
    }
  }
}
