import Model

/// Dates as people write them: "20 Dec 2023", "May 7th, 2020, 5:22 pm EST", "28.04.2023", "2020年2月15日", "٧ أكتوبر ٢٠٢٠".
struct WrittenDate {
  let stamp: PartialTimestamp
  /// How many words and numbers of the text are not part of it.
  let otherWords: Int

  /// The first date in a text of at most `longest` bytes; nil when there is none. `language` decides between day and month
  /// where digits alone do not (`03/04/2021`), and what a month's name means where languages disagree.
  init?(in text: some Collection<UInt8>, language: String?) {
    guard text.count <= Self.longest, text.contains(where: { (48...57).contains($0) || $0 >= 0xD8 }) else { return nil }
    let primary = language.map { String($0.prefix { $0 != "-" }).lowercased() }
    let reader = DateReader(tokens: Token.all(in: text), language: primary, region: language)
    guard let (stamp, used) = reader.first() else { return nil }
    self.stamp = stamp
    otherWords = reader.tokens.count { $0.isWordOrNumber } - used
  }

  static let longest = 400

  /// Of a field that holds nothing but a date.
  static func field(_ text: String, language: String? = nil) -> PartialTimestamp? {
    PartialTimestamp(text) ?? WrittenDate(in: text.utf8, language: language)?.stamp
  }
}

/// A piece of a text that may be a date.
private enum Token {
  case number(Int64, digits: Int)
  case word([UInt8])
  case mark(UInt8)

  var isWordOrNumber: Bool { if case .mark = self { false } else { true } }

  /// Lower case; digits of any script as numbers; ideographs and Hangul syllables one word each.
  static func all(in text: some Collection<UInt8>) -> [Token] {
    var out: [Token] = []
    var word: [UInt8] = []
    var (number, digits): (Int64, Int) = (0, 0)
    func close() {
      if digits > 0 { out.append(.number(number, digits: digits)) }
      if !word.isEmpty { out.append(.word(word)) }
      (word, number, digits) = ([], 0, 0)
    }
    for scalar in String(decoding: text, as: UTF8.self).unicodeScalars {
      if let digit = digit(scalar) {
        if !word.isEmpty { close() }
        digits += 1
        number = digits < 15 ? number * 10 + digit : 0
      } else if (0x3400...0x9FFF).contains(scalar.value) || (0xAC00...0xD7A3).contains(scalar.value) {
        close()
        out.append(.word(Array(String(scalar).utf8)))
      } else if scalar.properties.isAlphabetic || scalar.properties.generalCategory == .nonspacingMark {
        if digits > 0 { close() }
        word += Array(scalar.properties.lowercaseMapping.utf8)
      } else {
        close()
        let isSpace =
          scalar.properties.isWhitespace || (0x2000...0x206F).contains(scalar.value) && scalar.value < 0x2010
        if isSpace { continue }
        out.append(.mark(scalar.isASCII ? UInt8(scalar.value) : (0x2010...0x2015).contains(scalar.value) ? 45 : 0))
      }
    }
    close()
    return out
  }

  private static func digit(_ scalar: Unicode.Scalar) -> Int64? {
    if (48...57).contains(scalar.value) { return Int64(scalar.value) - 48 }
    guard scalar.value >= 0x660, scalar.properties.numericType == .decimal, let value = scalar.properties.numericValue
    else { return nil }
    return Int64(value)
  }
}

/// Finds the first date among tokens.
private struct DateReader {
  let tokens: [Token]
  let language: String?
  let region: String?

  private func number(_ at: Int) -> (value: Int64, digits: Int)? {
    guard tokens.indices.contains(at), case .number(let value, let digits) = tokens[at] else { return nil }
    return (value, digits)
  }
  private func word(_ at: Int) -> [UInt8]? {
    guard tokens.indices.contains(at), case .word(let word) = tokens[at] else { return nil }
    return word
  }
  private func mark(_ at: Int) -> UInt8? {
    guard tokens.indices.contains(at), case .mark(let mark) = tokens[at] else { return nil }
    return mark
  }

  private typealias Found = (date: CivilDate, end: Int)

  /// The date and how many words and numbers it took.
  func first() -> (PartialTimestamp, Int)? {
    for start in tokens.indices {
      guard let found = numeric(start) ?? named(start) ?? ideographic(start) else { continue }
      let (time, offset, end) = time(after: found.end)
      let used = tokens[start..<max(end, found.end)].count { $0.isWordOrNumber }
      return (PartialTimestamp(date: found.date, timeOfDay: time, offsetMinutes: offset), used)
    }
    return nil
  }

