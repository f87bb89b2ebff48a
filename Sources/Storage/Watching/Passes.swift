import Foundation
import GRDB
import Model

/// Runs of sync, import and rebuild, each with its report.
extension Store {
  public enum PassKind: String, Sendable { case sync, `import`, rebuild }

  /// Writes down that a pass began; returns its number.
  public func startPass(_ kind: PassKind, now: Instant) throws(StorageError) -> Int64 {
    try write { db in
      try db.execute(
        sql: "INSERT INTO pass (kind, started_at) VALUES (?, ?)", arguments: [kind.rawValue, now.milliseconds])
      return db.lastInsertedRowID
    }
  }

  /// Seals the head and writes down that the pass ended, with its report as JSON. A head that contradicts the log is thrown
  /// only then: what was kept is kept.
  public func finishPass(_ pass: Int64, report: String, now: Instant) throws(StorageError) {
    let sealing = Result { () throws(StorageError) in try sealHead() }
    try write { db in
      try db.execute(
        sql: "UPDATE pass SET finished_at = ?, report = ? WHERE id = ?", arguments: [now.milliseconds, report, pass])
    }
    _ = try sealing.get()
  }
}

/// The archive in numbers.
public struct Status: Sendable, Hashable {
  public let origin: String
  public let createdAt: Instant
  public let sources, paused, watched, due, articles, captures, bodies, revisions, edits, checks, pending: Int
  /// Notifications for webhooks that are still to arrive, and that were given up.
  public let owedDeliveries, failedDeliveries: Int
  /// Octets of all bodies, decoded; and as stored.
  public let bodyBytes, storedBytes: Int64
  /// Octets of the archive file.
  public let fileBytes: Int64
  public let nextDue: Instant?
  public let lastPass: (startedAt: Instant, finishedAt: Instant?, report: String?)?
  /// Milliseconds from one sync to the next, the median of the last ones; nil when there were too few.
  public let usualGap: Int64?
  /// Articles and sources whose last check failed, the worst first.
  public let failing: [(url: String, failures: Int, message: String)]
  /// Articles that were read once, and whose last answer was something else: a wall, a page that says they are gone.
  public let walls: [(url: String, verdict: Verdict, reason: String?)]
  /// Hosts that asked to be left alone for now.
  public let backedOff: [(host: String, until: Instant)]

  /// Whether a sync should have run and did not: none has begun for three times the usual, though something is due.
  public func isLate(_ now: Instant) -> Bool {
    guard let usualGap, let lastPass, let nextDue, nextDue < now else { return false }
    return lastPass.startedAt.milliseconds(to: now) > max(3 * usualGap, 60_000)
  }

  public static func == (a: Status, b: Status) -> Bool { a.hashable == b.hashable }
  public func hash(into hasher: inout Hasher) { hasher.combine(hashable) }
  private var hashable: [Int] {
    [sources, paused, watched, due, articles, captures, bodies, revisions, edits, checks, pending]
  }
}

