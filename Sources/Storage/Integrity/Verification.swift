import Foundation
import GRDB
import Model
import Parallel
import Segmentation

/// What `verify` found.
public struct VerifyReport: Sendable, Hashable {
  public var bodies = 0
  public var captures = 0
  public var revisions = 0
  /// Octets of bodies whose digests were checked; 0 when not deep.
  public var bodyBytes: Int64 = 0
  public var problems: [Problem] = []
  /// What took how many nanoseconds of work, over all threads: `structure`, `captures` (with header fields and the log),
  /// `revisions` (chains and reading their texts), `edits` (making them again), `bodies` (decoding), `digests`, `readings`
  /// (reading bodies again), `sentences`.
  public var cpu: [String: Int64] = [:]
}

/// Something in the archive that is not as it was written.
public struct Problem: Sendable, Hashable {
  /// Stable name: structure, reference, body, fields, capture, log, snapshot, sentence, reading, revision, edit,
  /// unreadable.
  public let kind: String
  /// What it is about, such as `body sha256:…`.
  public let subject: String
  public let detail: String
  /// Captures that it touches, as `URL at INSTANT`; the first few.
  public let affects: [String]
}

/// How derived rows are made again for comparison; nil leaves them unchecked.
public struct Rederivation: Sendable {
  public let extractor: Int
  public let read:
    @Sendable (_ article: String, _ url: String, _ status: Int, _ fields: HTTPFields, _ body: [UInt8]) -> Reading
  public let difference: @Sendable (Snapshot, Snapshot) -> Difference

  public init(
    extractor: Int, read: @escaping @Sendable (String, String, Int, HTTPFields, [UInt8]) -> Reading,
    difference: @escaping @Sendable (Snapshot, Snapshot) -> Difference
  ) {
    (self.extractor, self.read, self.difference) = (extractor, read, difference)
  }
}

extension Store {
  /// Checks the archive: SQLite's own structure, references, capture digests, the log and revision chains; with `deep` also every
  /// body's digest and every derived row against a new derivation. Damage to one row never hides another.
  /// - Parameters:
  ///   - cpu: nanoseconds that the calling thread has worked, for the report's breakdown; without it that is all zeros.
  ///   - progress: called now and then with what is being checked and how many were.
  public func verify(
    deep: Rederivation?, cpu: @escaping @Sendable () -> Int64 = { 0 },
    progress: @escaping (String, Int) -> Void = { _, _ in }
  ) throws(StorageError) -> VerifyReport {
    var found: VerifyReport?
    do throws(StorageError) {
      try verifyRows(deep, cpu, progress) { found = $0 }
    } catch {
      // On a damaged file the read transaction may not even end well; what was found by then stands.
      guard found != nil else { throw error }
    }
    return found ?? VerifyReport()
  }

  private func verifyRows(
    _ deep: Rederivation?, _ cpu: @escaping @Sendable () -> Int64, _ progress: @escaping (String, Int) -> Void,
    _ done: (VerifyReport) -> Void
  ) throws(StorageError) {
    let head = HeadFile(beside: path)
    try read { db in
      var verifier = Verifier(db: db, deep: deep, cpu: cpu, progress: progress)
      verifier.timed("structure") { $0.structure() }
      verifier.timed("captures") { verifier in
        verifier.fields()
        verifier.captures()
        verifier.log(head)
        verifier.codings()
      }
      verifier.timed("revisions") { $0.revisions() }
      if deep != nil {
        verifier.timed("bodies") { $0.bodiesAndReadings() }
        verifier.timed("sentences") { verifier in
          verifier.sentences()
          verifier.sayings()
          verifier.snapshots()
        }
      }
      verifier.counts()
      done(verifier.report)
    }
  }
}

struct Verifier {
  let db: Database
  let deep: Rederivation?
  /// Whether the derived state is of the version that would make it again.
  var comparesEdits = false
  let cpu: @Sendable () -> Int64
  let progress: (String, Int) -> Void
  var report = VerifyReport()
  /// Snapshots that were read and are sound.
  var readSnapshots: Set<Int64> = []