  private func date(_ year: Int64, _ month: Int64, _ day: Int64) -> CivilDate? {
    let year = year > 2400 && year < 2700 ? year - 543 : year  // the Buddhist era
    guard (1900...2100).contains(year) else { return nil }
    return CivilDate(year: year, month: month, day: day)
  }

  /// 2021-02-13, 2021/2/3, 13.02.2021, 13/02/21, 13 | 02 | 2021: one mark, twice.
  private func numeric(_ at: Int) -> Found? {
    guard let a = number(at), let first = mark(at + 1), "-/.|".utf8.contains(first), let b = number(at + 2),
      mark(at + 3) == first, let c = number(at + 4), a.digits <= 4, b.digits <= 2, c.digits <= 4
    else { return nil }
    if a.digits == 4, c.digits <= 2 { return date(a.value, b.value, c.value).map { ($0, at + 5) } }
    guard a.digits <= 2, c.digits == 4 || (c.digits == 2 && a.digits + b.digits >= 3) else { return nil }
    // A day of two digits, never a time (10.45.30), a version or an address.
    if c.digits == 2, mark(at + 5) == first { return nil }
    let year = c.digits == 2 ? 2000 + c.value : c.value
    let monthFirst = first == UInt8(ascii: "/") && (b.value > 12 || (a.value <= 12 && writesMonthFirst))
    return (monthFirst ? date(year, a.value, b.value) : date(year, b.value, a.value)).map { ($0, at + 5) }
  }

  private var writesMonthFirst: Bool {
    guard language == "en" || language == nil || language == "fil" else { return false }
    let region = region.map { String($0.suffix(2)).uppercased() } ?? ""
    return !["GB", "AU", "NZ", "IE", "IN", "ZA", "NG", "KE", "SG", "MY", "PK", "NA", "HK"].contains(region)
  }

  /// A month by name, with a day and a year around it.
  private func named(_ at: Int) -> Found? {
    if let day = number(at), day.digits <= 2 {  // 7 de mayo de 2020; 1er juillet 2019; 07. Mai 2020
      var next = at + 1
      for _ in 0..<4 {
        if let word = word(next) {
          if let month = month(at: next) {
            return yearAfter(next + 1).flatMap { year, end in date(year, month, day.value).map { ($0, end) } }
          }
          guard Self.joints.contains(word) else { return nil }
        } else if let mark = mark(next) {
          guard mark == 46 || mark == 45 || mark == 44 || mark == 47 || mark == 0 else { return nil }
        } else {
          return nil
        }
        next += 1
      }
      return nil
    }
    if let month = month(at: at) {  // December 18, 2023; Dec. 18th 2023
      var next = at + 1
      if mark(next) == 46 { next += 1 }
      guard let day = number(next), day.digits <= 2 else { return nil }
      next += 1
      if let word = word(next), Self.ordinals.contains(word) { next += 1 }
      return yearAfter(next).flatMap { year, end in date(year, month, day.value).map { ($0, end) } }
    }
    if let year = number(at), year.digits == 4 {  // 2020. október 26.; 2020 m. spalio 5 d.
      var next = at + 1
      while next < at + 4, month(at: next) == nil {
        guard mark(next) == 46 || mark(next) == 44 || word(next).map({ $0.count <= 2 }) == true else { return nil }
        next += 1
      }
      guard let month = month(at: next), let day = number(mark(next + 1) == 46 ? next + 2 : next + 1), day.digits <= 2
      else { return nil }
      return date(year.value, month, day.value).map { ($0, next + 2) }
    }
    return nil
  }

  private func month(at index: Int) -> Int64? {
    guard let name = word(index) else { return nil }
    if let month = MonthNames.month(name, language: language) { return month }
    // Vietnamese: tháng 10.
    if name.elementsEqual("tháng".utf8) || name.elementsEqual("thg".utf8), let month = number(index + 1),
      (1...12).contains(month.value)
    {
      return month.value
    }
    return nil
  }

  private func yearAfter(_ start: Int) -> (Int64, Int)? {
    var next = start
    for _ in 0..<4 {
      if let year = number(next) {
        if year.digits == 4 { return (year.value, next + 1) }
        guard next == start, word(start - 1)?.elementsEqual("tháng".utf8) == true else { return nil }
      } else if let word = word(next) {
        guard Self.joints.contains(word) else { return nil }
      } else if let mark = mark(next) {
        guard mark == 44 || mark == 46 || mark == 45 || mark == 47 || mark == 0 else { return nil }
      } else {
        return nil
      }
      next += 1
    }
    return nil
  }

  private static let joints = Set(
    "de del di du of the er st nd rd th º ª o ta d y г года р року m dne января d của năm".split(separator: " ").map {
      Array($0.utf8)
    })
  private static let ordinals = Set(["st", "nd", "rd", "th"].map { Array($0.utf8) })

