/// The edits between two article texts: fields, then the body's sentences in reading order.

import Model

/// All edits that turn one article text into another, in reading order of the new text, fields first; a deletion stands
/// where its sentence stood. Empty exactly when the two have equal digests; `apply` is the inverse.
///
/// A field gives one edit. In the body, sentences that are byte for byte the same are aligned (`align`); of those left
/// over, equal ones have moved, alike ones (`Similarity`) were reworded, split or merged, the rest came or went. Which
/// of the pairs moved is told by a longest increasing subsequence: the fewest that others have passed. A place where
/// the same sentences are cut into blocks otherwise, or a block that is of another kind, gives one rewording of class
/// `layout`, with the text around it before and after; where only the kind changed, the two are equal.
///
/// Pure and deterministic. Time is about linear in the two texts and never above the order of a second: past `steps`
/// token comparisons the alignment gets coarser (more deletions and additions), never wrong.
public func edits(from old: ArticleText, to new: ArticleText, steps: Int = defaultSteps) -> [Edit] {
  compare(old, new, steps: steps).edits
}

/// The edits, and whether the work ran out before all sentences were compared: then there may be deletions and additions
/// that a reader would call moves or rewordings.
public func compare(
  _ old: ArticleText, _ new: ArticleText, steps: Int = defaultSteps
) -> (edits: [Edit], isCoarse: Bool) {
  guard !sayTheSame(old, new) else { return ([], false) }
  var budget = WorkBudget(steps)
  let (oldSentences, newSentences) = (old.bodySentences, new.bodySentences)
  let pairing = SentencePairing(oldSentences, newSentences, &budget)
  let classifier = Classifier(old, new)
  let outlines = fieldOutlines(old, new, classifier) + BodyOutlines(oldSentences, newSentences, pairing, classifier).all
  return (restore(outlines, old, oldSentences, new, newSentences), budget.isSpent)
}

/// Whether two texts have the same canonical text, and so the same digest.
private func sayTheSame(_ old: ArticleText, _ new: ArticleText) -> Bool {
  guard Edit.Part.fields.allSatisfy({ sameText(old.field($0), new.field($0)) }), old.blocks.count == new.blocks.count
  else { return false }
  return zip(old.blocks, new.blocks).allSatisfy { old, new in
    guard old.kind == new.kind else { return false }
    let isCutTheSame =
      old.sentences.count == new.sentences.count
      && zip(old.sentences, new.sentences).allSatisfy { $0.follows == $1.follows && sameBytes($0.text, $1.text) }
    return isCutTheSame || sameBytes(old.text, new.text)
  }
}

/// Token comparisons that two texts may cost.
public let defaultSteps = 60_000_000

/// Headline, lead, byline, published, one edit each at most.
private func fieldOutlines(_ old: ArticleText, _ new: ArticleText, _ classifier: Classifier) -> [EditOutline] {
  Edit.Part.fields.compactMap { part in
    let (before, after) = (old.field(part), new.field(part))
    switch (before, after) {
    case (nil, nil): return nil
    case (let before?, let after?): if sameBytes(before, after) { return nil }
    default: break
    }
    return EditOutline(
      action: before == nil ? .addition : after == nil ? .deletion : .rewording,
      classes: classifier.classes(part, before, after), part: part, beforeRange: nil, afterRange: nil, isMoved: false)
  }
}

/// The edits of a body.
private struct BodyOutlines {
  private let old: [BodySentence]
  private let new: [BodySentence]
  private let pairing: SentencePairing
  private let classifier: Classifier
  /// Each edit with its place: before the new sentence of that index, deletions (0) before layout (1) before the
  /// sentence's own edit (2).
  private var placed: [(outline: EditOutline, place: (Int, Int, Int))] = []

  init(_ old: [BodySentence], _ new: [BodySentence], _ pairing: SentencePairing, _ classifier: Classifier) {
    (self.old, self.new, self.pairing, self.classifier) = (old, new, pairing, classifier)
    for i in old.indices where pairing.old[i] == .alone { delete(i) }
    for j in new.indices { edit(of: j) }
    compareLayout()
    placed.sort { $0.place < $1.place }
  }

  var all: [EditOutline] { placed.map(\.outline) }

  private mutating func delete(_ i: Int) {
    let part = Edit.Part(old[i].kind)
    let outline = EditOutline(
      action: .deletion, classes: classifier.classes(part, old[i].text, nil, isQuoted: old.isQuoted(i)), part: part,
      beforeRange: i..<(i + 1), afterRange: nil, isMoved: false)
    placed.append((outline, (pairing.gapOfOld[i], 0, i)))
  }

