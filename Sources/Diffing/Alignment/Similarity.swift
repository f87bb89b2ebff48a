/// How alike two sentences are: the Dice coefficient of their multisets of words, case set aside, each word weighing the
/// more the longer it is. So what two sentences share by being of one language (the, of, to) counts for little, with no
/// list of such words.

/// The words of sentences as sorted numbers.
struct WordBags {
  private var interner = Interner()
  /// How much each word weighs: its length in UTF-8 bytes less two, at least 1 and at most `heaviest`, so that a URL does
  /// not outweigh a sentence.
  private(set) var weights: [Int32] = []

  static let heaviest = 12

  /// How many distinct words there are so far; numbers are below it.
  var vocabulary: Int { interner.count }

  /// The words of a text, each as often as it stands there, sorted: tokens with a letter, a digit or a symbol. A text
  /// with no such token gives its punctuation marks.
  mutating func bag(of text: String) -> [Int32] {
    var bytes = Array(text.utf8)
    foldCase(&bytes)
    var (words, others): ([Int32], [Int32]) = ([], [])
    let ranges = TokenRanges(of: bytes)
    words.reserveCapacity(ranges.count / 2 + 1)
    bytes.withUnsafeBufferPointer { buffer in
      for range in ranges {
        let token = UnsafeBufferPointer(rebasing: buffer[range])
        if token.count == 1, token[0] == 32 { continue }
        let number = interner.number(of: token)
        if Int(number) == weights.count { weights.append(Int32(max(1, min(token.count - 2, Self.heaviest)))) }
        if isPunctuation(token) { others.append(number) } else { words.append(number) }
      }
    }
    let bag = words.isEmpty ? others : words
    return bag.sorted()
  }

  /// A single mark of ASCII or of the General Punctuation and CJK Punctuation blocks.
  private func isPunctuation(_ token: UnsafeBufferPointer<UInt8>) -> Bool {
    let first = token[0]
    if first < 0x80 { return !((48...57).contains(first) || (97...122).contains(first)) && token.count == 1 }
    // U+2000-U+206F and U+3000-U+303F
    return token.count == 3
      && ((first == 0xE2 && (token[1] == 0x80 || token[1] == 0x81)) || (first == 0xE3 && token[1] == 0x80))
  }
}

/// 2 |A ∩ B| / (|A| + |B|) over weighted multisets (L. R. Dice, "Measures of the Amount of Ecologic Association Between
/// Species", 1945), 0 to 1, as a fraction so that comparisons are exact.
struct Similarity: Comparable {
  let shared: Int
  let total: Int

  /// Both bags sorted.
  init(_ a: [Int32], _ b: [Int32], _ weights: [Int32]) {
    var shared = 0
    forEachShared(a, b) { shared += Int(weights[Int($0)]) }
    self.shared = 2 * shared
    total = a.reduce(0) { $0 + Int(weights[Int($1)]) } + b.reduce(0) { $0 + Int(weights[Int($1)]) }
  }

  /// Whether it is at least so many per cent.
  func isAtLeast(percent: Int) -> Bool { total > 0 && shared * 100 >= percent * total }

  static func == (a: Similarity, b: Similarity) -> Bool { a.shared * b.total == b.shared * a.total }
  static func < (a: Similarity, b: Similarity) -> Bool { a.shared * b.total < b.shared * a.total }
}

/// Whether two long texts share three quarters of a sample of their words: those whose hash ends in four zeros, parted by
/// spaces (the idea of A. Broder, "On the resemblance and containment of documents", 1997).
func arePlainlyAlike(_ a: String, _ b: String) -> Bool {
  func sample(_ text: String) -> [UInt64] {
    var (text, found) = (text, [UInt64]())
    text.withUTF8 { bytes in
      var start = 0
      while start < bytes.count {
        var end = start
        while end < bytes.count, bytes[end] != 32 { end += 1 }
        if end > start {
          let hash = Interner.hash(UnsafeBufferPointer(rebasing: bytes[start..<end]))
          if hash & 15 == 0 { found.append(hash) }
        }
        start = end + 1
      }
    }
    return found.sorted()
  }
  let (a, b) = (sample(a), sample(b))
  var (i, j, shared) = (0, 0, 0)
  while i < a.count, j < b.count {
    if a[i] == b[j] {
      (i, j, shared) = (i + 1, j + 1, shared + 1)
    } else if a[i] < b[j] {
      i += 1
    } else {
      j += 1
    }
  }
  return shared >= 64 && 8 * shared >= 3 * (a.count + b.count)
}
