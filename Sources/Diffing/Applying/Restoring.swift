/// What of an edit follows from the two texts: its wordings, and its seams with what stands around it.

import Model

/// The edits of these outlines, which `edits` once gave for the same two texts. An outline with ranges that the texts do
/// not have is left out.
public func restore(_ outlines: [EditOutline], from old: ArticleText, to new: ArticleText) -> [Edit] {
  restore(outlines, old, old.bodySentences, new, new.bodySentences)
}

func restore(
  _ outlines: [EditOutline], _ old: ArticleText, _ oldSentences: [BodySentence], _ new: ArticleText,
  _ newSentences: [BodySentence]
) -> [Edit] {
  func stands(_ range: Range<Int>?, in sentences: [BodySentence]) -> Bool {
    range.map { $0.lowerBound >= 0 && !$0.isEmpty && $0.upperBound <= sentences.count } ?? true
  }
  let outlines = outlines.filter { stands($0.beforeRange, in: oldSentences) && stands($0.afterRange, in: newSentences) }
  let stays = StayingSentences(outlines, oldSentences, newSentences)
  return outlines.map { outline in
    let isInBody = outline.beforeRange != nil || outline.afterRange != nil
    func wording(
      _ text: ArticleText, _ sentences: [BodySentence], _ fields: [Edit.Part]?, _ range: Range<Int>?
    ) -> String? {
      let lines =
        (fields ?? (isInBody ? [] : [outline.part])).compactMap(text.field)
        + (range.map { [sentences.text($0)] } ?? [])
      return lines.isEmpty ? nil : lines.joined(separator: "\n")
    }
    return Edit(
      action: outline.action, classes: outline.classes, part: outline.part,
      before: wording(old, oldSentences, outline.crossing?.before, outline.beforeRange),
      after: wording(new, newSentences, outline.crossing?.after, outline.afterRange),
      beforeRange: outline.beforeRange, afterRange: outline.afterRange, isMoved: outline.isMoved,
      seams: isInBody ? stays.seams(of: outline) : nil, crossing: outline.crossing)
  }
}

extension Edit.Part {
  /// The parts that are no sentences, in the order of their edits.
  static let fields: [Edit.Part] = [.headline, .lead, .byline, .published]
}

extension EditOutline {
  /// Whether it is about how blocks are cut and of what kind they are, not about words.
  var isLayout: Bool { action == .rewording && classes.contains(.layout) }
}

extension Edit {
  /// Whether it is about how blocks are cut and of what kind they are, not about words.
  public var isLayout: Bool { outline.isLayout }
}

/// The sentences that no edit but one of layout touches, in order: what all others are placed by.
private struct StayingSentences {
  private let old: [BodySentence]
  private let new: [BodySentence]
  /// Where a stretch that stays begins and ends: one sentence on both sides, or several cut otherwise.
  private var stretches: [(oldStart: Int, oldEnd: Int, newStart: Int)] = []

  init(_ outlines: [EditOutline], _ old: [BodySentence], _ new: [BodySentence]) {
    (self.old, self.new) = (old, new)
    var (goes, comes) = ([Bool](repeating: false, count: old.count), [Bool](repeating: false, count: new.count))
    for outline in outlines where !outline.isLayout {
      for i in outline.beforeRange ?? 0..<0 { goes[i] = true }
      for j in outline.afterRange ?? 0..<0 { comes[j] = true }
    }
    var (i, j) = (0, 0)
    while true {
      while i < old.count, goes[i] { i += 1 }
      while j < new.count, comes[j] { j += 1 }
      guard i < old.count, j < new.count else { break }
      let (oldStart, newStart) = (i, j)
      var (oldSize, newSize) = (old[i].text.utf8.count, new[j].text.utf8.count)
      (i, j) = (i + 1, j + 1)
      while oldSize != newSize {
        if oldSize < newSize, i < old.count {
          oldSize += old[i].text.utf8.count + old[i].joint.text.utf8.count
          i += 1
        } else if newSize < oldSize, j < new.count {
          newSize += new[j].text.utf8.count + new[j].joint.text.utf8.count
          j += 1
        } else {
          break
        }
      }
      stretches.append((oldStart, i, newStart))
    }
  }

  func seams(of outline: EditOutline) -> Edit.Seams {
    if outline.isLayout, let before = outline.beforeRange, let after = outline.afterRange {
      let isOfJoint =
        after.count == 2 && before.count >= 2
        && old.strongestJoint(before.dropFirst()) != new[after.upperBound - 1].joint
      return Edit.Seams(
        place: isOfJoint ? before.upperBound - 1 : before.lowerBound,
        opening: isOfJoint ? new[after.upperBound - 1].joint : nil, closing: nil)
    }
    // How many stretches come before.
    var (low, high) = (0, stretches.count)
    while low < high {
      let middle = (low + high) / 2
      let isBefore =
        if let j = outline.afterRange?.lowerBound {
          stretches[middle].newStart < j
        } else {
          stretches[middle].oldStart < outline.beforeRange?.lowerBound ?? 0
        }
      if isBefore { low = middle + 1 } else { high = middle }
    }
    return Edit.Seams(
      place: low == 0 ? 0 : stretches[low - 1].oldEnd, opening: outline.afterRange.map { new[$0.lowerBound].joint },
      closing: low < stretches.count ? new[stretches[low].newStart].joint : nil,
      kinds: outline.afterRange.map { kinds($0, unless: outline.part) } ?? [])
  }

  /// The kinds of the blocks that these new sentences stand in; empty when all are of the edit's part.
  private func kinds(_ range: Range<Int>, unless part: Edit.Part) -> [Block.Kind] {
    guard new[range].contains(where: { $0.part != part }) else { return [] }
    return range.filter { $0 == range.lowerBound || new[$0].joint == .block }.compactMap { new[$0].part.kind }
  }
}
