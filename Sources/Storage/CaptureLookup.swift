import Foundation
import GRDB
import Model

/// Looking captures and bodies up by what other archives call them: URL and instant, or a digest.
extension Store {
  /// Row ids of the captures of a URL at an instant, in the order of the chain; empty when there are none.
  /// - Parameter article: the article they may be filed under, when that is not the URL itself.
  public func captures(of url: String, at: Instant, article: String) throws(StorageError) -> [Int64] {
    try read { db in
      try Int64.fetchAll(
        db,
        sql: """
          SELECT c.id FROM capture AS c JOIN article ON article.id = c.article
          WHERE article.url IN (?1, ?2) AND c.at = ?3 AND ifnull(c.url, article.url) = ?1 AND c.body IS NOT NULL
          ORDER BY c.seq, c.digest
          """, arguments: [url, article, at.milliseconds])
    }
  }

  /// Whether the archive has a body.
  public func holdsBody(_ digest: Digest) throws(StorageError) -> Bool {
    try read { db in try Self.bodyNumber(digest, in: db) != nil }
  }

  private static func bodyNumber(_ digest: Digest, in db: Database) throws -> Int64? {
    try Int64.fetchOne(
      db, sql: "SELECT id FROM body WHERE substr(digest, 1, 8) = substr(?1, 1, 8) AND digest = ?1",
      arguments: [digest.data])
  }
}
