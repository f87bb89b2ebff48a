/// A wording cut into words, numbers, marks and spaces.

import Model
import Segmentation

/// Tokens are those of `wordRanges`: none ends inside a number, a URL or a grapheme.
struct Tokens {
  let bytes: [UInt8]
  let ranges: TokenRanges

  /// The tokens that are stretches set aside whole, in order.
  let whole: [Int]

  /// - Parameter stretches: ranges of bytes that are one token each.
  init(_ bytes: [UInt8], whole stretches: [Range<Int>] = []) {
    self.bytes = bytes
    (ranges, whole) = TokenRanges.make(of: bytes, whole: stretches)
  }

  func text(_ tokens: Range<Int>) -> String {
    tokens.isEmpty ? "" : String(decoding: bytes[bytes(of: tokens)], as: UTF8.self)
  }

  /// Where some tokens stand, at least one.
  func bytes(of tokens: Range<Int>) -> Range<Int> {
    ranges[tokens.lowerBound].lowerBound..<ranges[tokens.upperBound - 1].upperBound
  }

  /// Whether a token is longer than any word, number or address of a text that people read.
  func isLong(_ token: Int) -> Bool { ranges[token].count > 4096 }

  /// Whether a token here is the same bytes as one there.
  func isEqual(_ token: Int, _ other: Tokens, _ otherToken: Int) -> Bool {
    isEqual(ranges[token], other, other.ranges[otherToken])
  }

  /// Whether a range of bytes here is the same as one there.
  func isEqual(_ range: Range<Int>, _ other: Tokens, _ otherRange: Range<Int>) -> Bool {
    guard range.count == otherRange.count else { return false }
    return bytes.withUnsafeBytes { a in
      other.bytes.withUnsafeBytes {
        equalBytes(UnsafeRawBufferPointer(rebasing: a[range]), UnsafeRawBufferPointer(rebasing: $0[otherRange]))
      }
    }
  }

  func isSpace(_ token: Int) -> Bool { ranges[token].count == 1 && bytes[ranges[token].lowerBound] == 32 }

  /// Whether these tokens are only spaces and at most one mark of ASCII punctuation that hangs on a word.
  func isWeak(_ tokens: Range<Int>) -> Bool {
    guard tokens.count <= 2 else { return false }
    var marks = 0
    for token in tokens {
      let range = ranges[token]
      let byte = bytes[range.lowerBound]
      if byte == 32 { continue }
      guard range.count == 1, byte < 48 || (byte >= 58 && byte < 65) || byte == 95 else { return false }
      marks += 1
    }
    return marks <= 1
  }
}

/// Where tokens stand: ranges of bytes that tile a text of less than 4 GiB.
struct TokenRanges: RandomAccessCollection {
  private var ends: [UInt32] = []

  private init() {}

  /// The tokens of a text, some stretches of which are one token each; and which those are.
  static func make(of bytes: [UInt8], whole stretches: [Range<Int>]) -> (ranges: TokenRanges, whole: [Int]) {
    var ranges = TokenRanges()
    var whole: [Int] = []
    var start = 0
    for stretch in stretches {
      ranges.append(bytes, start..<stretch.lowerBound)
      whole.append(ranges.count)
      ranges.ends.append(UInt32(truncatingIfNeeded: stretch.upperBound))
      start = stretch.upperBound
    }
    ranges.append(bytes, start..<bytes.count)
    return (ranges, whole)
  }

  /// Cuts piece by piece, so that a long text takes no more memory than the ends do.
  private mutating func append(_ bytes: [UInt8], _ range: Range<Int>) {
    Self.forEachPiece(bytes, range) { start, places in
      if ends.isEmpty { ends.reserveCapacity(range.count <= Self.pieceOctets ? places.count : range.count / 3) }
      for place in places { ends.append(UInt32(truncatingIfNeeded: start + place)) }
    }
  }

  /// Where each piece starts, and the ends of its tokens from there.
  private static func forEachPiece(_ bytes: [UInt8], _ range: Range<Int>, _ body: (Int, [Int]) -> Void) {
    var start = range.lowerBound
    while start < range.upperBound {
      let end = pieceEnd(bytes, start..<range.upperBound)
      body(start, wordEnds(inUTF8: start == 0 && end == bytes.count ? bytes : Array(bytes[start..<end])))
      start = end
    }
  }

  /// The tokens of a text, one after the other.
  static func forEachToken(of bytes: [UInt8], _ body: (Range<Int>) -> Void) {
    forEachPiece(bytes, 0..<bytes.count) { piece, places in
      var start = piece
      for place in places {
        body(start..<(piece + place))
        start = piece + place
      }
    }
  }

  private static let pieceOctets = 1 << 20

  /// The last place within reach where a token ends whatever stands around it: a space between two letters of ASCII.
  private static func pieceEnd(_ bytes: [UInt8], _ range: Range<Int>) -> Int {
    guard range.count > pieceOctets else { return range.upperBound }
    func isLetter(_ i: Int) -> Bool { (97...122).contains(bytes[i] | 0x20) }
    var end = range.lowerBound + pieceOctets
    while end > range.lowerBound + 2 {
      if bytes[end - 1] == 32, isLetter(end), isLetter(end - 2) { return end }
      end -= 1
    }
    return range.upperBound
  }

  var startIndex: Int { 0 }
  var endIndex: Int { ends.count }

  subscript(i: Int) -> Range<Int> { (i == 0 ? 0 : Int(ends[i - 1]))..<Int(ends[i]) }
}
