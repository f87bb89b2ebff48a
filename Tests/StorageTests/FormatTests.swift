import CommandRunner
import Foundation
import GRDB
import Model
import Syncing
import Testing

@testable import Storage

/// Archives of earlier formats.
struct FormatTests {
  /// Of format 1: 11 captures of 3 articles, one a 304, and 9 revisions. Of format 2: 108 captures of 9 articles, compacted,
  /// one imported late for each dozen, and 105 revisions. Of format 3: 24 captures of 4 articles, two imported late, compacted,
  /// and 24 revisions. Of format 4: 20 captures of 3 articles, synced with 304s and 404s, two imported late, and 8 revisions.
  private func old(_ format: Int, in folder: TemporaryFolder) throws -> String {
    let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent(
      "Fixtures/format-\(format).stet")
    let path = folder.file("old.stet")
    try FileManager.default.copyItem(atPath: file.path, toPath: path)
    return path
  }

  /// What of an SQL text matters to SQLite.
  private func plain(_ sql: String) -> String {
    sql.split(separator: "\n").map { $0.prefix(upTo: $0.range(of: "--")?.lowerBound ?? $0.endIndex) }.joined(
      separator: " "
    )
    .filter { !$0.isWhitespace && $0 != "\"" }
  }

  private func schema(_ db: Database) throws -> [String] {
    try Row.fetchAll(db, sql: "SELECT type, name, sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY type, name")
      .map { row in
        let columns = try (0..<3).map { try row.decode(String.self, atIndex: $0) }
        return "\(columns[0]) \(columns[1]) \(plain(columns[2]))"
      }
  }

  /// The edits as formats 1 and 2 have them, and as today's archive gives them.
  private func oldEdits(_ db: Database) throws -> [String] {
    try Row.fetchAll(
      db,
      sql: """
        SELECT revision, action, classes, part, old.text, new.text, before_index, after_index
        FROM edit LEFT JOIN sentence AS old ON old.id = before LEFT JOIN sentence AS new ON new.id = after
        ORDER BY revision, n
        """
    ).map { row in
      let texts = try (1..<6).map { try row.decode(String?.self, atIndex: $0) ?? "-" }
      let places = try (6..<8).map { try row.decode(Int?.self, atIndex: $0) }
      return "\(try row.decode(Int64.self, atIndex: 0)) \(texts) \(places)"
    }
  }

  private func edits(_ db: Database) throws -> [String] {
    try Int64.fetchAll(db, sql: "SELECT id FROM revision ORDER BY id").flatMap { id in
      try Store.edits(ofRevision: id, in: db).map { edit in
        let texts = [
          edit.action.rawValue, edit.classes.map(\.rawValue).joined(separator: " "), edit.part.rawValue,
          edit.before ?? "-", edit.after ?? "-",
        ]
        return "\(id) \(texts) \([edit.beforeIndex, edit.afterIndex])"
      }
    }
  }

  @Test(arguments: [1, 2], [Store.Access.read, .write])
  func `an archive of an earlier format becomes one of today's when it is opened`(
    format: Int, access: Store.Access
  ) throws {
    let folder = try TemporaryFolder()
    let path = try old(format, in: folder)
    let rows = [
      "SELECT hex(digest) || id FROM capture ORDER BY id", "SELECT hex(digest) || id || size FROM body ORDER BY id",
      "SELECT article || '@' || ordinal || ' ' || first_capture || ' ' || last_capture FROM revision ORDER BY id",
      "SELECT hex(digest) || id FROM snapshot ORDER BY id", "SELECT hex(data) || id FROM fields ORDER BY id",
    ]
    let (before, was) = try DatabaseQueue(path: path).read { db in
      #expect(try Int.fetchOne(db, sql: "PRAGMA user_version") == format)
      return (try rows.map { try String.fetchAll(db, sql: $0) }, try oldEdits(db))
    }
    let captures = before[0].count
    #expect(captures == (format == 1 ? 11 : 108) && before[2].count == (format == 1 ? 9 : 105))
    #expect(was.count == (format == 1 ? 7 : 298))
    let store = try Store.open(path, access)
    try store.read { db in
      #expect(try Int.fetchOne(db, sql: "PRAGMA user_version") == Store.format)
      let wanted = try DatabaseQueue().write { fresh in
        try fresh.execute(sql: Store.schema)
        return try schema(fresh)
      }
      #expect(try schema(db) == wanted)
      #expect(try rows.map { try String.fetchAll(db, sql: $0) } == before)
      #expect(try edits(db) == was)
    }
    let problems = try store.verify(deep: Derivation.rederivation).problems
    #expect(problems.isEmpty, "\(problems)")
    #expect(try store.load(1...Int64(captures)).count == captures)
    if access == .write {
      #expect(try store.compact(vacuum: true).bodies == (format == 1 ? 8 : 0))
      #expect(try store.read { try Int.fetchOne($0, sql: "PRAGMA auto_vacuum") } == 2)
      #expect(try store.load(1...Int64(captures)).count == captures)
      #expect(try store.verify(deep: Derivation.rederivation).problems.isEmpty)
    }
  }

