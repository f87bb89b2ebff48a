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
  /// When that capture was made.
  public let validatedAt: Instant?
  /// The source that says how to ask; nil when none watches the article.
  public let source: Int64?
  /// What earlier checks found, summed up; empty before the first.
  public let history: String
  /// Failed checks in a row before this one.
  public let failures: Int
  /// When a source says that the article last changed.
  public let statedAt: Instant?
}

/// When an article is checked next, and what is remembered until then.
public struct Plan: Sendable, Hashable {
  public let article: Int64
  public let dueAt: Instant
  public let history: String
  /// Failed checks in a row.
  public let failures: Int

  public init(article: Int64, dueAt: Instant, history: String, failures: Int) {
    (self.article, self.dueAt, self.history, self.failures) = (article, dueAt, history, failures)
  }
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
  /// Nil when it depends on what the captures turn out to say.
  public let plan: Plan?

  public init(
    due: DueFetch, captures: [PreparedCapture], startedAt: Instant, finishedAt: Instant, bytes: Int64,
    failure: (code: String, message: String)?, plan: Plan?
  ) {
    (self.due, self.captures, self.startedAt, self.finishedAt) = (due, captures, startedAt, finishedAt)
    (self.bytes, self.failure, self.plan) = (bytes, failure, plan)
  }
}

/// What a sync takes.
public enum DueSelection: Sendable, Hashable {
  /// What is watched and due by an instant; `slack` milliseconds early counts as due.
  case due(by: Instant, slack: Int64)
  /// All that is watched, due or not.
  case all
  /// These articles, due or not, paused or not; these sources, due or not; and what they name and is due by an instant.
  case named(articles: [Int64], sources: [Int64], by: Instant)
}

extension Store {
  /// What a sync should fetch, the longest overdue first.
  public func due(_ selection: DueSelection) throws(StorageError) -> [DueFetch] {
    let (condition, values): (String, [Int64]) =
      switch selection {
      case .due(let by, let slack):
        ("\(WatchCondition.watched) AND due_at <= ?", [by.advanced(byMilliseconds: slack).milliseconds])
      case .all: (WatchCondition.watched, [])
      case .named(let articles, let sources, let by):
        (
          """
          schedule.article IN (\(articles.marks)) OR due_at <= ? AND \(WatchCondition.watched) AND schedule.article IN (
            SELECT article FROM sighting JOIN source ON source.id = source
            WHERE source.id IN (\(sources.marks)) OR parent IN (\(sources.marks)))
          """, articles + [by.milliseconds] + sources + sources
        )
      }
    return try read { db in
      try Row.fetchAll(
        db,
        sql: """
          SELECT schedule.article, article.url, due_at, entity_tag, last_modified, capture.digest, \(WatchCondition.source),
            history, failures, (SELECT max(stated_at) FROM sighting WHERE sighting.article = schedule.article), capture.at
          FROM schedule JOIN article ON article.id = schedule.article
          LEFT JOIN capture ON capture.id = validated
          WHERE \(condition) ORDER BY due_at, schedule.article
          """, arguments: StatementArguments(values)
      ).map { row in
        DueFetch(
          article: try row[0], url: try row[1], planned: Instant(milliseconds: try row[2]),
          validators: Validators(entityTag: try row[3], lastModified: try row[4]),
          validated: try (try row[5] as Data?).map { try Digest(column: $0) },
          validatedAt: (try row[10] as Int64?).map(Instant.init(milliseconds:)), source: try row[6],
          history: try row[7], failures: try row[8],
          statedAt: (try row[9] as Int64?).map(Instant.init(milliseconds:)))
      }
    }
  }

  /// Plans the next checks of articles whose captures have been read.
  public func plan(_ plans: [Plan]) throws(StorageError) {
    guard !plans.isEmpty else { return }
    try write { db in for plan in plans { try Self.plan(plan, in: db) } }
  }

  private static func plan(_ plan: Plan, in db: Database) throws {
    try db.cachedStatement(sql: "UPDATE schedule SET due_at = ?, history = ?, failures = ? WHERE article = ?")
      .execute(arguments: [plan.dueAt.milliseconds, plan.history, plan.failures, plan.article])
  }

  /// Records a check and plans the next one, if that can be known. Part of T1.
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
    if let plan = attempt.plan { try Self.plan(plan, in: db) }

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
