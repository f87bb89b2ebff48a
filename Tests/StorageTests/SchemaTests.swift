import Foundation
import GRDB
import Model
import Testing

@testable import Storage

/// The tables as they are made, and what they refuse.
struct SchemaTests {
  @Test func `a new archive has exactly the tables, indexes and triggers of the schema`() throws {
    let archive = try Archive()
    let query = "SELECT type, name, sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY type, name"
    let made = try archive.raw { db in try Row.fetchAll(db, sql: query).map { "\($0)" } }
    let wanted = try DatabaseQueue().write { db in
      try db.execute(sql: Store.schema)
      return try Row.fetchAll(db, sql: query).map { "\($0)" }
    }
    #expect(made == wanted)
    #expect(made.count > 30)
  }

  @Test func `the compiled schema is schema.sql to the letter`() throws {
    let root = URL(fileURLWithPath: #filePath).resolvingSymlinksInPath().deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    let file = try String(contentsOf: root.appendingPathComponent("schema.sql"), encoding: .utf8)
    #expect(Store.schema == file)
  }

  @Test func `every table is strict`() throws {
    let archive = try Archive()
    let loose = try archive.raw { db in
      try String.fetchAll(
        db, sql: "SELECT name FROM pragma_table_list WHERE type = 'table' AND NOT strict AND name NOT LIKE 'sqlite%'")
    }
    #expect(loose.isEmpty)
  }

  @Test func `foreign keys and full synchronous are on for a writer`() throws {
    let archive = try Archive()
    let values = try archive.store.read { db in
      [try Int.fetchOne(db, sql: "PRAGMA foreign_keys"), try Int.fetchOne(db, sql: "PRAGMA synchronous")]
    }
    #expect(values == [1, 2])
    #expect(try archive.raw { try String.fetchOne($0, sql: "PRAGMA journal_mode") } == "wal")
    #expect(throws: DatabaseError.self) {
      try archive.raw { try $0.execute(sql: "INSERT INTO pending (capture) VALUES (999)") }
    }
  }

  @Test(arguments: ["origin", "article", "body", "fields", "capture", "check"])
  func `rows of ground tables cannot be changed or deleted`(table: String) throws {
    let archive = try Archive()
    try archive.take([Archive.capture("It takes effect in May of next year.", minute: 0)])
    try archive.store.write { db in
      try db.execute(
        sql: """
          INSERT INTO pass (kind, started_at) VALUES ('sync', 0);
          INSERT INTO "check" (article, pass, at, duration_ms, bytes) VALUES (1, 1, 0, 0, 0)
          """)
    }
    for sql in ["UPDATE \"\(table)\" SET id = id", "DELETE FROM \"\(table)\""] {
      let error = #expect(throws: DatabaseError.self) { try archive.raw { try $0.execute(sql: sql) } }
      #expect(error?.message?.hasPrefix("ground rows are never") == true, "\(sql)")
      #expect(error?.message?.hasSuffix(": \(table)") == true)
    }
    #expect(try archive.raw { try Int.fetchOne($0, sql: "SELECT count(*) FROM \"\(table)\"") } == 1)
  }
}
