/// What must hold of the edits between any two texts.

import CommandRunner
import Diffing
import Model
import Testing

@Test func `applying the edits to the old sentences gives the new ones`() throws {
  var maker = ArticleMaker(random: SplitMix64(seed: 11))
  for _ in 0..<800 {
    let old = maker.article()
    let new = Bool.random(using: &maker.random) ? maker.edited(old) : maker.article()
    let found = edits(from: old, to: new)
    #expect(try apply(found, to: old).canonicalText == new.canonicalText)
    #expect(found.isEmpty == (old.digest == new.digest))
    for edit in found {
      #expect(!edit.classes.isEmpty && edit.classes == Edit.Class.allCases.filter(edit.classes.contains))
      #expect((edit.before == nil) == (edit.action == .addition) && (edit.after == nil) == (edit.action == .deletion))
    }
  }
}

@Test func `the same two texts always give the same edits`() {
  var maker = ArticleMaker(random: SplitMix64(seed: 12))
  for _ in 0..<200 {
    let (old, new) = (maker.article(), maker.article())
    #expect(edits(from: old, to: new) == edits(from: old, to: new))
  }
}

@Test func `a text has no edits to itself, whatever its language and dates`() {
  var maker = ArticleMaker(random: SplitMix64(seed: 13))
  for _ in 0..<200 {
    let text = maker.article()
    var other = text
    (other.language, other.site, other.modified) = ("fr", "A site", PartialTimestamp("2026-11-20"))
    #expect(edits(from: text, to: other).isEmpty)
  }
}

@Test func `what is added one way is deleted the other way`() {
  var maker = ArticleMaker(random: SplitMix64(seed: 14))
  for _ in 0..<500 {
    let old = maker.article()
    let new = maker.edited(old)
    let (forth, back) = (edits(from: old, to: new), edits(from: new, to: old))
    func words(_ all: [Edit]) -> (added: Int, deleted: Int) {
      (
        all.filter { !$0.isLayout }.reduce(0) { $0 + ($1.afterRange?.count ?? 0) },
        all.filter { !$0.isLayout }.reduce(0) { $0 + ($1.beforeRange?.count ?? 0) }
      )
    }
    #expect(words(forth).added - words(forth).deleted == words(back).deleted - words(back).added)
    #expect(forth.isEmpty == back.isEmpty)
  }
}

@Test func `edits come in reading order, fields first`() {
  var maker = ArticleMaker(random: SplitMix64(seed: 15))
  for _ in 0..<500 {
    let old = maker.article()
    let found = edits(from: old, to: maker.edited(old))
    #expect(found.drop { $0.part.kind == nil }.allSatisfy { $0.part.kind != nil })
    let standing = found.compactMap { $0.isLayout ? nil : $0.afterIndex }
    #expect(standing == standing.sorted())
  }
}

@Test func `with no budget left the edits are coarser and still right`() throws {
  var maker = ArticleMaker(random: SplitMix64(seed: 16))
  for _ in 0..<300 {
    let old = maker.article()
    let new = maker.edited(old)
    for steps in [0, 1, 10, 100] {
      let found = edits(from: old, to: new, steps: steps)
      #expect(try apply(found, to: old).canonicalText == new.canonicalText)
      #expect(found.isEmpty == (old.digest == new.digest))
    }
  }
}

@Test func `runs of words join to both wordings`() {
  var maker = ArticleMaker(random: SplitMix64(seed: 17))
  for _ in 0..<3000 {
    let before = maker.sentence()
    let after = Bool.random(using: &maker.random) ? maker.sentence() : before + " " + maker.sentence()
    let runs = wordRuns(from: before, to: after)
    #expect(runs.filter { $0.change != .inserted }.map(\.text).joined() == before)
    #expect(runs.filter { $0.change != .deleted }.map(\.text).joined() == after)
    #expect(runs.allSatisfy { !$0.text.isEmpty })
    #expect(zip(runs, runs.dropFirst()).allSatisfy { $0.change != $1.change })
    #expect(!zip(runs, runs.dropFirst()).contains { $0.change == .inserted && $1.change == .deleted })
  }
}

@Test func `no run of words cuts a grapheme, whatever the script`() {
  var random = SplitMix64(seed: 18)
  let blocks: [ClosedRange<UInt32>] = [
    0x20...0x7E, 0xA0...0x17F, 0x300...0x33F, 0x5D0...0x6FF, 0x900...0x97F, 0xE00...0xE5B, 0x1780...0x17D3,
    0x3040...0x30FF, 0x4E00...0x4E40, 0xAC00...0xAC40, 0x1F1E6...0x1F1FF, 0x1F3FB...0x1F469, 0x200D...0x200D,
  ]
  func text() -> String {
    var out = String.UnicodeScalarView()
    for _ in 0..<Int.random(in: 0..<20, using: &random) {
      if let block = blocks.randomElement(using: &random),
        let scalar = Unicode.Scalar(UInt32.random(in: block, using: &random))
      {
        out.append(scalar)
      }
    }
    return String(out)
  }
  for _ in 0..<2000 {
    let (start, end) = (text(), text())
    let (before, after) = (start + text() + end, start + text() + end)
    let runs = wordRuns(from: before, to: after)
    for (side, gone) in [(before, WordRun.Change.inserted), (after, .deleted)] {
      let pieces = runs.filter { $0.change != gone }.map(\.text)
      #expect(pieces.joined().unicodeScalars.elementsEqual(side.unicodeScalars))
      #expect(pieces.reduce(0) { $0 + $1.count } == side.count)
    }
    _ = edits(from: article(before.isEmpty ? "x" : before), to: article(after.isEmpty ? "x" : after))
  }
}
