/// Edits of a body: moves, rewordings, layout, and what is expected of hostile texts.

import CommandRunner
import Diffing
import Model
import Testing

/// A sentence of its own for each number.
private func line(_ n: Int) -> String {
  let places = ["Oslo", "Paris", "Lima", "Accra", "Seoul", "Quito", "Cairo"]
  return "Reporter \(n * 7919 % 1009) wrote line \(n) from \(places[n % 7]) on day \(n * 31 % 365)."
}

@Test func `a paragraph moved among thirty is a move for each of its sentences`() {
  var paragraphs = (0..<30).map { p in (0..<3).map { line(p * 3 + $0) } }
  let old = article(paragraphs)
  paragraphs.insert(paragraphs.remove(at: 25), at: 3)
  let found = edits(from: old, to: article(paragraphs))
  #expect(found.map(\.action) == [.move, .move, .move])
  #expect(found.map(\.beforeIndex) == [75, 76, 77] && found.map(\.afterIndex) == [9, 10, 11])
  #expect(found.allSatisfy { $0.classes == [.text] && $0.before == $0.after })
}

@Test func `two sentences that change places are one move`() {
  let found = edits(from: article([[line(1), line(2)]]), to: article([[line(2), line(1)]]))
  #expect(found.map(\.action) == [.move])
}

@Test func `a short sentence elsewhere has gone and come, not moved`() {
  let old = article([["He left.", line(1), line(2)]])
  let found = edits(from: old, to: article([[line(1), line(2), "He left."]]))
  #expect(found.map(\.action) == [.deletion, .addition])
}

@Test func `a sentence moved and reworded is one rewording`() {
  let moved = "The minister of finance resigned on Tuesday after a long debate."
  let other = "The minister of finance resigned on Wednesday after a long debate."
  let rest = (1...6).map(line)
  let found = edits(from: article([[moved] + rest]), to: article([rest + [other]]))
  #expect(found.map(\.action) == [.rewording])
  #expect(found.first?.beforeIndex == 0 && found.first?.afterIndex == 6)
}

@Test func `a quote that was dropped is a deletion of class quote, where it stood`() {
  let old = article([[line(1), "“I never agreed to that,” the mayor said.", line(2)]])
  let found = edits(from: old, to: article([[line(1), line(2)]]))
  #expect(found.map(\.action) == [.deletion] && found.map(\.classes) == [[.quote]])
  #expect(found.first?.beforeIndex == 1)
}

@Test func `sentences with nothing in common are a deletion and an addition`() {
  let found = edits(from: article("Rain fell all night."), to: article("Stocks closed higher."))
  #expect(found.map(\.action) == [.deletion, .addition])
}

@Test func `empty texts and whole texts come and go`() {
  let text = article([[line(1), line(2)]])
  #expect(edits(from: ArticleText(), to: ArticleText()).isEmpty)
  #expect(edits(from: ArticleText(), to: text).map(\.action) == [.addition, .addition, .addition])
  #expect(edits(from: text, to: ArticleText()).map(\.action) == [.deletion, .deletion, .deletion])
}

@Test func `a paragraph cut in two is one edit of class layout`() {
  let found = edits(from: article([[line(1), line(2), line(3)]]), to: article([[line(1)], [line(2), line(3)]]))
  #expect(found.map(\.classes) == [[.layout]])
  #expect(found.first?.before == line(1) + " " + line(2) && found.first?.after == line(1) + "\n" + line(2))
}

@Test func `a space that went between two sentences is seen`() {
  let old = article([[line(1), line(2)]])
  let new = ArticleText(
    headline: "Headline",
    blocks: [
      Block(kind: .paragraph, sentences: [Sentence(line(1), follows: false), Sentence(line(2), follows: false)])
    ])
  #expect(edits(from: old, to: new).map(\.classes) == [[.layout]])
}

@Test func `a block of another kind is one edit of class layout`() {
  let old = article([[line(1), line(2)], [line(3)]])
  var new = old
  new.blocks[0] = block([line(1), line(2)], .quote)
  let found = edits(from: old, to: new)
  #expect(found.map(\.classes) == [[.layout]] && found.map(\.part) == [.quote])
  new.blocks[0] = block([line(1), line(2)], .notice)
  #expect(edits(from: old, to: new).map(\.classes) == [[.notice, .layout]])
}

