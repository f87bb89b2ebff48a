/// Sentences that were split or merged, and what moved.

import CommandRunner
import Diffing
import Model
import Testing

@Test func `a sentence split in two is one rewording of one by two`() throws {
  let old = article([
    ["It rained.", "The minister resigned on Tuesday after a long debate and then left the country by boat.", "End."]
  ])
  let new = article([
    [
      "It rained.", "The minister resigned on Tuesday after a long debate.", "Then he left the country by boat.",
      "End.",
    ]
  ])
  let found = edits(from: old, to: new)
  #expect(found.map(\.action) == [.rewording])
  #expect(found.first?.beforeRange == 1..<2 && found.first?.afterRange == 1..<3)
  #expect(
    found.first?.after == "The minister resigned on Tuesday after a long debate. Then he left the country by boat.")
  let back = edits(from: new, to: old)
  #expect(back.map(\.action) == [.rewording] && back.first?.beforeRange == 1..<3 && back.first?.afterRange == 1..<2)
  #expect(try apply(found, to: old).canonicalText == new.canonicalText)
  #expect(try apply(back, to: new).canonicalText == old.canonicalText)
}

@Test func `a sentence about something else beside a rewording is no part of it`() {
  let old = article([["The minister resigned on Tuesday after a long debate."]])
  let new = article([
    ["The minister resigned on Monday after a long debate.", "Fishing boats may leave again next week."]
  ])
  #expect(edits(from: old, to: new).map(\.action) == [.rewording, .addition])
}

@Test func `the fewest sentences have moved`() {
  let lines = (0..<8).map { "Sentence number \($0) tells of place \($0 * 37 % 11) and nothing else." }
  var other = lines
  other.append(other.remove(at: 1))
  other.append(other.remove(at: 3))
  let found = edits(from: article([lines]), to: article([other]))
  #expect(found.map(\.action) == [.move, .move])
  #expect(found.map(\.before) == [lines[1], lines[4]])
}

@Test func `a rewording that others passed says that it moved`() {
  let rest = (0..<6).map { "Sentence number \($0) tells of place \($0 * 37 % 11) and nothing else." }
  let (old, new) = (
    article([["The minister of finance resigned on Tuesday after a long debate."] + rest]),
    article([rest + ["The minister of finance resigned on Wednesday after a long debate."]])
  )
  #expect(edits(from: old, to: new).map(\.isMoved) == [true])
  #expect(
    edits(from: old, to: article([["The minister of finance left on Tuesday after a long debate."] + rest])).map(
      \.isMoved) == [false])
}

/// Planted moves: of 160 paragraphs moved in 80 texts, whole or with a tenth of their words exchanged, at least 155 are
/// told as moves or as rewordings that moved.
@Test(arguments: [0, 10])
func `planted paragraph moves are found, edited afterwards or not`(percent: Int) {
  var random = SplitMix64(seed: 41)
  func word() -> String {
    let syllables = [
      "ba", "ton", "ver", "sa", "tri", "mon", "der", "fe", "pla", "con", "ri", "ta", "gue", "lo", "min", "su",
    ]
    return (0..<Int.random(in: 1...3, using: &random)).compactMap { _ in syllables.randomElement(using: &random) }
      .joined()
  }
  func sentence() -> [String] { (0..<Int.random(in: 5...22, using: &random)).map { _ in word() } }
  var found = 0
  for _ in 0..<80 {
    let paragraphs = (0..<24).map { _ in (0..<Int.random(in: 1...5, using: &random)).map { _ in sentence() } }
    var order = Array(0..<24)
    let moved = [Int.random(in: 0..<8, using: &random), Int.random(in: 12..<24, using: &random)]
    for (m, to) in zip(moved, [20, 3]) {
      order.removeAll { $0 == m }
      order.insert(m, at: to)
    }
    func text(_ p: Int, edited: Bool) -> [String] {
      paragraphs[p].map { words in
        words.map { edited && Int.random(in: 0..<100, using: &random) < percent ? word() : $0 }.joined(separator: " ")
          + "."
      }
    }
    let old = article((0..<24).map { text($0, edited: false) })
    let all = edits(from: old, to: article(order.map { text($0, edited: moved.contains($0)) }))
    var start = 0
    for p in 0..<24 {
      let range = start..<(start + paragraphs[p].count)
      start = range.upperBound
      guard moved.contains(p) else { continue }
      let told = range.count { i in all.contains { $0.isMoved && $0.beforeRange?.contains(i) == true } }
      if told * 2 > range.count { found += 1 }
    }
  }
  #expect(found >= 155)
}

@Test func `outlines and the two texts give the edits back`() {
  var maker = ArticleMaker(random: SplitMix64(seed: 42))
  for _ in 0..<300 {
    let old = maker.article()
    let new = maker.edited(old)
    let found = edits(from: old, to: new)
    #expect(restore(found.map(\.outline), from: old, to: new) == found)
  }
}

@Test func `edits of another text are refused`() {
  let (old, new) = (article([["One sentence stood here.", "Two."]]), article([["One sentence stands here.", "Two."]]))
  let found = edits(from: old, to: new)
  #expect(throws: ApplyError.otherText(edit: 0)) { try apply(found, to: article([["Something else.", "Two."]])) }
  #expect(throws: ApplyError.noPlace(edit: 0)) { try apply(found, to: ArticleText(headline: "Headline")) }
  let headline = edits(from: ArticleText(headline: "A"), to: ArticleText(headline: "B"))
  #expect(throws: ApplyError.otherText(edit: 0)) { try apply(headline, to: ArticleText(headline: "C")) }
}
