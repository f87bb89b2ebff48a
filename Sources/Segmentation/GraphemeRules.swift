/// The rules of UAX #29 §3 that keep a grapheme whole where the word rules or a dictionary would cut it.

import CICU

/// Whether the boundary at a byte offset, not the start and not the end, is inside a grapheme by GB3 to GB9b: marks,
/// joiners, prepended signs, Hangul syllables. Emoji sequences (GB11) are the word rules' own; flags are counted by the
/// callers (GB12, GB13).
func isInsideGrapheme(_ bytes: borrowing Span<UInt8>, _ i: Int) -> Bool {
  let before = cicu_grapheme_class(bytes.scalar(at: bytes.start(ofScalarBefore: i)).value)
  let after = cicu_grapheme_class(bytes.scalar(at: i).value)
  typealias G = GraphemeClass
  if before == G.carriageReturn, after == G.lineFeed { return true }
  if G.isControl(before) || G.isControl(after) { return false }
  if before == G.prepend || after == G.extend || after == G.spacingMark || after == G.zeroWidthJoiner { return true }
  switch before {
  case G.hangulL: return [G.hangulL, G.hangulV, G.hangulLV, G.hangulLVT].contains(after)
  case G.hangulLV, G.hangulV: return after == G.hangulV || after == G.hangulT
  case G.hangulLVT, G.hangulT: return after == G.hangulT
  default: return false
  }
}

func isRegionalIndicator(_ bytes: borrowing Span<UInt8>, _ i: Int) -> Bool {
  (0x1F1E6...0x1F1FF).contains(bytes.scalar(at: i).value)
}

/// How many regional indicators stand directly before `i`, given how many stand directly before an earlier boundary.
func regionalIndicators(_ bytes: borrowing Span<UInt8>, before i: Int, from earlier: Int, _ count: Int) -> Int {
  var (at, found) = (i, 0)
  while at > earlier {
    let start = bytes.start(ofScalarBefore: at)
    guard isRegionalIndicator(bytes, start) else { return found }
    (at, found) = (start, found + 1)
  }
  return found + count
}

/// Grapheme_Cluster_Break, UAX #29 table 2, numbered as in ICU's UGraphemeClusterBreak.
enum GraphemeClass {
  static let control: UInt8 = 1
  static let carriageReturn: UInt8 = 2
  static let extend: UInt8 = 3
  static let hangulL: UInt8 = 4
  static let lineFeed: UInt8 = 5
  static let hangulLV: UInt8 = 6
  static let hangulLVT: UInt8 = 7
  static let hangulT: UInt8 = 8
  static let hangulV: UInt8 = 9
  static let spacingMark: UInt8 = 10
  static let prepend: UInt8 = 11
  static let zeroWidthJoiner: UInt8 = 17

  static func isControl(_ c: UInt8) -> Bool { c == control || c == carriageReturn || c == lineFeed }
}
