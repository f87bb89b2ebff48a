/// What is left of a wording when punctuation, white space and case are set aside: its words, numbers and symbols.

/// All of them in order, each as bytes with its kind.
struct Skeleton: Equatable {
  enum Kind: UInt8 { case symbol, number, word }

  private var bytes: [UInt8] = []
  private var items: [Item] = []

  private struct Item: Equatable {
    let kind: Kind
    /// Where it ends in `bytes`.
    let end: Int
  }

  var count: Int { items.count }

  func kind(_ i: Int) -> Kind { items[i].kind }

  subscript(i: Int) -> ArraySlice<UInt8> { bytes[(i == 0 ? 0 : items[i - 1].end)..<items[i].end] }

  func text(_ i: Int) -> String { String(decoding: self[i], as: UTF8.self) }

  /// A word is a run of letters and marks, lower-cased, apostrophes inside left out; where words have no spaces between
  /// them (Han, kana, Thai, Lao, Khmer, Burmese) each scalar is one. A number is a run of digits of any script
  /// (General_Category Nd) with single `.`, `,`, apostrophes or Arabic separators inside; a sign right before it
  /// belongs to it unless a letter, a digit or a closing bracket comes before the sign. A symbol is a currency,
  /// mathematical or other symbol (Sc, Sm, So) or one of `% & @ # §`; `|` and `~` are none, for they are ornaments in
  /// prose.
  init(of text: String) {
    let scalars = scalars(of: text)
    bytes.reserveCapacity(text.utf8.count)
    var i = 0
    var isAfterOperand = false
    while i < scalars.count {
      let scalar = scalars[i]
      if isDigit(scalar) {
        i = number(scalars, at: i)
        isAfterOperand = true
      } else if isSign(scalar), !isAfterOperand, i + 1 < scalars.count, isDigit(scalars[i + 1]) {
        append(isMinus(scalar) ? "-" : scalar)
        i = number(scalars, at: i + 1)
        isAfterOperand = true
      } else if isLetter(scalar) {
        i = word(scalars, at: i)
        isAfterOperand = true
      } else {
        if isSymbol(scalar) {
          append(scalar)
          endItem(.symbol)
        }
        isAfterOperand = scalar == ")" || scalar == "]"
        i += 1
      }
    }
  }

  private mutating func append(_ scalar: Unicode.Scalar) {
    if scalar.value < 0x80 {
      bytes.append(UInt8(scalar.value))
    } else {
      bytes.append(contentsOf: String(Character(scalar)).utf8)
    }
  }

  private mutating func endItem(_ kind: Kind) { items.append(Item(kind: kind, end: bytes.count)) }

  private mutating func number(_ scalars: [Unicode.Scalar], at start: Int) -> Int {
    var i = start
    while i < scalars.count {
      if isDigit(scalars[i]) {
        append(scalars[i])
        i += 1
      } else if isSeparator(scalars[i]), i + 1 < scalars.count, isDigit(scalars[i + 1]) {
        append(scalars[i] == "\u{2019}" ? "'" : scalars[i])
        i += 1
      } else {
        break
      }
    }
    var next = i
    while next < scalars.count, scalars[next].properties.isWhitespace { next += 1 }
    if next < scalars.count, isPerCent(scalars[next]) {
      append(scalars[next])
      i = next + 1
    }
    endItem(.number)
    return i
  }

  private mutating func word(_ scalars: [Unicode.Scalar], at start: Int) -> Int {
    var i = start
    while i < scalars.count {
      let scalar = scalars[i]
      if isLetter(scalar) {
        let standsAlone = isUnspaced(scalar)
        if standsAlone, i > start { break }
        appendLowerCase(scalar)
        i += 1
        if standsAlone { break }
      } else if isApostrophe(scalar), i + 1 < scalars.count, isLetter(scalars[i + 1]) {
        i += 1
      } else {
        break
      }
    }
    endItem(.word)
    return i
  }

