import GRDB
import Model

/// Looking captures up by what other archives call them: URL and instant.
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
}
