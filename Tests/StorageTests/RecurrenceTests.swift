import CommandRunner
import Foundation
import Model
import Testing

@testable import Storage

/// Articles that go back and forth.
struct RecurrenceTests {
  /// One letter a revision; a small one changes nothing but the headline against the one before.
  private func labels(_ chain: String) -> [Recurrence?] {
    chain.map { RecurrenceLink(snapshot: Int64($0.lowercased().utf8.first ?? 0), changesHeadlineAlone: $0.isLowercase) }
      .recurrences
  }

  @Test func `a text that comes back is a revert, and two in turns flip and flop`() {
    #expect(labels("ABC") == [nil, nil, nil])
    #expect(labels("ABA") == [nil, nil, .revert])
    #expect(labels("ABCA") == [nil, nil, nil, .revert])
    #expect(labels("ABAB") == [nil, nil, .flipFlop, .flipFlop])
    #expect(labels("ABABCAB") == [nil, nil, .flipFlop, .flipFlop, nil, .revert, .revert])
    #expect(labels("") == [])
  }

  @Test func `headlines in turns over one text are a test, however many`() {
    #expect(labels("Aba") == [nil, .headlineTest, .headlineTest])
    #expect(labels("Abab") == [nil, .headlineTest, .headlineTest, .headlineTest])
    #expect(labels("Abcbd") == [nil, nil, .headlineTest, .headlineTest, nil])
    #expect(labels("Abca") == [nil, .headlineTest, .headlineTest, .headlineTest])
    // Another text in between: two edits, no test.
    #expect(labels("ABa") == [nil, nil, .revert])
    #expect(labels("AbC") == [nil, nil, nil])
  }

  @Test func `log and edits name both variants of a headline and where a revert leads`() throws {
    let archive = try Archive()
    let text = "The harbour council approved a new contract for the island ferry on Thursday after a long debate."
    let pages = [
      ("Council approves ferry contract", text), ("Your ferry is about to change", text),
      ("Council approves ferry contract", text), ("Your ferry is about to change", text),
      ("Your ferry is about to change", text + " It costs more."), ("Your ferry is about to change", text),
    ]
    for (minute, page) in pages.enumerated() {
      try archive.take([Archive.raw(ArticlePage(page.0, [text, page.1]).bytes, minute: Int64(minute))])
    }
    let wanted: [Recurrence?] = [nil, .headlineTest, .headlineTest, .headlineTest, nil, .revert]
    let log = try archive.store.log(archive.article())
    #expect(log.reversed().map(\.recurrence) == wanted)
    #expect(log.reversed().map(\.returnsTo) == [nil, nil, 1, 2, nil, 4])
    var found: [FoundEdits] = []
    try archive.store.edits(Scope(), classes: []) {
      found.append($0)
      return true
    }
    #expect(found.reversed().map(\.recurrence) == Array(wanted.dropFirst()))
  }
}
