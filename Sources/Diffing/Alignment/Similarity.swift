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
    words.reserveCapacity(bytes.count / 6 + 1)
    bytes.withUnsafeBufferPointer { buffer in
      TokenRanges.forEachToken(of: bytes) { range in
        if range.count == 1, buffer[range.lowerBound] == 32 { return }
        let token = UnsafeBufferPointer(rebasing: buffer[range])
        let number = interner.number(of: token)
        if Int(number) == weights.count { weights.append(Int32(max(1, min(token.count - 2, Self.heaviest)))) }
        if isPunctuation(token) { others.append(number) } else { words.append(number) }
      }
    }
    if words.isEmpty { swap(&words, &others) }
    words.sort()
    return words
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

extension WordBags {
  /// The weight of a bag.
  func weight(of bag: [Int32]) -> Int { bag.reduce(0) { $0 + Int(weights[Int($1)]) } }

  /// The weight of what stands in two bags.
  func sharedWeight(_ a: [Int32], _ b: [Int32]) -> Int {
    a.withUnsafeBufferPointer { a in
      b.withUnsafeBufferPointer { b in
        weights.withUnsafeBufferPointer { weights in
          var (i, j, shared) = (0, 0, 0)
          // Which word is the lower is as good as random: no branch.
          while i < a.count, j < b.count {
            let (word, other) = (a[i], b[j])
            shared += word == other ? Int(weights[Int(word)]) : 0
            i += word <= other ? 1 : 0
            j += other <= word ? 1 : 0
          }
          return shared
        }
      }
    }
  }
}

/// 2 |A ∩ B| / (|A| + |B|) over weighted multisets (L. R. Dice, "Measures of the Amount of Ecologic Association Between
/// Species", 1945), 0 to 1, as a fraction so that comparisons are exact.
struct Similarity: Comparable {
  private let shared: Int
  private let total: Int

  /// - Parameters:
  ///   - shared: the weight of what stands in both.
  ///   - total: the weights of both together.
  init(shared: Int, total: Int) { (self.shared, self.total) = (2 * shared, total) }

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
