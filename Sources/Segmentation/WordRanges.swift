/// Words by UAX #29 (Unicode text segmentation) revision 41, §4, written out as one forward pass over the bytes; where
/// words have no spaces between them (Chinese, Japanese, Thai, Lao, Khmer, Burmese), by ICU's dictionaries.

import CICU

/// Byte ranges that tile the text exactly: words, numbers, punctuation marks, runs of spaces.
///
/// Rules: UAX #29 §4.1, WB1 to WB999, with the colon no letter's neighbour, as in CLDR's root locale; dictionary words
/// for scripts without spaces; and then joined, so that no boundary is inside a number, a URL or a mail address:
/// `WordJoining` tells how. Total on any bytes; never cuts a scalar or a grapheme.
public func wordRanges(inUTF8 text: [UInt8]) -> [Range<Int>] {
  var out: [Range<Int>] = []
  var start = 0
  let ends = wordEnds(inUTF8: text)
  out.reserveCapacity(ends.count)
  for end in ends {
    out.append(start..<end)
    start = end
  }
  return out
}

/// The ends of `wordRanges`.
public func wordEnds(inUTF8 text: [UInt8]) -> [Int] {
  var ends = wordBoundaries(inUTF8: text)
  joinWords(&ends, inUTF8: text)
  return ends
}

/// The ends of the words before any joining, in order.
func wordBoundaries(inUTF8 text: [UInt8]) -> [Int] {
  var pass = WordPass()
  pass.run(text)
  return pass.ends
}

/// Word_Break, UAX #29 table 3, numbered as in ICU's UWordBreakValues, and flags above bit 5.
enum WordClass {
  static let other: UInt8 = 0
  static let letter: UInt8 = 1
  static let format: UInt8 = 2
  static let katakana: UInt8 = 3
  static let midLetter: UInt8 = 4
  static let midNumber: UInt8 = 5
  static let numeric: UInt8 = 6
  static let extendNumLet: UInt8 = 7
  static let carriageReturn: UInt8 = 8
  static let extend: UInt8 = 9
  static let lineFeed: UInt8 = 10
  static let midNumLet: UInt8 = 11
  static let newline: UInt8 = 12
  static let regionalIndicator: UInt8 = 13
  static let hebrewLetter: UInt8 = 14
  static let singleQuote: UInt8 = 15
  static let doubleQuote: UInt8 = 16
  static let zeroWidthJoiner: UInt8 = 21
  static let segmentSpace: UInt8 = 22

  static let mask: UInt8 = 0x1F
  static let dictionary: UInt8 = 0x20
  static let pictographic: UInt8 = 0x40
  static let holdsNeighbour: UInt8 = 0x80

  static func isLetter(_ c: UInt8) -> Bool { c == letter || c == hebrewLetter }
  static func isIgnored(_ c: UInt8) -> Bool { c == extend || c == format || c == zeroWidthJoiner }
  static func isLineEnd(_ c: UInt8) -> Bool { c == carriageReturn || c == lineFeed || c == newline }
  /// MidNumLet or Single_Quote: MidNumLetQ in the rules.
  static func isMidNumLetQ(_ c: UInt8) -> Bool { c == midNumLet || c == singleQuote }
}

/// The length of a scalar here that is of class letter without any flag, as seen by its bytes alone: letters of ASCII, of
/// Latin-1, of Latin Extended-A and of Cyrillic up to U+047F.
@inline(__always)
private func plainLetter(_ bytes: borrowing Span<UInt8>, at i: Int) -> Int? {
  guard i < bytes.count else { return nil }
  let byte = bytes[i]
  if byte | 0x20 >= 97, byte | 0x20 <= 122 { return 1 }
  guard byte >= 0xC3, i + 1 < bytes.count, bytes[i + 1] & 0xC0 == 0x80 else { return nil }
  switch byte {
  case 0xC3: return bytes[i + 1] == 0x97 || bytes[i + 1] == 0xB7 ? nil : 2  // × ÷
  case 0xC4, 0xC5, 0xD0, 0xD1: return 2
  default: return nil
  }
}

