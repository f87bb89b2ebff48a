import Foundation
import GRDB
import Model

/// A source on the watch list.
public struct SourceRow: Sendable, Hashable {
  public let id: Int64
  public let url: String
  public let kind: SourceKind
  /// As it names itself.
  public let title: String?
  public let settings: SourceSettings
  public let addedAt: Instant
  public let pausedAt: Instant?
  /// Of a page: its article.
  public let article: Int64?
  /// How many articles it names, and how many revisions they have.
  public let articles, revisions: Int
  public let dueAt, lastCheck: Instant?
  /// Failed checks in a row.
  public let failures: Int
  /// What went wrong last; of a feed, sitemap or listing page also what could not be read.
  public let message: String?
  /// How the checks of the articles that it names fail now, the most frequent first; a page names itself. Empty where they are
  /// not counted.
  public var failing: [Failing] = []

  public struct Failing: Sendable, Hashable {
    /// The code of what went wrong, or the verdict over what came: `host-not-found`, `blocked (Cloudflare)`.
    public let reason: String
    public let articles: Int
  }
}

/// What became of URLs to be watched, each list in the order given.
public struct Additions: Sendable, Hashable {
  public var added: [String] = []
  /// On the list already.
  public var known: [String] = []

  public init() {}
}

/// A source to watch.
public struct NewSource: Sendable {
  public let url: WebURL
  public let kind: SourceKind
  public let title: String?

  public init(url: WebURL, kind: SourceKind, title: String? = nil) {
    (self.url, self.kind, self.title) = (url, kind, title)
  }
}

extension Store {
  /// Puts sources on the watch list, due at once; those taken off it before are put back. All of them or none.
  ///
  /// - Parameter change: what to set on each, those on the list already included, which are then due at once if they failed; nil
  ///   leaves those as they are.
  public func add(
    _ sources: [NewSource], now: Instant, setting change: ((inout SourceSettings) -> Void)? = nil
  ) throws(StorageError) -> Additions {
    try write { db in
      var ground = try GroundWriter(db)
      var result = Additions()
      for source in sources {
        let name = source.url.normalized
        let present = try Row.fetchOne(db, sql: "SELECT * FROM source WHERE url = ?", arguments: [name])
        var settings = try present.map { try SourceSettings(row: $0) } ?? SourceSettings()
        if let present, try present["removed_at"] as Int64? == nil {
          result.known.append(name)
          if let change {
            change(&settings)
            try Self.set(settings, source: try present["id"], in: db)
            try Self.tryAgain(try present["id"], now: now, in: db)
          }
          continue
        }
        if let change { change(&settings) }
        try db.execute(
          sql: """
            INSERT INTO source (url, kind, title, added_at) VALUES (?, ?, ?, ?)
            ON CONFLICT (url) DO UPDATE SET kind = excluded.kind, removed_at = NULL, paused_at = NULL
            """, arguments: [name, source.kind.rawValue, source.title, now.milliseconds])
        guard let id = try Int64.fetchOne(db, sql: "SELECT id FROM source WHERE url = ?", arguments: [name]) else {
          continue
        }
        try Self.set(settings, source: id, in: db)
        if source.kind == .page {
          let article = try ground.article(name, now: now)
          try Self.see(article, source: id, now: now, in: db)
          try db.execute(
            sql: "UPDATE schedule SET due_at = ?, failures = 0, stopped_at = NULL WHERE article = ?",
            arguments: [now.milliseconds, article])
        } else {
          try db.execute(
            sql: """
              INSERT INTO poll (source, due_at) VALUES (?1, ?2) ON CONFLICT (source) DO UPDATE SET due_at = ?2, failures = 0
              """, arguments: [id, now.milliseconds])
        }
        result.added.append(name)
      }
      return result
    }
  }

  /// Makes a source due at once if its last check failed: with other settings it may not.
  private static func tryAgain(_ source: Int64, now: Instant, in db: Database) throws {
    try db.execute(
      sql: """
        UPDATE schedule SET due_at = min(due_at, ?1) WHERE failures > 0 AND article IN (
          SELECT article FROM sighting JOIN source ON source.id = source WHERE source = ?2 AND kind = 'page')
        """, arguments: [now.milliseconds, source])
    try db.execute(
      sql: "UPDATE poll SET due_at = min(due_at, ?) WHERE failures > 0 AND source = ?",
      arguments: [now.milliseconds, source])
  }

  private static func set(_ settings: SourceSettings, source: Int64, in db: Database) throws {
    try db.execute(
      sql: """
        UPDATE source SET every_ms = ?, user_agent = ?, headers = ?, cookies = ?, allow_private = ?, ignore_robots = ?
        WHERE id = ?
        """,
      arguments: [
        settings.every, settings.userAgent, settings.headers.isEmpty ? nil : settings.headers.joined(separator: "\n"),
        settings.cookies, settings.allowsPrivateAddresses, settings.ignoresRobots, source,
      ])
  }

  /// Notes that a source names an article, and plans its first check if nothing watched it yet.
  static func see(_ article: Int64, source: Int64, now: Instant, in db: Database) throws {
    try db.cachedStatement(sql: "INSERT OR IGNORE INTO sighting (article, source, at) VALUES (?, ?, ?)")
      .execute(arguments: [article, source, now.milliseconds])
    try db.cachedStatement(sql: "INSERT OR IGNORE INTO schedule (article, due_at) VALUES (?, ?)")
      .execute(arguments: [article, now.milliseconds])
  }

