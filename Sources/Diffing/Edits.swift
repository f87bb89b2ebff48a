/// The edits between two article texts: fields, then the body's sentences in reading order.

import Model

/// All edits that turn one article text into another, in reading order of the new text, fields first; a deletion stands
/// where its sentence stood. Empty exactly when the two have equal digests.
///
/// A field gives one edit. In the body, sentences that are byte for byte the same are aligned (`align`); of those left
/// over, equal ones have moved, alike ones (`Similarity`) were reworded, the rest came or went. A place where the same
/// sentences are cut into blocks otherwise, or a block that is of another kind, gives one rewording of class `layout`,
/// with the text around it before and after; where only the kind changed, the two are equal.
///
/// Pure and deterministic. Time is about linear in the two texts and never above the order of a second: past `steps`
/// token comparisons the alignment gets coarser (more deletions and additions), never wrong.
public func edits(from old: ArticleText, to new: ArticleText, steps: Int = 60_000_000) -> [Edit] {
  guard !sameBytes(old.canonicalText, new.canonicalText) else { return [] }
  var budget = WorkBudget(steps)
  let body = BodyEdits(old.bodySentences, new.bodySentences, &budget)
  let all = fieldEdits(from: old, to: new) + body.edits
  if !all.isEmpty { return all }
  // Sentences cut otherwise inside the same text hide what differs: the first block that does, whole.
  let k = zip(old.blocks, new.blocks).prefix { $0.kind == $1.kind && sameBytes($0.text, $1.text) }.count
  let (before, after) = (old.blocks[safely: k], new.blocks[safely: k])
  let kind = after?.kind ?? before?.kind ?? .paragraph
  return [
    Edit(
      action: .rewording, classes: [.layout], part: Edit.Part(kind), before: before?.text ?? "",
      after: after?.text ?? "")
  ]
}

extension Array {
  fileprivate subscript(safely i: Int) -> Element? { indices.contains(i) ? self[i] : nil }
}

/// Headline, lead, byline, published, one edit each at most.
private func fieldEdits(from old: ArticleText, to new: ArticleText) -> [Edit] {
  var out: [Edit] = []
  func compare(_ part: Edit.Part, _ before: String?, _ after: String?, isSame: Bool) {
    if isSame { return }
    let action: Edit.Action = before == nil ? .addition : after == nil ? .deletion : .rewording
    out.append(Edit(action: action, classes: classes(part, before, after), part: part, before: before, after: after))
  }
  func compare(_ part: Edit.Part, _ before: String?, _ after: String?) {
    switch (before, after) {
    case (nil, nil): break
    case (let before?, let after?): compare(part, before, after, isSame: sameBytes(before, after))
    default: compare(part, before, after, isSame: false)
    }
  }
  func present(_ text: String) -> String? { text.isEmpty ? nil : text }
  compare(.headline, present(old.headline), present(new.headline))
  compare(.lead, old.lead, new.lead)
  // The names one by one: "A, B" is not "A" and "B".
  let isSameByline =
    old.byline.count == new.byline.count && zip(old.byline, new.byline).allSatisfy { sameBytes($0, $1) }
  compare(
    .byline, old.byline.isEmpty ? nil : old.byline.joined(separator: ", "),
    new.byline.isEmpty ? nil : new.byline.joined(separator: ", "), isSame: isSameByline)
  compare(.published, old.published?.description, new.published?.description)
  return out
}

/// The edits of a body.
private struct BodyEdits {
  private let old: [BodySentence]
  private let new: [BodySentence]
  private let pairing: SentencePairing
  /// Each edit with its place: before the new sentence of that index, deletions (0) before layout (1) before the
  /// sentence's own edit (2).
  private var placed: [(edit: Edit, place: (Int, Int, Int))] = []

  init(_ old: [BodySentence], _ new: [BodySentence], _ budget: inout WorkBudget) {
    (self.old, self.new) = (old, new)
    pairing = SentencePairing(old, new, &budget)
    for i in old.indices where pairing.old[i] == .alone { delete(i) }
    for j in new.indices { edit(of: j) }
    compareLayout()
    placed.sort { $0.place < $1.place }
  }

  var edits: [Edit] { placed.map(\.edit) }

  private mutating func delete(_ i: Int) {
    let (text, part) = (old[i].text, Edit.Part(old[i].kind))
    let edit = Edit(
      action: .deletion, classes: classes(part, text, nil), part: part, before: text, after: nil, beforeIndex: i)
    placed.append((edit, (pairing.gapOfOld[i], 0, i)))
  }

  private mutating func edit(of j: Int) {
    let (text, part) = (new[j].text, Edit.Part(new[j].kind))
    let edit: Edit
    switch pairing.new[j] {
    case .same, .recut: return
    case .alone:
      edit = Edit(
        action: .addition, classes: classes(part, nil, text), part: part, before: nil, after: text, afterIndex: j)
    case .moved(let i):
      edit = Edit(
        action: .move, classes: classes(part, text, text), part: part, before: old[i].text, after: text, beforeIndex: i,
        afterIndex: j)
    case .reworded(let i):
      edit = Edit(
        action: .rewording, classes: classes(part, old[i].text, text), part: part, before: old[i].text, after: text,
        beforeIndex: i, afterIndex: j)
    }
    placed.append((edit, (j, 2, 0)))
  }

  /// Index of the old sentence that the new one is, or was made from.
  private func origin(of j: Int) -> Int? {
    switch pairing.new[j] {
    case .same(let i), .moved(let i), .reworded(let i): i
    case .alone, .recut: nil
    }
  }

  /// Blocks that became another kind, and joints between two sentences that follow each other on both sides but
  /// otherwise. Where a sentence came or went between them, that is its edit's to tell.
  private mutating func compareLayout() {
    for j in new.indices {
      guard let i = origin(of: j) else { continue }
      let follows = j > 0 && i > 0 && origin(of: j - 1) == i - 1
      let isNewKind = old[i].kind != new[j].kind
      if follows, old[i].joint != new[j].joint {
        let edit = Edit(
          action: .rewording, classes: [.layout], part: Edit.Part(new[j].kind),
          before: old[i - 1].text + old[i].joint.text + old[i].text,
          after: new[j - 1].text + new[j].joint.text + new[j].text, beforeIndex: i - 1, afterIndex: j - 1)
        placed.append((edit, (j, 1, 0)))
      } else if isNewKind, !(follows && old[i].joint != .block && old[i - 1].kind != new[j - 1].kind) {
        reportKind(from: i, j)
      }
    }
  }

  /// One edit for all sentences from here to the end of the block on either side that became the other kind together.
  private mutating func reportKind(from i: Int, _ j: Int) {
    var (before, after) = (old[i].text, new[j].text)
    var step = 1
    while i + step < old.count, j + step < new.count, origin(of: j + step) == i + step, old[i + step].joint != .block,
      old[i + step].joint == new[j + step].joint
    {
      before += old[i + step].joint.text + old[i + step].text
      after += new[j + step].joint.text + new[j + step].text
      step += 1
    }
    let part = Edit.Part(new[j].kind)
    var found: Set<Edit.Class> = [.layout]
    for kind in [old[i].kind, new[j].kind] {
      if kind == .notice { found.insert(.notice) }
      if kind == .caption { found.insert(.caption) }
    }
    let edit = Edit(
      action: .rewording, classes: Edit.Class.allCases.filter(found.contains), part: part, before: before, after: after,
      beforeIndex: i, afterIndex: j)
    placed.append((edit, (j, 1, 1)))
  }
}