  private mutating func edit(of j: Int) {
    let part = Edit.Part(new[j].kind)
    let outline: EditOutline
    switch pairing.new[j] {
    case .same, .recut: return
    case .alone:
      outline = EditOutline(
        action: .addition, classes: classifier.classes(part, nil, new[j].text, isQuoted: new.isQuoted(j)), part: part,
        beforeRange: nil, afterRange: j..<(j + 1), isMoved: false)
    case .moved(let i):
      outline = EditOutline(
        action: .move, classes: classifier.classes(part, old[i].text, new[j].text), part: part,
        beforeRange: i..<(i + 1),
        afterRange: j..<(j + 1), isMoved: true)
    case .reworded(let from, let hasMoved):
      guard case .reworded(let to, _) = pairing.old[from.lowerBound], to.lowerBound == j else { return }
      outline = EditOutline(
        action: .rewording,
        classes: classifier.classes(
          part, old.text(from), new.text(to), isQuoted: old.isQuoted(from.lowerBound) || new.isQuoted(to.lowerBound)),
        part: part, beforeRange: from, afterRange: to, isMoved: hasMoved)
    }
    placed.append((outline, (j, 2, 0)))
  }

  /// Blocks that became another kind, and joints between two sentences that follow each other on both sides but
  /// otherwise. Where a sentence came or went between them, that is its edit's to tell.
  private mutating func compareLayout() {
    var lastOld = -1  // the old sentence that the new one before is, or ends with
    for j in new.indices {
      let i: Int
      let last: Int
      var isOfSeveral = false
      switch pairing.new[j] {
      case .same(let at), .moved(let at): (i, last) = (at, at)
      case .reworded(let from, _):
        // Inside a split there is nothing to compare with.
        guard case .reworded(let to, _) = pairing.old[from.lowerBound], to.lowerBound == j else { continue }
        (i, last) = (from.lowerBound, from.upperBound - 1)
        isOfSeveral = from.count + to.count > 2
      case .recut:
        lastOld = -2
        continue
      case .alone:
        lastOld = -1
        continue
      }
      let follows = j > 0 && i > 0 && (lastOld == i - 1 || (lastOld == -2 && pairing.old[i - 1] == .recut))
      lastOld = last
      let isNewKind = !isOfSeveral && old[i].kind != new[j].kind
      if case .same = pairing.new[j], let before = lastStaying(before: i, j),
        old.strongestJoint((before + 1)..<(i + 1)) != new[j].joint
      {
        addLayout(before..<(i + 1), (j - 1)..<(j + 1), [.layout], at: (j, 1, 0))
      } else if follows, old[i].joint != new[j].joint {
        addLayout((i - 1)..<(i + 1), (j - 1)..<(j + 1), [.layout], at: (j, 1, 0))
      } else if isNewKind, !(follows && old[i].joint != .block && old[i - 1].kind != new[j - 1].kind) {
        reportKind(from: i, j)
      }
    }
  }

  /// The sentence that stays before this one that stays, where in the old text others are between that have moved away,
  /// and in the new text none: there no other edit tells how the two are joined now.
  private func lastStaying(before i: Int, _ j: Int) -> Int? {
    guard j > 0 else { return nil }
    switch pairing.new[j - 1] {
    case .same, .recut: break
    case .alone, .moved, .reworded: return nil
    }
    var k = i - 1
    while k >= 0 {
      switch pairing.old[k] {
      case .same, .recut: return k < i - 1 ? k : nil
      case .alone: return nil
      case .moved, .reworded: k -= 1
      }
    }
    return nil
  }

  /// One edit for all sentences from here to the end of the block on either side that became the other kind together.
  private mutating func reportKind(from i: Int, _ j: Int) {
    var step = 1
    while i + step < old.count, j + step < new.count, isKept(i + step, j + step), old[i + step].joint != .block,
      old[i + step].joint == new[j + step].joint
    {
      step += 1
    }
    var found: [Edit.Class] = []
    for (kind, text) in [(old[i].kind, old[i].text), (new[j].kind, new[j].text)] {
      if kind == .notice { found.append(NoticeKind(of: text).editClass) }
      if kind == .caption { found.append(.caption) }
    }
    addLayout(i..<(i + step), j..<(j + step), found + [.layout], at: (j, 1, 1))
  }

  private func isKept(_ i: Int, _ j: Int) -> Bool {
    switch pairing.new[j] {
    case .same(let at), .moved(let at): at == i
    case .reworded, .alone, .recut: false
    }
  }

  private mutating func addLayout(
    _ before: Range<Int>, _ after: Range<Int>, _ classes: [Edit.Class], at place: (Int, Int, Int)
  ) {
    let outline = EditOutline(
      action: .rewording, classes: Edit.Class.allCases.filter(classes.contains),
      part: Edit.Part(new[after.upperBound - 1].kind), beforeRange: before, afterRange: after, isMoved: false)
    placed.append((outline, place))
  }
}

extension [BodySentence] {
  /// Whether a sentence stands inside a quotation that another one of its block opens, at most 16 before it.
  fileprivate func isQuoted(_ i: Int) -> Bool {
    guard self[i].joint != .block, self[i].text.utf8.count < 4096 else { return false }
    var start = i
    while start > 0, i - start < 16, self[start].joint != .block, self[start - 1].text.utf8.count < 4096 { start -= 1 }
    var end = i + 1
    while end < count, end - i < 16, self[end].joint != .block { end += 1 }
    return standsInQuotation(
      self[i].text, after: self[start..<i].lazy.map(\.text), before: self[(i + 1)..<end].lazy.map(\.text))
  }
}