  private mutating func appendLowerCase(_ scalar: Unicode.Scalar) {
    if scalar.value < 0x80 {
      bytes.append(UInt8(scalar.value) | 0x20)
    } else {
      bytes.append(contentsOf: scalar.properties.lowercaseMapping.utf8)
    }
  }
}

/// Whether a text has a digit of any script, and so a number.
func hasNumber(_ text: String) -> Bool {
  var (copy, mayBeOther) = (text, false)
  let hasASCII = copy.withUTF8 { bytes in
    for byte in bytes {
      if (48...57).contains(byte) { return true }
      // From U+0660 on, but for U+2000 to U+2FFF.
      mayBeOther = mayBeOther || (byte >= 0xD9 && byte != 0xE2)
    }
    return false
  }
  return hasASCII || (mayBeOther && text.unicodeScalars.contains { $0.value >= 0x660 && isDigit($0) })
}

/// A digit of any script.
private func isDigit(_ scalar: Unicode.Scalar) -> Bool {
  scalar.value < 0x80 ? (48...57).contains(scalar.value) : scalar.properties.generalCategory == .decimalNumber
}

/// A letter, a mark, or a number that is no digit (Ⅳ, ½).
private func isLetter(_ scalar: Unicode.Scalar) -> Bool {
  if scalar.value < 0x80 { return (65...90).contains(scalar.value) || (97...122).contains(scalar.value) }
  switch scalar.properties.generalCategory {
  case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .nonspacingMark,
    .spacingMark, .enclosingMark, .letterNumber, .otherNumber:
    return true
  default: return false
  }
}

private func isSymbol(_ scalar: Unicode.Scalar) -> Bool {
  if scalar.value < 0x80 {
    switch scalar {
    case "$", "%", "&", "@", "#", "+", "<", "=", ">": return true
    default: return false
    }
  }
  switch scalar.properties.generalCategory {
  case .currencySymbol, .otherSymbol, .mathSymbol: return true
  default: return scalar == "§"
  }
}

func isMinus(_ scalar: Unicode.Scalar) -> Bool { scalar == "-" || scalar == "\u{2212}" || scalar == "\u{FF0D}" }
private func isSign(_ scalar: Unicode.Scalar) -> Bool {
  isMinus(scalar) || scalar == "+" || scalar == "±" || scalar == "\u{FF0B}"
}
func isPerCent(_ scalar: Unicode.Scalar) -> Bool {
  scalar == "%" || scalar == "‰" || scalar == "\u{66A}" || scalar == "\u{FF05}"
}

/// Between two digits: decimal or grouping.
private func isSeparator(_ scalar: Unicode.Scalar) -> Bool {
  switch scalar {
  case ".", ",", "'", "\u{2019}", "\u{66B}", "\u{66C}", "\u{FF0C}", "\u{FF0E}", "\u{B7}": true
  default: false
  }
}

private func isApostrophe(_ scalar: Unicode.Scalar) -> Bool {
  scalar == "'" || scalar == "\u{2019}" || scalar == "\u{2BC}"
}

/// A scalar of a script that puts no spaces between words.
func isUnspaced(_ scalar: Unicode.Scalar) -> Bool {
  switch scalar.value {
  case 0xE00...0xEFF, 0x1000...0x109F, 0x1780...0x17FF, 0x3005...0x3007, 0x3041...0x30FF, 0x31F0...0x31FF,
    0x3400...0x4DBF, 0x4E00...0x9FFF, 0xF900...0xFAFF, 0xFF66...0xFF9F, 0x20000...0x3FFFF:
    true
  default: false
  }
}

/// The scalars of a text. `Array` would count them first.
func scalars(of text: String) -> [Unicode.Scalar] {
  Array(unsafeUninitializedCapacity: text.utf8.count) { room, count in
    for scalar in text.unicodeScalars {
      room.initializeElement(at: count, to: scalar)
      count += 1
    }
  }
}
