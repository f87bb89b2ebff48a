import Model

/// Dates as people write them: "20 Dec 2023", "May 7th, 2020, 5:22 pm EST", "28.04.2023", "2020年2月15日", "٧ أكتوبر ٢٠٢٠".
struct WrittenDate {
  let stamp: PartialTimestamp
  /// How many words and numbers of the text are part of no date; of ideographs and syllables of Hangul two count as one.
  let otherWords: Int
  /// Whether the words before it say that it is the day of a change.
  let isUpdate: Bool

  /// Of the dates in a text of at most `longest` bytes the first that is no date of a change, else the first; nil when there
  /// is none. `language` decides between day and month where digits alone do not (`03/04/2021`), and what a month's name
  /// means where languages disagree.
  init?(in text: some Collection<UInt8>, language: String?) {
    let all = Self.all(in: text, language: language)
    guard let date = all.first(where: { !$0.isUpdate }) ?? all.first else { return nil }
    self = date
  }

  private init(stamp: PartialTimestamp, otherWords: Int, isUpdate: Bool) {
    (self.stamp, self.otherWords, self.isUpdate) = (stamp, otherWords, isUpdate)
  }

  /// All dates in a text, in order; none in one that is longer than `longest` bytes.
  static func all(in text: some Collection<UInt8>, language: String?) -> [WrittenDate] {
    guard text.count <= longest, text.contains(where: { (48...57).contains($0) || $0 >= 0xD8 }) else { return [] }
    let tokens = Token.all(in: text)
    let dates = DateReader(tokens: tokens, language: language).all()
    guard !dates.isEmpty else { return [] }
    func weight(_ tokens: ArraySlice<Token>) -> Int { tokens.reduce(0) { $0 + $1.weight } }
    let other = weight(tokens[...]) - dates.reduce(0) { $0 + weight(tokens[$1.range]) }
    var end = 0
    return dates.map { date in
      defer { end = date.range.upperBound }
      let before = tokens[end..<date.range.lowerBound]
      return WrittenDate(stamp: date.stamp, otherWords: other / 2, isUpdate: saysUpdate(before))
    }
  }

  /// Whether a short text, as it stands before a date, says that it is the day of a change.
  static func saysUpdate(_ text: some Collection<UInt8>) -> Bool {
    text.count <= longest && saysUpdate(Token.all(in: text)[...])
  }

  private static func saysUpdate(_ tokens: ArraySlice<Token>) -> Bool {
    updates.contains { label in tokens.indices.contains { tokens[$0...].starts(with: label) } }
  }

  static let longest = 400

  private static let updates = Phrases.updates.map { Token.all(in: $0) }

  /// Of a field that holds nothing but a date: also digits alone, `20231220`, `20231220103000`, and seconds or milliseconds
  /// since 1970; and ISO 8601 in its basic form, `20231220T103000+0100`.
  static func field(_ text: String, language: String? = nil) -> PartialTimestamp? {
    PartialTimestamp(text) ?? digits(text) ?? basic(text) ?? WrittenDate(in: text.utf8, language: language)?.stamp
  }

  private static func basic(_ text: String) -> PartialTimestamp? {
    var bytes = Array(text.utf8)
    guard bytes.count >= 13, bytes.count <= 24, bytes[8] == UInt8(ascii: "T"),
      bytes[..<8].allSatisfy({ (48...57).contains($0) })
    else { return nil }
    for (mark, places) in [
      (":", bytes.count >= 15 && (48...57).contains(bytes[13]) ? [13, 11] : [11]), ("-", [6, 4]),
    ] {
      for place in places { bytes.insert(contentsOf: mark.utf8, at: place) }
    }
    return PartialTimestamp(String(decoding: bytes, as: UTF8.self))
  }

  private static func digits(_ text: String) -> PartialTimestamp? {
    guard text.utf8.allSatisfy({ (48...57).contains($0) }), let value = Int64(text) else { return nil }
    func parts(_ value: Int64) -> CivilDate? {
      CivilDate(year: value / 10_000, month: value / 100 % 100, day: value % 100)
    }
    switch text.utf8.count {
    case 8: return parts(value).map { PartialTimestamp(date: $0) }
    case 12, 14:
      let seconds = text.utf8.count == 12 ? value * 100 : value
      let (hour, minute, second) = (seconds / 10_000 % 100, seconds / 100 % 100, seconds % 100)
      guard let date = parts(seconds / 1_000_000), hour < 24, minute < 60, second < 60 else { return nil }
      return PartialTimestamp(date: date, timeOfDay: ((hour * 60 + minute) * 60 + second) * 1000, offsetMinutes: nil)
    case 10, 13:
      let ms = text.utf8.count == 10 ? value * 1000 : value
      let (days, inDay) = (ms / 86_400_000, ms % 86_400_000)
      return PartialTimestamp(date: CivilDate(daysSinceEpoch: days), timeOfDay: inDay, offsetMinutes: 0)
    default: return nil
    }
  }
}

/// A piece of a text that may be a date.
enum Token: Equatable {
  case number(Int64, digits: Int)
  case word([UInt8])
  case mark(UInt8)

  /// What it counts among the words around a date: a word 2, an ideograph or a syllable of Hangul 1, a mark nothing.
  var weight: Int {
    switch self {
    case .mark: 0
    case .number: 2
    case .word(let word): word.count == 3 && (0xE3...0xED).contains(word[0]) ? 1 : 2
    }
  }

  /// Lower case, joiners and direction marks left out; digits of any script as numbers; ideographs and Hangul syllables one
  /// word each.
  static func all(in text: some Collection<UInt8>) -> [Token] {
    var out: [Token] = []
    var word: [UInt8] = []
    var (number, digits): (Int64, Int) = (0, 0)
    func close() {
      if digits > 0 { out.append(.number(number, digits: digits)) }
      if !word.isEmpty { out.append(.word(word)) }
      (word, number, digits) = ([], 0, 0)
    }
    for scalar in String(decoding: text, as: UTF8.self).unicodeScalars
    where !(0x200C...0x200F).contains(scalar.value) && !(0x202A...0x202E).contains(scalar.value) {
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
        if scalar.properties.isWhitespace || (0x2000..<0x2010).contains(scalar.value) { continue }
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
