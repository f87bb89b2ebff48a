/// Passages that were cut into sentences otherwise, words aligned whole, and wordings of megabytes.

import CommandRunner
import Diffing
import Model
import Testing

@Test func `sentences cut at abbreviations are one rewording, not crumbs that came and went`() throws {
  let old = article([["Last changed by Art.", "12 G v.", "12.4.2012 I 579"], ["The end stays as it is."]])
  let new = article([["Last changed by Art.", "23 G v.", "12.6.2020 I 1248"], ["The end stays as it is."]])
  let found = edits(from: old, to: new)
  #expect(found.map(\.action) == [.rewording])
  #expect(found.first?.beforeRange == 1..<3 && found.first?.afterRange == 1..<3)
  #expect(try apply(found, to: old).canonicalText == new.canonicalText)
}

@Test func `words that change places over the border of two kinds of block are one rewording`() throws {
  let stays = block(["It stays as it is."])
  let apart = ArticleText(
    headline: "Headline", blocks: [stays, block(["(to § 4)"]), block(["Annex Plan of the training"], .heading), stays])
  let together = ArticleText(
    headline: "Headline", blocks: [stays, block(["Annex (to § 4) Plan of the training"], .heading), stays])
  for (old, new) in [(apart, together), (together, apart)] {
    let found = edits(from: old, to: new)
    #expect(found.map(\.action) == [.rewording])
    let runs = wordRuns(from: found.first?.before ?? "", to: found.first?.after ?? "")
    #expect(runs.contains { $0.change == .same && $0.text.contains("(to § 4)") })
    #expect(try apply(found, to: old).canonicalText == new.canonicalText)
  }
}

@Test func `a passage exchanged for one that shares but small words is no rewording`() {
  let old = ArticleText(
    headline: "Headline",
    blocks: [block(["The boats of the harbour leave at dawn and come back late in the evening."], .item)])
  let new = article([["Nobody in the council knew who had paid for the new roof of the school and the church."]])
  #expect(edits(from: old, to: new).map(\.action) == [.deletion, .addition])
}

@Test func `one paragraph in the place of another that says something else is no rewording`() {
  let old = article([["It stays."], ["Boats leave the harbour at dawn and come back late."], ["So does this."]])
  let new = article([["It stays."], ["Nobody knew who had paid for the new school roof."], ["So does this."]])
  #expect(edits(from: old, to: new).map(\.action) == [.deletion, .addition])
}

@Test func `a line in the place of one that begins the same is a rewording, however little else they share`() throws {
  let old = article([
    ["It stays."], ["**E-mail**: ask.the.harbour@post.example or come to the quay"], ["So does this."],
  ])
  let new = article([["It stays."], ["**E-mail**: [protected](https://post.example/cdn/l)"], ["So does this."]])
  let found = edits(from: old, to: new)
  #expect(found.map(\.action) == [.rewording])
  #expect(try apply(found, to: old).canonicalText == new.canonicalText)
  // Not where something else stands beside it.
  let more = article([
    ["It stays."], ["**E-mail**: [protected](https://post.example/cdn/l)", "Gulls."], ["So does this."],
  ])
  #expect(edits(from: old, to: more).map(\.action) == [.deletion, .addition, .addition])
}

@Test func `headings in one place with the same number are one, whatever they say`() throws {
  func text(_ blocks: [Block]) -> ArticleText { ArticleText(headline: "Law", blocks: blocks) }
  let (first, last) = (block(["§ 1 Purpose"], .heading), block(["§ 4 Entry into force"], .heading))
  let old = text([
    first, block(["§ 2 Competence of the courts"], .heading), block(["The northern court hears the fleet."]),
    block(["§ 3 Fees"], .heading), block(["None are owed by seamen."]), last,
  ])
  let new = text([first, block(["§ 2 (repealed)"], .heading), block(["§ 3 (repealed)"], .heading), last])
  let found = edits(from: old, to: new)
  #expect(found.filter { $0.part == .heading }.map(\.action) == [.rewording, .rewording])
  #expect(try apply(found, to: old).canonicalText == new.canonicalText)
}

