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
  public let sources, paused, due, articles, captures, bodies, revisions, edits, checks, pending: Int
  /// Octets of all bodies, decoded; and as stored.
  public let bodyBytes, storedBytes: Int64
  /// Octets of the archive file.
  public let fileBytes: Int64
  public let nextDue: Instant?
  public let lastPass: (startedAt: Instant, finishedAt: Instant?, report: String?)?
  /// Sources whose last check failed, the worst first.
  public let failing: [(url: String, failures: Int, message: String)]

  public static func == (a: Status, b: Status) -> Bool { a.hashable == b.hashable }
  public func hash(into hasher: inout Hasher) { hasher.combine(hashable) }
  private var hashable: [Int] { [sources, paused, due, articles, captures, bodies, revisions, edits, checks, pending] }
}

extension Store {
  public func status(now: Instant) throws(StorageError) -> Status {
    try read { db in
      func count(_ sql: String, _ arguments: StatementArguments = []) throws -> Int {
        try Int.fetchOne(db, sql: sql, arguments: arguments) ?? 0
      }
      let watched = "FROM source JOIN schedule USING (article) WHERE removed_at IS NULL AND paused_at IS NULL"
      let origin = try Row.fetchOne(db, sql: "SELECT name, created_at FROM origin WHERE own = 1")
      let last = try Row.fetchOne(
        db, sql: "SELECT started_at, finished_at, report FROM pass WHERE kind = 'sync' ORDER BY id DESC LIMIT 1")
      let failing = try Row.fetchAll(
        db,
        sql: """
          SELECT source.url, failures, (
            SELECT ifnull(message, 'status ' || capture.status) FROM "check" LEFT JOIN capture ON capture.id = capture
            WHERE "check".article = source.article ORDER BY "check".at DESC, "check".id DESC LIMIT 1)
          \(watched) AND failures > 0 ORDER BY failures DESC, source.id
          """)
      return Status(
        origin: try origin?[0] ?? "", createdAt: Instant(milliseconds: try origin?[1] ?? 0),
        sources: try count("SELECT count(*) FROM source WHERE removed_at IS NULL"),
        paused: try count("SELECT count(*) FROM source WHERE removed_at IS NULL AND paused_at IS NOT NULL"),
        due: try count("SELECT count(*) \(watched) AND due_at <= ?", [now.milliseconds]),
        articles: try count("SELECT count(*) FROM article"), captures: try count("SELECT count(*) FROM capture"),
        bodies: try count("SELECT count(*) FROM body"), revisions: try count("SELECT count(*) FROM revision"),
        edits: try count("SELECT ifnull(sum(count), 0) FROM edit"), checks: try count(#"SELECT count(*) FROM "check""#),
        pending: try count("SELECT count(*) FROM pending"),
        bodyBytes: try Int64.fetchOne(db, sql: "SELECT total(size) FROM body") ?? 0,
        storedBytes: try Int64.fetchOne(db, sql: "SELECT total(length(data)) FROM coded") ?? 0,
        fileBytes: try Int64.fetchOne(
          db, sql: "SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()") ?? 0,
        nextDue: try Int64.fetchOne(db, sql: "SELECT min(due_at) \(watched)").map(Instant.init(milliseconds:)),
        lastPass: try last.map { row in
          (
            Instant(milliseconds: try row[0]), (try row[1] as Int64?).map(Instant.init(milliseconds:)),
            try row[2] as String?
          )
        },
        failing: try failing.map { (try $0[0], try $0[1], (try $0[2] as String?) ?? "never checked") })
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
}
