import Foundation
import GRDB
import Model

/// A capture and what the extractor read in it.
public struct Derived: Sendable {
  public enum Source: Sendable {
    case read(Reading)
    /// Another capture that reads the same, of the same batch or derived before.
    case sameAs(capture: Int64)
  }

  public let capture: Int64
  public let source: Source
  /// What it said, with its digest made outside the transaction; nil when it is no article, or reads as another.
  public let snapshot: Snapshot?

  public init(capture: Int64, reading: Reading) {
    (self.capture, source, snapshot) = (capture, .read(reading), reading.text.map(Snapshot.init))
  }

  public init(capture: Int64, sameAs other: Int64) {
    (self.capture, source, snapshot) = (capture, .sameAs(capture: other), nil)
  }
}

/// What deriving led to.
public struct DerivedCounts: Sendable, Hashable {
  public var revisions = 0
  /// Articles that had no revision before.
  public var newArticles = 0
  public var edits = 0
  public var notArticles = 0
  /// Revisions made, for those who want to tell: article and ordinal.
  public var made: [NewRevision] = []

  public init() {}
}

public struct NewRevision: Sendable, Hashable {
  public let article: Int64
  public let url: String
  public let ordinal: Int
  public let headline: String
  /// The first class of each edit, in reading order.
  public let classes: [Edit.Class]
}

/// T2: readings, snapshots, revisions and edits, all at once.
extension Store {
  /// Records readings, and the revisions and edits that follow from them.
  /// - Parameters:
  ///   - extractor: its version.
  ///   - difference: the diff service.
  public func derive(
    _ derived: [Derived], extractor: Int, difference: @escaping (Snapshot, Snapshot) -> Difference
  ) throws(StorageError) -> DerivedCounts {
    do throws(StorageError) {
      return try write { db in
        try db.execute(
          sql: "INSERT INTO derivation (version) SELECT ? WHERE NOT EXISTS (SELECT 1 FROM derivation)",
          arguments: [extractor])
        var chain = try RevisionWriter(db, memory: memory, extractor: extractor, difference: difference)
        for one in derived { try chain.record(one) }
        return try chain.finish()
      }
    } catch {
      memory.forget()
      throw error
    }
  }

  /// Captures without a reading, oldest id first, with all that reading them takes.
  /// - Parameter reader: one for all batches of a series.
  public func pending(
    after id: Int64, limit: Int, reader: PendingReader = PendingReader()
  ) throws(StorageError) -> [PendingCapture] {
    try read { db in
      let rows = try Row.fetchAll(
        db,
        sql: """
          SELECT capture.id, ifnull(capture.url, article.url), capture.status, fields.data, capture.body, article.url,
            capture.varying
          FROM pending JOIN capture ON capture.id = pending.capture JOIN article ON article.id = capture.article
          JOIN fields ON fields.id = capture.fields
          WHERE pending.capture > ? ORDER BY pending.capture LIMIT ?
          """, arguments: [id, limit])
      return try rows.map { row in
        let body: Result<[UInt8], StorageError>
        if let id = try row[4] as Int64? {
          do { body = .success(try reader.bodies.body(id, in: db)) } catch let error as StorageError {
            body = .failure(error)
          }
        } else {
          body = .success([])
        }
        return PendingCapture(
          id: try row[0], article: try row[5], url: try row[1], status: try row[2],
          fields: try HTTPFields(common: row[3], varying: row[6]),
          body: body)
      }
    }
  }

  /// The version of what made the derived state; nil while there is none.
  public func derivationVersion() throws(StorageError) -> Int? {
    try read { db in try Int.fetchOne(db, sql: "SELECT version FROM derivation") }
  }

  /// How many captures have no reading yet.
  public func pendingCount() throws(StorageError) -> Int {
    try read { db in try Int.fetchOne(db, sql: "SELECT count(*) FROM pending") ?? 0 }
  }

  /// Drops all derived state and marks every capture pending, so that deriving makes it again.
  public func dropDerived() throws(StorageError) {
    memory.forget()
    try outsideTransaction { db in
      // What refers to these rows goes with them. To look for it row by row, where no index helps, would take the square of
      // their number.
      try db.execute(sql: "PRAGMA foreign_keys = OFF")
      // Fails only with the connection, and then nothing more is asked of it.
      defer { try? db.execute(sql: "PRAGMA foreign_keys = ON") }
      try db.inTransaction(.immediate) {
        try db.execute(sql: Self.dropping)
        return .commit
      }
    }
  }

  /// What makes all captures pending and takes away what was derived from them.
  static let dropping = """
    DELETE FROM derivation; DELETE FROM edit; DELETE FROM revision; DELETE FROM reading; DELETE FROM snapshot;
    DELETE FROM sentence; DELETE FROM sentence_block; DELETE FROM sentence_hash; DELETE FROM sentence_article;
    INSERT INTO sentence_word (sentence_word) VALUES ('delete-all');
    INSERT OR IGNORE INTO pending (capture) SELECT id FROM capture;
    """
}

/// What a series of `pending` keeps at hand: most bodies stand on one that was read a batch ago.
// its reader is touched only inside reads of the store, which come one at a time
public final class PendingReader: @unchecked Sendable {
  let bodies = BodyReader(limit: 48 << 20)
  public init() {}
}

/// A capture that waits to be read.
public struct PendingCapture: Sendable {
  public let id: Int64
  /// The URL that is watched.
  public let article: String
  /// The one that was asked for.
  public let url: String
  public let status: Int
  public let fields: HTTPFields
  /// A failure when the stored body is damaged.
  public let body: Result<[UInt8], StorageError>
}
