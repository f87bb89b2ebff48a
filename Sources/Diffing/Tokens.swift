/// A wording cut into words, numbers, marks and spaces.

import Segmentation

/// Tokens are those of `wordRanges`: none ends inside a number, a URL or a grapheme.
struct Tokens {
  let bytes: [UInt8]
  let ranges: TokenRanges

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
    ranges = TokenRanges(ends: wordEnds(inUTF8: bytes).map { UInt32(truncatingIfNeeded: $0) })
  }

  func numbers(_ interner: inout Interner) -> [Int32] {
    bytes.withUnsafeBufferPointer { buffer in
      ranges.map { interner.number(of: UnsafeBufferPointer(rebasing: buffer[$0])) }
    }
  }

  func text(_ tokens: Range<Int>) -> String {
    guard let first = tokens.first, let last = tokens.last else { return "" }
    return String(decoding: bytes[ranges[first].lowerBound..<ranges[last].upperBound], as: UTF8.self)
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

  init(ends: [UInt32]) { self.ends = ends }

  var startIndex: Int { 0 }
  var endIndex: Int { ends.count }

  subscript(i: Int) -> Range<Int> { (i == 0 ? 0 : Int(ends[i - 1]))..<Int(ends[i]) }
}
