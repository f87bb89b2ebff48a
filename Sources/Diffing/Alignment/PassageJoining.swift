/// Sentences that came and went side by side in one block, told as one rewording where that leaves more words standing:
/// a sentence cut at an abbreviation, a thought that was cut into sentences otherwise.

import Model

extension SentencePairing {
  /// So much of what would be told as changed, in per cent of words, has to stand when the two passages are one rewording.
  private static let leastSaved = 20
  /// Longer passages are left as they are. Words of both sides.
  private static let mostWords = 4_000

  /// Joins what is left over between two sentences that stayed, block by block.
  mutating func joinPassages(
    _ oldSentences: [BodySentence], _ newSentences: [BodySentence], _ budget: inout WorkBudget
  ) {
    var (i, j) = (0, 0)
    while i < old.count || j < new.count {
      let (oldStart, newStart) = (i, j)
      while i < old.count, !stays(old[i]) { i += 1 }
      while j < new.count, !stays(new[j]) { j += 1 }
      if i > oldStart, j > newStart, !budget.isSpent {
        let (passages, others) = (
          Self.passages(oldStart..<i, oldSentences, old), Self.passages(newStart..<j, newSentences, new)
        )
        for (from, to) in linked(passages, others)
        where oldSentences[from.lowerBound].kind == newSentences[to.lowerBound].kind {
          join(from, to, oldSentences, newSentences, &budget)
        }
      }
      (i, j) = (i + 1, j + 1)
    }
  }

  private func stays(_ fate: Fate) -> Bool {
    switch fate {
    case .same, .recut: true
    case .alone, .moved, .reworded: false
    }
  }

  /// Sentences of one block in a row that have not moved.
  private static func passages(_ range: Range<Int>, _ sentences: [BodySentence], _ fates: [Fate]) -> [Range<Int>] {
    var out: [Range<Int>] = []
    for k in range {
      switch fates[k] {
      case .moved, .same, .recut, .reworded(_, hasMoved: true): continue
      case .alone, .reworded: break
      }
      if let last = out.last, last.upperBound == k, sentences[k].joint != .block {
        out[out.count - 1] = last.lowerBound..<(k + 1)
      } else {
        out.append(k..<(k + 1))
      }
    }
    return out
  }

  /// Passages that belong together: those that share a rewording, and the others between them in order.
  private func linked(_ passages: [Range<Int>], _ others: [Range<Int>]) -> [(Range<Int>, Range<Int>)] {
    var out: [(Range<Int>, Range<Int>)] = []
    var (p, q) = (0, 0)
    func pairUp(to pEnd: Int, _ qEnd: Int) {
      for k in 0..<min(pEnd - p, qEnd - q) { out.append((passages[p + k], others[q + k])) }
    }
    for n in passages.indices {
      let partner = passages[n].lazy.compactMap { i -> Int? in
        if case .reworded(let to, _) = old[i] { to.lowerBound } else { nil }
      }.first
      guard let partner, let m = others[q...].firstIndex(where: { $0.contains(partner) }) else { continue }
      pairUp(to: n, m)
      out.append((passages[n], others[m]))
      (p, q) = (n + 1, m + 1)
    }
    pairUp(to: passages.count, others.count)
    return out
  }

  /// Makes two passages one rewording when it pays.
  private mutating func join(
    _ from: Range<Int>, _ to: Range<Int>, _ oldSentences: [BodySentence], _ newSentences: [BodySentence],
    _ budget: inout WorkBudget
  ) {
    guard from.count <= Self.mostParts, to.count <= Self.mostParts else { return }
    var parts: [(from: Range<Int>, to: Range<Int>)] = []
    for i in from {
      guard case .reworded(let its, _) = old[i] else { continue }
      guard case .reworded(let origin, _) = new[its.lowerBound], its.clamped(to: to) == its,
        origin.clamped(to: from) == origin
      else { return }
      if origin.lowerBound == i { parts.append((origin, its)) }
    }
    // Nor may anything in the new passage be of another one.
    let areTheirs = to.allSatisfy {
      if case .reworded(let origin, _) = new[$0] { origin.clamped(to: from) == origin } else { true }
    }
    guard areTheirs else { return }
    let isAllPaired = from.allSatisfy { old[$0] != .alone } || to.allSatisfy { new[$0] != .alone }
    // What came, or went, beside a rewording is for `growGroups`.
    if isAllPaired { return }
    var interner = Interner()
    var weights: [Int] = []  // of words, as in `WordBags`
    func words(_ range: Range<Int>, _ sentences: [BodySentence]) -> [Int32] {
      var out: [Int32] = []
      for sentence in sentences[range] {
        var text = sentence.text
        text.withUTF8 { bytes in
          for word in bytes.split(separator: 32) {
            out.append(interner.number(of: UnsafeBufferPointer(rebasing: word)))
            if weights.count < interner.count { weights.append(max(1, min(word.count - 2, 12))) }
          }
        }
      }
      return out
    }
    let (before, after) = (words(from, oldSentences), words(to, newSentences))
    guard before.count + after.count <= Self.mostWords else { return }
    // Where no two sentences are alike, small words are no reason to say that the passages are.
    func weight(_ word: Int32) -> Int { parts.isEmpty ? weights[Int(word)] : 1 }
    func size(_ words: [Int32]) -> Int { words.reduce(0) { $0 + weight($1) } }
    func kept(_ a: [Int32], _ b: [Int32]) -> Int {
      zip(a, align(a, b, &budget)).reduce(0) { $0 + ($1.1 >= 0 ? weight($1.0) : 0) }
    }
    let apart = parts.reduce(0) { $0 + kept(words($1.from, oldSentences), words($1.to, newSentences)) }
    let together = kept(before, after)
    let changed = size(before) + size(after) - 2 * apart
    guard together > apart, 200 * (together - apart) >= Self.leastSaved * changed else { return }
    reword(from, to)
  }
}
