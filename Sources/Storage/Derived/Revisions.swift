import Foundation
import GRDB
import Model

/// Keeps each article's chain of revisions true to its readings.
///
/// A capture newer than all others, the usual case, extends the chain. Any other (an import between, a capture that arrived
/// late) makes the chain be worked out again from the readings; only the revisions that differ, and the one after them,
/// are written anew.
struct RevisionWriter {
  private let db: Database
  private let memory: DerivationMemory
  private let snapshots: SnapshotWriter
  private let sayings: SentenceArticles
  private let extractor: Int
  private let difference: (Snapshot, Snapshot) -> Difference
  private let frames = CheckedFrames()
  private let findCapture, insertReading, findReading, findReferred, deletePending, findLast, extend, insertRevision,
    insertEdits: Statement
  private let findWaiting, findByDigest: Statement
  private var counts = DerivedCounts()
  private var outOfOrder: [Int64] = []

  init(
    _ db: Database, memory: DerivationMemory, extractor: Int,
    difference: @escaping (Snapshot, Snapshot) -> Difference
  ) throws {
    (self.db, self.memory, self.extractor, self.difference) = (db, memory, extractor, difference)
    snapshots = try SnapshotWriter(db, memory: memory)
    sayings = try SentenceArticles(db)
    findCapture = try db.cachedStatement(sql: "SELECT article, at, seq, digest, refers_to FROM capture WHERE id = ?")
    insertReading = try db.cachedStatement(
      sql:
        "INSERT OR REPLACE INTO reading (capture, extractor, verdict, reason, snapshot, modified) VALUES (?, ?, ?, ?, ?, ?)"
    )
    findReading = try db.cachedStatement(
      sql: "SELECT verdict, reason, snapshot, modified, extractor FROM reading WHERE capture = ?")
    findReferred = try db.cachedStatement(
      sql: """
        SELECT verdict, reason, snapshot, modified, extractor
        FROM capture JOIN reading ON reading.capture = capture.id
        WHERE substr(capture.digest, 1, 8) = substr(?1, 1, 8) AND capture.digest = ?1
        """)
    deletePending = try db.cachedStatement(sql: "DELETE FROM pending WHERE capture = ?")
    findLast = try db.cachedStatement(
      sql: """
        SELECT revision.id, ordinal, snapshot, at, seq, digest
        FROM revision JOIN capture ON capture.id = last_capture
        WHERE revision.article = ? ORDER BY ordinal DESC LIMIT 1
        """)
    extend = try db.cachedStatement(sql: "UPDATE revision SET last_capture = ? WHERE id = ?")
    insertRevision = try db.cachedStatement(
      sql: """
        INSERT INTO revision
          (article, ordinal, snapshot, first_capture, last_capture, words_added, words_removed, first_at, classes)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
        """)
    insertEdits = try db.cachedStatement(sql: "INSERT INTO edit (revision, count, data) VALUES (?, ?, ?)")
    findWaiting = try db.cachedStatement(
      sql:
        "SELECT pending.capture FROM forerunner JOIN pending ON pending.capture = forerunner.capture WHERE refers_to = ?"
    )
    findByDigest = try db.cachedStatement(
      sql: "SELECT 1 FROM capture WHERE substr(digest, 1, 8) = substr(?1, 1, 8) AND digest = ?1")
  }

  /// Records one reading, and then those of the 304s that waited for it.
  mutating func record(_ derived: Derived) throws {
    var waiting = [derived]
    while let next = waiting.popLast() {
      guard let digest = try recordOne(next) else { continue }
      waiting += try Int64.fetchAll(findWaiting, arguments: [digest])
        .map { Derived(capture: $0, reading: .other(.error, "not modified")) }
    }
  }