extension Store {
  /// - Parameter sums: kept from one question to the next; a new one reads the tables.
  public func status(now: Instant, sums: TableSums = TableSums()) throws(StorageError) -> Status {
    let nextDue = try nextDue()
    return try read { db in
      func count(_ sql: String, _ arguments: StatementArguments = []) throws -> Int {
        try Int.fetchOne(db, sql: sql, arguments: arguments) ?? 0
      }
      let watched = "FROM schedule JOIN article ON article.id = article WHERE \(WatchCondition.watched)"
      let polled = WatchCondition.polled
      let origin = try Row.fetchOne(db, sql: "SELECT name, created_at FROM origin WHERE own = 1")
      let last = try Row.fetchOne(
        db, sql: "SELECT started_at, finished_at, report FROM pass WHERE kind = 'sync' ORDER BY id DESC LIMIT 1")
      let starts = try Int64.fetchAll(
        db, sql: "SELECT started_at FROM pass WHERE kind = 'sync' ORDER BY id DESC LIMIT 21")
      let gaps = zip(starts, starts.dropFirst()).map { $0 - $1 }.sorted()
      let failing = try Row.fetchAll(
        db,
        sql: """
          SELECT url, failures, \(WatchCondition.lastCheck(of: "article.id", WatchCondition.answer))
          \(watched) AND failures > 0
          UNION ALL SELECT url, failures, message \(polled) AND failures > 0
          ORDER BY 2 DESC, 1
          """)
      let walls = try Row.fetchAll(
        db,
        sql: """
          SELECT url, verdict, reason FROM (
            SELECT article.url AS url, article.id AS id, (SELECT capture FROM "check" WHERE "check".article = article.id
              ORDER BY at DESC, id DESC LIMIT 1) AS last
            \(watched) AND failures = 0)
          JOIN reading ON reading.capture = last
          WHERE verdict <> 'article' AND EXISTS (SELECT 1 FROM revision WHERE revision.article = id) ORDER BY url
          """)
      let backedOff = try Row.fetchAll(
        db, sql: "SELECT name, not_before FROM host WHERE not_before > ? ORDER BY not_before",
        arguments: [now.milliseconds])
      let deliveries = try Self.undelivered(in: db)
      let revisions = try count("SELECT count(*) FROM revision INDEXED BY revision_at")
      // Rows that are numbered without a gap and never deleted are counted by their last number.
      return Status(
        origin: try origin?[0] ?? "", createdAt: Instant(milliseconds: try origin?[1] ?? 0),
        sources: try count("SELECT count(*) FROM source WHERE removed_at IS NULL AND parent IS NULL"),
        paused: try count(
          "SELECT count(*) FROM source WHERE removed_at IS NULL AND parent IS NULL AND paused_at IS NOT NULL"),
        watched: try count("SELECT count(*) \(watched)"),
        due: try count("SELECT count(*) \(watched) AND due_at <= ?", [now.milliseconds])
          + count("SELECT count(*) \(polled) AND due_at <= ?", [now.milliseconds]),
        articles: try count("SELECT ifnull(max(id), 0) FROM article"), captures: try Self.logSize(in: db),
        bodies: try count("SELECT ifnull(max(id), 0) FROM body"), revisions: revisions,
        edits: try sums.edits(revisions: revisions, in: db),
        checks: try count(#"SELECT ifnull(max(id), 0) FROM "check""#),
        pending: try count("SELECT count(*) FROM pending"),
        owedDeliveries: deliveries.owed, failedDeliveries: deliveries.failed,
        bodyBytes: try sums.bodyBytes(in: db), storedBytes: try sums.storedBytes(in: db),
        fileBytes: try Int64.fetchOne(
          db, sql: "SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()") ?? 0,
        nextDue: nextDue,
        lastPass: try last.map { row in
          (
            Instant(milliseconds: try row[0]), (try row[1] as Int64?).map(Instant.init(milliseconds:)),
            try row[2] as String?
          )
        },
        usualGap: gaps.count < 3 ? nil : gaps[gaps.count / 2],
        failing: try failing.map { (try $0[0], try $0[1], (try $0[2] as String?) ?? "never checked") },
        walls: try walls.map { (try $0[0], Verdict(rawValue: try $0[1]) ?? .error, try $0[2]) },
        backedOff: try backedOff.map { (try $0[0], Instant(milliseconds: try $0[1])) })
    }
  }

  /// This archive's own origin.
  public func origin() throws(StorageError) -> String {
    try read { db in
      guard let name = try String.fetchOne(db, sql: "SELECT name FROM origin WHERE own = 1") else {
        throw StorageError.damaged(path: path, detail: "it has no origin")
      }
      return name
    }
  }
  /// When the archive was made.
  public func createdAt() throws(StorageError) -> Instant {
    try read { db in
      Instant(milliseconds: try Int64.fetchOne(db, sql: "SELECT created_at FROM origin WHERE own = 1") ?? 0)
    }
  }
}
