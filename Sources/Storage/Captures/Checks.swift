import GRDB
import Model

/// An article to fetch, with all that its next request and its next due time depend on.
///
/// A class, for it goes from hand to hand through a pass: a copy would be some 200 octets and six references.
public final class DueFetch: Sendable {
  public let article: Int64
  public let url: String
  /// When it was due; nil when it is fetched though it was not.
  public let planned: Instant?
  public let validators: Validators
  /// Digest of the capture that a 304 would refer to.
  public let validated: Digest?
  /// When that capture was made.
  public let validatedAt: Instant?
  /// Its row id.
  let validatedNumber: Int64?
  /// The source that says how to ask; nil when none watches the article.
  public let source: Int64?
  /// What earlier checks found, summed up; empty before the first.
  public let history: String
  /// Failed checks in a row before this one.
  public let failures: Int
  /// When a source says that the article last changed.
  public let statedAt: Instant?

  /// A row of `Store.due`; nil when no source watches the article.
  fileprivate init?(_ row: QuickStatement, isNamed: Bool) throws {
    source = try row.integer(6)
    guard isNamed || source != nil else { return nil }
    article = try row.required(row.integer(0), 0)
    url = try row.required(row.text(1), 1)
    planned = Instant(milliseconds: try row.required(row.integer(2), 2))
    validators = Validators(entityTag: try row.text(3), lastModified: try row.text(4))
    validated = try row.octets(5).map { octets in
      guard let digest = Digest(bytes: octets) else { throw row.damaged(5) }
      return digest
    }
    validatedAt = try row.integer(10).map(Instant.init(milliseconds:))
    validatedNumber = try row.integer(11)
    history = try row.required(row.text(7), 7)
    failures = Int(try row.required(row.integer(8), 8))
    statedAt = try row.integer(9).map(Instant.init(milliseconds:))
  }
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
        ("\(WatchCondition.open) AND due_at <= ?", [by.advanced(byMilliseconds: slack).milliseconds])
      case .all: (WatchCondition.open, [])
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
      let statement = try QuickStatement(
        db,
        """
        SELECT schedule.article, article.url, due_at, entity_tag, last_modified, capture.digest, \(WatchCondition.source),
          history, failures, (SELECT max(stated_at) FROM sighting WHERE sighting.article = schedule.article), capture.at,
          validated
        FROM schedule JOIN article ON article.id = schedule.article
        LEFT JOIN capture ON capture.id = validated
        WHERE \(condition)
        """)
      for (index, value) in values.enumerated() { statement.bind(Int32(index + 1), value) }
      let isNamed = if case .named = selection { true } else { false }
      // By SQLite it would be put in order with all its columns, or read in order of an index and so from all over the tables.
      return try statement.all { try DueFetch($0, isNamed: isNamed) }.compactMap(\.self).sorted {
        ($0.planned?.milliseconds ?? 0, $0.article) < ($1.planned?.milliseconds ?? 0, $1.article)
      }
    }
  }

  /// Plans the next checks of articles whose captures have been read.
  public func plan(_ plans: [Plan]) throws(StorageError) {
    guard !plans.isEmpty else { return }
    try write { db in
      let checks = try CheckWriter(db)
      for plan in plans { try checks.plan(plan) }
    }
  }
}

/// Records checks and what follows from them for the schedule. Part of T1.
struct CheckWriter {
  private let insertCheck, updatePlan, updateValidators: QuickStatement

  init(_ db: Database) throws {
    insertCheck = try QuickStatement(
      db,
      """
      INSERT INTO "check" (article, pass, at, duration_ms, bytes, capture, failure, message) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
      """)
    updatePlan = try QuickStatement(
      db, "UPDATE schedule SET due_at = ?, history = ?, failures = ? WHERE article = ?")
    updateValidators = try QuickStatement(
      db, "UPDATE schedule SET entity_tag = ?, last_modified = ?, validated = ? WHERE article = ?")
  }

  func plan(_ plan: Plan) throws {
    updatePlan.bind(1, plan.dueAt.milliseconds)
    updatePlan.bind(2, plan.history)
    updatePlan.bind(3, Int64(plan.failures))
    updatePlan.bind(4, plan.article)
    try updatePlan.run()
  }

  /// Records a check and plans the next one, if that can be known.
  func record(_ attempt: Attempt, captures: [KeptCapture], pass: Int64) throws {
    let due = attempt.due
    insertCheck.bind(1, due.article)
    insertCheck.bind(2, pass)
    insertCheck.bind(3, attempt.startedAt.milliseconds)
    insertCheck.bind(4, max(0, attempt.startedAt.milliseconds(to: attempt.finishedAt)))
    insertCheck.bind(5, attempt.bytes)
    insertCheck.bind(6, captures.last?.id)
    insertCheck.bind(7, attempt.failure?.code)
    insertCheck.bind(8, attempt.failure?.message)
    try insertCheck.run()
    if let plan = attempt.plan { try self.plan(plan) }

    // Validators belong to the article's own URL, so only to an answer that came without a redirect; a 304 keeps those it had.
    guard attempt.failure == nil, let last = attempt.captures.last, last.input.response.status != 304 else { return }
    let direct = captures.count == 1 && last.input.response.status == 200
    let validators = direct ? Validators(of: last.input.response.fields) : Validators()
    updateValidators.bind(1, validators.entityTag)
    updateValidators.bind(2, validators.lastModified)
    updateValidators.bind(3, validators.isEmpty ? nil : captures.last?.id)
    updateValidators.bind(4, due.article)
    try updateValidators.run()
  }
}