@Test func `the same text cut into other sentences has no edits`() {
  let (a, b) = (article([["One. Two."]]), article([["One.", "Two."]]))
  #expect(a.digest == b.digest)
  #expect(edits(from: a, to: b).isEmpty)
}

@Test func `sentences cut otherwise beside a real edit are no edits`() {
  let old = article([["Dr. Lee spoke."], [line(1)], [line(2)]])
  let new = article([["Dr.", "Lee spoke."], [line(1)], [line(2) + " Again."]])
  #expect(edits(from: old, to: new).map(\.beforeIndex) == [2])
}

@Test func `a paragraph added between two others is no layout edit`() {
  let found = edits(from: article([[line(1)], [line(2)]]), to: article([[line(1)], [line(3)], [line(2)]]))
  #expect(found.map(\.action) == [.addition])
}

@Test func `canonically equivalent texts are not equal`() {
  // Normalised text never holds the second; equality is exact all the same.
  let found = edits(from: article("The caf\u{E9} is shut."), to: article("The cafe\u{301} is shut."))
  #expect(found.count == 1)
}

@Test func `word runs keep numbers and addresses whole`() {
  #expect(
    wordRuns(from: "It rose 1.5 % to -3.", to: "It rose 1.7 % to -4.") == [
      WordRun(.same, "It rose "), WordRun(.deleted, "1.5"), WordRun(.inserted, "1.7"), WordRun(.same, " % to "),
      WordRun(.deleted, "-3"), WordRun(.inserted, "-4"), WordRun(.same, "."),
    ])
  #expect(
    wordRuns(from: "See https://a.example/b?c=1 now", to: "See https://a.example/b?c=2 now") == [
      WordRun(.same, "See "), WordRun(.deleted, "https://a.example/b?c=1"),
      WordRun(.inserted, "https://a.example/b?c=2"),
      WordRun(.same, " now"),
    ])
  #expect(
    wordRuns(from: "the red big house", to: "the old small house") == [
      WordRun(.same, "the "), WordRun(.deleted, "red big"), WordRun(.inserted, "old small"), WordRun(.same, " house"),
    ])
  #expect(
    wordRuns(from: "a dog ran, a cat sat on it", to: "a red dog ran, a cat sat now on it") == [
      WordRun(.same, "a "), WordRun(.inserted, "red "), WordRun(.same, "dog ran, a cat sat "),
      WordRun(.inserted, "now "),
      WordRun(.same, "on it"),
    ])
  #expect(wordRuns(from: "", to: "") == [])
  #expect(wordRuns(from: "", to: "new") == [WordRun(.inserted, "new")])
}

@Test func `hostile texts stay within the budget and come out right`() throws {
  var random = SplitMix64(seed: 21)
  let shuffled = (0..<4000).map(line).shuffled(using: &random)
  let values = ["Yes, it is so, they said again.", "No, it is not, they said again."]
  let (a, b) = (
    (0..<4000).compactMap { _ in values.randomElement(using: &random) },
    (0..<4000).compactMap { _ in values.randomElement(using: &random) }
  )
  for (old, new) in [
    ((0..<4000).map(line), shuffled), (a, b), ((0..<2000).map(line), (0..<2000).map { line($0) + " x" }),
  ] {
    let found = edits(from: article([old]), to: article([new]), steps: 2_000_000)
    #expect(try apply(found, to: article([old])).canonicalText == article([new]).canonicalText)
  }
  let words = (0..<30_000).map { "w\($0)" }
  let (before, after) = (words.joined(separator: " "), words.shuffled(using: &random).joined(separator: " "))
  let runs = wordRuns(from: before, to: after)
  #expect(runs.filter { $0.change != .inserted }.map(\.text).joined() == before)
  #expect(runs.filter { $0.change != .deleted }.map(\.text).joined() == after)
}

@Test func `sentences that share only small words are not one reworded`() {
  let before = "The leader of the party spoke to the press in the capital on the first day of the talks."
  let after = "On the coast of the island the rescue of the passengers in the boats went on to the evening."
  #expect(edits(from: article(before), to: article(after)).map(\.action) == [.deletion, .addition])
}
