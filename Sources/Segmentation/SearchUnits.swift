import CICU

/// A text as a search compares it: words, and the characters of scripts that put no spaces between words (Chinese,
/// Japanese, Thai, Lao, Khmer, Burmese), each without case, width and accents. All else is passed over.
///
/// Case by Unicode's simple case folding; accents are the marks from U+0300 to U+036F of a letter's compatibility
/// decomposition, so that `é` is `e` and `Ａ` is `a`, while `ø`, `ß` and `ガ` stay what they are.
public struct SearchUnits: Sendable {
  public struct Unit: Sendable {
    /// Its bytes in the text.
    public let place: Range<Int>
    /// Its bytes in `folded`.
    public let form: Range<Int>
    public let isCharacter: Bool
    /// A character right after another one.
    public let follows: Bool
  }

  public private(set) var folded: [UInt8] = []
  public private(set) var units: [Unit] = []

  public init(_ text: [UInt8]) {
    folded.reserveCapacity(text.count)
    let bytes = text.span
    var i = 0
    // The unit at hand: where it began in the text and in `folded`.
    var (start, formStart, end) = (0, 0, 0)
    var (isOpen, isCharacter, follows) = (false, false, false)
    var lastCharacterEnd = -1
    func close(_ units: inout [Unit], _ folded: [UInt8]) {
      units.append(
        Unit(place: start..<end, form: formStart..<folded.count, isCharacter: isCharacter, follows: follows))
    }
    while i < bytes.count {
      let first = bytes[i]
      if first < 0x80 {
        let isUpper = first >= 65 && first <= 90
        let inWord = isUpper || first >= 97 && first <= 122 || first >= 48 && first <= 57
        if inWord, isOpen, !isCharacter {
          folded.append(isUpper ? first | 0x20 : first)
          end = i + 1
        } else {
          if isOpen { close(&units, folded) }
          isOpen = inWord
          if inWord {
            (start, formStart, end, isCharacter, follows) = (i, folded.count, i + 1, false, false)
            folded.append(isUpper ? first | 0x20 : first)
          }
        }
        i += 1
        continue
      }
      let (scalar, length) = bytes.scalar(at: i)
      let form = cicu_search_form(scalar)
      func has(_ flag: Int) -> Bool { form & UInt32(flag) != 0 }
      defer { i += length }
      if has(CICU_PASSED_OVER) {
        if isOpen { end = i + length }
        continue
      }
      guard has(CICU_IN_WORD) else {
        if isOpen { close(&units, folded) }
        isOpen = false
        continue
      }
      let character = has(CICU_CHARACTER)
      if !(isOpen && (has(CICU_MARK) || !character && !isCharacter)) {
        if isOpen { close(&units, folded) }
        (start, formStart, isOpen, isCharacter) = (i, folded.count, true, character)
        follows = character && lastCharacterEnd == i
      }
      end = i + length
      if isCharacter { lastCharacterEnd = end }
      let value = Unicode.Scalar(form & UInt32(CICU_FORM_MASK)) ?? "\u{FFFD}"
      folded.append(contentsOf: UTF8.encode(value).map(Array.init) ?? [])
    }
    if isOpen { close(&units, folded) }
  }

  /// What an index keeps of it: each word; of characters in a row each two neighbours, and one that stands alone.
  public var tokens: [ArraySlice<UInt8>] { tokens(of: units.indices) }

  /// The same of some of its units in a row.
  public func tokens(of range: Range<Int>) -> [ArraySlice<UInt8>] {
    range.compactMap { i in
      let unit = units[i]
      guard unit.isCharacter else { return folded[unit.form] }
      if i + 1 < units.count, units[i + 1].follows {
        return i + 1 < range.upperBound ? folded[unit.form.lowerBound..<units[i + 1].form.upperBound] : nil
      }
      return unit.follows ? nil : folded[unit.form]
    }
  }

  /// Whether some units of a phrase stand here, in a row from one on.
  public func stands(_ phrase: SearchUnits, _ part: Range<Int>, at place: Int) -> Bool {
    guard place >= 0, place + part.count <= units.count else { return false }
    for (n, i) in part.enumerated() {
      let (unit, wanted) = (units[place + n], phrase.units[i])
      if n > 0, wanted.follows, !unit.follows { return false }
      guard unit.form.count == wanted.form.count, folded[unit.form] == phrase.folded[wanted.form] else { return false }
    }
    return true
  }

  /// Where a phrase begins, as indices of units.
  public func places(of phrase: SearchUnits) -> [Int] {
    guard !phrase.units.isEmpty, phrase.units.count <= units.count else { return [] }
    return (0...(units.count - phrase.units.count)).filter { stands(phrase, phrase.units.indices, at: $0) }
  }
}
