/// Says of each sentence of an old text which sentence of the new one it became, if any, and how.

import Model

/// How the sentences of two texts belong together. Indices are into the rows of all sentences, the fields before the body's.
struct SentencePairing {
  enum Fate: Equatable {
    /// Stands in one body only.
    case alone
    /// Stands in the other at this index, in order.
    case same(Int)
    /// Stands in the other at this index, but other sentences have passed it.
    case moved(Int)
    /// Became, or was, these, worded otherwise: one that was split or merged has several on the other side. Whether
    /// other sentences have passed it.
    case reworded(Range<Int>, hasMoved: Bool)
    /// Part of a stretch whose text did not change, only where it is cut into sentences.
    case recut
  }

  var old: [Fate]
  var new: [Fate]
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
  /// A sentence beside one that was reworded is a part of it when so much of its words, in per cent, stands in what the
  /// reworded one has left over, and it has so many words at least.
  static let leastContained = 60
  static let leastWordsPart = 3
  /// A sentence was split into, or merged from, so many at most.
  static let mostParts = 8

  /// The rows are bodies, before each the fields that may have changed places with it.
  init(_ oldSentences: [BodySentence], _ newSentences: [BodySentence], _ budget: inout WorkBudget) {
    let (oldNumbers, newNumbers) = sentenceNumbers(oldSentences, newSentences)
    old = Array(repeating: .alone, count: oldNumbers.count)
    new = Array(repeating: .alone, count: newNumbers.count)
    (gapOfOld, gapOfNew) = ([], [])
    let (oldFields, newFields) = (oldSentences.fieldCount, newSentences.fieldCount)
    let match = align(Array(oldNumbers[oldFields...]), Array(newNumbers[newFields...]), &budget)
    for (i, j) in match.enumerated() where j >= 0 {
      old[oldFields + i] = .same(newFields + Int(j))
      new[newFields + Int(j)] = .same(oldFields + i)
    }
    pairFields(oldSentences[..<oldFields], newSentences[..<newFields])
    numberGaps()
    settleRecut(oldSentences, newSentences)
    guard old.contains(.alone), new.contains(.alone) else {
      if old.contains(.alone) || new.contains(.alone), (0..<oldFields).contains(where: { !stays(old[$0]) }) {
        var alike = AlikeSentences(oldSentences, newSentences)
        growGroups(&alike, &budget)
        joinPassages(oldSentences, newSentences, &alike, &budget)
      }
      return
    }
    pairEqual(oldNumbers, newNumbers) { newSentences[$0].text.utf8.count >= Self.leastMoved }
    pairLong(oldSentences, newSentences)
    var alike = AlikeSentences(oldSentences, newSentences)
    pairAlike(&alike, &budget)
    pairNeighbours(oldNumbers, newNumbers, &alike, &budget)
    pairByPlace(oldSentences, newSentences)
    pairByLabel(oldSentences, newSentences)
    growGroups(&alike, &budget)
    settleOrder()
    joinPassages(oldSentences, newSentences, &alike, &budget)
  }

  /// A field that both texts have is the same, or reworded.
  private mutating func pairFields(_ oldFields: ArraySlice<BodySentence>, _ newFields: ArraySlice<BodySentence>) {
    for i in oldFields.indices {
      guard let j = newFields.firstIndex(where: { $0.part == oldFields[i].part }) else { continue }
      if sameBytes(oldFields[i].text, newFields[j].text) {
        (old[i], new[j]) = (.same(j), .same(i))
      } else {
        reword(i..<(i + 1), j..<(j + 1))
      }
    }
  }

  /// Pairs what stands alone between the same two sentences on both sides and begins, or ends, with the same words.
  private mutating func pairByPlace(_ oldSentences: [BodySentence], _ newSentences: [BodySentence]) {
    for j in new.indices where new[j] == .alone {
      guard j > 0, let before = lastOrigin(of: j - 1) else { continue }
      let i = before + 1
      guard i < old.count, old[i] == .alone, oldSentences[i].part == newSentences[j].part,
        j + 1 < new.count ? firstOrigin(of: j + 1) == i + 1 : i + 1 == old.count,
        shareAnEnd(oldSentences[i].text, newSentences[j].text)
      else { continue }
      reword(i..<(i + 1), j..<(j + 1))
    }
  }

  /// Whether two words, or one of five bytes, are the same at the beginning or at the end.
  private func shareAnEnd(_ a: String, _ b: String) -> Bool {
    let (a, b) = (a.utf8.split(separator: 32), b.utf8.split(separator: 32))
    func isEnough(_ pairs: some Sequence<(Substring.UTF8View, Substring.UTF8View)>) -> Bool {
      var (count, octets) = (0, 0)
      for (x, y) in pairs {
        guard x.elementsEqual(y) else { break }
        (count, octets) = (count + 1, octets + x.count)
      }
      return count > 1 || octets > 4
    }
    return isEnough(zip(a, b)) || isEnough(zip(a.reversed(), b.reversed()))
  }

