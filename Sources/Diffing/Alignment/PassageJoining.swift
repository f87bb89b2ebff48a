/// Sentences that came, went or were reworded side by side, told as one rewording where that leaves more words standing:
/// a sentence cut at an abbreviation, a thought that was cut into sentences or blocks otherwise.

import Model

extension SentencePairing {
  /// So much of what would be told as changed, in per cent of words, has to stand when neighbours are one rewording.
  private static let leastSaved = 20
  /// Longer passages are left as they are. Words of both sides.
  private static let mostWords = 4_000

  /// Joins neighbours between two sentences that stayed, from the first to the last.
  mutating func joinPassages(
    _ oldSentences: [BodySentence], _ newSentences: [BodySentence], _ alike: inout AlikeSentences,
    _ budget: inout WorkBudget
  ) {
    var (i, j) = (0, 0)
    while i < old.count || j < new.count {
      let (oldStart, newStart) = (i, j)
      while i < old.count, !stays(old[i]) { i += 1 }
      while j < new.count, !stays(new[j]) { j += 1 }
      if i > oldStart, j > newStart, !isOneRewording(oldStart..<i, newStart..<j) {
        let passages = passages(oldStart..<i, oldSentences, newStart..<j, newSentences, &alike)
        join(passages, oldSentences, newSentences, alike.weights, &budget)
      }
      (i, j) = (i + 1, j + 1)
    }
  }

  /// Whether these became those and nothing else is among them: there is no neighbour to join.
  private func isOneRewording(_ from: Range<Int>, _ to: Range<Int>) -> Bool {
    guard case .reworded(to, _) = old[from.lowerBound], case .reworded(from, _) = new[to.lowerBound] else {
      return false
    }
    return true
  }

  func stays(_ fate: Fate) -> Bool {
    switch fate {
    case .same, .recut: true
    case .alone, .moved, .reworded: false
    }
  }

  /// Neighbouring sentences of both sides, none on one of them perhaps.
  private struct Passage {
    let from: Range<Int>
    let to: Range<Int>
    /// The words of each side that the other does not have.
    let gone: [Int32]
    let come: [Int32]
    let isReworded: Bool

    init(_ from: Range<Int>, _ to: Range<Int>, isReworded: Bool, _ alike: inout AlikeSentences) {
      let (before, after) = (alike.oldBag(from), alike.newBag(to))
      (self.from, self.to, self.isReworded) = (from, to, isReworded)
      gone = isReworded ? difference(before, after) : before
      come = isReworded ? difference(after, before) : after
    }

    /// These as one rewording; nil when something else stands between them.
    init?(joining parts: [Passage]) {
      guard let first = parts.first, let last = parts.last,
        zip(parts, parts.dropFirst()).allSatisfy({
          $0.from.upperBound == $1.from.lowerBound && $0.to.upperBound == $1.to.lowerBound
        })
      else { return nil }
      (from, to) = (first.from.lowerBound..<last.from.upperBound, first.to.lowerBound..<last.to.upperBound)
      isReworded = true
      let (before, after) = (parts.flatMap(\.gone).sorted(), parts.flatMap(\.come).sorted())
      (gone, come) = (difference(before, after), difference(after, before))
    }
  }

  /// The rewordings in order, and what came and went between them, block beside block.
  private func passages(
    _ from: Range<Int>, _ oldSentences: [BodySentence], _ to: Range<Int>, _ newSentences: [BodySentence],
    _ alike: inout AlikeSentences
  ) -> [Passage] {
    func blockEnd(_ start: Int, _ end: Int, _ fates: [Fate], _ sentences: [BodySentence]) -> Int {
      var k = start
      while k < end, fates[k] == .alone, k == start || sentences[k].joint != .block { k += 1 }
      return k
    }
    var out: [Passage] = []
    var (i, j) = (from.lowerBound, to.lowerBound)
    while i < from.upperBound || j < to.upperBound {
      let (oldEnd, newEnd) = (
        blockEnd(i, from.upperBound, old, oldSentences), blockEnd(j, to.upperBound, new, newSentences)
      )
      if oldEnd > i || newEnd > j {
        out.append(Passage(i..<oldEnd, j..<newEnd, isReworded: false, &alike))
        (i, j) = (oldEnd, newEnd)
      } else if i < from.upperBound, j < to.upperBound, case .reworded(let its, hasMoved: false) = old[i],
        case .reworded(let origin, _) = new[j], origin.lowerBound == i, its.lowerBound == j
      {
        // The two headlines may have nothing in common.
        let isReworded =
          oldSentences[i].part.kind != nil || alike.likeness(origin, its).isAtLeast(percent: Self.leastLikeNear)
        out.append(Passage(origin, its, isReworded: isReworded, &alike))
        (i, j) = (origin.upperBound, its.upperBound)
      } else if j < to.upperBound, hasMoved(new[j]) || i == from.upperBound {
        j += 1
      } else {
        i += 1
      }
    }
    return out
  }

