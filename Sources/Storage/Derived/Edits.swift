import Foundation
import GRDB
import Model

/// Edits as they are recorded.
struct EditReader {
  private let frames = CheckedFrames()

  /// The edits that made a revision out of the one before, in reading order, given what both said. Empty for an article's
  /// first revision.
  func edits(
    ofRevision revision: Int64, from old: ArticleText, to new: ArticleText, in db: Database
  ) throws -> [Edit] {
    guard let bytes = try bytes(ofRevision: revision, in: db) else { return [] }
    guard let edits = EditCoding.decode(bytes, from: old, to: new) else { throw Self.unreadable(revision) }
    return edits
  }

  /// The classes of each of them.
  func classes(ofRevision revision: Int64, in db: Database) throws -> [[Edit.Class]] {
    guard let bytes = try bytes(ofRevision: revision, in: db) else { return [] }
    guard let classes = EditCoding.classes(bytes) else { throw Self.unreadable(revision) }
    return classes
  }

  /// Their coding, for `EditCoding`; nil when there are none.
  func bytes(ofRevision revision: Int64, in db: Database) throws -> [UInt8]? {
    let statement = try db.cachedStatement(sql: "SELECT data FROM edit WHERE revision = ?")
    guard let data = try Data.fetchOne(statement, arguments: [revision]) else { return nil }
    guard let bytes = frames.decode([UInt8](data)) else { throw Self.unreadable(revision) }
    return bytes
  }

  private static func unreadable(_ revision: Int64) -> StorageError {
    .damaged(path: "edits of revision \(revision)", detail: "they cannot be read")
  }
}

extension Store {
  /// The edits that made a revision, by its row, out of the one before; empty for an article's first.
  static func edits(ofRevision revision: Int64, in db: Database) throws -> [Edit] {
    let pair = try Row.fetchOne(
      db,
      sql: """
        SELECT old.snapshot, new.snapshot FROM revision AS new
        JOIN revision AS old ON old.article = new.article AND old.ordinal = new.ordinal - 1 WHERE new.id = ?
        """, arguments: [revision])
    guard let pair else { return [] }
    let reader = SnapshotReader()
    let (old, new) = (try reader.stored(pair[0], in: db), try reader.stored(pair[1], in: db))
    return try EditReader().edits(
      ofRevision: revision, from: old.snapshot.text, to: new.snapshot.text, in: db)
  }
}
