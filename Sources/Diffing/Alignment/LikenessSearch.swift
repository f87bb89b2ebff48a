/// Finds pairs of sentences worth comparing, without comparing all with all: by place, and by an index of rare words.

import Model

/// The words of the sentences of two bodies, worked out when first asked for.
struct AlikeSentences {
  private let old: [BodySentence]
  private let new: [BodySentence]
  private var bags = WordBags()
  private var oldBags: [[Int32]?]
  private var newBags: [[Int32]?]
  /// Of the bags made so far.
  private var oldWeights: [Int]
  private var newWeights: [Int]

  init(_ old: [BodySentence], _ new: [BodySentence]) {
    (self.old, self.new) = (old, new)
    oldBags = Array(repeating: nil, count: old.count)
    newBags = Array(repeating: nil, count: new.count)
    oldWeights = Array(repeating: 0, count: old.count)
    newWeights = Array(repeating: 0, count: new.count)
  }

  /// How many distinct words have been seen.
  var vocabulary: Int { bags.vocabulary }

  mutating func oldBag(_ i: Int) -> [Int32] {
    if let bag = oldBags[i] { return bag }
    let bag = bags.bag(of: old[i].text)
    (oldBags[i], oldWeights[i]) = (bag, bags.weight(of: bag))
    return bag
  }

  mutating func newBag(_ j: Int) -> [Int32] {
    if let bag = newBags[j] { return bag }
    let bag = bags.bag(of: new[j].text)
    (newBags[j], newWeights[j]) = (bag, bags.weight(of: bag))
    return bag
  }

  /// The words of several sentences, sorted.
  mutating func oldBag(_ range: Range<Int>) -> [Int32] {
    range.count == 1 ? oldBag(range.lowerBound) : range.flatMap { oldBag($0) }.sorted()
  }

  mutating func newBag(_ range: Range<Int>) -> [Int32] {
    range.count == 1 ? newBag(range.lowerBound) : range.flatMap { newBag($0) }.sorted()
  }

  /// How much each word weighs.
  var weights: [Int32] { bags.weights }

  mutating func likeness(_ i: Int, _ j: Int, _ budget: inout WorkBudget) -> Similarity {
    let (a, b) = (oldBag(i), newBag(j))
    budget.spend(a.count + b.count)
    return Similarity(shared: bags.sharedWeight(a, b), total: oldWeights[i] + newWeights[j])
  }

  mutating func likeness(_ from: Range<Int>, _ to: Range<Int>) -> Similarity {
    let (a, b) = (oldBag(from), newBag(to))
    return Similarity(shared: bags.sharedWeight(a, b), total: bags.weight(of: a) + bags.weight(of: b))
  }

  /// Whether so much of the part's words, by weight, stands in the whole.
  func isContained(_ part: [Int32], in whole: [Int32], percent: Int) -> Bool {
    100 * bags.sharedWeight(part, whole) >= percent * bags.weight(of: part)
  }
}

/// Each word that stands in both sorted bags, as often as it does in both.
func forEachShared(_ a: [Int32], _ b: [Int32], _ body: (Int32) -> Void) {
  var (i, j) = (0, 0)
  while i < a.count, j < b.count {
    if a[i] == b[j] {
      body(a[i])
      (i, j) = (i + 1, j + 1)
    } else if a[i] < b[j] {
      i += 1
    } else {
      j += 1
    }
  }
}

/// The sorted bag `a` less what stands in `b`, each as often as it does.
func difference(_ a: [Int32], _ b: [Int32]) -> [Int32] {
  var out: [Int32] = []
  var j = 0
  for word in a {
    while j < b.count, b[j] < word { j += 1 }
    if j < b.count, b[j] == word { j += 1 } else { out.append(word) }
  }
  return out
}

/// The sentences left over on both sides, by their index among those left over.
struct LikenessSearch {
  private typealias Pairing = SentencePairing
  private let restOld: [Int]
  private let restNew: [Int]
  private let gapOfOld: [Int]
  private let gapOfNew: [Int]

  init(_ restOld: [Int], _ restNew: [Int], _ gapOfOld: [Int], _ gapOfNew: [Int]) {
    (self.restOld, self.restNew, self.gapOfOld, self.gapOfNew) = (restOld, restNew, gapOfOld, gapOfNew)
  }

  /// Two sentences alike enough to be one.
  struct Pair {
    let likeness: Similarity
    let isNear: Bool
    let distance: Int
    let old: Int
    let new: Int

    static func isBefore(_ a: Pair, _ b: Pair) -> Bool {
      if a.likeness != b.likeness { return a.likeness > b.likeness }
      if a.isNear != b.isNear { return a.isNear }
      return (a.distance, a.old, a.new) < (b.distance, b.old, b.new)
    }
  }

