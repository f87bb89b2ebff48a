import CommandRunner
import GRDB
import Model
import Syncing
import Testing

@testable import Storage

/// 304s that are kept with what they say, in one transaction.
struct ConfirmationTests {
  /// A watched article with a capture that has been read, unless it is not to be.
  private func watched(_ archive: Archive, reading: Bool = true) throws -> (due: DueFetch, pass: Int64) {
    _ = try archive.store.add([NewSource(url: try WebURL(Archive.url), kind: .page)], now: Archive.start)
    let pass = try archive.store.startPass(.sync, now: Archive.start)
    let page = Archive.raw(
      ArticlePage.ferry("The contract ends in May.").bytes, minute: 0,
      fields: [("Content-Type", "text/html; charset=utf-8"), ("ETag", "\"v1\"")])
    let first = try #require(try archive.store.due(.all).first)
    _ = try archive.store.keep([attempt(first, page, archive)], pass: pass)
    if reading { _ = try Derivation.deriveLeftOver(in: archive.store) }
    return (try #require(try archive.store.due(.all).first), pass)
  }

  private func attempt(_ due: DueFetch, _ input: CaptureInput, _ archive: Archive) throws -> Attempt {
    let at = input.response.at
    return Attempt(
      due: due, captures: try archive.store.prepare([input]), startedAt: at, finishedAt: at, bytes: 0, failure: nil,
      plan: Plan(article: due.article, dueAt: at.advanced(byMilliseconds: 60_000), history: "", failures: 0))
  }

  private func notModified(_ due: DueFetch, minute: Int64) -> CaptureInput {
    Archive.raw(
      [], minute: minute, status: 304, refersTo: due.validated,
      fields: [("Date", "minute \(minute)"), ("ETag", "\"v1\"")])
  }

  private func rows(_ archive: Archive) throws -> [String] {
    try archive.raw { db in
      try [
        "SELECT capture, extractor, verdict, reason, snapshot, modified FROM reading ORDER BY capture",
        "SELECT ordinal, snapshot, first_capture, last_capture FROM revision ORDER BY article, ordinal",
        "SELECT capture FROM pending",
      ].flatMap { try Row.fetchAll(db, sql: $0).map { "\($0)" } }
    }
  }

  @Test func `a 304 of what has been read is read when it is kept, as deriving it would have done`() throws {
    let archive = try Archive()
    let (due, pass) = try watched(archive)
    let kept = try archive.store.keep(
      try (1...3).map { try attempt(due, notModified(due, minute: $0), archive) }, pass: pass)
    #expect(kept.map { $0.map(\.confirms) } == [[.article], [.article], [.article]])
    #expect(try archive.store.pendingCount() == 0)
    #expect(try archive.verify().isEmpty)
    let before = try rows(archive)
    #expect(before.contains("[ordinal:1 snapshot:1 first_capture:1 last_capture:4]"))
    _ = try Derivation.rebuild(archive.store)
    #expect(try rows(archive) == before)
  }

  @Test func `a 304 of what has not been read waits to be derived`() throws {
    let archive = try Archive()
    let (due, pass) = try watched(archive, reading: false)
    let kept = try archive.store.keep([attempt(due, notModified(due, minute: 1), archive)], pass: pass)
    #expect(kept.map { $0.map(\.confirms) } == [[nil]])
    #expect(try archive.store.pendingCount() == 2)
    _ = try Derivation.deriveLeftOver(in: archive.store)
    #expect(try archive.verify().isEmpty)
    #expect(try archive.raw { try Int.fetchOne($0, sql: "SELECT last_capture FROM revision") } == 2)
  }

  @Test func `a 304 that confirms ends the chain also after another was derived`() throws {
    let archive = try Archive()
    let (due, pass) = try watched(archive, reading: false)
    _ = try archive.store.keep([attempt(due, notModified(due, minute: 1), archive)], pass: pass)
    _ = try Derivation.deriveLeftOver(in: archive.store)
    for minute: Int64 in [2, 3] {
      let kept = try archive.store.keep([attempt(due, notModified(due, minute: minute), archive)], pass: pass)
      #expect(kept.map { $0.map(\.confirms) } == [[.article]])
      #expect(try archive.raw { try Int64.fetchOne($0, sql: "SELECT last_capture FROM revision") } == minute + 1)
    }
    #expect(try archive.verify().isEmpty)
  }

  @Test func `a 304 of what is no longer the newest text, or of before it, is placed as any capture`() throws {
    let archive = try Archive()
    let (due, pass) = try watched(archive)
    try archive.take([Archive.capture("The contract ends in June.", minute: 10)])
    for minute in [Int64(5), 15] {
      let kept = try archive.store.keep([attempt(due, notModified(due, minute: minute), archive)], pass: pass)
      #expect(kept.map { $0.map(\.confirms) } == [[nil]])
      _ = try Derivation.deriveLeftOver(in: archive.store)
    }
    #expect(
      try archive.sentences() == [
        "The contract ends in May.", "The contract ends in June.", "The contract ends in May.",
      ])
    #expect(try archive.verify().isEmpty)
  }

  @Test func `the same 304 twice is one capture and two checks`() throws {
    let archive = try Archive()
    let (due, pass) = try watched(archive)
    let one = try attempt(due, notModified(due, minute: 1), archive)
    let kept = try archive.store.keep([one, one], pass: pass)
    #expect(kept.map { $0.map(\.isNew) } == [[true], [false]])
    #expect(kept[0].map(\.id) == kept[1].map(\.id))
    #expect(try archive.raw { try Int.fetchOne($0, sql: #"SELECT count(*) FROM "check""#) } == 3)
    #expect(try archive.verify().isEmpty)
  }
}
