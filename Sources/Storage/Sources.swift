import Foundation
import GRDB
import Model

/// The watch list.
public struct SourceRow: Sendable, Hashable {
  public let id: Int64
  public let article: Int64
  public let url: String
  public let kind: String
  /// Milliseconds; nil when the interval follows the article's history.
  public let every: Int64?
  public let addedAt: Instant
  public let pausedAt: Instant?
  public let removedAt: Instant?
  public let dueAt: Instant?
  /// Failed checks in a row.
  public let failures: Int
  public let revisions: Int
  public let lastCheck: Instant?
}

/// What became of URLs to be watched, each list in the order given.
public struct Additions: Sendable, Hashable {
  public var added: [String] = []
  /// On the list already.
  public var known: [String] = []

  public init() {}
}

extension Store {
  /// Puts pages on the watch list, due at once; those taken off it before are put back. All of them or none.
  public func add(_ urls: [WebURL], every: Int64?, now: Instant) throws(StorageError) -> Additions {
    try write { db in
      var ground = try GroundWriter(db)
      var result = Additions()
      for url in urls {
        let name = url.normalized
        let present = try Row.fetchOne(db, sql: "SELECT removed_at FROM source WHERE url = ?", arguments: [name])
        if let present, try present[0] as Int64? == nil {
          result.known.append(name)
          if let every {
            try db.execute(sql: "UPDATE source SET every_ms = ? WHERE url = ?", arguments: [every, name])
          }
          continue
        }
        let article = try ground.article(name, now: now)
        try db.execute(
          sql: """
            INSERT INTO source (url, kind, article, every_ms, added_at) VALUES (?, 'page', ?, ?, ?)
            ON CONFLICT (url) DO UPDATE SET removed_at = NULL, paused_at = NULL, every_ms = excluded.every_ms
            """, arguments: [name, article, every, now.milliseconds])
        try db.execute(
          sql: """
            INSERT INTO schedule (article, due_at, changed_at) VALUES (?1, ?2, ?2)
            ON CONFLICT (article) DO UPDATE SET due_at = ?2, failures = 0
            """, arguments: [article, now.milliseconds])
        result.added.append(name)
      }
      return result
    }
  }

  /// The watch list in the order it was made, without what was removed.
  public func sources() throws(StorageError) -> [SourceRow] {
    try read { db in
      try Row.fetchAll(
        db,
        sql: """
          SELECT source.id, source.article, url, kind, every_ms, added_at, paused_at, removed_at, due_at,
            ifnull(failures, 0),
            ifnull((SELECT max(ordinal) FROM revision WHERE revision.article = source.article), 0),
            (SELECT max(at) FROM "check" WHERE "check".article = source.article)
          FROM source LEFT JOIN schedule ON schedule.article = source.article
          WHERE removed_at IS NULL ORDER BY source.id
          """
      ).map { row in
        func instant(_ i: Int) throws -> Instant? { (try row[i] as Int64?).map(Instant.init(milliseconds:)) }
        return try SourceRow(
          id: row[0], article: row[1], url: row[2], kind: row[3], every: row[4], addedAt: Instant(milliseconds: row[5]),
          pausedAt: instant(6), removedAt: instant(7), dueAt: instant(8), failures: row[9], revisions: row[10],
          lastCheck: instant(11))
      }
    }
  }

  /// Stops or resumes watching articles. Returns false for each that is not on the list.
  public func setPaused(_ articles: [Int64], _ paused: Bool, now: Instant) throws(StorageError) -> [Bool] {
    try write { db in
      try articles.map { article in
        try db.execute(
          sql: "UPDATE source SET paused_at = ? WHERE article = ? AND removed_at IS NULL",
          arguments: [paused ? now.milliseconds : nil, article])
        return db.changesCount > 0
      }
    }
  }

  /// Takes articles off the watch list; what was captured stays. Returns false for each that is not on the list.
  public func remove(_ articles: [Int64], now: Instant) throws(StorageError) -> [Bool] {
    try write { db in
      try articles.map { article in
        try db.execute(
          sql: "UPDATE source SET removed_at = ? WHERE article = ? AND removed_at IS NULL",
          arguments: [now.milliseconds, article])
        return db.changesCount > 0
      }
    }
  }
}
