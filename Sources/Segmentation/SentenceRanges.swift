/// Sentences by UAX #29 (Unicode text segmentation) revision 41, §5, default rules, written out as one forward pass
/// over the bytes; the classes come from ICU. `SentenceRangesTests` holds it against ICU's own iterator.

import CICU

/// Byte ranges of the sentences of one block of normalised UTF-8 text, in order, trimmed of white space: together they
/// cover every scalar that is not white space. Rules: UAX #29 §5.1, SB1 to SB998, the same in every environment, with
/// one tailoring: a closing guillemet set off by spaces, as French has it, belongs to the sentence before it (« Non.
/// »). Total on any bytes; never cuts a scalar or a grapheme; linear in the text's length.
public func sentenceRanges(inUTF8 text: [UInt8]) -> [Range<Int>] {
  let bytes = text.span
  var out: [Range<Int>] = []
  var start = 0
  while start < bytes.count {
    let end = sentenceEnd(in: bytes, from: start)
    let trimmed = trim(bytes, start..<end)
    if !trimmed.isEmpty { out.append(trimmed) }
    start = end
  }
  return out
}

/// Sentence_Break, UAX #29 table 4, numbered as in ICU's USentenceBreak.
private enum SentenceClass {
  static let aTerm: UInt8 = 1
  static let close: UInt8 = 2
  static let format: UInt8 = 3
  static let lower: UInt8 = 4
  static let numeric: UInt8 = 5
  static let otherLetter: UInt8 = 6
  static let separator: UInt8 = 7
  static let space: UInt8 = 8
  static let sTerm: UInt8 = 9
  static let upper: UInt8 = 10
  static let carriageReturn: UInt8 = 11
  static let extend: UInt8 = 12
  static let lineFeed: UInt8 = 13
  static let sContinue: UInt8 = 14

  static func isIgnored(_ c: UInt8) -> Bool { c == extend || c == format }
  static func isParagraphEnd(_ c: UInt8) -> Bool { c == separator || c == carriageReturn || c == lineFeed }
  static func isTerminator(_ c: UInt8) -> Bool { c == aTerm || c == sTerm }
}

/// Where the sentence that starts at `start` ends; always after `start`.
private func sentenceEnd(in bytes: borrowing Span<UInt8>, from start: Int) -> Int {
  var i = start
  while i < bytes.count {
    // Nothing of ASCII ends a sentence or a paragraph but `!`, `.`, `?` and controls.
    while i + 8 <= bytes.count {
      let eight = Octets(bytes, at: i)
      let found =
        eight.highBits | eight.bits(below: 0x20) | eight.bits(of: 0x21) | eight.bits(of: 0x2E) | eight.bits(of: 0x3F)
      i += found == 0 ? 8 : found.trailingZeroBitCount >> 3
      if found != 0 { break }
    }
    guard i < bytes.count else { break }
    let (scalar, length) = bytes.scalar(at: i)
    let c = cicu_sentence_class(scalar)
    if SentenceClass.isTerminator(c) {
      let (next, ends) = afterTerminator(c, at: i, length: length, in: bytes, from: start)
      if ends { return next }
      i = next
    } else if SentenceClass.isParagraphEnd(c) {
      return afterParagraphEnd(at: i, length: length, c, in: bytes)
    } else {
      i += length
    }
  }
  return bytes.count
}

/// SB3, SB4: after a paragraph separator, CR LF being one.
private func afterParagraphEnd(at i: Int, length: Int, _ c: UInt8, in bytes: borrowing Span<UInt8>) -> Int {
  let isPair = c == SentenceClass.carriageReturn && i + 1 < bytes.count && bytes[i + 1] == 10
  return isPair ? i + 2 : i + length
}

