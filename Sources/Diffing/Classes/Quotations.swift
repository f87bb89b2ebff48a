/// Finds what stands in quotation marks.

/// The texts inside the quotation marks of a wording, in order, outermost only, without white space at their ends.
///
/// Knows the double, angle and corner marks of Latin, Cyrillic, Arabic, Chinese and Japanese texts, whichever way round
/// a language puts them, and single ones. An apostrophe is no mark: `'` and `’` open only before a letter, after a space
/// and where they close again; a single one closes not when a letter follows. A quotation may have begun before this
/// wording, or go on after it: then all up to its closing mark, or all from its opening mark, counts.
func quotations(in text: String) -> [String] {
  guard mayQuote(text) else { return [] }
  let found = scalars(of: text)
  return quotationRanges(in: found).map { string(found[$0]) }
}

func string(_ scalars: ArraySlice<Unicode.Scalar>) -> String {
  var content = String.UnicodeScalarView()
  content.append(contentsOf: scalars)
  return String(content)
}

/// Whether a text has any byte of a quotation mark: `"`, or what the UTF-8 of the others begins with.
private func mayQuote(_ text: String) -> Bool {
  var text = text
  return text.withUTF8 { bytes in
    let raw = UnsafeRawBufferPointer(bytes)
    var i = -1
    while true {
      i += 1
      // Eight bytes at once as long as none is 0x22, 0x23, 0x26, 0x27 or above 0x7F.
      while i + 8 <= raw.count {
        let eight = raw.loadUnaligned(fromByteOffset: i, as: UInt64.self)
        let marks = (eight & 0xFAFA_FAFA_FAFA_FAFA) ^ 0x2222_2222_2222_2222
        let found = (marks &- 0x0101_0101_0101_0101) & ~marks | eight
        if found & 0x8080_8080_8080_8080 != 0 { break }
        i += 8
      }
      guard i < bytes.count else { return false }
      switch bytes[i] {
      case 0x27: if i == 0 || bytes[i - 1] == 32 || bytes[i - 1] == UInt8(ascii: "(") { return true }
      case 0x22: return true
      case 0xC2 where i + 1 < bytes.count && (bytes[i + 1] == 0xAB || bytes[i + 1] == 0xBB): return true
      case 0xE2 where i + 2 < bytes.count && bytes[i + 1] == 0x80:
        switch bytes[i + 2] {
        case 0x98, 0x9A...0x9F, 0xB9, 0xBA: return true
        // ’ after a letter is an apostrophe.
        case 0x99:
          if i == 0 || bytes[i - 1] <= 0x20 || bytes[i - 1] == UInt8(ascii: "(") || bytes[i - 1] >= 0x80 { return true }
        default: break
        }
      case 0xE3 where i + 1 < bytes.count && bytes[i + 1] == 0x80: return true
      case 0xEF where i + 1 < bytes.count && bytes[i + 1] == 0xBC: return true
      default: break
      }
    }
  }
}

/// The ranges of `quotations`, in scalars.
func quotationRanges(in scalars: [Unicode.Scalar]) -> [Range<Int>] { readQuotations(scalars).ranges }

/// Whether a wording stands inside a quotation from its start to its end: one that sentences before it open, and that is
/// not closed in it. A quotation in `"` counts only where a sentence after it closes it.
func standsInQuotation(_ text: String, after: some Sequence<String>, before: some Sequence<String>) -> Bool {
  var open: [Unicode.Scalar]?
  for sentence in after where open != nil || mayQuote(sentence) {
    open = readQuotations(scalars(of: sentence), open: open).open
  }
  guard let open, readQuotations(scalars(of: text), open: open).open == open else { return false }
  return open != ["\""] || before.contains { $0.utf8.contains(0x22) }
}

