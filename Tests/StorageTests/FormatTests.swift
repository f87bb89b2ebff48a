import CommandRunner
import Foundation
import GRDB
import Syncing
import Testing

@testable import Storage

/// Archives of earlier formats.
struct FormatTests {
  /// An archive of format 1 with 11 captures of 3 articles, one a 304, and 9 revisions.
  private func old(in folder: TemporaryFolder) throws -> String {
    let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent(
      "Fixtures/format-1.stet")
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

  @Test(arguments: [Store.Access.read, .write])
  func `an archive of format 1 becomes one of today's when it is opened`(access: Store.Access) throws {
    let folder = try TemporaryFolder()
    let path = try old(in: folder)
    let before = try DatabaseQueue(path: path).read { db in
      #expect(try Int.fetchOne(db, sql: "PRAGMA user_version") == 1)
      return try [
        String.fetchAll(db, sql: "SELECT hex(digest) || id FROM capture ORDER BY id"),
        String.fetchAll(db, sql: "SELECT hex(digest) || id || size FROM body ORDER BY id"),
        String.fetchAll(
          db, sql: "SELECT article || ordinal || first_capture || last_capture FROM revision ORDER BY id"),
        String.fetchAll(db, sql: "SELECT revision || classes FROM edit ORDER BY revision, n"),
      ]
    }
    let store = try Store.open(path, access)
    try store.read { db in
      #expect(try Int.fetchOne(db, sql: "PRAGMA user_version") == Store.format)
      let wanted = try DatabaseQueue().write { fresh in
        try fresh.execute(sql: Store.schema)
        return try schema(fresh)
      }
      #expect(try schema(db) == wanted)
      let after = try [
        String.fetchAll(db, sql: "SELECT hex(digest) || id FROM capture ORDER BY id"),
        String.fetchAll(db, sql: "SELECT hex(digest) || id || size FROM body ORDER BY id"),
        String.fetchAll(
          db, sql: "SELECT article || ordinal || first_capture || last_capture FROM revision ORDER BY id"),
        String.fetchAll(db, sql: "SELECT revision || classes FROM edit ORDER BY revision, n"),
      ]
      #expect(after == before)
      #expect(after.map(\.count) == [11, 8, 9, 7])
    }
    let problems = try store.verify(deep: Derivation.rederivation).problems
    #expect(problems.isEmpty, "\(problems)")
    #expect(try store.load(1...11).count == 11)
    if access == .write {
      #expect(try store.compact(vacuum: true).bodies == 8)
      #expect(try store.read { try Int.fetchOne($0, sql: "PRAGMA auto_vacuum") } == 2)
      #expect(try store.load(1...11).count == 11)
      #expect(try store.verify(deep: Derivation.rederivation).problems.isEmpty)
    }
  }
}
