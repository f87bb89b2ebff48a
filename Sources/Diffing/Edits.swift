/// The edits between two article texts: fields, then the body's sentences in reading order.

import Model

/// All edits that turn one article text into another, in reading order of the new text, fields first; a deletion stands
/// where its sentence stood. Empty exactly when the two have equal digests; `apply` is the inverse.
///
/// A field gives one edit. Headline and lead are taken for sentences before the body's, so that an edit may run over
/// their borders. In the body, sentences that are byte for byte the same are aligned (`align`); of those left over,
/// equal ones have moved, alike ones (`Similarity`) were reworded, split or merged, the rest came or went. Which of the
/// pairs moved is told by a longest increasing subsequence: the fewest that others have passed. A place where the same
/// sentences are cut into blocks otherwise, or a block that is of another kind, gives one rewording of class `layout`,
/// with the text around it before and after; where only the kind changed, the two are equal.
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
  let fields = fieldsInRow(old, new)
  let (oldRow, newRow) = (old.sentences(of: fields) + oldSentences, new.sentences(of: fields) + newSentences)
  let pairing = SentencePairing(oldRow, newRow, &budget)
  let classifier = Classifier(old, new)
  let found = RowOutlines(oldRow, newRow, pairing, classifier).all
  let ofFields =
    found.filter { $0.part.kind == nil }
    + fieldOutlines(Edit.Part.fields.filter { !fields.contains($0) }, old, new, classifier)
  let outlines =
    Edit.Part.fields.flatMap { part in ofFields.filter { $0.part == part } } + found.filter { $0.part.kind != nil }
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

/// The fields that may change places with the body: headline and lead, where both texts have one line of it at most.
private func fieldsInRow(_ old: ArticleText, _ new: ArticleText) -> [Edit.Part] {
  [.headline, .lead].filter { part in
    [old, new].allSatisfy { $0.field(part).map { !$0.isEmpty && !$0.utf8.contains(10) } ?? true }
  }
}