  @Test func `an archive whose derived rows are damaged comes up to today's format and is derived anew`() throws {
    let folder = try TemporaryFolder()
    let path = try old(2, in: folder)
    try DatabaseQueue(path: path).write { try $0.execute(sql: "UPDATE sentence SET text = 'Another.' WHERE id = 7") }
    let store = try Store.open(path, .write)
    #expect(try store.pendingCount() == 108)
    #expect(try Derivation.deriveLeftOver(in: store).revisions == 105)
    #expect(try store.verify(deep: Derivation.rederivation).problems.isEmpty)
  }

  /// All rows, without the column that format 5 added.
  private func rows(of tables: [String], in db: Database) throws -> [[String]] {
    try tables.map { table in
      try Row.fetchAll(db, sql: "SELECT * FROM \(table) ORDER BY 1").map { row in
        "\(row.filter { $0.0 != "varying" }.map { "\($0.0) \($0.1)" })"
      }
    }
  }

  private static let phrases = ["15 million", "in may fishermen", "over we will not", "启航", "ferry contract"]

  @Test(arguments: [Store.Access.read, .write])
  func `an archive of format 3 gets another index of words and keeps all else`(access: Store.Access) throws {
    let folder = try TemporaryFolder()
    let path = try old(3, in: folder)
    let tables = ["capture", "body", "reading", "snapshot", "revision", "edit", "sentence", "sentence_article"]
    let before = try DatabaseQueue(path: path).read { try rows(of: tables, in: $0) }
    let store = try Store.open(path, access)
    #expect(try store.read { try rows(of: tables, in: $0) } == before)
    #expect(try store.pendingCount() == 0)
    let spans = try Self.phrases.map {
      try store.when(Query(phrase: $0)).found.sorted { $0.url < $1.url }.map(\.spans.count)
    }
    #expect(spans == [[3, 3, 3, 3], [1, 1, 1, 1], [1, 1, 1, 2], [1, 1, 1, 2], [2, 2, 2, 2]])
    let problems = try store.verify(deep: Derivation.rederivation).problems
    #expect(problems.isEmpty, "\(problems)")
  }

  @Test func `an archive of format 3 with a damaged block of sentences is derived anew`() throws {
    let folder = try TemporaryFolder()
    let path = try old(3, in: folder)
    try DatabaseQueue(path: path).write { db in
      try db.execute(sql: "INSERT INTO sentence_block (id, count, data) VALUES (900, 3, x'28b52ffd00')")
    }
    let store = try Store.open(path, .write)
    #expect(try store.pendingCount() == 24)
    #expect(try Derivation.deriveLeftOver(in: store).revisions == 24)
    #expect(try store.verify(deep: Derivation.rederivation).problems.isEmpty)
  }

  @Test(arguments: [Store.Access.read, .write])
  func `an archive of format 4 keeps all that it has`(access: Store.Access) throws {
    let folder = try TemporaryFolder()
    let path = try old(4, in: folder)
    let tables = [
      "origin", "article", "body", "capture", "\"check\"", "reading", "snapshot", "revision", "edit", "sentence",
      "sentence_article", "source", "schedule", "poll", "host", "pass",
    ]
    let before = try DatabaseQueue(path: path).read { try rows(of: tables, in: $0) }
    #expect(before.map(\.count) == [1, 3, 8, 20, 18, 20, 7, 8, 5, 19, 19, 4, 3, 1, 2, 7])
    let store = try Store.open(path, access)
    #expect(try store.read { try rows(of: tables, in: $0) } == before)
    #expect(try store.pendingCount() == 0)
    #expect(try store.webhooks().isEmpty)
    let problems = try store.verify(deep: Derivation.rederivation).problems
    #expect(problems.isEmpty, "\(problems)")
  }
}