  /// Gives the capture's digest; nil when it is recorded already, or stays pending because what it reads as has yet to be read.
  private mutating func recordOne(_ derived: Derived) throws -> Data? {
    guard let capture = try Row.fetchOne(findCapture, arguments: [derived.capture]) else {
      throw StorageError.damaged(path: "capture \(derived.capture)", detail: "it is missing")
    }
    let (article, digest): (Int64, Data) = (try capture[0], try capture[3])
    let last = try Row.fetchOne(findLast, arguments: [article])
    let snapshot: Int64?
    switch derived.source {
    case .read(let reading) where try capture[4] as Data? == nil:
      guard try leavePending(derived.capture) else { return nil }
      snapshot = try write(reading, derived.snapshot, of: derived.capture, after: last?[2])
    // A 304 is read as what it says still stands.
    case .read:
      let refersTo = try capture[4] as Data?
      let row = try Row.fetchOne(findReferred, arguments: [refersTo])
      // Here but not read yet: reading it will bring this one along.
      if row == nil, try Int.fetchOne(findByDigest, arguments: [refersTo]) != nil { return nil }
      guard try leavePending(derived.capture) else { return nil }
      snapshot = try copy(from: row, to: derived.capture)
    case .sameAs(let other):
      guard let row = try Row.fetchOne(findReading, arguments: [other]), try leavePending(derived.capture) else {
        return nil
      }
      snapshot = try copy(from: row, to: derived.capture)
    }
    if let snapshot { try noteSentences(of: snapshot, in: article, newest: last?[2]) }
    guard let snapshot, outOfOrder.last != article, !outOfOrder.contains(article) else { return digest }
    try place(
      Observation(capture: derived.capture, at: capture[1], seq: capture[2], digest: digest, snapshot: snapshot),
      after: last, in: article)
    return digest
  }

  /// Those of the article's newest revision are noted already.
  private func noteSentences(of snapshot: Int64, in article: Int64, newest: Int64?) throws {
    guard newest != snapshot else { return }
    let before = try newest.map { try snapshots.stored($0).ids } ?? []
    try sayings.note(try snapshots.stored(snapshot).ids, of: article, before: before)
  }

  /// False when the capture was not pending: it has been recorded.
  private func leavePending(_ capture: Int64) throws -> Bool {
    try deletePending.execute(arguments: [capture])
    return db.changesCount > 0
  }

  /// Records what was read; gives the snapshot, nil when it is no article.
  /// - Parameter newest: the article's newest snapshot.
  private mutating func write(
    _ reading: Reading, _ said: Snapshot?, of capture: Int64, after newest: Int64?
  ) throws -> Int64? {
    let snapshot = try said.map { try snapshots.snapshot($0, extractor: extractor, before: newest) }
    try insertReading.execute(
      arguments: [
        capture, extractor, reading.verdict.rawValue, reading.reason.isEmpty ? nil : reading.reason, snapshot,
        reading.text?.modified?.description,
      ])
    if snapshot == nil, reading.verdict != .redirect { counts.notArticles += 1 }
    return snapshot
  }

  /// Records that a capture reads as another does: its verdict, reason, snapshot, modified and extractor. Without one, that
  /// what it refers to is missing; a capture that arrives later under that digest makes it pending again.
  private mutating func copy(from row: Row?, to capture: Int64) throws -> Int64? {
    guard let row else {
      return try write(.other(.error, "refers to a capture that is not here"), nil, of: capture, after: nil)
    }
    let (verdict, snapshot): (String, Int64?) = (try row[0], try row[2])
    try insertReading.execute(
      arguments: [capture, row[4] as Int, verdict, row[1] as String?, snapshot, row[3] as String?])
    if snapshot == nil, verdict != Verdict.redirect.rawValue { counts.notArticles += 1 }
    return snapshot
  }

  /// Extends the article's chain if the observation comes after all others, else leaves it to `finish`.
  /// - Parameter last: the newest revision's row.
  private mutating func place(_ new: Observation, after last: Row?, in article: Int64) throws {
    guard let last else {
      try insert(
        Run(snapshot: new.snapshot, first: new.capture, last: new.capture, at: new.at), at: 1, after: nil, to: article)
      counts.newArticles += 1
      return
    }
    let tail = Observation(capture: 0, at: try last[3], seq: try last[4], digest: try last[5], snapshot: try last[2])
    guard tail < new else {
      outOfOrder.append(article)
      return
    }
    if tail.snapshot == new.snapshot {
      try extend.execute(arguments: [new.capture, last[0] as Int64])
    } else {
      let run = Run(snapshot: new.snapshot, first: new.capture, last: new.capture, at: new.at)
      try insert(run, at: (last[1] as Int) + 1, after: tail.snapshot, to: article)
    }
  }