/// One pass over a text that collects where words end.
private struct WordPass {
  var ends: [Int] = []

  mutating func run(_ text: [UInt8]) {
    let bytes = text.span
    ends.reserveCapacity(bytes.count / 3)
    var start = 0
    while start < bytes.count {
      start = plain(bytes, from: start) ?? dictionary(text, from: start)
    }
  }

  /// A text without dictionary scripts, from a certain boundary to the end; nil, and `segment` and `ends` taken back to
  /// the last certain boundary, when such a script is met.
  private mutating func plain(_ bytes: borrowing Span<UInt8>, from start: Int) -> Int? {
    // The class of the unit (a scalar and what it absorbs, WB4) before `i` and of the one before that; 255 for none.
    var (last, beforeLast): (UInt8, UInt8) = (255, 255)
    // The last scalar before `i`, absorbed or not.
    var lastRaw: UInt8 = 255
    var indicators = 0
    // Regional indicators directly before `i`, nothing absorbed between them.
    var adjacentIndicators = 0
    var (segment, segmentEnds) = (start, ends.count)
    var i = start
    while i < bytes.count {
      let (scalar, length) = bytes.scalar(at: i)
      let raw = cicu_word_class(scalar)
      if raw & WordClass.dictionary != 0 {
        ends.removeSubrange(segmentEnds...)
        restart = segment
        return nil
      }
      let c = raw & WordClass.mask
      if WordClass.isIgnored(c), last != 255, !WordClass.isLineEnd(last) {  // WB4
        (lastRaw, adjacentIndicators) = (raw, 0)
        i += length
        continue
      }
      if last != 255, breaks(beforeLast, last, lastRaw, c, raw, indicators, at: i, length, bytes),
        c != WordClass.regionalIndicator || adjacentIndicators % 2 == 0  // GB12, GB13
      {
        ends.append(i)
        if length == 1, i > 0, bytes[i - 1] == 32 { (segment, segmentEnds) = (i, ends.count) }
      }
      if c == WordClass.regionalIndicator {
        indicators = last == c ? indicators + 1 : 1
        adjacentIndicators += 1
      } else {
        (indicators, adjacentIndicators) = (0, 0)
      }
      (beforeLast, last, lastRaw) = (last, c, raw)
      i += length
      if raw == WordClass.letter {  // a run of plain letters has no boundary inside
        while true {
          let second = i
          while let length = plainLetter(bytes, at: i) { i += length }
          if i > second { beforeLast = c }
          // One space and another run: a boundary on either side.
          guard i + 1 < bytes.count, bytes[i] == 32, bytes[i + 1] < 0x80, plainLetter(bytes, at: i + 1) != nil else {
            break
          }
          ends.append(i)
          ends.append(i + 1)
          (segment, segmentEnds) = (i + 1, ends.count)
          i += 2
          beforeLast = WordClass.segmentSpace
        }
      }
    }
    if i > start, ends.last != i { ends.append(i) }
    return i
  }

  /// Where `plain` gave up.
  private var restart = 0

