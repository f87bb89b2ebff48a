import Foundation
import GRDB
import Model

/// One line of an article's log.
public struct LogEntry: Sendable, Hashable {
  public let ordinal: Int
  public let snapshot: Digest
  /// The last revision before it that said the same.
  public let returnsTo: Int?
  /// Whether it is a step of going back and forth.
  public let recurrence: Recurrence?
  public let headline: String
  public let firstCapture, lastCapture: Instant
  /// The last capture that said what stood before; nil for the first revision.
  public let after: Instant?
  /// Checks after `after` and up to `firstCapture`, the one that found it included; 0 for imported captures.
  public let checksBetween: Int
  /// Those of them that brought no article: failures and walls.
  public let misses: Int
  public let edits: Int
  public let classes: [String]
  public let wordsAdded, wordsRemoved: Int
  public let extractor: Int
}

/// One capture as it is listed.
public struct CaptureEntry: Sendable, Hashable {
  public let id: Int64
  public let digest: Digest
  public let url: String
  public let at: Instant
  public let sequence: Int64
  public let status: Int
  /// What came, or, for a 304, what it says still stands; nil when that is not here.
  public let payload: Digest?
  public let bytes: Int64
  public let isRevisit: Bool
  /// Nil when the capture has not been read yet.
  public let verdict: String?
  public let reason: String?
  /// The revision it belongs to.
  public let revision: Int?
  public let origin: String?
}

/// An article text with where it stands.
public struct RevisionText: Sendable {
  public let ordinal: Int
  public let firstCapture: Instant
  public let text: ArticleText
  public let digest: Digest
  public let extractor: Int
}

/// Which revision is meant.
public enum RevisionSelector: Sendable, Hashable {
  case last
  /// 1 is the first; -1 is the one before the last.
  case ordinal(Int)
  /// What stood at an instant.
  case at(Instant)
}

extension Store {
  /// An article's revisions, newest first.
  /// - Parameters:
  ///   - ordinal: only those below it; nil: all.
  ///   - limit: no more than so many.
  public func log(_ article: Int64, before ordinal: Int? = nil, limit: Int = .max) throws(StorageError) -> [LogEntry] {
    try read { db in
      // One more, if only to say when the one before was seen last.
      let rows = try Row.fetchAll(
        db,
        sql: """
          SELECT revision.id, ordinal, snapshot.digest, first_at, last.at, words_added, words_removed, snapshot.extractor,
            snapshot.headline
          FROM revision JOIN snapshot ON snapshot.id = revision.snapshot JOIN capture AS last ON last.id = last_capture
          WHERE revision.article = ? AND ordinal < ? ORDER BY ordinal DESC LIMIT ?
          """, arguments: [article, ordinal ?? .max, limit == .max ? -1 : limit + 1])
      let returns = try Self.returns(of: article, in: db)
      let (edits, sentences) = (EditReader(), SentenceReader())
      var headlines: [Int64: String] = [:]
      var entries: [LogEntry] = []
      for (i, row) in rows.prefix(limit).enumerated() {
        let classes = try edits.classes(ofRevision: row[0], in: db)
        var headline = ""
        if let number = try row[8] as Int64? {
          headline = try headlines[number] ?? sentences.text(number, in: db)
          headlines[number] = headline
        }
        let after = i + 1 < rows.count ? Instant(milliseconds: try rows[i + 1][4]) : nil
        let (ordinal, first): (Int, Instant) = (try row[1], Instant(milliseconds: try row[3]))
        let checks = try Self.checks(of: article, in: ChangeInterval(after: after, by: first), db)
        entries.append(
          LogEntry(
            ordinal: ordinal, snapshot: try Digest(column: row[2]), returnsTo: returns.returnsTo(from: ordinal),
            recurrence: returns.recurrence(of: ordinal), headline: headline, firstCapture: first,
            lastCapture: Instant(milliseconds: try row[4]), after: after, checksBetween: checks.all,
            misses: checks.misses, edits: classes.count, classes: classes.compactMap(\.first?.rawValue),
            wordsAdded: try row[5], wordsRemoved: try row[6], extractor: try row[7]))
      }
      return entries
    }
  }

  /// Every capture of an article, oldest first.
  public func captures(_ article: Int64) throws(StorageError) -> [CaptureEntry] { try captures(article, after: nil) }

