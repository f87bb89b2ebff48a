import GRDB
import Model

/// The archive at a glance: what can be told in milliseconds of an archive of any size. `status` counts all there is.
public struct Overview: Sendable, Hashable {
  public let origin: String
  public let createdAt: Instant
  public let articles, captures, bodies, revisions, checks, pending, sources, paused, due: Int
  /// Notifications for webhooks that are still to arrive, and that were given up.
  public let owedDeliveries, failedDeliveries: Int
  /// Octets of the archive file.
  public let fileBytes: Int64
  public let nextDue: Instant?
  /// The newest first.
  public let passes: [PassRow]
  /// Articles and sources whose last checks failed, the worst first; some of them.
  public let failing: [FailingRow]
  /// Articles that were read once and answered with something else in the last checks; some of them.
  public let walls: [WallRow]
  /// Hosts that are left alone for now.
  public let resting: [HostRow]
}

/// One run of sync, import or rebuild.
public struct PassRow: Sendable, Hashable {
  public let kind: String
  public let startedAt: Instant
  /// Nil: it is running, or it died.
  public let finishedAt: Instant?
  /// Its counts, as `--json` gives them.
  public let report: String?
}

/// What failed when it was checked last.
public struct FailingRow: Sendable, Hashable {
  /// Nil: a source that is no page.
  public let article: Int64?
  public let url: String
  /// In a row.
  public let failures: Int
  public let message: String
}

/// What answered with something that is no article.
public struct WallRow: Sendable, Hashable {
  public let article: Int64
  public let url, verdict: String
  public let reason: String?
}

extension Store {
  /// - Parameter limit: rows of each list.
  public func overview(now: Instant, limit: Int) throws(StorageError) -> Overview {
    try read { db in
      func count(_ sql: String, _ arguments: StatementArguments = []) throws -> Int {
        try Int.fetchOne(db, sql: sql, arguments: arguments) ?? 0
      }
      let origin = try Row.fetchOne(db, sql: "SELECT name, created_at FROM origin WHERE own = 1")
      let watched = "FROM schedule WHERE stopped_at IS NULL"
      let deliveries = try Self.undelivered(in: db)
      return Overview(
        origin: try origin?[0] ?? "", createdAt: Instant(milliseconds: try origin?[1] ?? 0),
        articles: try count("SELECT ifnull(max(id), 0) FROM article"),
        // Numbered without a gap, and never deleted.
        captures: try Self.logSize(in: db), bodies: try count("SELECT ifnull(max(id), 0) FROM body"),
        revisions: try count("SELECT count(*) FROM revision INDEXED BY revision_at"),
        checks: try count(#"SELECT ifnull(max(id), 0) FROM "check""#),
        pending: try count("SELECT count(*) FROM pending"),
        sources: try count("SELECT count(*) FROM source WHERE removed_at IS NULL AND parent IS NULL"),
        paused: try count(
          "SELECT count(*) FROM source WHERE removed_at IS NULL AND parent IS NULL AND paused_at IS NOT NULL"),
        due: try count("SELECT count(*) \(watched) AND due_at <= ?", [now.milliseconds])
          + count("SELECT count(*) \(WatchCondition.polled) AND due_at <= ?", [now.milliseconds]),
        owedDeliveries: deliveries.owed, failedDeliveries: deliveries.failed,
        fileBytes: try Int64.fetchOne(
          db, sql: "SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()") ?? 0,
        nextDue: try [
          "SELECT due_at \(watched) ORDER BY due_at LIMIT 1",
          "SELECT due_at \(WatchCondition.polled) ORDER BY due_at LIMIT 1",
        ].compactMap { try Int64.fetchOne(db, sql: $0) }.min().map(Instant.init(milliseconds:)),
        passes: try Self.passes(limit, in: db), failing: try Self.failing(limit, in: db),
        walls: try Self.walls(limit, in: db),
        resting: try Row.fetchAll(
          db, sql: "SELECT name, not_before, failures FROM host WHERE not_before > ? ORDER BY not_before LIMIT ?",
          arguments: [now.milliseconds, limit]
        ).map {
          HostRow(name: try $0[0], notBefore: Instant(milliseconds: try $0[1]), failures: try $0[2])
        })
    }
  }

  private static func passes(_ limit: Int, in db: Database) throws -> [PassRow] {
    try Row.fetchAll(
      db, sql: "SELECT kind, started_at, finished_at, report FROM pass ORDER BY id DESC LIMIT ?", arguments: [limit]
    ).map {
      PassRow(
        kind: try $0[0], startedAt: Instant(milliseconds: try $0[1]),
        finishedAt: (try $0[2] as Int64?).map(Instant.init(milliseconds:)), report: try $0[3])
    }
  }

  private static func failing(_ limit: Int, in db: Database) throws -> [FailingRow] {
    try Row.fetchAll(
      db,
      sql: """
        SELECT article, url, failures, (
          SELECT ifnull(message, 'status ' || capture.status) FROM "check" LEFT JOIN capture ON capture.id = capture
          WHERE "check".article = worst.article ORDER BY "check".at DESC, "check".id DESC LIMIT 1)
        FROM (SELECT article, failures FROM schedule WHERE failures > 0 AND stopped_at IS NULL
          ORDER BY failures DESC, article LIMIT ?1) AS worst
        JOIN article ON article.id = worst.article
        UNION ALL SELECT NULL, url, failures, message \(WatchCondition.polled) AND failures > 0
        ORDER BY 3 DESC, 2 LIMIT ?1
        """, arguments: [limit]
    ).map {
      FailingRow(article: try $0[0], url: try $0[1], failures: try $0[2], message: (try $0[3] as String?) ?? "")
    }
  }

  /// Among the last checks: the newest 2,000.
  private static func walls(_ limit: Int, in db: Database) throws -> [WallRow] {
    try Row.fetchAll(
      db,
      sql: """
        SELECT article.id, url, verdict, reason FROM (
          SELECT article, max(id) AS last, capture FROM (SELECT id, article, capture FROM "check" ORDER BY id DESC LIMIT 2000)
          GROUP BY article) AS lately
        JOIN reading ON reading.capture = lately.capture JOIN article ON article.id = lately.article
        WHERE verdict NOT IN ('article', 'redirect') AND EXISTS (SELECT 1 FROM revision WHERE revision.article = article.id)
        ORDER BY last DESC LIMIT ?
        """, arguments: [limit]
    ).map { WallRow(article: try $0[0], url: try $0[1], verdict: try $0[2], reason: try $0[3]) }
  }
}
