/// Says of each sentence of an old body which sentence of the new one it became, if any, and how.

import Model

/// How sentences of two bodies belong together. Indices are into the rows of all sentences.
struct SentencePairing {
  enum Fate: Equatable {
    /// Stands in one body only.
    case alone
    /// Stands in the other at this index, in order.
    case same(Int)
    /// Stands in the other at this index, but other sentences have passed it.
    case moved(Int)
    /// Became, or was, this one, worded otherwise.
    case reworded(Int)
    /// Part of a stretch whose text did not change, only where it is cut into sentences.
    case recut
  }

  private(set) var old: [Fate]
  private(set) var new: [Fate]
  /// For each sentence of the old body, the first index in the new one that is after all that stood before it in order.
  private(set) var gapOfOld: [Int]
  private var gapOfNew: [Int]

  /// A sentence shorter than this does not move: it was deleted here and added there. UTF-8 bytes.
  static let leastMoved = 20
  /// Least likeness of a rewording in the same gap (between the same unchanged neighbours), in per cent.
  static let leastLikeNear = 30
  /// Least likeness of a rewording elsewhere, in per cent, and the least words both sentences must have.
  static let leastLikeFar = 60
  static let leastWordsFar = 5
  /// A word in more sentences of the new body than this says nothing about which one is meant.
  static let mostCommon = 64
  /// So many of a sentence's rarest words are looked up, and so many of the sentences found are compared.
  static let rareWords = 8
  static let candidates = 8

  init(_ oldSentences: [BodySentence], _ newSentences: [BodySentence], _ budget: inout WorkBudget) {
    var interner = Interner(expecting: oldSentences.count)
    let oldNumbers = oldSentences.map { interner.number(of: $0.text) }
    let newNumbers = newSentences.map { interner.number(of: $0.text) }
    old = Array(repeating: .alone, count: oldNumbers.count)
    new = Array(repeating: .alone, count: newNumbers.count)
    (gapOfOld, gapOfNew) = ([], [])
    for (i, j) in align(oldNumbers, newNumbers, &budget).enumerated() where j >= 0 {
      old[i] = .same(Int(j))
      new[Int(j)] = .same(i)
    }
    numberGaps()
    settleRecut(oldSentences, newSentences)
    guard old.contains(.alone), new.contains(.alone) else { return }
    pairEqual(oldNumbers, newNumbers) { newSentences[$0].text.utf8.count >= Self.leastMoved }
    pairAlike(oldSentences, newSentences, &budget)
  }

  /// Takes out the gaps that say the same on both sides, cut into sentences otherwise: an abbreviation learnt by the
  /// extractor is no edit of the newsroom's.
  private mutating func settleRecut(_ oldSentences: [BodySentence], _ newSentences: [BodySentence]) {
    func canonical(_ sentences: ArraySlice<BodySentence>) -> String {
      var out = ""
      for sentence in sentences {
        out += sentence.joint == .block ? "\n\(sentence.kind.rawValue) " : sentence.joint.text
        out += sentence.text
      }
      return out
    }
    func size(_ sentences: ArraySlice<BodySentence>) -> Int {
      sentences.reduce(0) { $0 + $1.text.utf8.count + ($1.joint == .space ? 1 : 0) }
    }
    var (i, j) = (0, 0)
    while i < old.count, j < new.count {
      let (oldStart, newStart) = (i, j)
      while i < old.count, old[i] == .alone { i += 1 }
      while j < new.count, new[j] == .alone { j += 1 }
      let (before, after) = (oldSentences[oldStart..<i], newSentences[newStart..<j])
      if before.count != after.count, size(before) == size(after), sameBytes(canonical(before), canonical(after)) {
        for k in oldStart..<i { old[k] = .recut }
        for k in newStart..<j { new[k] = .recut }
      }
      (i, j) = (i + 1, j + 1)
    }
  }

  /// Gaps are named by the new index at which they start.
  private mutating func numberGaps() {
    gapOfOld = Array(repeating: 0, count: old.count)
    gapOfNew = Array(repeating: 0, count: new.count)
    var gap = 0
    for i in old.indices {
      if case .same(let j) = old[i] { gap = j + 1 }
      gapOfOld[i] = gap
    }
    gap = 0
    for j in new.indices {
      if case .same = new[j] { gap = j + 1 }
      gapOfNew[j] = gap
    }
  }