  /// All pairs found, the likest first.
  func run(_ alike: inout AlikeSentences, _ budget: inout WorkBudget) -> [Pair] {
    let newBags = restNew.map { alike.newBag($0) }
    let index = WordIndex(newBags, vocabulary: alike.vocabulary)
    var shared = [Int32](repeating: 0, count: newBags.count)
    var found: [Pair] = []
    var (gap, firstInGap, gapRange) = (-1, 0, 0..<0)  // the rest of the new body in this gap
    for o in restOld.indices {
      guard !budget.isSpent else { break }
      let bag = alike.oldBag(restOld[o])
      if gapOfOld[restOld[o]] != gap {
        (gap, firstInGap) = (gapOfOld[restOld[o]], o)
        var (low, high) = (gapRange.upperBound, gapRange.upperBound)
        while low < restNew.count, gapOfNew[restNew[low]] < gap { low += 1 }
        high = low
        while high < restNew.count, gapOfNew[restNew[high]] == gap { high += 1 }
        gapRange = low..<high
      }
      // The sentences about as far into the gap, and those with the same rare words.
      let about = gapRange.lowerBound + o - firstInGap
      let near = gapRange.clamped(to: about - Pairing.candidates / 2..<about + Pairing.candidates / 2)
      let byWords = index.sentencesSharing(bag, &shared, &budget).filter { !near.contains($0) }
      for n in Array(near) + byWords {
        let likeness = alike.likeness(restOld[o], restNew[n], &budget)
        let isNear = gapOfNew[restNew[n]] == gap
        let isLike =
          isNear
          ? likeness.isAtLeast(percent: Pairing.leastLikeNear)
          : likeness.isAtLeast(percent: Pairing.leastLikeFar)
            && min(bag.count, newBags[n].count) >= Pairing.leastWordsFar
        if isLike {
          found.append(
            Pair(likeness: likeness, isNear: isNear, distance: abs(restOld[o] - restNew[n]), old: o, new: n))
        }
      }
    }
    found.sort(by: Pair.isBefore)
    return found
  }
}

/// Which of some sentences hold a word.
private struct WordIndex {
  /// In how many sentences each word stands; one over the limit tells that it is over.
  private var counts: [Int32]
  /// The sentences of all words that are not too common, word by word, and where each word's begin.
  private var starts: [Int32]
  private var sentences: [Int32]

  init(_ bags: [[Int32]], vocabulary: Int) {
    let tooCommon = Int32(SentencePairing.mostCommon + 1)
    func forEachWord(_ body: (Int, Int) -> Void) {
      for (n, bag) in bags.enumerated() {
        var last: Int32 = -1
        for word in bag where word != last {
          last = word
          body(Int(word), n)
        }
      }
    }
    var counts = [Int32](repeating: 0, count: vocabulary)
    forEachWord { word, _ in counts[word] = min(counts[word] + 1, tooCommon) }
    var starts = [Int32](repeating: 0, count: vocabulary)
    var end: Int32 = 0
    for word in counts.indices where counts[word] < tooCommon {
      starts[word] = end
      end += counts[word]
    }
    var sentences = [Int32](repeating: 0, count: Int(end))
    var next = starts
    forEachWord { word, n in
      guard counts[word] < tooCommon else { return }
      sentences[Int(next[word])] = Int32(n)
      next[word] += 1
    }
    (self.counts, self.starts, self.sentences) = (counts, starts, sentences)
  }

  /// The sentences that share the most of a bag's rarest words with it, at most `candidates`.
  func sentencesSharing(_ bag: [Int32], _ shared: inout [Int32], _ budget: inout WorkBudget) -> [Int] {
    // Each with its count before it, so that they sort by that.
    var rare: [UInt64] = []
    rare.reserveCapacity(bag.count)
    var last: Int32 = -1
    for word in bag where word != last {
      last = word
      guard Int(word) < counts.count else { break }
      let count = counts[Int(word)]
      if count > 0, count <= SentencePairing.mostCommon { rare.append(UInt64(count) << 32 | UInt64(word)) }
    }
    budget.spend(bag.count)
    rare.sort()
    var hits: [Int] = []
    for rank in rare.prefix(SentencePairing.rareWords) {
      let (count, start) = (Int(rank >> 32), Int(starts[Int(rank & 0xFFFF_FFFF)]))
      for n in sentences[start..<(start + count)] {
        if shared[Int(n)] == 0 { hits.append(Int(n)) }
        shared[Int(n)] += 1
      }
      budget.spend(count)
    }
    // Those that share the most, none more than `rareWords`, in order: few of many.
    var best: [UInt64] = []
    for n in hits {
      let rank = UInt64(SentencePairing.rareWords - Int(shared[n])) << 32 | UInt64(n)
      shared[n] = 0
      if best.count == SentencePairing.candidates {
        if rank > best[best.count - 1] { continue }
        best.removeLast()
      }
      best.insert(rank, at: best.firstIndex { $0 > rank } ?? best.count)
    }
    return best.map { Int($0 & 0xFFFF_FFFF) }
  }
}
