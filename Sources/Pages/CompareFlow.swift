import Diffing
import Model

/// Two article texts as one that can be read from top to bottom: the new one with each edit where it was made, and what went
/// where it stood.
struct CompareFlow {
  struct Piece {
    enum Kind { case same, added, deleted, reworded, movedHere, movedAway, layout }
    let kind: Kind
    /// As it stood before; nil when it is new.
    let old: String?
    /// As it stands now; nil when it went.
    let new: String?
    /// Index among the edits; nil for what stayed.
    let edit: Int?
    /// Whether a space stands before it.
    let follows: Bool
  }

  /// A block of the new text, or one of the old that went as a whole.
  struct Unit {
    let kind: Block.Kind
    var pieces: [Piece]
    var isChanged: Bool { pieces.contains { $0.edit != nil } }
  }

  private(set) var units: [Unit] = []

  private struct Place {
    let block: Int
    let sentence: Sentence
    let isFirst: Bool
  }

  init(from old: ArticleText, to new: ArticleText, edits: [Edit]) {
    let (before, after) = (Self.places(old), Self.places(new))
    var (ownerOld, ownerNew) = ([Int?](repeating: nil, count: before.count), [Int?](repeating: nil, count: after.count))
    var layouts: [Int: Int] = [:]
    for (n, edit) in edits.enumerated() {
      if edit.action == .rewording, edit.classes.contains(.layout) {
        if let range = edit.afterRange { layouts[range.upperBound - 1] = n }
        continue
      }
      for i in edit.beforeRange ?? 0..<0 where ownerOld.indices.contains(i) { ownerOld[i] = n }
      for j in edit.afterRange ?? 0..<0 where ownerNew.indices.contains(j) { ownerNew[j] = n }
    }
    let anchors = Self.anchors(before, after, ownerOld, ownerNew, edits)

    // What went, before the new sentence that it goes before.
    var gone: [Int: [Int]] = [:]
    for (n, edit) in edits.enumerated() {
      guard let range = edit.beforeRange, Self.leaves(edit), range.upperBound <= before.count
      else { continue }
      let place = (anchors.lastIndex { $0.map { $0 < range.lowerBound } ?? false } ?? -1) + 1
      gone[place, default: []].append(n)
    }
    for place in gone.keys {
      gone[place]?.sort { (edits[$0].beforeIndex ?? 0, $0) < (edits[$1].beforeIndex ?? 0, $1) }
    }
    let wholeGone = Self.blocksGone(before, ownerOld, edits)

    var held: [Piece] = []  // goes to the beginning of the next block
    var lastGoneBlock = -1
    func leave(_ place: Int, atBlockStart: Bool) {
      for n in gone[place] ?? [] {
        guard let i = edits[n].beforeIndex else { continue }
        let piece = Piece(
          kind: edits[n].action == .deletion ? .deleted : .movedAway, old: edits[n].beforeInBody, new: nil, edit: n,
          follows: before[i].sentence.follows)
        if wholeGone.contains(before[i].block), atBlockStart || place == after.count {
          if lastGoneBlock == before[i].block, !units.isEmpty {
            units[units.count - 1].pieces.append(piece)
          } else {
            units.append(Unit(kind: old.blocks[before[i].block].kind, pieces: [piece]))
            lastGoneBlock = before[i].block
          }
        } else if atBlockStart, before[i].isFirst {
          held.append(piece)
        } else if units.isEmpty {
          units.append(Unit(kind: old.blocks[before[i].block].kind, pieces: [piece]))
        } else {
          units[units.count - 1].pieces.append(piece)
        }
      }
    }
    for (j, place) in after.enumerated() {
      leave(j, atBlockStart: place.isFirst)
      if place.isFirst {
        units.append(Unit(kind: new.blocks[place.block].kind, pieces: held))
        held = []
      }
      let last = units.count - 1
      if let layout = layouts[j] {
        units[last].pieces.append(Piece(kind: .layout, old: nil, new: nil, edit: layout, follows: false))
      }
      let text = place.sentence.text
      guard let n = ownerNew[j] else {
        units[last].pieces.append(
          Piece(kind: .same, old: text, new: text, edit: nil, follows: place.sentence.follows))
        continue
      }
      let edit = edits[n]
      guard edit.afterIndex == j else { continue }
      if !edit.afterFields.isEmpty {
        // The field above shows the whole edit.
        units[last].pieces.append(
          Piece(kind: .same, old: nil, new: edit.afterInBody, edit: nil, follows: place.sentence.follows))
        continue
      }
      let kind: Piece.Kind =
        switch edit.action {
        case .addition, .deletion: .added
        case .rewording: .reworded
        // What was a field has no place in the body that it left.
        case .move: edit.beforeRange == nil ? .reworded : .movedHere
        }
      units[last].pieces.append(
        Piece(kind: kind, old: edit.before, new: edit.after, edit: n, follows: place.sentence.follows))
    }
    leave(after.count, atBlockStart: true)
    if !held.isEmpty { units.append(Unit(kind: .paragraph, pieces: held)) }
  }

  /// Whether what it says of the old body does not stand in its place any more.
  private static func leaves(_ edit: Edit) -> Bool { edit.afterRange == nil || edit.isMoved }

  private static func places(_ text: ArticleText) -> [Place] {
    text.blocks.enumerated().flatMap { b, block in
      block.sentences.enumerated().map { Place(block: b, sentence: $1, isFirst: $0 == 0) }
    }
  }

  /// For each new sentence the old one that it stayed in the place of; nil for what was added or moved.
  private static func anchors(
    _ before: [Place], _ after: [Place], _ ownerOld: [Int?], _ ownerNew: [Int?], _ edits: [Edit]
  ) -> [Int?] {
    var anchors = [Int?](repeating: nil, count: after.count)
    var left = before.indices.filter { ownerOld[$0] == nil }[...]
    for j in after.indices {
      if let n = ownerNew[j] {
        if edits[n].action == .rewording, !edits[n].isMoved, let range = edits[n].beforeRange {
          anchors[j] = range.upperBound - 1
        }
        continue
      }
      // What was only cut into sentences otherwise has no equal; it is passed over.
      guard let found = left.prefix(16).firstIndex(where: { before[$0].sentence.text == after[j].sentence.text })
      else { continue }
      anchors[j] = left[found]
      left = left[(found + 1)...]
    }
    return anchors
  }

  /// Blocks of the old text of which nothing stayed in its place.
  private static func blocksGone(_ before: [Place], _ ownerOld: [Int?], _ edits: [Edit]) -> Set<Int> {
    var gone = Set(before.map(\.block))
    for (i, place) in before.enumerated() {
      let stays = ownerOld[i].map { !leaves(edits[$0]) } ?? true
      if stays { gone.remove(place.block) }
    }
    return gone
  }
}
