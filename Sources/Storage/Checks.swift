import Foundation
import GRDB
import Model

/// An article to fetch, with all that its next request and its next due time depend on.
public struct DueFetch: Sendable, Hashable {
  public let article: Int64
  public let url: String
  /// When it was due; nil when it is fetched though it was not.
  public let planned: Instant?
  public let validators: Validators
  /// Digest of the capture that a 304 would refer to.
  public let validated: Digest?
  /// Milliseconds; nil when the interval follows the history.
  public let every: Int64?
  public let changedAt: Instant
  /// Failed checks in a row before this one.
  public let failures: Int
}

/// One check: its captures, in order, and how it ended.
public struct Attempt: Sendable {
  public let due: DueFetch
  public let captures: [PreparedCapture]
  public let startedAt: Instant
  public let finishedAt: Instant
  /// Body octets received, before decoding.
  public let bytes: Int64
  /// What went wrong, when no response could be kept as final.
  public let failure: (code: String, message: String)?

  public init(
    due: DueFetch, captures: [PreparedCapture], startedAt: Instant, finishedAt: Instant, bytes: Int64,
    failure: (code: String, message: String)?
  ) {
    (self.due, self.captures, self.startedAt, self.finishedAt) = (due, captures, startedAt, finishedAt)
    (self.bytes, self.failure) = (bytes, failure)
  }

  /// Whether the article itself answered: success, or "not modified".
  var worked: Bool {
    guard failure == nil, let status = captures.last?.input.response.status else { return false }
    return (200...299).contains(status) || status == 304
  }
}

/// Which articles a sync takes.
public enum DueSelection: Sendable, Hashable {
  /// Those on the watch list that are due by an instant; `slack` milliseconds early counts as due.
  case due(by: Instant, slack: Int64)
  /// All on the watch list, due or not.
  case all
  /// These, due or not, paused or not.
  case articles([Int64])
}

extension Store {
  /// What a sync should fetch, the longest overdue first.
  public func due(_ selection: DueSelection, limit: Int?) throws(StorageError) -> [DueFetch] {
    let (condition, values): (String, [Int64]) =
      switch selection {
      case .due(let by, let slack):
        ("removed_at IS NULL AND paused_at IS NULL AND due_at <= ?", [by.advanced(byMilliseconds: slack).milliseconds])
      case .all: ("removed_at IS NULL AND paused_at IS NULL", [])
      case .articles(let ids):
        ("schedule.article IN (\(ids.map { _ in "?" }.joined(separator: ",")))", ids)
      }
    return try read { db in
      try Row.fetchAll(
        db,
        sql: """
          SELECT schedule.article, article.url, due_at, entity_tag, last_modified, capture.digest, every_ms, changed_at,
            failures
          FROM schedule JOIN article ON article.id = schedule.article
          LEFT JOIN source ON source.article = schedule.article LEFT JOIN capture ON capture.id = validated
          WHERE \(condition) ORDER BY due_at, schedule.article LIMIT ?
          """, arguments: StatementArguments(values + [Int64(limit ?? -1)])
      ).map { row in
        DueFetch(
          article: try row[0], url: try row[1], planned: Instant(milliseconds: try row[2]),
          validators: Validators(entityTag: try row[3], lastModified: try row[4]),
          validated: try (try row[5] as Data?).map { try Digest(column: $0) }, every: try row[6],
          changedAt: Instant(milliseconds: try row[7]), failures: try row[8])
      }
    }
  }

  /// Records a check and plans the next one. Part of T1.
  static func record(_ attempt: Attempt, captures: [KeptCapture], pass: Int64, in db: Database) throws {
    let due = attempt.due
    let insert = try db.cachedStatement(
      sql: """
        INSERT INTO "check" (article, pass, at, duration_ms, bytes, capture, failure, message) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
        """)
    try insert.execute(
      arguments: [
        due.article, pass, attempt.startedAt.milliseconds,
        max(0, attempt.startedAt.milliseconds(to: attempt.finishedAt)), attempt.bytes, captures.last?.id,
        attempt.failure?.code, attempt.failure?.message,
      ])
    let failures = attempt.worked ? 0 : due.failures + 1
    let interval = Schedule.interval(fixed: due.every, quiet: due.changedAt.milliseconds(to: attempt.startedAt))
    let next = Schedule.due(planned: due.planned, now: attempt.startedAt, interval: interval, failures: failures)
    let plan = try db.cachedStatement(sql: "UPDATE schedule SET due_at = ?, failures = ? WHERE article = ?")
    try plan.execute(arguments: [next.milliseconds, failures, due.article])

    // Validators belong to the article's own URL, so only to an answer that came without a redirect; a 304 keeps those it had.
    guard attempt.failure == nil, let last = attempt.captures.last, last.input.response.status != 304 else { return }
    let direct = captures.count == 1 && last.input.response.status == 200
    let validators = direct ? Validators(of: last.input.response.fields) : Validators()
    let store = try db.cachedStatement(
      sql: "UPDATE schedule SET entity_tag = ?, last_modified = ?, validated = ? WHERE article = ?")
    try store.execute(
      arguments: [
        validators.entityTag, validators.lastModified, validators.isEmpty ? nil : captures.last?.id, due.article,
      ])
  }
}
