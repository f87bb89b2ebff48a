import GRDB
import Model

/// A feed, sitemap or listing page to ask.
public struct DuePoll: Sendable, Hashable {
  public let source: Int64
  public let url: String
  public let kind: SourceKind
  /// When it was due; nil when it is asked though it was not.
  public let planned: Instant?
  public let validators: Validators
  public let history: String
  /// Failed checks in a row before this one.
  public let failures: Int
  public let settings: SourceSettings
  /// The sitemap index that names it.
  public let parent: Int64?
}

/// An article as a source names it.
public struct ListedArticle: Sendable, Hashable {
  public let url: WebURL
  /// When the source says that it last changed.
  public let statedAt: Instant?

  public init(url: WebURL, statedAt: Instant? = nil) { (self.url, self.statedAt) = (url, statedAt) }
}

/// How asking a source ended.
public struct PollOutcome: Sendable {
  public let poll: DuePoll
  public let at: Instant
  /// When it is asked next and what is remembered until then, given how much of what it names is new.
  public let plan: @Sendable (_ new: Int) -> (dueAt: Instant, history: String)
  /// Whether it answered.
  public let worked: Bool
  public let message: String?
  /// What to ask with next time; nil keeps what there was.
  public let validators: Validators?
  public let title: String?
  public let articles: [ListedArticle]
  /// What is to be asked in its place or besides: the sitemaps that an index names, the feed that a page names.
  public let parts: [WebURL]

  public init(
    poll: DuePoll, at: Instant, worked: Bool, message: String?, validators: Validators?, title: String? = nil,
    articles: [ListedArticle] = [], parts: [WebURL] = [],
    plan: @escaping @Sendable (_ new: Int) -> (dueAt: Instant, history: String)
  ) {
    (self.poll, self.at, self.plan) = (poll, at, plan)
    (self.worked, self.message, self.validators) = (worked, message, validators)
    (self.title, self.articles, self.parts) = (title, articles, parts)
  }
}

extension Store {
  /// The sources other than pages that a sync should ask, the longest overdue first.
  public func duePolls(_ selection: DueSelection) throws(StorageError) -> [DuePoll] {
    let (condition, values): (String, [Int64]) =
      switch selection {
      case .due(let by, let slack):
        ("paused_at IS NULL AND due_at <= ?", [by.advanced(byMilliseconds: slack).milliseconds])
      case .all: ("paused_at IS NULL", [])
      case .named(_, let ids, let by):
        ("id IN (\(ids.marks)) OR parent IN (\(ids.marks)) AND due_at <= ?", ids + ids + [by.milliseconds])
      }
    return try read { db in
      try Row.fetchAll(
        db,
        sql: """
          SELECT source.*, due_at, entity_tag, last_modified, failures, history
          FROM poll JOIN source ON source.id = poll.source WHERE removed_at IS NULL AND (\(condition)) ORDER BY due_at, id
          """, arguments: StatementArguments(values)
      ).map { row in
        DuePoll(
          source: try row["id"], url: try row["url"], kind: try SourceKind(row: row),
          planned: Instant(milliseconds: try row["due_at"]),
          validators: Validators(entityTag: try row["entity_tag"], lastModified: try row["last_modified"]),
          history: try row["history"], failures: try row["failures"], settings: try SourceSettings(row: row),
          parent: try row["parent"])
      }
    }
  }

  /// Keeps what sources named: one transaction. Articles not known yet become due at once, and so do those that a source says
  /// have changed since it last said so. Gives how many articles were new to each source.
  public func keep(_ outcomes: [PollOutcome]) throws(StorageError) -> [Int] {
    try write { db in
      var ground = try GroundWriter(db)
      return try outcomes.map { outcome in
        let parts = try outcome.parts.count { try Self.include($0, of: outcome, in: db) }
        let articles = try outcome.articles.count { listed in
          try Self.see(listed, at: outcome.at, source: outcome.poll.source, &ground, in: db)
        }
        try Self.plan(outcome, new: articles + parts, in: db)
        return articles
      }
    }
  }

