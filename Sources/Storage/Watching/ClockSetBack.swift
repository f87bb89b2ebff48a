import GRDB
import Model

/// What a clock that ran ahead leaves behind once it is right again.
extension Store {
  /// Makes due what a sync under a clock that ran ahead has put off: a check planned then could wait for years, and nobody
  /// would be told. It is to be asked before a sync looks for what is due.
  /// - Returns: when the last sync began, if that is over ten minutes later than now; else nil, and nothing is changed.
  public func makeDueAgain(now: Instant) throws(StorageError) -> Instant? {
    let last = try read { db in
      try Int64.fetchOne(db, sql: "SELECT started_at FROM pass WHERE kind = 'sync' ORDER BY id DESC LIMIT 1")
    }
    guard let last, last > now.advanced(byMilliseconds: 600_000).milliseconds else { return nil }
    try write { db in
      for statement in [
        "UPDATE schedule SET due_at = ?1 WHERE due_at > ?1",
        "UPDATE poll SET due_at = ?1 WHERE due_at > ?1",
        "UPDATE host SET not_before = NULL WHERE not_before > ?1",
        // An answer counts for a day from now, a silence from now on.
        "UPDATE robots SET checked_at = min(checked_at, ?1), unreachable_since = min(unreachable_since, ?1)",
        "UPDATE delivery SET next_at = ?1 WHERE next_at > ?1",
      ] { try db.execute(sql: statement, arguments: [now.milliseconds]) }
    }
    return Instant(milliseconds: last)
  }
}
