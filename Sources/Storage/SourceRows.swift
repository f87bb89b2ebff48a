import GRDB
import Model

extension Store {
  /// A page of the watch list in the order it was made, as `sources` gives it, but that `revisions` is 0: they are not counted.
  ///
  /// - Parameter after: ids above it.
  public func sourceRows(after: Int64 = 0, limit: Int) throws(StorageError) -> [SourceRow] {
    try read { db in
      try Row.fetchAll(
        db,
        sql: """
          SELECT source.*, own.article AS own, poll.message, poll.checked_at,
            ifnull(poll.due_at, schedule.due_at) AS due_at, coalesce(poll.failures, schedule.failures, 0) AS failures,
            (SELECT count(*) FROM sighting WHERE sighting.source = source.id
              OR sighting.source IN (SELECT id FROM source AS part WHERE part.parent = source.id)) AS articles,
            (SELECT max(at) FROM "check" WHERE "check".article = own.article) AS last_check
          FROM source
          LEFT JOIN sighting AS own ON own.source = source.id AND source.kind = 'page'
          LEFT JOIN schedule ON schedule.article = own.article
          LEFT JOIN poll ON poll.source = source.id
          WHERE removed_at IS NULL AND source.parent IS NULL AND source.id > ? ORDER BY source.id LIMIT ?
          """, arguments: [after, limit]
      ).map { row in
        func instant(_ name: String) throws -> Instant? { (try row[name] as Int64?).map(Instant.init(milliseconds:)) }
        return try SourceRow(
          id: row["id"], url: row["url"], kind: SourceKind(row: row), title: row["title"],
          settings: SourceSettings(row: row), addedAt: Instant(milliseconds: row["added_at"]),
          pausedAt: instant("paused_at"), article: row["own"], articles: row["articles"], revisions: 0,
          dueAt: instant("due_at"), lastCheck: instant("checked_at") ?? instant("last_check"),
          failures: row["failures"], message: row["message"])
      }
    }
  }
}