  /// Captures of an article, oldest first. Which are revisits is worked out from their order, not stored.
  ///
  /// - Parameters:
  ///   - place: only those after this one, or from it on; nil: from the first. Must be one of the article's.
  ///   - limit: no more than so many.
  public func captures(
    _ article: Int64, after place: Int64?, inclusive: Bool = false, limit: Int = .max
  ) throws(StorageError) -> [CaptureEntry] {
    try read { db in
      let place = try place.flatMap {
        try Row.fetchOne(db, sql: "SELECT at, seq, digest FROM capture WHERE id = ?", arguments: [$0])
      }
      let rows = try Row.fetchAll(
        db,
        sql: """
          SELECT c.id, c.digest, ifnull(c.url, article.url), c.at, c.seq, c.status,
            coalesce(body.digest, still.digest), coalesce(body.size, still.size, 0),
            c.status = 304 OR c.body IS NOT NULL AND EXISTS (
              SELECT 1 FROM capture AS e INDEXED BY capture_body WHERE e.body = c.body AND e.article = c.article
                AND (e.at, e.seq, e.digest) < (c.at, c.seq, c.digest)),
            verdict, reason, snapshot, origin.name
          FROM capture AS c JOIN article ON article.id = c.article
          LEFT JOIN body ON body.id = c.body
          LEFT JOIN capture AS referred
            ON substr(referred.digest, 1, 8) = substr(c.refers_to, 1, 8) AND referred.digest = c.refers_to
          LEFT JOIN body AS still ON still.id = referred.body
          LEFT JOIN reading ON reading.capture = c.id LEFT JOIN origin ON origin.id = c.origin
          WHERE c.article = ?1 AND c.at >= ?2 AND (c.at, c.seq, c.digest) \(inclusive ? ">=" : ">") (?2, ?3, ?4)
          ORDER BY c.at, c.seq, c.digest LIMIT ?5
          """,
        arguments: [
          article, place?[0] ?? Int64.min, place?[1] ?? Int64.min, place?[2] ?? Data(), limit == .max ? -1 : limit,
        ])
      guard let first = rows.first, let last = rows.last else { return [] }
      // The revision that stood before the first of these, and those that begin among them.
      let starts = try Row.fetchAll(
        db,
        sql: """
          SELECT first_capture, ordinal, c.at, c.seq, c.digest FROM revision JOIN capture AS c ON c.id = first_capture
          WHERE revision.article = ?1 AND first_at <= ?2 AND ordinal >= ifnull((
            SELECT ordinal FROM revision WHERE article = ?1 AND first_at < ?3 ORDER BY ordinal DESC LIMIT 1), 0)
          ORDER BY ordinal
          """, arguments: [article, last[3] as Int64, first[3] as Int64])
      let ordinals = try Dictionary(uniqueKeysWithValues: starts.map { (try $0[0] as Int64, try $0[1] as Int) })
      let start: (Int64, Int64, Data) = (try first[3], try first[4], try first[1])
      var ordinal = try starts.last { row in
        let began: (Int64, Int64, Data) = (try row[2], try row[3], try row[4])
        if (began.0, began.1) != (start.0, start.1) { return (began.0, began.1) < (start.0, start.1) }
        return began.2.lexicographicallyPrecedes(start.2)
      }.map { try $0[1] as Int }
      return try rows.map { row in
        ordinal = ordinals[try row[0]] ?? ordinal
        return CaptureEntry(
          id: try row[0], digest: try Digest(column: try row[1]), url: try row[2],
          at: Instant(milliseconds: try row[3]),
          sequence: try row[4],
          status: try row[5], payload: try (try row[6] as Data?).map { try Digest(column: $0) }, bytes: try row[7],
          isRevisit: try row[8],
          verdict: try row[9], reason: try row[10], revision: try row[11] as Int64? == nil ? nil : ordinal,
          origin: try row[12])
      }
    }
  }

  /// The article text of a revision; nil when there is no such revision.
  public func text(_ article: Int64, _ selector: RevisionSelector) throws(StorageError) -> RevisionText? {
    try read { db in
      guard let row = try Self.revision(article, selector, in: db) else { return nil }
      let stored = try SnapshotReader().stored(row[1], in: db)
      var text = stored.snapshot.text
      let modified = try String.fetchOne(
        db, sql: "SELECT modified FROM reading WHERE capture = ?", arguments: [row[2] as Int64])
      text.modified = modified.flatMap { PartialTimestamp($0) }
      return RevisionText(
        ordinal: try row[0], firstCapture: Instant(milliseconds: try row[4]), text: text,
        digest: stored.snapshot.digest, extractor: stored.extractor)
    }
  }

  /// The body and header fields that a revision was first seen in, digest checked; nil when there is no such revision.
  public func evidence(
    _ article: Int64, _ selector: RevisionSelector
  ) throws(StorageError) -> (capture: Digest, fields: HTTPFields, status: Int, body: [UInt8])? {
    try read { db in
      guard let row = try Self.revision(article, selector, in: db) else { return nil }
      let capture = try Row.fetchOne(
        db,
        sql: """
          SELECT c.digest, fields.data, c.status, coalesce(c.body, referred.body), c.varying
          FROM capture AS c JOIN fields ON fields.id = c.fields 
          LEFT JOIN capture AS referred
            ON substr(referred.digest, 1, 8) = substr(c.refers_to, 1, 8) AND referred.digest = c.refers_to
          WHERE c.id = ?
          """, arguments: [row[2] as Int64])
      guard let capture, let body = try capture[3] as Int64? else {
        throw StorageError.damaged(path: "capture \(try row[2] as Int64)", detail: "its body is missing")
      }
      return (
        try Digest(column: try capture[0]), try HTTPFields(common: capture[1], varying: capture[4]), try capture[2],
        try BodyReader().body(body, in: db)
      )
    }
  }

  /// A revision's ordinal, snapshot, first capture, id and first instant.
  static func revision(_ article: Int64, _ selector: RevisionSelector, in db: Database) throws -> Row? {
    let columns = "SELECT ordinal, snapshot, first_capture, id, first_at FROM revision"
    switch selector {
    case .last:
      return try Row.fetchOne(
        db, sql: "\(columns) WHERE article = ? ORDER BY ordinal DESC LIMIT 1", arguments: [article])
    case .ordinal(let n) where n > 0:
      return try Row.fetchOne(
        db, sql: "\(columns) WHERE article = ? AND ordinal = ?", arguments: [article, n])
    case .ordinal(let n):
      return try Row.fetchOne(
        db, sql: "\(columns) WHERE article = ? ORDER BY ordinal DESC LIMIT 1 OFFSET ?",
        arguments: [article, n.magnitude < 1 << 40 ? -n : 1 << 40])
    case .at(let instant):
      return try Row.fetchOne(
        db, sql: "\(columns) WHERE article = ? AND first_at <= ? ORDER BY ordinal DESC LIMIT 1",
        arguments: [article, instant.milliseconds])
    }
  }
}