  /// What each source is and how it is to be asked, by its id.
  public func settings() throws(StorageError) -> [Int64: (kind: SourceKind, settings: SourceSettings)] {
    try read { db in
      // What most sources are: nothing was set but what they may be asked.
      let plain = try QuickStatement(
        db,
        """
        SELECT id, kind, allow_private, ignore_robots FROM source
        WHERE every_ms IS NULL AND user_agent IS NULL AND headers IS NULL AND cookies IS NULL
        """
      ).all { row in
        let id = try row.required(row.integer(0), 0)
        var settings = SourceSettings()
        settings.allowsPrivateAddresses = try row.integer(2) == 1
        settings.ignoresRobots = try row.integer(3) == 1
        let kind = try SourceKind(name: try row.required(row.text(1), 1), of: id)
        return (id, (kind: kind, settings: settings))
      }
      let others = try Row.fetchAll(
        db,
        sql: """
          SELECT * FROM source
          WHERE NOT (every_ms IS NULL AND user_agent IS NULL AND headers IS NULL AND cookies IS NULL)
          """
      ).map { row in
        (try row["id"] as Int64, (kind: try SourceKind(row: row), settings: try SourceSettings(row: row)))
      }
      return Dictionary(uniqueKeysWithValues: plain + others)
    }
  }

  /// The watch list in the order it was made, without what was removed, and without the sitemaps that an index names.
  ///
  /// - Parameter after: ids above it.
  public func sources(after: Int64 = 0, limit: Int? = nil) throws(StorageError) -> [SourceRow] {
    // An article's revisions are numbered without a gap.
    var rows = try sourceRows(
      """
      (SELECT ifnull(sum((SELECT max(ordinal) FROM revision WHERE revision.article = named.article)), 0)
        FROM (SELECT DISTINCT article FROM sighting WHERE sighting.source = source.id
          OR sighting.source IN (SELECT id FROM source AS part WHERE part.parent = source.id)) AS named)
      """, after: after, limit: limit)
    let failing = try failingBySource()
    for index in rows.indices { rows[index].failing = failing[rows[index].id] ?? [] }
    return rows
  }

  private func failingBySource() throws(StorageError) -> [Int64: [SourceRow.Failing]] {
    try read { db in
      let rows = try Row.fetchCursor(
        db,
        sql: """
          SELECT ifnull(parent, source.id), \(WatchCondition.lastCheck(of: "schedule.article", WatchCondition.kindOfAnswer)),
            count(DISTINCT schedule.article)
          FROM schedule JOIN sighting ON sighting.article = schedule.article JOIN source ON source.id = sighting.source
          WHERE schedule.failures > 0 AND \(WatchCondition.open) GROUP BY 1, 2 ORDER BY 3 DESC, 2
          """)
      var found: [Int64: [SourceRow.Failing]] = [:]
      while let row = try rows.next() {
        found[try row[0], default: []].append(.init(reason: try row[1] ?? "never checked", articles: try row[2]))
      }
      return found
    }
  }

  /// A page of it, in which `revisions` is 0: they are not counted.
  ///
  /// - Parameter after: ids above it.
  public func sourceRows(after: Int64 = 0, limit: Int) throws(StorageError) -> [SourceRow] {
    try sourceRows("0", after: after, limit: limit)
  }

  /// - Parameter revisions: the expression that counts them.
  private func sourceRows(_ revisions: String, after: Int64, limit: Int?) throws(StorageError) -> [SourceRow] {
    try read { db in
      try Row.fetchAll(
        db,
        sql: """
          SELECT source.*, own.article AS own, poll.checked_at,
            CASE WHEN schedule.failures > 0 THEN \(WatchCondition.lastCheck(of: "own.article", WatchCondition.answer))
              ELSE poll.message END AS message,
            ifnull(poll.due_at, schedule.due_at) AS due_at, coalesce(poll.failures, schedule.failures, 0) AS failures,
            (SELECT count(*) FROM sighting WHERE sighting.source = source.id
              OR sighting.source IN (SELECT id FROM source AS part WHERE part.parent = source.id)) AS articles,
            \(revisions) AS revisions,
            (SELECT max(at) FROM "check" WHERE "check".article = own.article) AS last_check
          FROM source
          LEFT JOIN sighting AS own ON own.source = source.id AND source.kind = 'page'
          LEFT JOIN schedule ON schedule.article = own.article
          LEFT JOIN poll ON poll.source = source.id
          WHERE removed_at IS NULL AND source.parent IS NULL AND source.id > ? ORDER BY source.id LIMIT ?
          """, arguments: [after, limit ?? -1]
      ).map { row in
        func instant(_ name: String) throws -> Instant? { (try row[name] as Int64?).map(Instant.init(milliseconds:)) }
        return try SourceRow(
          id: row["id"], url: row["url"], kind: SourceKind(row: row), title: row["title"],
          settings: SourceSettings(row: row), addedAt: Instant(milliseconds: row["added_at"]),
          pausedAt: instant("paused_at"), article: row["own"], articles: row["articles"], revisions: row["revisions"],
          dueAt: instant("due_at"), lastCheck: instant("checked_at") ?? instant("last_check"),
          failures: row["failures"], message: row["message"])
      }
    }
  }
}

extension SourceSettings {
  /// From a row of `source`.
  init(row: Row) throws {
    self.init()
    every = try row["every_ms"]
    userAgent = try row["user_agent"]
    headers = (try row["headers"] as String?)?.split(separator: "\n").map(String.init) ?? []
    cookies = try row["cookies"]
    allowsPrivateAddresses = try row["allow_private"]
    ignoresRobots = try row["ignore_robots"]
  }
}

extension SourceKind {
  init(row: Row) throws { try self.init(name: try row["kind"], of: try row["id"]) }

  init(name: String, of source: Int64) throws {
    guard let kind = SourceKind(rawValue: name) else {
      throw StorageError.damaged(path: "source \(source)", detail: "no kind is called \(name)")
    }
    self = kind
  }
}