/// Of these fields, one edit each at most.
private func fieldOutlines(
  _ fields: [Edit.Part], _ old: ArticleText, _ new: ArticleText, _ classifier: Classifier
) -> [EditOutline] {
  fields.compactMap { part in
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

/// The edits of two rows of sentences, fields before bodies.
private struct RowOutlines {
  private let old: [BodySentence]
  private let new: [BodySentence]
  private let pairing: SentencePairing
  private let classifier: Classifier
  private let (oldFields, newFields): (Int, Int)
  /// Each edit with its place: before the new sentence of that index, deletions (0) before layout (1) before the
  /// sentence's own edit (2).
  private var placed: [(outline: EditOutline, place: (Int, Int, Int))] = []

  init(_ old: [BodySentence], _ new: [BodySentence], _ pairing: SentencePairing, _ classifier: Classifier) {
    (self.old, self.new, self.pairing, self.classifier) = (old, new, pairing, classifier)
    (oldFields, newFields) = (old.fieldCount, new.fieldCount)
    for i in old.indices where pairing.old[i] == .alone { delete(i) }
    for j in new.indices { edit(of: j) }
    compareLayout()
    placed.sort { $0.place < $1.place }
  }

  var all: [EditOutline] { placed.map(\.outline) }

  private mutating func delete(_ i: Int) {
    let classes = classifier.classes(old[i].part, old[i].text, nil, isQuoted: old.isQuoted(i))
    placed.append((outline(.deletion, classes, i..<(i + 1), nil), (pairing.gapOfOld[i], 0, i)))
  }

  private mutating func edit(of j: Int) {
    let found: EditOutline
    switch pairing.new[j] {
    case .recut: return
    case .same(let i):
      guard isAcrossFields(i, j) else { return }
      found = paired(i..<(i + 1), j..<(j + 1), hasMoved: false)
    case .alone:
      let classes = classifier.classes(new[j].part, nil, new[j].text, isQuoted: new.isQuoted(j))
      found = outline(.addition, classes, nil, j..<(j + 1))
    case .moved(let i): found = paired(i..<(i + 1), j..<(j + 1), hasMoved: true)
    case .reworded(let from, let hasMoved):
      guard case .reworded(let to, _) = pairing.old[from.lowerBound], to.lowerBound == j else { return }
      found = paired(from, to, hasMoved: hasMoved)
    }
    placed.append((found, (j, 2, 0)))
  }

  private func paired(_ from: Range<Int>, _ to: Range<Int>, hasMoved: Bool) -> EditOutline {
    let (before, after) = (old.text(from), new.text(to))
    let isMove = sameBytes(before, after) && (hasMoved || from.lowerBound < oldFields || to.lowerBound < newFields)
    let isQuoted = !isMove && (old.isQuoted(from.lowerBound) || new.isQuoted(to.lowerBound))
    return outline(
      isMove ? .move : .rewording,
      classifier.classes(new[to.lowerBound].part, before, after, isQuoted: isQuoted), from, to,
      isMoved: hasMoved || isMove)
  }

  /// An outline has the ranges in the bodies, and names the fields before them.
  private func outline(
    _ action: Edit.Action, _ classes: [Edit.Class], _ from: Range<Int>?, _ to: Range<Int>?, isMoved: Bool = false
  ) -> EditOutline {
    func fields(_ range: Range<Int>?, _ row: [BodySentence], _ fieldCount: Int) -> [Edit.Part] {
      guard let range, range.lowerBound < fieldCount else { return [] }
      return row[range.clamped(to: 0..<fieldCount)].map(\.part)
    }
    func body(_ range: Range<Int>?, _ row: [BodySentence], _ fieldCount: Int) -> Range<Int>? {
      guard let range, range.upperBound > fieldCount else { return nil }
      return max(0, range.lowerBound - fieldCount)..<(range.upperBound - fieldCount)
    }
    let part = to.map { new[$0.lowerBound].part } ?? from.map { old[$0.lowerBound].part } ?? .paragraph
    let (beforeFields, afterFields) = (fields(from, old, oldFields), fields(to, new, newFields))
    let (beforeRange, afterRange) = (body(from, old, oldFields), body(to, new, newFields))
    var (classes, crossing): ([Edit.Class], Edit.Crossing?) = (classes, nil)
    let ofFields = Set(beforeFields + afterFields)
    if ofFields.count > 1 || ofFields.count == 1 && (beforeRange != nil || afterRange != nil) {
      crossing = Edit.Crossing(before: beforeFields, after: afterFields)
      let all = Set(classes + ofFields.map { $0 == .headline ? .headline : .lead }).subtracting([.text])
      classes = Edit.Class.allCases.filter(all.contains)
    }
    return EditOutline(
      action: action, classes: classes, part: part, beforeRange: beforeRange, afterRange: afterRange,
      isMoved: isMoved, crossing: crossing)
  }

  /// Whether one is a field and the other stands elsewhere.
  private func isAcrossFields(_ i: Int, _ j: Int) -> Bool {
    old[i].part != new[j].part && (i < oldFields || j < newFields)
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
      // What stood in a field or stands in one hangs together with nothing.
      if i < oldFields || j < newFields {
        lastOld = -1
        continue
      }
      let follows = j > 0 && i > 0 && (lastOld == i - 1 || (lastOld == -2 && pairing.old[i - 1] == .recut))
      lastOld = last
      let isNewKind = !isOfSeveral && old[i].part != new[j].part
      if case .same = pairing.new[j], let before = lastStaying(before: i, j),
        old.strongestJoint((before + 1)..<(i + 1)) != new[j].joint
      {
        addLayout(before..<(i + 1), (j - 1)..<(j + 1), [.layout], at: (j, 1, 0))
      } else if follows, old[i].joint != new[j].joint {
        addLayout((i - 1)..<(i + 1), (j - 1)..<(j + 1), [.layout], at: (j, 1, 0))
      } else if isNewKind, !(follows && old[i].joint != .block && old[i - 1].part != new[j - 1].part) {
        reportKind(from: i, j)
      }
    }
  }

  /// The sentence that stays before this one that stays, where in the old text others are between that have moved away,
  /// and in the new text none: there no other edit tells how the two are joined now.
  private func lastStaying(before i: Int, _ j: Int) -> Int? {
    guard j > newFields else { return nil }
    switch pairing.new[j - 1] {
    case .same, .recut: break
    case .alone, .moved, .reworded: return nil
    }
    var k = i - 1
    while k >= oldFields {
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
    for sentence in [old[i], new[j]] {
      if sentence.part == .notice { found.append(NoticeKind(of: sentence.text).editClass) }
      if sentence.part == .caption { found.append(.caption) }
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
      action: .rewording, classes: Edit.Class.allCases.filter(classes.contains), part: new[after.upperBound - 1].part,
      beforeRange: (before.lowerBound - oldFields)..<(before.upperBound - oldFields),
      afterRange: (after.lowerBound - newFields)..<(after.upperBound - newFields), isMoved: false)
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
