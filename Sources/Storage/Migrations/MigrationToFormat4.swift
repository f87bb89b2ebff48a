import GRDB

/// Format 3 to 4: the index of sentences by their words is made anew, for it has neighbours and ends too (SentenceIndex).
enum MigrationToFormat4 {
  static func run(on db: Database) throws {
    try db.execute(sql: "INSERT INTO sentence_word (sentence_word) VALUES ('delete-all')")
    do { try index(in: db) } catch StorageError.damaged {
      // What cannot be read is derived again by the next pass.
      try db.execute(sql: Store.dropping)
    }
  }

  private static func index(in db: Database) throws {
    let (reader, insert) = (
      SentenceReader(), try db.makeStatement(sql: "INSERT INTO sentence_word (rowid, words) VALUES (?, ?)")
    )
    func add(_ id: Int64, _ octets: [UInt8]) throws {
      try insert.execute(arguments: [id, SentenceIndex.entry(octets)])
    }
    for first in try Int64.fetchAll(db, sql: "SELECT id FROM sentence_block ORDER BY id") {
      for (n, octets) in try reader.all(of: first, in: db).enumerated() { try add(first + Int64(n), Array(octets)) }
    }
    let rows = try Row.fetchCursor(db, sql: "SELECT id, text FROM sentence ORDER BY id")
    while let row = try rows.next() { try add(row[0], Array((try row[1] as String).utf8)) }
  }
}