  /// Writes one more revision with its edits.
  private mutating func insert(_ run: Run, at ordinal: Int, after previous: Int64?, to article: Int64) throws {
    let new = try snapshots.stored(run.snapshot).snapshot
    let old = try previous.map { try snapshots.stored($0).snapshot }
    let change = old.map { difference($0, new) }
    let edits = change?.edits ?? []
    try insertRevision.execute(
      arguments: [
        article, ordinal, run.snapshot, run.first, run.last, change?.wordsAdded ?? 0, change?.wordsRemoved ?? 0,
        run.at, EditCoding.set(edits),
      ])
    if let old, !edits.isEmpty {
      let data = try frames.encode(EditCoding.encode(edits, from: old.text, to: new.text))
      try insertEdits.execute(arguments: [db.lastInsertedRowID, edits.count, Data(data)])
    }
    counts.revisions += 1
    counts.edits += edits.count
    let url =
      try String.fetchOne(db.cachedStatement(sql: "SELECT url FROM article WHERE id = ?"), arguments: [article]) ?? ""
    counts.made.append(
      NewRevision(
        article: article, url: url, ordinal: ordinal, headline: new.text.headline,
        classes: edits.compactMap(\.classes.first)))
  }

  // MARK: out of order

  /// Works out again the chains that could not simply be extended, and gives the counts.
  mutating func finish() throws -> DerivedCounts {
    for article in outOfOrder { try rechain(article) }
    outOfOrder = []
    try snapshots.finish()
    return counts
  }

  private mutating func rechain(_ article: Int64) throws {
    let wanted = try Run.all(of: article, in: db)
    let rows = try Row.fetchAll(
      db,
      sql:
        "SELECT id, snapshot, first_capture, last_capture, first_at FROM revision WHERE article = ? ORDER BY ordinal",
      arguments: [article])
    let present = try rows.map { Run(snapshot: try $0[1], first: try $0[2], last: try $0[3], at: try $0[4]) }
    let head = zip(wanted, present).prefix { $0.snapshot == $1.snapshot }.count
    let most = min(wanted.count, present.count) - head
    // A revision's edits depend on the one before it, so of an equal tail the first is written anew.
    let equalTail = zip(wanted.reversed(), present.reversed()).prefix(most).prefix { $0.snapshot == $1.snapshot }.count
    let tail = max(0, head + equalTail == wanted.count && wanted.count == present.count ? equalTail : equalTail - 1)
    func update(_ row: Row, _ run: Run, _ ordinal: Int) throws {
      try db.execute(
        sql: "UPDATE revision SET ordinal = ?, first_capture = ?, last_capture = ?, first_at = ? WHERE id = ?",
        arguments: [ordinal, run.first, run.last, run.at, row[0] as Int64])
    }
    for i in 0..<head { try update(rows[i], wanted[i], i + 1) }
    for row in rows[head..<(rows.count - tail)] {
      counts.edits -=
        try Int.fetchOne(db, sql: "SELECT count FROM edit WHERE revision = ?", arguments: [row[0] as Int64]) ?? 0
      try db.execute(sql: "DELETE FROM revision WHERE id = ?", arguments: [row[0] as Int64])
      counts.revisions -= 1
    }
    for i in 0..<tail {
      try update(rows[rows.count - tail + i], wanted[wanted.count - tail + i], wanted.count - tail + i + 1)
    }
    for i in head..<(wanted.count - tail) {
      try insert(wanted[i], at: i + 1, after: i == 0 ? nil : wanted[i - 1].snapshot, to: article)
    }
  }
}

/// An article capture as the chain orders it: by instant, then sequence number, then digest.
private struct Observation: Comparable {
  let capture: Int64
  let at: Int64
  let seq: Int64
  let digest: Data
  let snapshot: Int64

  static func < (a: Observation, b: Observation) -> Bool {
    if a.at != b.at { return a.at < b.at }
    if a.seq != b.seq { return a.seq < b.seq }
    return a.digest.lexicographicallyPrecedes(b.digest)
  }
}

/// Captures in a row that said the same.
struct Run {
  let snapshot: Int64
  let first: Int64
  let last: Int64
  /// When the first was made.
  let at: Int64

  /// An article's chain as its readings have it.
  static func all(of article: Int64, in db: Database) throws -> [Run] {
    let statement = try db.cachedStatement(
      sql: """
        SELECT capture.id, snapshot, at FROM capture JOIN reading ON reading.capture = capture.id
        WHERE article = ? AND snapshot IS NOT NULL ORDER BY at, seq, digest
        """)
    var runs: [Run] = []
    let rows = try Row.fetchCursor(statement, arguments: [article])
    while let row = try rows.next() {
      let (capture, snapshot): (Int64, Int64) = (try row[0], try row[1])
      if let last = runs.last, last.snapshot == snapshot {
        runs[runs.count - 1] = Run(snapshot: snapshot, first: last.first, last: capture, at: last.at)
      } else {
        runs.append(Run(snapshot: snapshot, first: capture, last: capture, at: try row[2]))
      }
    }
    return runs
  }
}
