import Model

/// Finds dates among the tokens of a text.
struct DateReader {
  let tokens: [Token]
  /// A primary subtag.
  let language: String?
  /// A country in capitals; empty when it is not known.
  let region: String

  init(tokens: [Token], language: String?) {
    self.tokens = tokens
    self.language = language.map { String($0.prefix { $0 != "-" }).lowercased() }
    region = language.flatMap { $0.contains("-") ? String($0.suffix(2)).uppercased() : nil } ?? ""
  }

  func number(_ at: Int) -> (value: Int64, digits: Int)? {
    guard tokens.indices.contains(at), case .number(let value, let digits) = tokens[at] else { return nil }
    return (value, digits)
  }
  func word(_ at: Int) -> [UInt8]? {
    guard tokens.indices.contains(at), case .word(let word) = tokens[at] else { return nil }
    return word
  }
  func mark(_ at: Int) -> UInt8? {
    guard tokens.indices.contains(at), case .mark(let mark) = tokens[at] else { return nil }
    return mark
  }

  /// A day, where it ended, and where its time of day begins if that is not behind it.
  private struct Found {
    let date: CivilDate
    let end: Int
    var clock: Int?

    init?(_ date: CivilDate?, _ end: Int, clock: Int? = nil) {
      guard let date else { return nil }
      (self.date, self.end, self.clock) = (date, end, clock)
    }
  }

  /// Every date and the tokens it took.
  func all() -> [(stamp: PartialTimestamp, range: Range<Int>)] {
    var (out, start): ([(PartialTimestamp, Range<Int>)], Int) = ([], 0)
    while start < tokens.count {
      guard let found = numeric(start) ?? named(start) ?? ideographic(start) else {
        start += 1
        continue
      }
      let time = time(after: found.clock ?? found.end, on: found.date)
      let end = max(time?.end ?? 0, found.end)
      let stamp = PartialTimestamp(
        date: found.date, timeOfDay: time?.milliseconds, offsetMinutes: time?.offsetMinutes)
      out.append((stamp, start..<end))
      start = end
    }
    return out
  }

  /// Of the Gregorian calendar, of the Buddhist era, or, in the languages that write it, of the Persian calendar.
  private func date(_ year: Int64, _ month: Int64, _ day: Int64) -> CivilDate? {
    if (1300..<1500).contains(year), let language, ["fa", "prs", "ps"].contains(language) {
      return PersianCalendar.date(year: year, month: month, day: day)
    }
    let year = (2400..<2700).contains(year) ? year - 543 : year
    guard (1900...2100).contains(year) else { return nil }
    return CivilDate(year: year, month: month, day: day)
  }

  /// Of two digits.
  private func year(_ short: Int64) -> Int64 { language == "th" && short > 40 ? 2500 + short : 2000 + short }

  // MARK: Digits alone

  /// 2021-02-13, 2021/2/3, 13.02.2021, 13/02/21, 13 | 02 | 2021: one mark, twice.
  private func numeric(_ at: Int) -> Found? {
    guard let a = number(at), let first = mark(at + 1), "-/.|".utf8.contains(first), let b = number(at + 2),
      mark(at + 3) == first, let c = number(at + 4), a.digits <= 4, b.digits <= 2, c.digits <= 4
    else { return nil }
    if a.digits == 4, c.digits <= 2 { return Found(date(a.value, b.value, c.value), at + 5) }
    guard a.digits <= 2, c.digits == 4 || c.digits == 2 else { return nil }
    if c.digits == 2 {
      // A day of two digits or a time behind it, and never a time (10.45.30), a version or an address.
      guard mark(at + 5) != first, a.digits + b.digits >= 3 || clock(at + 5) || clock(at + 6) else { return nil }
    }
    let year = c.digits == 2 ? year(c.value) : c.value
    let monthFirst = first == UInt8(ascii: "/") && (b.value > 12 || (a.value <= 12 && writesMonthFirst))
    return Found(monthFirst ? date(year, a.value, b.value) : date(year, b.value, a.value), at + 5)
  }

  private func clock(_ at: Int) -> Bool { number(at)?.digits ?? 9 <= 2 && mark(at + 1) == 58 && number(at + 2) != nil }