@Test func `a word is kept whole before the marks around it are`() {
  let runs = wordRuns(from: "[Privacy Policy for Boats](#policy)", to: "[](#policy)Privacy Policy for Boats")
  #expect(runs.contains { $0.change == .same && $0.text.contains("Policy for") })
  let list = wordRuns(from: "tea, milk, and sugar", to: "tea - milk - and honey")
  #expect(list.filter { $0.change == .same }.map(\.text).joined().contains("milk"))
}

@Test func `a wording of megabytes is told by what changed in it`() {
  var random = SplitMix64(seed: 61)
  let words = (0..<60_000).map { _ in
    String(
      (0..<Int.random(in: 2...9, using: &random)).map { _ in "abcdefghijklmnop".randomElement(using: &random) ?? "a" })
  }
  var other = words
  (other[3], other[30_000], other[59_990]) = ("changed", "again", "1,500")
  other.removeSubrange(41_000..<41_010)
  let (before, after) = (words.joined(separator: " "), other.joined(separator: " "))
  let runs = wordRuns(from: before, to: after)
  #expect(runs.filter { $0.change != .inserted }.map(\.text).joined() == before)
  #expect(runs.filter { $0.change != .deleted }.map(\.text).joined() == after)
  #expect(runs.filter { $0.change == .inserted }.map(\.text) == ["changed", "again", "1,500"])
  #expect(runs.filter { $0.change == .deleted }.reduce(0) { $0 + $1.text.split(separator: " ").count } == 13)
  let classes = edits(from: article([[before]]), to: article([[after]])).flatMap(\.classes)
  #expect(classes.contains(.number))
  #expect(numberChanges(from: before, to: after).map(\.after?.text) == ["1,500"])
}

@Test(arguments: [
  ("昨天有三十人在火灾中受伤。", "昨天有三百人在火灾中受伤。"),
  ("警察は男を逮捕したと発表した。", "警察は男を逮捕しなかったと発表した。"),
  ("ตำรวจจับผู้ต้องสงสัยได้สามคน", "ตำรวจจับผู้ต้องสงสัยได้ห้าคน"),
  ("قالت الشرطة إن ثلاثة أشخاص أصيبوا.", "قالت الشرطة إن خمسة أشخاص أصيبوا."),
])
func `one word changed is one change in scripts of every kind`(before: String, after: String) {
  let found = edits(from: article([[before]]), to: article([[after]]))
  #expect(found.map(\.action) == [.rewording])
  let runs = wordRuns(from: before, to: after)
  #expect(runs.count { $0.change == .same } >= 2)
  #expect(runs.count { $0.change == .deleted } <= 1 && runs.count { $0.change == .inserted } <= 1)
}

@Test func `passages joined, split and moved still give the new text`() throws {
  var random = SplitMix64(seed: 62)
  func sentence() -> String {
    (0..<Int.random(in: 1...6, using: &random)).map { _ in "w\(Int.random(in: 0..<12, using: &random))" }
      .joined(separator: " ")
  }
  for _ in 0..<2000 {
    func text() -> ArticleText {
      ArticleText(
        headline: "Headline",
        blocks: (0..<Int.random(in: 1...4, using: &random)).map { _ in
          block(
            (0..<Int.random(in: 1...5, using: &random)).map { _ in sentence() },
            [Block.Kind.paragraph, .heading, .item].randomElement(using: &random) ?? .paragraph)
        })
    }
    let (old, new) = (text(), text())
    let found = edits(from: old, to: new)
    #expect(try apply(found, to: old).canonicalText == new.canonicalText)
    #expect(restore(found.map(\.outline), from: old, to: new) == found)
  }
}
