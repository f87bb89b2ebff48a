import GRDB
import GRDBSQLite
import Model

/// T1 and T2 in one for a 304 that confirms what has been read: it has no octets that could go wrong, and what it says is known
/// before it is kept (docs/decisions/0016). So it never is `pending`, and nothing derives it.
///
/// Only the usual case: the capture that it refers to is here and read, and the article's chain ends in what that capture said.
/// Any other is kept and derived as all captures are.
struct ConfirmationWriter {
  private let find, insertCapture, insertReading, extend: QuickStatement
  private let db: Database

  init(_ db: Database) throws {
    self.db = db
    // What the capture said, and the end of the article's chain.
    find = try QuickStatement(
      db,
      """
      SELECT verdict, reason, reading.snapshot, modified, extractor, revision.id, revision.snapshot, capture.at FROM reading
      LEFT JOIN revision ON reading.snapshot IS NOT NULL AND revision.article = ?2
        AND ordinal = (SELECT max(ordinal) FROM revision WHERE article = ?2)
      LEFT JOIN capture ON capture.id = last_capture
      WHERE reading.capture = ?1
      """)
    insertCapture = try QuickStatement(
      db,
      """
      INSERT INTO capture (digest, article, origin, at, seq, status, fields, refers_to, varying)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
      """)
    insertReading = try QuickStatement(
      db, "INSERT INTO reading (capture, extractor, verdict, reason, snapshot, modified) VALUES (?, ?, ?, ?, ?, ?)")
    extend = try QuickStatement(db, "UPDATE revision SET last_capture = ? WHERE id = ?")
  }

  /// Keeps the capture of a check with its reading; nil when it is not the usual case, and then nothing was done.
  func keep(_ attempt: Attempt, _ ground: inout GroundWriter) throws -> KeptCapture? {
    guard attempt.captures.count == 1, let number = attempt.due.validatedNumber else { return nil }
    let (input, capture, article) = (attempt.captures[0].input, attempt.captures[0].capture, attempt.due.article)
    guard input.response.status == 304, let refersTo = capture.refersTo, refersTo == attempt.due.validated,
      sameBytes(input.response.url, input.article)
    else { return nil }

    find.bind(1, number)
    find.bind(2, article)
    let read = try find.first { row in
      (
        verdict: try row.required(row.text(0), 0), reason: try row.text(1), snapshot: try row.integer(2),
        modified: try row.text(3), extractor: try row.integer(4), revision: try row.integer(5),
        lastSnapshot: try row.integer(6), lastAt: try row.integer(7)
      )
    }
    guard let read else { return nil }
    if let snapshot = read.snapshot {
      guard read.lastSnapshot == snapshot, let at = read.lastAt, at < capture.at.milliseconds else { return nil }
    }

    let digest = capture.digest
    let (fields, varying) = try ground.fields(input.response.fields)
    insertCapture.bind(1, digest.bytes)
    insertCapture.bind(2, article)
    insertCapture.bind(3, try ground.origin(input.origin, at: capture.at))
    insertCapture.bind(4, capture.at.milliseconds)
    insertCapture.bind(5, input.sequence)
    insertCapture.bind(6, Int64(input.response.status))
    insertCapture.bind(7, fields)
    insertCapture.bind(8, refersTo.bytes)
    insertCapture.bind(9, varying)
    // The trigger refuses what is here already.
    do { try insertCapture.run() } catch let error as DatabaseError
      where error.extendedResultCode == .SQLITE_CONSTRAINT_TRIGGER
    { return nil }
    let id = db.lastInsertedRowID

    insertReading.bind(1, id)
    insertReading.bind(2, read.extractor)
    insertReading.bind(3, read.verdict)
    insertReading.bind(4, read.reason)
    insertReading.bind(5, read.snapshot)
    insertReading.bind(6, read.modified)
    try insertReading.run()
    if let revision = read.revision {
      extend.bind(1, id)
      extend.bind(2, revision)
      try extend.run()
    }
    return KeptCapture(
      id: id, article: article, digest: digest, isNew: true, isRevisit: true, twin: nil,
      confirms: Verdict(rawValue: read.verdict))
  }
}