  private static func plan(_ outcome: PollOutcome, new: Int, in db: Database) throws {
    let source = outcome.poll.source
    let (dueAt, history) = outcome.plan(new)
    try db.execute(
      sql: "UPDATE poll SET due_at = ?, checked_at = ?, failures = ?, message = ?, history = ? WHERE source = ?",
      arguments: [
        dueAt.milliseconds, outcome.at.milliseconds, outcome.worked ? 0 : outcome.poll.failures + 1, outcome.message,
        history, source,
      ])
    if let validators = outcome.validators {
      try db.execute(
        sql: "UPDATE poll SET entity_tag = ?, last_modified = ? WHERE source = ?",
        arguments: [validators.entityTag, validators.lastModified, source])
    }
    if let title = outcome.title {
      try db.execute(
        sql: "UPDATE source SET title = ?1 WHERE id = ?2 AND title IS NOT ?1", arguments: [title, source])
    }
  }

  /// Watches a part of a source, with the settings of the whole; gives whether it is new.
  private static func include(_ part: WebURL, of whole: PollOutcome, in db: Database) throws -> Bool {
    try db.execute(
      sql: """
        INSERT OR IGNORE INTO source (url, kind, parent, every_ms, user_agent, headers, cookies, allow_private, ignore_robots,
          added_at)
        SELECT ?, kind, id, every_ms, user_agent, headers, cookies, allow_private, ignore_robots, ?
        FROM source WHERE id = ?
        """, arguments: [part.normalized, whole.at.milliseconds, whole.poll.source])
    guard db.changesCount > 0 else { return false }
    try db.execute(
      sql: "INSERT INTO poll (source, due_at) VALUES (?, ?)", arguments: [db.lastInsertedRowID, whole.at.milliseconds])
    return true
  }

  /// Notes one article of a listing; gives whether it was new to the source.
  private static func see(
    _ listed: ListedArticle, at now: Instant, source: Int64, _ ground: inout GroundWriter, in db: Database
  ) throws -> Bool {
    let article = try ground.article(listed.url.normalized, now: now)
    let stated = listed.statedAt?.milliseconds
    let find = try db.cachedStatement(sql: "SELECT stated_at FROM sighting WHERE article = ? AND source = ?")
    let known = try Row.fetchOne(find, arguments: [article, source])
    if known == nil { try see(article, source: source, now: now, in: db) }
    guard let stated, try known.flatMap({ try $0[0] as Int64? }) ?? .min < stated else { return known == nil }
    try db.cachedStatement(sql: "UPDATE sighting SET stated_at = ? WHERE article = ? AND source = ?")
      .execute(arguments: [stated, article, source])
    if known != nil {
      try db.cachedStatement(sql: "UPDATE schedule SET due_at = min(due_at, ?) WHERE article = ?")
        .execute(arguments: [now.milliseconds, article])
    }
    return known == nil
  }
}

/// How one watched article is checked.
public struct Pace: Sendable, Hashable {
  /// The URL of the source that says how to ask.
  public let source: String
  public let url: String
  public let history: String
  public let dueAt: Instant
}

extension Store {
  /// How each watched article is checked.
  public func paces() throws(StorageError) -> [Pace] {
    try read { db in
      try Row.fetchAll(
        db,
        sql: """
          SELECT source.url, article.url, history, due_at FROM schedule JOIN article ON article.id = article
          JOIN source ON source.id = \(WatchCondition.source) WHERE \(WatchCondition.watched)
          """
      ).map {
        Pace(source: try $0[0], url: try $0[1], history: try $0[2], dueAt: Instant(milliseconds: try $0[3]))
      }
    }
  }
}

extension [Int64] {
  /// As many question marks, for `IN`.
  var marks: String { map { _ in "?" }.joined(separator: ",") }
}
