/// Finds what stands in quotation marks.

/// The texts inside the quotation marks of a wording, in order, outermost only, without white space at their ends.
///
/// Knows the double, angle and corner marks of Latin, Cyrillic, Arabic, Chinese and Japanese texts, whichever way round
/// a language puts them, and single curly ones. An apostrophe is no mark: `'` never, a closing single one not when
/// nothing is open or a letter follows. A quotation may have begun before this wording, or go on after it: then all
/// up to its closing mark, or all from its opening mark, counts.
func quotations(in text: String) -> [String] {
  guard mayQuote(text) else { return [] }
  let scalars = Array(text.unicodeScalars)
  return quotationRanges(in: scalars).map { string(scalars[$0]) }
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
    for i in bytes.indices where bytes[i] == 0x22 || bytes[i] >= 0xC2 {
      switch bytes[i] {
      case 0x22: return true
      case 0xC2 where i + 1 < bytes.count && (bytes[i + 1] == 0xAB || bytes[i + 1] == 0xBB): return true
      case 0xE2 where i + 1 < bytes.count && bytes[i + 1] == 0x80: return true
      case 0xE3 where i + 1 < bytes.count && bytes[i + 1] == 0x80: return true
      case 0xEF where i + 1 < bytes.count && bytes[i + 1] == 0xBC: return true
      default: break
      }
    }
    return false
  }
}

/// The ranges of `quotations`, in scalars.
func quotationRanges(in scalars: [Unicode.Scalar]) -> [Range<Int>] {
  var out: [Range<Int>] = []
  func add(_ range: Range<Int>) {
    var range = range
    while let first = range.first, scalars[first].properties.isWhitespace { range = (first + 1)..<range.upperBound }
    while let last = range.last, scalars[last].properties.isWhitespace { range = range.lowerBound..<last }
    if !range.isEmpty { out.append(range) }
  }
  var i = 0
  var free = 0  // all before this has been counted
  while i < scalars.count {
    if let closing = closers(of: scalars, at: i) {
      var end = i + 1
      while end < scalars.count, !closes(scalars, at: end, with: closing) { end += 1 }
      add((i + 1)..<end)
      i = end + 1
      free = i
    } else {
      if isCloserAlone(scalars[i]), out.isEmpty { add(free..<i) }
      i += 1
    }
  }
  return out
}

/// The marks that would close a quotation that opens here; nil when none does.
private func closers(of scalars: [Unicode.Scalar], at i: Int) -> [Unicode.Scalar]? {
  switch scalars[i] {
  case "\"", "\u{FF02}": [scalars[i]]
  case "\u{201C}", "\u{201F}": ["\u{201D}"]
  case "\u{201E}": ["\u{201C}", "\u{201D}"]
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
  guard scalars[i] == "\u{2019}", i + 1 < scalars.count else { return true }
  return !scalars[i + 1].properties.isAlphabetic
}

/// A mark that closes a quotation begun before this wording.
private func isCloserAlone(_ scalar: Unicode.Scalar) -> Bool {
  switch scalar {
  case "\u{201D}", "»", "›", "」", "』", "》", "〉": true
  default: false
  }
}