  /// 2020年2月15日, 2020년 2월 15일.
  private func ideographic(_ at: Int) -> Found? {
    guard let year = number(at), year.digits == 4, let month = number(at + 2), let day = number(at + 4),
      let a = word(at + 1), let b = word(at + 3), Self.years.contains(a), Self.months.contains(b)
    else { return nil }
    let end = word(at + 5).map { Self.days.contains($0) } == true ? at + 6 : at + 5
    return date(year.value, month.value, day.value).map { ($0, end) }
  }

  private static let years = Set(["年", "년"].map { Array($0.utf8) })
  private static let months = Set(["月", "월"].map { Array($0.utf8) })
  private static let days = Set(["日", "일"].map { Array($0.utf8) })

  /// A time of day and a zone soon after; milliseconds, minutes east of UTC, and where it ended.
  private func time(after start: Int) -> (Int64?, Int64?, Int) {
    var at = start
    for _ in 0..<6 {
      if let hour = number(at), hour.digits <= 2, hour.value < 25 {
        guard let separator = mark(at + 1).map({ [$0] }) ?? word(at + 1), Self.clockMarks.contains(separator),
          let minute = number(at + 2), minute.digits == 2, minute.value < 60
        else { return (nil, nil, start) }
        var (hours, seconds, end) = (hour.value, Int64(0), at + 3)
        if mark(end) == 58, let second = number(end + 1), second.value < 60 { (seconds, end) = (second.value, end + 2) }
        if mark(end) == 46, let fraction = number(end + 1), fraction.digits >= 3 { end += 2 }
        if let half = halfDay(at: end) {
          if hours == 12 { hours = 0 }
          if hours < 12, half.isAfternoon { hours += 12 }
          end = half.end
        }
        guard hours < 24 else { return (nil, nil, start) }
        let ms = ((hours * 60 + minute.value) * 60 + seconds) * 1000
        let (offset, last) = offset(at: end)
        return (ms, offset, last)
      }
      if let word = word(at), word.count > 12 { break }
      guard at < tokens.count, number(at) == nil else { break }
      at += 1
    }
    return (nil, nil, start)
  }

  private static let clockMarks: Set<[UInt8]> = [
    [58], [46], Array("h".utf8), Array("時".utf8), Array("시".utf8), Array("t".utf8),
  ]

  /// am, a.m., PM, ص, م.
  private func halfDay(at start: Int) -> (isAfternoon: Bool, end: Int)? {
    guard let first = word(start) else { return nil }
    switch String(decoding: first, as: UTF8.self) {
    case "am", "ص": return (false, start + 1)
    case "pm", "م": return (true, start + 1)
    case "a", "p":
      guard mark(start + 1) == 46, word(start + 2) == [109] else { return nil }
      return (first == [112], mark(start + 3) == 46 ? start + 4 : start + 3)
    default: return nil
    }
  }

  private func offset(at start: Int) -> (Int64?, Int) {
    var at = start
    var zone: Int64?
    if let name = word(at), let known = Self.zones[String(decoding: name, as: UTF8.self)] {
      zone = known
      at += 1
    }
    if zone == nil || zone == 0, let sign = mark(at), sign == 43 || sign == 45, let digits = number(at + 1) {
      var (hours, minutes, end) = (digits.value, Int64(0), at + 2)
      if digits.digits == 4 {
        (hours, minutes) = (digits.value / 100, digits.value % 100)
      } else if mark(end) == 58, let rest = number(end + 1), rest.digits == 2 {
        (minutes, end) = (rest.value, end + 2)
      }
      if digits.digits <= 2 || digits.digits == 4, hours <= 14, minutes < 60 {
        return ((sign == 45 ? -1 : 1) * (hours * 60 + minutes), end)
      }
    }
    return (zone, at)
  }

  /// Minutes east of UTC of abbreviations that mean one zone nearly everywhere (RFC 5322 §4.3 for the American ones).
  private static let zones: [String: Int64] = [
    "z": 0, "utc": 0, "gmt": 0, "est": -300, "edt": -240, "cdt": -300, "mst": -420, "mdt": -360, "pst": -480,
    "pdt": -420,
    "bst": 60, "cet": 60, "cest": 120, "mez": 60, "mesz": 120, "eet": 120, "eest": 180, "wib": 420, "wita": 480,
    "wit": 540, "jst": 540, "kst": 540, "hkt": 480, "sgt": 480, "msk": 180, "aest": 600, "aedt": 660, "nzdt": 780,
    "nzst": 720,
  ]
}