  /// Pairs headings of one gap that begin with the same number: `§ 2`, `Article 5`.
  private mutating func pairByLabel(_ oldSentences: [BodySentence], _ newSentences: [BodySentence]) {
    struct Label: Hashable {
      let gap: Int
      let text: [UInt8]
    }
    func label(_ sentence: BodySentence, _ gap: Int) -> Label? {
      guard sentence.part == .heading, sentence.joint == .block else { return nil }
      let words = sentence.text.utf8.split(separator: 32, maxSplits: 2)
      for count in 1...2 where words.count >= count {
        if words[count - 1].contains(where: { (48...57).contains($0) }) {
          return Label(gap: gap, text: Array(words[..<count].joined(separator: [32])))
        }
      }
      return nil
    }
    var labels: [Label: Int] = [:]
    for i in old.indices where old[i] == .alone {
      if let label = label(oldSentences[i], gapOfOld[i]) { labels[label] = i }
    }
    if labels.isEmpty { return }
    for j in new.indices where new[j] == .alone {
      if let label = label(newSentences[j], gapOfNew[j]), let i = labels.removeValue(forKey: label) {
        reword(i..<(i + 1), j..<(j + 1))
      }
    }
  }

  /// Takes out the gaps that say the same on both sides, cut into sentences otherwise: an abbreviation learnt by the
  /// extractor is no edit of the newsroom's.
  private mutating func settleRecut(_ oldSentences: [BodySentence], _ newSentences: [BodySentence]) {
    func canonical(_ sentences: ArraySlice<BodySentence>) -> String {
      var out = ""
      for sentence in sentences {
        out += sentence.joint == .block ? "\n\(sentence.part.rawValue) " : sentence.joint.text
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

  /// Pairs two long sentences that stand alone in the same gap and are plainly alike: not all their words need counting.
  private mutating func pairLong(_ oldSentences: [BodySentence], _ newSentences: [BodySentence]) {
    let restOld = old.indices.filter { old[$0] == .alone }
    let restNew = new.indices.filter { new[$0] == .alone }
    func onlyOnes(_ rest: [Int], _ gaps: [Int], _ sentences: [BodySentence]) -> [Int: Int] {
      var only: [Int: Int] = [:]
      for (k, i) in rest.enumerated() where sentences[i].text.utf8.count >= Self.long {
        let isAlone =
          (k == 0 || gaps[rest[k - 1]] != gaps[i]) && (k + 1 == rest.count || gaps[rest[k + 1]] != gaps[i])
        if isAlone { only[gaps[i]] = i }
      }
      return only
    }
    let candidates = onlyOnes(restNew, gapOfNew, newSentences)
    for (gap, i) in onlyOnes(restOld, gapOfOld, oldSentences) {
      guard let j = candidates[gap] else { continue }
      if arePlainlyAlike(oldSentences[i].text, newSentences[j].text) { reword(i..<(i + 1), j..<(j + 1)) }
    }
  }

  /// Bytes of a sentence that is compared by a sample of its words first.
  static let long = 1 << 16

  /// Pairs the rest by likeness, the likest first, one with one.
  private mutating func pairAlike(_ alike: inout AlikeSentences, _ budget: inout WorkBudget) {
    let restOld = old.indices.filter { old[$0] == .alone }
    let restNew = new.indices.filter { new[$0] == .alone }
    guard !restOld.isEmpty, !restNew.isEmpty else { return }
    let search = LikenessSearch(restOld, restNew, gapOfOld, gapOfNew)
    for pair in search.run(&alike, &budget) {
      let (i, j) = (restOld[pair.old], restNew[pair.new])
      guard old[i] == .alone, new[j] == .alone else { continue }
      reword(i..<(i + 1), j..<(j + 1))
    }
  }

  mutating func reword(_ from: Range<Int>, _ to: Range<Int>) {
    for i in from { old[i] = .reworded(to, hasMoved: false) }
    for j in to { new[j] = .reworded(from, hasMoved: false) }
  }

  /// The old sentence that the new one is, or ends with.
  private func lastOrigin(of j: Int) -> Int? {
    switch new[j] {
    case .same(let i), .moved(let i): i
    case .reworded(let from, _): from.upperBound - 1
    case .alone, .recut: nil
    }
  }

  private func firstOrigin(of j: Int) -> Int? {
    switch new[j] {
    case .same(let i), .moved(let i): i
    case .reworded(let from, _): from.lowerBound
    case .alone, .recut: nil
    }
  }

  /// Pairs what is left over right after, then right before, two sentences that belong together: there as little
  /// likeness is asked for as in the same gap, and an equal sentence may be short.
  private mutating func pairNeighbours(
    _ oldNumbers: [Int32], _ newNumbers: [Int32], _ alike: inout AlikeSentences, _ budget: inout WorkBudget
  ) {
    func meet(_ i: Int, _ j: Int, _ pairing: inout SentencePairing) {
      guard pairing.old.indices.contains(i), pairing.old[i] == .alone, !budget.isSpent else { return }
      if oldNumbers[i] == newNumbers[j] {
        pairing.old[i] = .moved(j)
        pairing.new[j] = .moved(i)
      } else if alike.likeness(i, j, &budget).isAtLeast(percent: Self.leastLikeNear) {
        pairing.reword(i..<(i + 1), j..<(j + 1))
      }
    }
    for j in new.indices.dropFirst() where new[j] == .alone {
      if let i = lastOrigin(of: j - 1) { meet(i + 1, j, &self) }
    }
    for j in new.indices.dropLast().reversed() where new[j] == .alone {
      if let i = firstOrigin(of: j + 1) { meet(i - 1, j, &self) }
    }
  }

  /// Gives sentences left over beside a rewording to it: one sentence that was split into several, several that were
  /// merged into one.
  private mutating func growGroups(_ alike: inout AlikeSentences, _ budget: inout WorkBudget) {
    for j in new.indices {
      guard case .reworded(let from, _) = new[j], from.count == 1, !budget.isSpent else { continue }
      let i = from.lowerBound
      guard case .reworded(let to, _) = old[i], to.count == 1 else { continue }
      let parts = grown(from: j, in: new, whole: { alike.oldBag(i) }, budget: &budget) { alike.newBag($0) }
      if parts.count > 1 {
        reword(from, parts)
        continue
      }
      let merged = grown(from: i, in: old, whole: { alike.newBag(j) }, budget: &budget) { alike.oldBag($0) }
      if merged.count > 1 { reword(merged, to) }
    }

    func grown(
      from start: Int, in fates: [Fate], whole: () -> [Int32], budget: inout WorkBudget, bag: (Int) -> [Int32]
    ) -> Range<Int> {
      var range = start..<(start + 1)
      func isFree(_ k: Int) -> Bool {
        fates.indices.contains(k) && fates[k] == .alone && range.count < Self.mostParts
      }
      guard isFree(start + 1) || isFree(start - 1) else { return range }
      var rest = whole()
      func take(_ k: Int) -> Bool {
        let part = bag(k)
        budget.spend(rest.count + part.count)
        guard part.count >= Self.leastWordsPart, alike.isContained(part, in: rest, percent: Self.leastContained) else {
          return false
        }
        rest = difference(rest, part)
        return true
      }
      rest = difference(rest, bag(start))
      while isFree(range.upperBound), take(range.upperBound) { range = range.lowerBound..<(range.upperBound + 1) }
      while isFree(range.lowerBound - 1), take(range.lowerBound - 1) {
        range = (range.lowerBound - 1)..<range.upperBound
      }
      return range
    }
  }

  /// Says which pairs have moved: the fewest that leave all others in the same order on both sides.
  private mutating func settleOrder() {
    var pairs: [(old: Int, new: Int)] = []
    var lastRecut = -1
    for j in new.indices {
      switch new[j] {
      case .same(let i), .moved(let i): pairs.append((i, j))
      case .reworded(let from, _):
        if case .reworded(let to, _) = old[from.lowerBound], to.lowerBound == j { pairs.append((from.lowerBound, j)) }
      case .recut: lastRecut = j
      case .alone: break
      }
    }
    // Stretches cut otherwise stand in order with what was aligned: what was, stays.
    if lastRecut >= 0 { pairs.removeAll { if case .same = new[$0.new] { false } else { true } } }
    var stays = [Bool](repeating: false, count: pairs.count)
    for k in longestIncreasingSubsequence(of: pairs.map(\.old)) { stays[k] = true }
    for (pair, stays) in zip(pairs, stays) {
      let hasMoved = !stays
      switch new[pair.new] {
      case .same, .moved:
        new[pair.new] = hasMoved ? .moved(pair.old) : .same(pair.old)
        old[pair.old] = hasMoved ? .moved(pair.new) : .same(pair.new)
      case .reworded(let from, _):
        guard case .reworded(let to, _) = old[pair.old] else { continue }
        for i in from { old[i] = .reworded(to, hasMoved: hasMoved) }
        for j in to { new[j] = .reworded(from, hasMoved: hasMoved) }
      case .alone, .recut: break
      }
    }
    numberGaps()
  }
}