  private var writesMonthFirst: Bool {
    guard language == "en" || language == nil || language == "fil" else { return false }
    return !["GB", "AU", "NZ", "IE", "IN", "ZA", "NG", "KE", "SG", "MY", "PK", "NA", "HK"].contains(region)
  }

  // MARK: Months by name

  private struct Month {
    let number: Int64
    let isPersian: Bool
    let end: Int
  }

  /// A month by name, with a day and a year around it.
  private func named(_ at: Int) -> Found? {
    if let day = number(at), day.digits <= 2 {  // 7 de mayo de 2020; 1er juillet 2019; 07. Mai 2020
      for next in (at + 1)..<(at + 5) {
        if let month = month(at: next) {
          let end = twin(of: month)
          if mark(at + 1) == 45, mark(end) == 45, let short = number(end + 1), short.digits == 2 {  // 3-May-24
            return Found(date(year(short.value), month.number, day.value), end + 2)
          }
          return yearAfter(end).flatMap { year, end in Found(date(year, month, day.value), end) }
        }
        guard word(next).map({ Self.joints.contains($0) }) ?? mark(next).map(Self.separates) ?? false else {
          return nil
        }
      }
      return nil
    }
    let isBeforeNumber = ((at + 1)..<(at + 5)).contains { number($0) != nil }
    if isBeforeNumber, let month = month(at: at) {  // December 18, 2023; Dec. 18th 2023
      var next = month.end
      if mark(next) == 46 { next += 1 }
      guard let day = number(next), day.digits <= 2 else { return nil }
      next += 1
      if let word = word(next), Self.ordinals.contains(word) { next += 1 }
      if clock(next) {  // May 03 10:30:00 CEST 2024, as programs write it
        let year = (next..<(next + 8)).first { number($0)?.digits == 4 && mark($0 - 1) != 43 && mark($0 - 1) != 45 }
        guard let year, let value = number(year)?.value else { return nil }
        return Found(date(value, month, day.value), year + 1, clock: next)
      }
      return yearAfter(next).flatMap { year, end in Found(date(year, month, day.value), end) }
    }
    if let year = number(at), year.digits == 4 {  // 2020. október 26.; 2020 m. spalio 5 d.; 2020. gada 3. maijs
      var next = at + 1
      while next < at + 4, month(at: next) == nil, number(next) == nil {
        guard
          mark(next).map({ $0 == 46 || $0 == 44 }) ?? word(next).map({ $0.count <= 2 || Self.joints.contains($0) })
            ?? false
        else { return nil }
        next += 1
      }
      if let month = month(at: next) {
        let day = mark(month.end) == 46 ? month.end + 1 : month.end
        return number(day).flatMap { $0.digits <= 2 ? Found(date(year.value, month, $0.value), day + 1) : nil }
      }
      guard let day = number(next), day.digits <= 2, word(next - 1) == Array("gada".utf8) else { return nil }
      return month(at: mark(next + 1) == 46 ? next + 2 : next + 1).flatMap {
        Found(date(year.value, $0, day.value), $0.end)
      }
    }
    return nil
  }

  private func date(_ year: Int64, _ month: Month, _ day: Int64) -> CivilDate? {
    month.isPersian
      ? PersianCalendar.date(year: year, month: month.number, day: day) : date(year, month.number, day)
  }

  private func month(at index: Int) -> Month? {
    if let name = word(index) {
      // Of two words (تشرين الأول); of letters with a full stop each (พ.ค.); of one.
      if let second = word(index + 1), let month = MonthNames.month(name + [32] + second, language: language) {
        return Month(number: month, isPersian: false, end: index + 2)
      }
      if mark(index + 1) == 46, let second = word(index + 2),
        let month = MonthNames.month(name + [46] + second, language: language)
      {
        return Month(number: month, isPersian: false, end: mark(index + 3) == 46 ? index + 4 : index + 3)
      }
      if let month = MonthNames.month(name, language: language) {
        return Month(number: month, isPersian: false, end: index + 1)
      }
      if let month = MonthNames.persian(name) { return Month(number: month, isPersian: true, end: index + 1) }
      // Vietnamese: tháng 10.
      guard name.elementsEqual("tháng".utf8) || name.elementsEqual("thg".utf8) else { return nil }
      return number(index + 1).flatMap { month in
        (1...12).contains(month.value) ? Month(number: month.value, isPersian: false, end: index + 2) : nil
      }
    }
    // Mongolian: 5-р сарын.
    guard let month = number(index), (1...12).contains(month.value) else { return nil }
    let next = mark(index + 1) == 45 && word(index + 2) != nil ? index + 3 : index + 1
    guard let word = word(next), word.elementsEqual("сарын".utf8) || word.elementsEqual("сар".utf8) else { return nil }
    return Month(number: month.value, isPersian: false, end: next + 1)
  }

