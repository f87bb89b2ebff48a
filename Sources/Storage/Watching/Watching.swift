import GRDB
import Model

/// What a name on the command line stands for where something watched is meant.
public enum Watched: Sendable, Hashable {
  case source(id: Int64, url: String)
  /// An article that other sources name.
  case article(id: Int64, url: String)

  public var url: String {
    switch self {
    case .source(_, let url), .article(_, let url): url
    }
  }
}

/// What becomes of something watched.
public enum WatchChange: Sendable, Hashable { case pause, resume, remove }

extension Store {
  /// The source that is meant by its URL, as written or in normal form, or by a part of it that no other source has; nil when
  /// none is, or more than one.
  public func source(named name: String) throws(StorageError) -> Watched? {
    try read { db in
      func one(_ row: Row) throws -> Watched { .source(id: try row[0], url: try row[1]) }
      // a name that is no URL may still be a part of one
      for url in [name, (try? WebURL(name))?.normalized].compactMap(\.self) {
        let row = try Row.fetchOne(
          db, sql: "SELECT id, url FROM source WHERE url = ? AND removed_at IS NULL", arguments: [url])
        if let row { return try one(row) }
      }
      guard !name.isEmpty, Int64(name) == nil else { return nil }
      let rows = try Row.fetchAll(
        db,
        sql: """
          SELECT id, url FROM source WHERE instr(url, ?) > 0 AND removed_at IS NULL AND parent IS NULL ORDER BY id LIMIT 2
          """, arguments: [name])
      return rows.count == 1 ? try one(rows[0]) : nil
    }
  }

  /// Pauses, resumes or takes off the list; what was captured stays. Gives false for each that was not watched.
  ///
  /// A page stands for its article, also where a feed names it too.
  public func change(_ watched: [Watched], _ change: WatchChange, now: Instant) throws(StorageError) -> [Bool] {
    let column = change == .remove ? "removed_at" : "paused_at"
    let time = change == .resume ? nil : now.milliseconds
    return try write { db in
      func stop(_ articles: String, _ id: Int64) throws -> Bool {
        try db.execute(
          sql: "UPDATE schedule SET stopped_at = ?1 WHERE article IN (\(articles))", arguments: [time, id])
        return db.changesCount > 0
      }
      return try watched.map { one in
        switch one {
        case .source(let id, _):
          try db.execute(
            sql: "UPDATE source SET \(column) = ? WHERE id = ? AND removed_at IS NULL", arguments: [time, id])
          guard db.changesCount > 0 else { return false }
          try db.execute(
            sql: "UPDATE source SET \(column) = ? WHERE parent = ? AND removed_at IS NULL", arguments: [time, id])
          _ = try stop(
            "SELECT article FROM sighting JOIN source ON source.id = source WHERE source = ?2 AND kind = 'page'", id)
          return true
        case .article(let id, _):
          let condition = change == .resume ? "stopped_at IS NOT NULL" : WatchCondition.watched
          let stands = try Int.fetchOne(
            db, sql: "SELECT 1 FROM schedule WHERE article = ? AND \(condition)", arguments: [id])
          guard stands != nil else { return false }
          try db.execute(
            sql: """
              UPDATE source SET \(column) = ? WHERE kind = 'page' AND removed_at IS NULL
                AND id IN (SELECT source FROM sighting WHERE article = ?)
              """, arguments: [time, id])
          return try stop("?2", id)
        }
      }
    }
  }
}

extension Store {
  /// Takes sources that were thought to be pages for what they turned out to be, due at once.
  public func convert(_ kinds: [Int64: SourceKind], now: Instant) throws(StorageError) {
    guard !kinds.isEmpty else { return }
    try write { db in
      for (source, kind) in kinds {
        try db.execute(sql: "UPDATE source SET kind = ? WHERE id = ?", arguments: [kind.rawValue, source])
        try db.execute(sql: "DELETE FROM sighting WHERE source = ?", arguments: [source])
        try db.execute(
          sql: "INSERT OR IGNORE INTO poll (source, due_at) VALUES (?, ?)", arguments: [source, now.milliseconds])
      }
    }
  }

  /// The article of a page on the watch list; nil for sources of other kinds.
  public func page(of source: Int64) throws(StorageError) -> Int64? {
    try read { db in
      try Int64.fetchOne(
        db,
        sql: "SELECT article FROM sighting JOIN source ON source.id = source WHERE source = ? AND kind = 'page'",
        arguments: [source])
    }
  }

  /// Whether an article was ever watched.
  public func isScheduled(_ article: Int64) throws(StorageError) -> Bool {
    try read { db in
      try Int.fetchOne(db, sql: "SELECT 1 FROM schedule WHERE article = ?", arguments: [article]) != nil
    }
  }

  /// When the next check is due; nil when nothing is watched.
  public func nextDue() throws(StorageError) -> Instant? {
    try read { db in
      try [
        "SELECT min(due_at) FROM schedule WHERE \(WatchCondition.watched)",
        "SELECT min(due_at) \(WatchCondition.polled)",
      ].compactMap { try Int64.fetchOne(db, sql: $0) }.min().map(Instant.init(milliseconds:))
    }
  }
}

/// The conditions under which an article is fetched, over `schedule`, and a source asked.
enum WatchCondition {
  /// The source that says how to ask: the first of those that name the article and are watched.
  static let source = """
    (SELECT min(source.id) FROM sighting JOIN source ON source.id = sighting.source
      WHERE sighting.article = schedule.article AND paused_at IS NULL AND removed_at IS NULL)
    """
  /// The outcome of an article's last check, as `answer` puts it.
  static func lastCheck(of article: String, _ answer: String) -> String {
    """
    (SELECT coalesce(\(answer), 'status ' || status) FROM "check"
      LEFT JOIN capture ON capture.id = "check".capture LEFT JOIN reading ON reading.capture = capture.id
      WHERE "check".article = \(article) ORDER BY "check".at DESC, "check".id DESC LIMIT 1)
    """
  }
  /// For people.
  static let answer = #""check".message, verdict || ifnull(', ' || reason, '')"#
  /// In few words, the same for all that failed in the same way.
  static let kindOfAnswer = #""check".failure, verdict || ifnull(' (' || reason || ')', '')"#
  /// The feeds, sitemaps and listing pages that are asked.
  static let polled = "FROM poll JOIN source ON source.id = source WHERE removed_at IS NULL AND paused_at IS NULL"
  /// Neither stopped nor another article under a second URL.
  static let open = "stopped_at IS NULL AND schedule.article NOT IN (SELECT article FROM alias)"
  static let watched = "\(open) AND \(source) IS NOT NULL"
}