  /// Runs a part of the checks and adds what this thread worked on it to the breakdown.
  mutating func timed(_ part: String, _ body: (inout Verifier) -> Void) {
    let start = cpu()
    body(&self)
    spend(cpu() - start, on: part)
  }

  mutating func spend(_ nanoseconds: Int64, on part: String) { report.cpu[part, default: 0] += nanoseconds }

  mutating func note(_ kind: String, _ subject: String, _ detail: String, affects: [String] = []) {
    guard report.problems.count < 10_000 else { return }
    report.problems.append(Problem(kind: kind, subject: subject, detail: detail, affects: affects))
  }

  /// Runs a check; what SQLite cannot read is a problem, not an end.
  mutating func attempt(_ subject: String, _ body: (inout Verifier) throws -> Void) {
    do { try body(&self) } catch let error as StorageError { note("unreadable", subject, error.message) } catch {
      note("unreadable", subject, "\((error as? DatabaseError)?.message ?? "\(error)")")
    }
  }

  /// Hands the rows of a query to `body` in order. The query takes the last key seen and gives keys in column 0; where a page
  /// cannot be read, the keys in it are tried one by one.
  mutating func rows(
    of table: String, _ sql: (_ filter: String) -> String, chunk: Int = 256,
    _ body: (inout Verifier, [Row]) throws -> Void
  ) {
    var last: Int64 = 0
    var seen = 0
    while true {
      do {
        let rows = try Row.fetchAll(db.cachedStatement(sql: sql("> ? ") + " LIMIT \(chunk)"), arguments: [last])
        guard let end = rows.last else { return }
        attempt("\(table) \(last + 1) to \(try end[0] as Int64)") { try body(&$0, rows) }
        last = try end[0]
        seen += rows.count
        progress(table, seen)
      } catch {
        note("unreadable", table, "rows after number \(last): \((error as? DatabaseError)?.message ?? "\(error)")")
        // A table without a largest key can be read no further.
        guard let most = try? Int64.fetchOne(db, sql: "SELECT max(id) FROM \(table)"), last < most else { return }
        let until = min(most, last + Int64(chunk))
        for key in (last + 1)...until {
          attempt("\(table) \(key)") { verifier in
            let rows = try Row.fetchAll(verifier.db.cachedStatement(sql: sql("= ?")), arguments: [key])
            if !rows.isEmpty { try body(&verifier, rows) }
          }
        }
        last = until
      }
    }
  }

  // MARK: ground

  mutating func structure() {
    attempt("structure") { verifier in
      for line in try String.fetchAll(verifier.db, sql: "PRAGMA integrity_check(100)") where line != "ok" {
        verifier.note("structure", "file", line)
      }
    }
    attempt("references") { verifier in
      for row in try Row.fetchAll(verifier.db, sql: "PRAGMA foreign_key_check") {
        let (table, id): (String, Int64?) = (try row[0], try row[1])
        verifier.note("reference", "\(table) \(id ?? 0)", "refers to a row of \(try row[2] as String) that is missing")
      }
    }
  }

  mutating func fields() {
    rows(of: "fields", { "SELECT id, digest, data FROM fields WHERE id \($0) ORDER BY id" }) { verifier, rows in
      for row in rows where Digest(of: [UInt8](try row[2] as Data)).data != (try row[1] as Data) {
        verifier.note("fields", "header fields \(try row[0] as Int64)", "their octets have another digest")
      }
    }
  }

  mutating func captures() {
    let sql: (String) -> String = { filter in
      """
      SELECT c.id, c.digest, origin.name, ifnull(c.url, article.url), c.at, c.seq, c.status, fields.data, body.digest,
        c.refers_to, c.varying
      FROM capture AS c JOIN article ON article.id = c.article JOIN fields ON fields.id = c.fields
      LEFT JOIN origin ON origin.id = c.origin LEFT JOIN body ON body.id = c.body
      WHERE c.id \(filter) ORDER BY c.id
      """
    }
    rows(of: "capture", sql) { verifier, rows in
      for row in rows {
        let capture = Capture(
          origin: try row[2], url: try row[3], at: Instant(milliseconds: try row[4]), sequence: try row[5],
          status: try row[6], fields: try HTTPFields(common: row[7], varying: row[10]).digest,
          payload: try (row[8] as Data?).map { try Digest(column: $0) },
          refersTo: try (row[9] as Data?).map { try Digest(column: $0) })
        if capture.digest.data != (try row[1] as Data) {
          verifier.note(
            "capture", "capture \(try row[0] as Int64)", "what it attests has another digest",
            affects: ["\(capture.url) at \(capture.at)"])
        }
      }
    }
  }

