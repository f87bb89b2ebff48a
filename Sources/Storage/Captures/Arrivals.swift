import GRDB
import Model

/// Edits in the order in which they came into the archive, for who follows it live.
extension Store {
  /// The number of the revision that was written last; 0 while there is none. Later ones have higher numbers.
  public func lastArrival() throws(StorageError) -> Int64 {
    try read { db in try Int64.fetchOne(db, sql: "SELECT max(id) FROM revision") ?? 0 }
  }

  /// The edits of revisions written after one, the earliest first, each with its revision's number. No more than `limit`
  /// revisions are looked at; `last` is the number of the last of them, or `number` when there was none.
  public func arrivals(
    after number: Int64, limit: Int
  ) throws(StorageError) -> (edits: [(number: Int64, found: FoundEdits)], last: Int64) {
    let rows = try read { db in
      try Row.fetchAll(
        db, sql: "SELECT id, article, first_at, ordinal FROM revision WHERE id > ? ORDER BY id LIMIT ?",
        arguments: [number, limit]
      ).map { (id: try $0[0] as Int64, article: try $0[1] as Int64, at: try $0[2] as Int64, ordinal: try $0[3] as Int) }
    }
    var arrived: [(number: Int64, found: FoundEdits)] = []
    for row in rows {
      var scope = Scope()
      scope.articles = [row.article]
      (scope.since, scope.until) = (Instant(milliseconds: row.at), Instant(milliseconds: row.at + 1))
      try edits(scope, classes: []) { found in
        if found.ordinal == row.ordinal { arrived.append((row.id, found)) }
        return true
      }
    }
    return (arrived, rows.last?.id ?? number)
  }
}
