import GRDB
import Model

extension Store {
  /// What all that is shown of an article follows from, in a line: its revisions with their instants, its captures and checks
  /// counted, and its joins. Differs when any of it does.
  public func chainDigest(of article: Int64) throws(StorageError) -> Digest {
    try read { db in
      var text = ""
      let rows = try Row.fetchCursor(
        db,
        sql: """
          SELECT ordinal, digest, first_at, last_capture, classes, extractor FROM revision JOIN snapshot ON snapshot.id = snapshot
          WHERE article = ? ORDER BY ordinal
          """, arguments: [article])
      while let row = try rows.next() {
        text += "\(try row[0] as Int) \(try Digest(column: row[1])) \(try row[2] as Int64) \(try row[3] as Int64) "
        text += "\(try row[4] as Int64) \(try row[5] as Int)\n"
      }
      for sql in [
        "SELECT count(*), max(id) FROM capture WHERE article = ?",
        #"SELECT count(*), max(id) FROM "check" WHERE article = ?"#,
        "SELECT count(*), max(at) FROM alias WHERE article = ?1 OR same_as = ?1",
        "SELECT count(*), max(stopped_at) FROM schedule WHERE article = ?",
      ] {
        if let row = try Row.fetchOne(db, sql: sql, arguments: [article]) {
          text += "\(try row[0] as Int) \(try row[1] as Int64? ?? -1)\n"
        }
      }
      return Digest(ofUTF8: text)
    }
  }
}