/// Reads on from a terminator over its `Close* Sp* ParaSep?`: where to go on, and whether a sentence ends there.
private func afterTerminator(
  _ terminator: UInt8, at position: Int, length: Int, in bytes: borrowing Span<UInt8>, from start: Int
) -> (next: Int, ends: Bool) {
  var i = position + length
  // What stands at `i` once marks and format characters are passed over (SB5); nil at the end.
  func skip() -> (class: UInt8, length: Int)? {
    while i < bytes.count {
      let (scalar, length) = bytes.scalar(at: i)
      let c = cicu_sentence_class(scalar)
      if !SentenceClass.isIgnored(c) { return (c, length) }
      i += length
    }
    return nil
  }
  var next = skip()
  if terminator == SentenceClass.aTerm, let next {
    if next.class == SentenceClass.numeric { return (i, false) }  // SB6
    if next.class == SentenceClass.upper, letterStands(before: position, in: bytes, from: start) {
      return (i, false)  // SB7
    }
  }
  if isInsideAddress(after: position, length: length, in: bytes) { return (i, false) }
  while let c = next, c.class == SentenceClass.close {  // SB9
    i += c.length
    next = skip()
  }
  // SB10, tailored
  while let c = next, c.class == SentenceClass.space || isSpacedGuillemet(at: i, in: bytes) {
    i += c.length
    next = skip()
  }
  guard let next else { return (i, true) }
  if SentenceClass.isParagraphEnd(next.class) {
    return (afterParagraphEnd(at: i, length: next.length, next.class, in: bytes), true)
  }
  if next.class == SentenceClass.sContinue || SentenceClass.isTerminator(next.class) { return (i, false) }  // SB8a
  if terminator == SentenceClass.aTerm, lowerCaseFollows(at: i, in: bytes) { return (i, false) }  // SB8
  return (i, true)  // SB11
}

/// Whether `»` or `›` stands here with white space or nothing after it. In German and Danish, which open with these, a
/// letter follows.
private func isSpacedGuillemet(at i: Int, in bytes: borrowing Span<UInt8>) -> Bool {
  let (scalar, length) = bytes.scalar(at: i)
  guard scalar == 0xBB || scalar == 0x203A else { return false }
  guard i + length < bytes.count else { return true }
  let c = cicu_sentence_class(bytes.scalar(at: i + length).value)
  return c == SentenceClass.space || SentenceClass.isParagraphEnd(c)
}

/// Whether `?` or `!` stands here with no space before the ASCII that follows, as in a URL or in Markdown's `[![`. Where a
/// sentence ends a space comes next, or a mark that closes it.
private func isInsideAddress(after position: Int, length: Int, in bytes: borrowing Span<UInt8>) -> Bool {
  guard length == 1, bytes[position] != UInt8(ascii: "."), position + 1 < bytes.count else { return false }
  switch bytes[position + 1] {
  case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
    UInt8(ascii: "0")...UInt8(ascii: "9"),
    UInt8(ascii: "["), UInt8(ascii: "#"), UInt8(ascii: "%"), UInt8(ascii: "/"), UInt8(ascii: "&"), UInt8(ascii: "_"):
    return true
  default: return false
  }
}

/// SB7: an upper or lower case letter directly before, marks passed over.
private func letterStands(
  before position: Int, in bytes: borrowing Span<UInt8>, from start: Int
) -> Bool {
  var i = position
  while i > start {
    i = bytes.start(ofScalarBefore: i)
    let c = cicu_sentence_class(bytes.scalar(at: i).value)
    if !SentenceClass.isIgnored(c) { return c == SentenceClass.upper || c == SentenceClass.lower }
  }
  return false
}

/// SB8: a lower case letter comes before any other letter, terminator or paragraph's end. Stops at the next terminator,
/// so that all these looks ahead together are linear.
private func lowerCaseFollows(at position: Int, in bytes: borrowing Span<UInt8>) -> Bool {
  var i = position
  while i < bytes.count {
    let (scalar, length) = bytes.scalar(at: i)
    let c = cicu_sentence_class(scalar)
    if c == SentenceClass.lower { return true }
    if c == SentenceClass.otherLetter || c == SentenceClass.upper || SentenceClass.isTerminator(c)
      || SentenceClass.isParagraphEnd(c)
    {
      return false
    }
    i += length
  }
  return false
}

/// Without white space at both ends; a space that carries a combining mark stays.
private func trim(
  _ bytes: borrowing Span<UInt8>, _ range: Range<Int>
) -> Range<Int> {
  func isSpace(_ c: UInt8) -> Bool { c == SentenceClass.space || SentenceClass.isParagraphEnd(c) }
  var (low, high) = (range.lowerBound, range.upperBound)
  while low < high {
    let (scalar, length) = bytes.scalar(at: low)
    let c = cicu_sentence_class(scalar)
    guard isSpace(c) else { break }
    if c == SentenceClass.space, low + length < high,
      cicu_sentence_class(bytes.scalar(at: low + length).value) == SentenceClass.extend
    {
      break
    }
    low += length
  }
  while high > low {
    let last = bytes.start(ofScalarBefore: high)
    guard isSpace(cicu_sentence_class(bytes.scalar(at: last).value)) else { break }
    high = last
  }
  return low..<high
}