  private func hasMoved(_ fate: Fate) -> Bool {
    switch fate {
    case .moved, .reworded(_, hasMoved: true): true
    case .same, .recut, .alone, .reworded(_, hasMoved: false): false
    }
  }

  /// Joins each passage with the next, or the next two, as long as that pays.
  private mutating func join(
    _ passages: [Passage], _ oldSentences: [BodySentence], _ newSentences: [BodySentence], _ weights: [Int32],
    _ budget: inout WorkBudget
  ) {
    var k = 0
    while k < passages.count {
      var passage = passages[k]
      k += 1
      // What came and went may be one rewording by itself.
      var least = passage.isReworded ? 1 : 0
      grow: while !budget.isSpent {
        for count in least...2 where k + count <= passages.count {
          let parts = [passage] + passages[k..<(k + count)]
          guard mayPay(parts, weights) else { continue }
          guard let whole = Passage(joining: parts) else { break grow }
          guard pays(whole, parts, oldSentences, newSentences, &budget) else { continue }
          reword(whole.from, whole.to)
          (passage, k, least) = (whole, k + count, 1)
          continue grow
        }
        break
      }
    }
  }

  private static func isEnough(_ saved: Int, of changed: Int) -> Bool {
    saved > 0 && 100 * saved >= leastSaved * changed
  }

  /// Whether enough of what one side has left over stands in what the other side has.
  private func mayPay(_ parts: [Passage], _ weights: [Int32]) -> Bool {
    let hasRewording = parts.contains(where: \.isReworded)
    func weight(_ word: Int32) -> Int { hasRewording ? 1 : Int(weights[Int(word)]) }
    var (saved, changed) = (0, 0)
    for part in parts {
      changed += part.gone.reduce(0) { $0 + weight($1) } + part.come.reduce(0) { $0 + weight($1) }
      for other in parts { forEachShared(part.gone, other.come) { saved += 2 * weight($0) } }
    }
    return Self.isEnough(saved, of: changed)
  }

  /// Whether these passages are better told as one rewording.
  private func pays(
    _ whole: Passage, _ parts: [Passage], _ oldSentences: [BodySentence], _ newSentences: [BodySentence],
    _ budget: inout WorkBudget
  ) -> Bool {
    let (from, to) = (whole.from, whole.to)
    guard !from.isEmpty, !to.isEmpty, from.count <= Self.mostParts, to.count <= Self.mostParts else { return false }
    // Where no two sentences are alike, small words are no reason to say that the passages are.
    let hasRewording = parts.contains(where: \.isReworded)
    var interner = Interner()
    var weights: [Int] = []  // of what stands between spaces
    func words(_ range: Range<Int>, _ sentences: [BodySentence]) -> [Int32] {
      var out: [Int32] = []
      for sentence in sentences[range] {
        var text = sentence.text
        text.withUTF8 { bytes in
          for word in bytes.split(separator: 32) {
            out.append(interner.number(of: UnsafeBufferPointer(rebasing: word)))
            if weights.count < interner.count {
              weights.append(hasRewording ? 1 : max(1, min(word.count - 2, WordBags.heaviest)))
            }
          }
        }
      }
      return out
    }
    func kept(_ a: [Int32], _ b: [Int32]) -> Int {
      zip(a, align(a, b, &budget)).reduce(0) { $0 + ($1.1 >= 0 ? weights[Int($1.0)] : 0) }
    }
    let (before, after) = (words(from, oldSentences), words(to, newSentences))
    guard before.count + after.count <= Self.mostWords else { return false }
    let apart = parts.reduce(0) {
      $0 + ($1.isReworded ? kept(words($1.from, oldSentences), words($1.to, newSentences)) : 0)
    }
    let changed = (before + after).reduce(0) { $0 + weights[Int($1)] } - 2 * apart
    return Self.isEnough(2 * (kept(before, after) - apart), of: changed)
  }
}