  /// Whether a word ends before the scalar of class `c` at `i`.
  @inline(__always)
  private func breaks(
    _ beforeLast: UInt8, _ last: UInt8, _ lastRaw: UInt8, _ c: UInt8, _ raw: UInt8, _ indicators: Int, at i: Int,
    _ length: Int, _ bytes: borrowing Span<UInt8>
  ) -> Bool {
    typealias W = WordClass
    if last == W.carriageReturn, c == W.lineFeed { return false }  // WB3
    if W.isLineEnd(last) || W.isLineEnd(c) { return true }  // WB3a, WB3b
    if raw & W.pictographic != 0, lastRaw & W.mask == W.zeroWidthJoiner { return false }  // WB3c
    if c == W.segmentSpace, lastRaw & W.mask == W.segmentSpace { return false }  // WB3d
    if (raw | lastRaw) & W.holdsNeighbour != 0, isInsideGrapheme(bytes, i) { return false }
    if W.isLetter(last) {
      if W.isLetter(c) || c == W.numeric || c == W.extendNumLet { return false }  // WB5, WB9, WB13a
      if last == W.hebrewLetter, c == W.singleQuote { return false }  // WB7a
      if c == W.midLetter || W.isMidNumLetQ(c) {  // WB6
        return !W.isLetter(unit(after: i + length, bytes))
      }
      if last == W.hebrewLetter, c == W.doubleQuote {  // WB7b
        return unit(after: i + length, bytes) != W.hebrewLetter
      }
      return true
    }
    if W.isLetter(c) {
      if last == W.midLetter || W.isMidNumLetQ(last) { return !W.isLetter(beforeLast) }  // WB7
      if last == W.doubleQuote { return !(c == W.hebrewLetter && beforeLast == W.hebrewLetter) }  // WB7c
      return !(last == W.numeric || last == W.extendNumLet)  // WB10, WB13b
    }
    if c == W.numeric {
      if last == W.numeric || last == W.extendNumLet { return false }  // WB8, WB13b
      if last == W.midNumber || W.isMidNumLetQ(last) { return beforeLast != W.numeric }  // WB11
      return true
    }
    if last == W.numeric {
      if c == W.extendNumLet { return false }  // WB13a
      if c == W.midNumber || W.isMidNumLetQ(c) { return unit(after: i + length, bytes) != W.numeric }  // WB12
      return true
    }
    if last == W.extendNumLet, c == W.extendNumLet { return false }  // WB13a
    if c == W.regionalIndicator, last == c { return indicators % 2 == 0 }  // WB15, WB16
    return true
  }

  /// The class of the scalar at `position` or after it that nothing before absorbs.
  private func unit(after position: Int, _ bytes: borrowing Span<UInt8>) -> UInt8 {
    var i = position
    while i < bytes.count {
      let (scalar, length) = bytes.scalar(at: i)
      let c = cicu_word_class(scalar) & WordClass.mask
      if !WordClass.isIgnored(c) { return c }
      i += length
    }
    return 255
  }

  /// Asks ICU from the last certain boundary up to the next one: between a space and an ASCII character. Gives where
  /// it is.
  private mutating func dictionary(_ text: [UInt8], from start: Int) -> Int {
    let bytes = text.span
    let from = restart
    var end = from
    while end < bytes.count {
      end += 1
      if bytes[end - 1] == 32, end == bytes.count || (bytes[end] < 0x80 && bytes[end] > 32) { break }
      // ICU counts in 32 bits.
      let isScalarStart = end == bytes.count || bytes[end] & 0xC0 != 0x80
      if end - from >= 1 << 30, isScalarStart || end - from >= (1 << 30) + 4 { break }
    }
    let length = end - from
    let offsets = [Int32](unsafeUninitializedCapacity: length) { room, count in
      let found = text.withUnsafeBufferPointer {
        cicu_boundaries(
          CICU_WORDS, UnsafeBufferPointer(rebasing: $0[from..<end]).baseAddress, Int32(length), room.baseAddress)
      }
      count = Int(max(0, found))
    }
    var checked = from
    var indicators = 0  // regional indicators directly before `checked`
    for offset in offsets {
      let at = from + Int(offset)
      indicators = regionalIndicators(bytes, before: at, from: checked, indicators)
      checked = at
      if at == end || !(isInsideGrapheme(bytes, at) || (indicators % 2 == 1 && isRegionalIndicator(bytes, at))) {
        ends.append(at)
      }
    }
    if ends.last != end { ends.append(end) }  // without ICU's data, the segment whole
    return end
  }
}
