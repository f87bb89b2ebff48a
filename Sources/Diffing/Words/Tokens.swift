/// A wording cut into words, numbers, marks and spaces.

import Segmentation

/// Tokens are those of `wordRanges`: none ends inside a number, a URL or a grapheme.
struct Tokens {
  let bytes: [UInt8]
  let ranges: TokenRanges

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
    ranges = TokenRanges(of: bytes)
  }

  func numbers(_ interner: inout Interner) -> [Int32] {
    // Half of all tokens are a space.
    var space: Int32?
    return bytes.withUnsafeBufferPointer { buffer in
      ranges.map { range in
        let isSpace = range.count == 1 && buffer[range.lowerBound] == 32
        if isSpace, let space { return space }
        let number = interner.number(of: UnsafeBufferPointer(rebasing: buffer[range]))
        if isSpace { space = number }
        return number
      }
    }
  }

  func text(_ tokens: Range<Int>) -> String {
    guard let first = tokens.first, let last = tokens.last else { return "" }
    return String(decoding: bytes[ranges[first].lowerBound..<ranges[last].upperBound], as: UTF8.self)
  }

  /// Whether a token here is the same bytes as one there.
  func isEqual(_ token: Int, _ other: Tokens, _ otherToken: Int) -> Bool {
    bytes[ranges[token]] == other.bytes[other.ranges[otherToken]]
  }

  func isSpace(_ token: Int) -> Bool { ranges[token].count == 1 && bytes[ranges[token].lowerBound] == 32 }

  /// Whether these tokens are only spaces and at most one mark of ASCII punctuation.
  func isWeak(_ tokens: Range<Int>) -> Bool {
    guard tokens.count <= 3 else { return false }
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
  private let ends: [UInt32]

  /// Of these bytes: cut piece by piece, so that a long text takes no more memory than the ends do.
  init(of bytes: [UInt8]) {
    var ends: [UInt32] = []
    ends.reserveCapacity(bytes.count / 3)
    var start = 0
    while start < bytes.count {
      let end = Self.pieceEnd(bytes, from: start)
      let piece = start == 0 && end == bytes.count ? bytes : Array(bytes[start..<end])
      for place in wordEnds(inUTF8: piece) { ends.append(UInt32(truncatingIfNeeded: start + place)) }
      start = end
    }
    self.ends = ends
  }

  private static let pieceOctets = 1 << 20

  /// The last place within reach where a token ends whatever stands around it: a space between two letters of ASCII.
  private static func pieceEnd(_ bytes: [UInt8], from start: Int) -> Int {
    guard bytes.count - start > pieceOctets else { return bytes.count }
    func isLetter(_ i: Int) -> Bool { (97...122).contains(bytes[i] | 0x20) }
    var end = start + pieceOctets
    while end > start + 2 {
      if bytes[end - 1] == 32, isLetter(end), isLetter(end - 2) { return end }
      end -= 1
    }
    return bytes.count
  }

  var startIndex: Int { 0 }
  var endIndex: Int { ends.count }

  subscript(i: Int) -> Range<Int> { (i == 0 ? 0 : Int(ends[i - 1]))..<Int(ends[i]) }
}