  // MARK: derived

  /// Every sentence is found by its text, and nothing else is.
  mutating func sentences() {
    let reader = SentenceReader()
    var total = 0
    var words = WordSum()
    func check(_ texts: [ArraySlice<UInt8>], from first: Int64, _ verifier: inout Verifier) throws {
      let find = try verifier.db.cachedStatement(sql: "SELECT 1 FROM sentence_hash WHERE hash = ? AND id = ?")
      for (n, text) in texts.enumerated() {
        let (id, hash) = (first + Int64(n), SentenceBlock.hash(Digest(of: Array(text))))
        if try Int.fetchOne(find, arguments: [hash, id]) == nil {
          verifier.note("sentence", "sentence \(id)", "its text has another digest, or is not in the index")
        }
        for term in Set(SentenceIndex.terms(of: Array(text))) { words.add(term) }
      }
      total += texts.count
    }
    rows(
      of: "sentence_block", { "SELECT id FROM sentence_block WHERE id \($0) ORDER BY id" }, chunk: 16
    ) { verifier, rows in
      for row in rows {
        let first: Int64 = try row[0]
        do { try check(try reader.all(of: first, in: verifier.db), from: first, &verifier) } catch StorageError.damaged(
          let path, let detail)
        { verifier.note("sentence", path, detail) }
      }
    }
    rows(of: "sentence", { "SELECT id, text FROM sentence WHERE id \($0) ORDER BY id" }) { verifier, rows in
      for row in rows { try check([Array((try row[1] as String).utf8)[...]], from: try row[0], &verifier) }
    }
    attempt("sentence_hash") { verifier in
      let indexed = try Int.fetchOne(verifier.db, sql: "SELECT count(*) FROM sentence_hash") ?? 0
      if indexed != total {
        verifier.note("sentence", "index of sentences", "it has \(indexed) entries for \(total) sentences")
      }
    }
    attempt("sentence_word") { verifier in
      var indexed = WordSum()
      let rows = try Row.fetchCursor(verifier.db, sql: "SELECT term, doc FROM word")
      while let row = try rows.next() {
        indexed.add((try row[0] as String).utf8, sentences: UInt64(max(0, try row[1] as Int64)))
      }
      if indexed != words { verifier.note("sentence", "index of words", "it is not what the sentences give") }
    }
  }

  /// The snapshots that no revision was read with.
  mutating func snapshots() {
    let reader = SnapshotReader()
    rows(of: "snapshot", { "SELECT id FROM snapshot WHERE id \($0) ORDER BY id" }) { verifier, rows in
      for row in rows where !verifier.readSnapshots.contains(try row[0]) {
        do { _ = try reader.stored(row[0], in: verifier.db) } catch let error as StorageError {
          verifier.note("snapshot", "snapshot \(try row[0] as Int64)", error.message)
        }
      }
    }
    readSnapshots = []
  }

  mutating func counts() {
    attempt("counts") { verifier in
      verifier.report.bodies = try Int.fetchOne(verifier.db, sql: "SELECT count(*) FROM body") ?? 0
      verifier.report.captures = try Int.fetchOne(verifier.db, sql: "SELECT count(*) FROM capture") ?? 0
      let unread =
        try Int.fetchOne(
          verifier.db,
          sql: """
            SELECT count(*) FROM capture WHERE id NOT IN (SELECT capture FROM reading) AND id NOT IN (SELECT capture FROM pending)
            """) ?? 0
      if unread > 0 { verifier.note("reading", "\(unread) captures", "have no reading and do not wait for one") }
    }
  }
}
