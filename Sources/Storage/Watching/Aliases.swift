import GRDB
import Model

/// Two URLs found to be one article.
public struct Join: Sendable, Hashable {
  /// The article that is fetched no more.
  public let article: Int64
  /// The URL it is the same as.
  public let sameAs: WebURL
  /// `canonical`, `open-graph`, `moved-permanently`, `tracking`
  public let reason: String
  /// The capture that said so.
  public let capture: Int64?

  public init(article: Int64, sameAs: WebURL, reason: String, capture: Int64?) {
    (self.article, self.sameAs, self.reason, self.capture) = (article, sameAs, reason, capture)
  }
}

/// An entry of the trail of joins.
public struct JoinRecord: Sendable, Hashable {
  public let url, sameAs, reason: String
  public let at: Instant
}

extension Store {
  /// Joins articles: the one is fetched no more, while the other, which is watched already, is, also for the sources that named
  /// the first. What names an article that is not watched, or would lead round in a circle, is left out. Gives how many were
  /// made.
  public func join(_ joins: [Join], now: Instant) throws(StorageError) -> Int {
    guard !joins.isEmpty else { return 0 }
    return try write { db in
      try joins.count { join in
        let named = try Int64.fetchOne(
          db, sql: "SELECT id FROM article JOIN schedule ON article = id WHERE url = ? AND stopped_at IS NULL",
          arguments: [join.sameAs.normalized])
        guard let named else { return false }
        let target =
          try Int64.fetchOne(db, sql: "SELECT same_as FROM alias WHERE article = ?", arguments: [named]) ?? named
        guard target != join.article else { return false }
        try db.execute(
          sql: """
            INSERT OR IGNORE INTO alias (article, same_as, reason, capture, at) VALUES (?, ?, ?, ?, ?)
            """, arguments: [join.article, target, join.reason, join.capture, now.milliseconds])
        guard db.changesCount > 0 else { return false }
        // Whatever was the same as the first is now the same as the second.
        try db.execute(sql: "UPDATE alias SET same_as = ? WHERE same_as = ?", arguments: [target, join.article])
        try db.execute(
          sql: """
            INSERT OR IGNORE INTO sighting (article, source, at, stated_at)
            SELECT ?, source, ?, stated_at FROM sighting WHERE article = ?
            """, arguments: [target, now.milliseconds, join.article])
        return true
      }
    }
  }

  /// The joins that an article is part of, oldest first.
  public func joins(of article: Int64) throws(StorageError) -> [JoinRecord] {
    try read { db in
      try Row.fetchAll(
        db,
        sql: """
          SELECT other.url, target.url, reason, at FROM alias
          JOIN article AS other ON other.id = alias.article JOIN article AS target ON target.id = same_as
          WHERE alias.article = ?1 OR same_as = ?1 ORDER BY at, alias.article
          """, arguments: [article]
      ).map {
        JoinRecord(url: try $0[0], sameAs: try $0[1], reason: try $0[2], at: Instant(milliseconds: try $0[3]))
      }
    }
  }
}