  /// Behind a month that is named twice, أيار/مايو, for readers of two countries.
  private func twin(of month: Month) -> Int {
    guard let mark = mark(month.end), mark == 47 || mark == 40, let other = self.month(at: month.end + 1),
      other.number == month.number
    else { return month.end }
    return mark == 40 && self.mark(other.end) == 41 ? other.end + 1 : other.end
  }

  private func yearAfter(_ start: Int) -> (Int64, Int)? {
    for next in start..<(start + 4) {
      if let year = number(next) {
        if year.digits == 2, language == "th" { return (self.year(year.value), next + 1) }
        return year.digits == 4 ? (year.value, next + 1) : nil
      }
      guard word(next).map({ Self.joints.contains($0) }) ?? mark(next).map(Self.separates) ?? false else { return nil }
    }
    return nil
  }

  /// A comma, full stop, hyphen, stroke, apostrophe, or a mark beyond ASCII.
  private static func separates(_ mark: UInt8) -> Bool { [44, 46, 45, 47, 39, 0].contains(mark) }

  private static let joints = Set(
    "de del di du of the er st nd rd th го º ª o ta d y г года р року m dne января d của năm gada оны".split(
      separator: " "
    )
    .map { Array($0.utf8) })
  private static let ordinals = Set(["st", "nd", "rd", "th"].map { Array($0.utf8) })

  // MARK: Ideographs and Hangul

  /// 2020年2月15日, 2020년 2월 15일, 令和6年5月3日, 民國113年5月3日, 二〇二四年五月三日.
  private func ideographic(_ at: Int) -> Found? {
    var (start, era): (Int, Int64?) = (at, nil)
    if let a = word(at), let b = word(at + 1), let first = Self.eras[a + b] { (start, era) = (at + 2, first) }
    guard let year = count(start, isYear: true), let a = word(year.end), Self.years.contains(a),
      let month = count(year.end + 1), let b = word(month.end), Self.months.contains(b),
      let day = count(month.end + 1), era != nil || (1900...2700).contains(year.value)
    else { return nil }
    let end = word(day.end).map { Self.days.contains($0) } == true ? day.end + 1 : day.end
    return Found(date((era ?? 0) + year.value, month.value, day.value), end)
  }

  /// A number in digits or in ideographs: those of a year stand for digits, those of a day for tens and ones.
  private func count(_ at: Int, isYear: Bool = false) -> (value: Int64, end: Int)? {
    if let number = number(at) { return (number.value, at + 1) }
    var (value, end): (Int64, Int) = (0, at)
    while let word = word(end), end < at + 4, let digit = Self.numerals[word] {
      if digit == 10 {
        value = max(1, value) * 10
      } else {
        value = isYear ? value * 10 + digit : value + digit
      }
      end += 1
    }
    return end == at ? nil : (value, end)
  }

  private static let years = Set(["年", "년"].map { Array($0.utf8) })
  private static let months = Set(["月", "월"].map { Array($0.utf8) })
  private static let days = Set(["日", "일", "号", "號"].map { Array($0.utf8) })
  /// The year before an era's first.
  private static let eras: [[UInt8]: Int64] = bytes(["令和": 2018, "平成": 1988, "昭和": 1925, "民國": 1911, "民国": 1911])
  private static let numerals: [[UInt8]: Int64] = bytes([
    "〇": 0, "零": 0, "元": 1, "一": 1, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9, "十": 10,
  ])

  static func bytes<Value>(_ names: [String: Value]) -> [[UInt8]: Value] {
    Dictionary(uniqueKeysWithValues: names.map { (Array($0.key.utf8), $0.value) })
  }
}