  /// Pairs sentences left over on both sides with equal text, the first with the first. Those of one gap, which only
  /// a spent budget leaves, and which are in order among themselves stay; the others have moved.
  private mutating func pairEqual(_ oldNumbers: [Int32], _ newNumbers: [Int32], mayMove: (Int) -> Bool) {
    let largest = Int(max(oldNumbers.max() ?? 0, newNumbers.max() ?? 0))
    // The left-over sentences of each number in the new body, as linked lists in order.
    var first = [Int32](repeating: -1, count: largest + 1)
    var next = [Int32](repeating: -1, count: newNumbers.count)
    for j in new.indices.reversed() where new[j] == .alone {
      next[j] = first[Int(newNumbers[j])]
      first[Int(newNumbers[j])] = Int32(j)
    }
    var pairs: [(old: Int, new: Int)] = []
    for i in old.indices where old[i] == .alone {
      let j = Int(first[Int(oldNumbers[i])])
      guard j >= 0 else { continue }
      first[Int(oldNumbers[i])] = next[j]
      pairs.append((i, j))
    }
    var k = 0
    while k < pairs.count {
      let gap = gapOfOld[pairs[k].old]
      let end = pairs[k...].firstIndex { gapOfOld[$0.old] != gap } ?? pairs.count
      let inGap = pairs[k..<end].filter { gapOfNew[$0.new] == gap }
      for kept in longestIncreasingSubsequence(of: inGap.map(\.new)) {
        old[inGap[kept].old] = .same(inGap[kept].new)
        new[inGap[kept].new] = .same(inGap[kept].old)
      }
      k = end
    }
    for pair in pairs where old[pair.old] == .alone && mayMove(pair.new) {
      old[pair.old] = .moved(pair.new)
      new[pair.new] = .moved(pair.old)
    }
    numberGaps()
  }

  /// Pairs the rest by likeness, the likest first, one with one.
  private mutating func pairAlike(
    _ oldSentences: [BodySentence], _ newSentences: [BodySentence], _ budget: inout WorkBudget
  ) {
    let restOld = old.indices.filter { old[$0] == .alone }
    let restNew = new.indices.filter { new[$0] == .alone }
    guard !restOld.isEmpty, !restNew.isEmpty else { return }
    var bags = WordBags()
    let oldBags = restOld.map { bags.bag(of: oldSentences[$0].text) }
    let newBags = restNew.map { bags.bag(of: newSentences[$0].text) }
    var postings = [[Int32]](repeating: [], count: bags.vocabulary)
    for (n, bag) in newBags.enumerated() {
      var last: Int32 = -1
      for word in bag where word != last {
        last = word
        // One over the limit is kept, to tell that it is.
        if postings[Int(word)].count <= Self.mostCommon { postings[Int(word)].append(Int32(n)) }
      }
    }
    var found: [(likeness: Similarity, isNear: Bool, distance: Int, old: Int, new: Int)] = []
    var shared = [Int32](repeating: 0, count: newBags.count)
    var (gap, firstInGap, gapRange) = (-1, 0, 0..<0)  // the rest of the new body in this gap
    for (o, bag) in oldBags.enumerated() {
      guard !budget.isSpent else { break }
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
      let near = gapRange.clamped(to: about - Self.candidates / 2..<about + Self.candidates / 2)
      let byWords = sentencesSharing(bag, postings, &shared, &budget).filter { !near.contains($0) }
      for n in Array(near) + byWords {
        let other = newBags[n]
        budget.spend(bag.count + other.count)
        let likeness = Similarity(bag, other, bags.weights)
        let isNear = gapOfNew[restNew[n]] == gap
        let isLike =
          isNear
          ? likeness.isAtLeast(percent: Self.leastLikeNear)
          : likeness.isAtLeast(percent: Self.leastLikeFar) && min(bag.count, other.count) >= Self.leastWordsFar
        if isLike { found.append((likeness, isNear, abs(restOld[o] - restNew[n]), o, n)) }
      }
    }
    found.sort { a, b in
      if a.likeness != b.likeness { return a.likeness > b.likeness }
      if a.isNear != b.isNear { return a.isNear }
      return (a.distance, a.old, a.new) < (b.distance, b.old, b.new)
    }
    for pair in found {
      let (i, j) = (restOld[pair.old], restNew[pair.new])
      guard old[i] == .alone, new[j] == .alone else { continue }
      old[i] = .reworded(j)
      new[j] = .reworded(i)
    }
  }

  /// The sentences that share the most of a bag's rarest words with it, at most `candidates`.
  private func sentencesSharing(
    _ bag: [Int32], _ postings: [[Int32]], _ shared: inout [Int32], _ budget: inout WorkBudget
  ) -> [Int] {
    var rare: [Int32] = []
    var last: Int32 = -1
    for word in bag where word != last {
      last = word
      let count = postings[Int(word)].count
      if count > 0, count <= Self.mostCommon { rare.append(word) }
    }
    budget.spend(bag.count)
    rare.sort { (postings[Int($0)].count, $0) < (postings[Int($1)].count, $1) }
    var hits: [Int] = []
    for word in rare.prefix(Self.rareWords) {
      for n in postings[Int(word)] {
        if shared[Int(n)] == 0 { hits.append(Int(n)) }
        shared[Int(n)] += 1
      }
      budget.spend(postings[Int(word)].count)
    }
    hits.sort { (-shared[$0], $0) < (-shared[$1], $1) }
    for n in hits { shared[n] = 0 }
    return Array(hits.prefix(Self.candidates))
  }
}
