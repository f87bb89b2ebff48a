import Foundation
import GRDB
import Model

/// Edits in the order in which they came into the archive, for who follows it.
///
/// The place of a revision in that order is the number of its first capture, for captures are ground state: they are numbered 1,
/// 2, 3, … as they come, whereas revisions get other rows when they are derived anew. So a rebuild, or a better extractor, is
/// no news to anyone who has read on to where the archive stands.
public struct Arrival: Sendable, Hashable {
  /// The number of the capture that was the first to say so.
  public let number: Int64
  public let capture: Digest
  /// Its edits, all of them.
  public let found: FoundEdits
  /// The same with both texts.
  public var change: RevisionChange { found.change }
  public var article: Int64 { change.article }
}

extension Store {
  /// The number of the newest capture; 0 while there is none.
  public func lastArrival() throws(StorageError) -> Int64 {
    try read { db in Int64(try Self.logSize(in: db)) }
  }

  /// The revisions with edits that captures after one brought, the earliest capture first. No more than `limit` captures are
  /// looked at, and none from the first on that has not been read yet; `last` is the number of the last, or `number` when there
  /// was none.
  public func arrivals(
    after number: Int64, limit: Int
  ) throws(StorageError) -> (arrived: [Arrival], last: Int64) {
    try read { db in
      let unread = try Int64.fetchOne(db, sql: "SELECT min(capture) FROM pending")
      let newest = Int64(try Self.logSize(in: db))
      let last = max(number, min(number + Int64(limit), newest, unread.map { $0 - 1 } ?? newest))
      let rows = try Row.fetchAll(
        db,
        sql: """
          SELECT revision.article, ordinal, first_at, capture.id, capture.digest
          FROM capture CROSS JOIN revision INDEXED BY revision_at ON first_at = capture.at AND first_capture = capture.id
          WHERE capture.id > ? AND capture.id <= ? AND ordinal > 1 ORDER BY capture.id
          """, arguments: [number, last])
      var arrived: [Arrival] = []
      for row in rows {
        var scope = Scope()
        let (at, ordinal): (Int64, Int) = (try row[2], try row[1])
        scope.articles = [try row[0]]
        (scope.since, scope.until) = (Instant(milliseconds: at), Instant(milliseconds: at + 1))
        var found: FoundEdits?
        try Self.edits(scope, classes: [], in: db) { edits in
          if edits.ordinal == ordinal { found = edits }
          return found == nil
        }
        guard let found else { continue }
        arrived.append(Arrival(number: try row[3], capture: try Digest(column: row[4]), found: found))
      }
      return (arrived, last)
    }
  }

  /// The sources that named an article, those that index them included.
  public func sources(naming article: Int64) throws(StorageError) -> Set<Int64> {
    try read { db in
      Set(
        try Int64.fetchAll(
          db,
          sql: """
            SELECT source FROM sighting WHERE article = ?1
            UNION SELECT parent FROM sighting JOIN source ON source.id = source WHERE article = ?1 AND parent IS NOT NULL
            """, arguments: [article]))
    }
  }
}