/// The ranges, and the marks that would close what is open at the end; from a start inside a quotation or outside.
private func readQuotations(
  _ scalars: [Unicode.Scalar], open: [Unicode.Scalar]? = nil
) -> (ranges: [Range<Int>], open: [Unicode.Scalar]?) {
  var out: [Range<Int>] = []
  func add(_ range: Range<Int>) {
    var range = range
    while let first = range.first, scalars[first].properties.isWhitespace { range = (first + 1)..<range.upperBound }
    while let last = range.last, scalars[last].properties.isWhitespace { range = range.lowerBound..<last }
    if !range.isEmpty { out.append(range) }
  }
  func end(_ closing: [Unicode.Scalar], from start: Int) -> Int {
    var end = start
    while end < scalars.count, !closes(scalars, at: end, with: closing) { end += 1 }
    return end
  }
  var i = 0
  if let open {
    let close = end(open, from: 0)
    if close == scalars.count { return ([0..<close], open) }
    add(0..<close)
    i = close + 1
  }
  while i < scalars.count {
    guard isMark(scalars[i]) else {
      i += 1
      continue
    }
    if let closing = closers(of: scalars, at: i) {
      let close = end(closing, from: i + 1)
      if isApostrophe(scalars[i]) {
        if close == scalars.count || close - i < 3 {
          i += 1
          continue
        }
      } else if close == scalars.count {
        add((i + 1)..<close)
        return (out, closing)
      }
      add((i + 1)..<close)
      i = close + 1
    } else {
      if isCloserAlone(scalars[i]), out.isEmpty { add(0..<i) }
      i += 1
    }
  }
  return (out, nil)
}

/// Whether a scalar opens or closes quotations at all.
private func isMark(_ scalar: Unicode.Scalar) -> Bool {
  switch scalar.value {
  case 0x22, 0x27, 0xAB, 0xBB, 0x2018...0x201F, 0x2039, 0x203A, 0x3008...0x300F, 0xFF02: true
  default: false
  }
}

private func isApostrophe(_ scalar: Unicode.Scalar) -> Bool { scalar == "'" || scalar == "\u{2019}" }

/// The marks that would close a quotation that opens here; nil when none does.
private func closers(of scalars: [Unicode.Scalar], at i: Int) -> [Unicode.Scalar]? {
  switch scalars[i] {
  case "\"", "\u{FF02}": [scalars[i]]
  case "\u{201C}", "\u{201F}": ["\u{201D}"]
  case "\u{201E}": ["\u{201C}", "\u{201D}", "\""]
  case "'", "\u{2019}": opensOutward(scalars, i) && scalars[i + 1].properties.isAlphabetic ? [scalars[i]] : nil
  case "\u{201A}": ["\u{2018}", "\u{2019}"]
  case "\u{2018}": ["\u{2019}"]
  case "«": ["»"]
  case "‹": ["›"]
  // German and Danish open with these: a letter follows, and no letter comes before.
  case "»": opensOutward(scalars, i) ? ["«"] : nil
  case "›": opensOutward(scalars, i) ? ["‹"] : nil
  // Swedish and Finnish open with the closing mark too.
  case "\u{201D}": opensOutward(scalars, i) ? ["\u{201D}"] : nil
  case "「": ["」"]
  case "『": ["』"]
  case "《": ["》"]
  case "〈": ["〉"]
  default: nil
  }
}

private func opensOutward(_ scalars: [Unicode.Scalar], _ i: Int) -> Bool {
  let isAtStart = i == 0 || scalars[i - 1].properties.isWhitespace || scalars[i - 1] == "("
  return isAtStart && i + 1 < scalars.count && !scalars[i + 1].properties.isWhitespace
}

private func closes(_ scalars: [Unicode.Scalar], at i: Int, with closing: [Unicode.Scalar]) -> Bool {
  guard closing.contains(scalars[i]) else { return false }
  guard isApostrophe(scalars[i]), i + 1 < scalars.count else { return true }
  return !scalars[i + 1].properties.isAlphabetic
}

/// A mark that closes a quotation begun before this wording.
private func isCloserAlone(_ scalar: Unicode.Scalar) -> Bool {
  switch scalar {
  case "\u{201D}", "»", "›", "」", "』", "》", "〉": true
  default: false
  }
}
