import Evidence
import Foundation
import GRDB
import Model

/// A capture as an export plans with it: all but its header fields and its body.
public struct PlannedCapture: Sendable, Hashable {
  /// What it attests, its digest checked.
  public let capture: Capture
  public let digest: Digest
  /// The URL of its article.
  public let article: String
  /// The capture of the redirect that led here.
  public let via: Digest?
  /// Octets of the body that came, and of the header fields.
  public let size: Int
  public let fieldsSize: Int
  /// Of a 304: the capture that it refers to, if that is here and has a body.
  public let still: Referred?
  /// The revision that begins with it.
  public let revision: PlannedRevision?
  let id: Int64
  let body: Int64?

  /// A capture that another refers to.
  public struct Referred: Sendable, Hashable {
    public let digest: Digest
    public let url: String
    public let at: Instant
    public let payload: Digest
  }
}

/// A revision as an export plans with it: all but its texts.
public struct PlannedRevision: Sendable, Hashable {
  public let ordinal: Int
  public let snapshot: Digest
  public let hasEdits: Bool
  let id: Int64
  let content: Int64
  let modified: String?
  /// The revision before it.
  let before: Before?

  struct Before: Sendable, Hashable {
    let ordinal: Int
    let at: Instant
    let content: Int64
    let modified: String?
  }
}

/// A capture with its header fields, and with its body if that was asked for.
public struct LoadedCapture: Sendable {
  public let planned: PlannedCapture
  public let fields: HTTPFields
  public let body: [UInt8]
  /// What the revision that begins with it said.
  public let revision: RevisionText?
  /// How that differs from the revision before; nil for an article's first, and when there are no edits.
  public let change: LoadedChange?

  /// As another archive would take it in; without octets when its body was not asked for.
  public var input: CaptureInput {
    let capture = planned.capture
    return CaptureInput(
      article: planned.article, origin: capture.origin,
      response: Response(url: capture.url, at: capture.at, status: capture.status, fields: fields, body: body),
      sequence: capture.sequence, refersTo: capture.refersTo, via: planned.via)
  }
}

/// A revision against the one before.
public struct LoadedChange: Sendable {
  public let before: RevisionText
  public let after: RevisionText
  public let edits: [Edit]
}

/// Reads captures and what was derived from them, in order, for exports. Captures that are kept after it was made are not
/// among them, so that a plan and what is written by it are of the same captures. What is damaged hides nothing else.
// its readers are touched only inside reads of the store, which come one at a time
public final class ExportReader: @unchecked Sendable {
  private let store: Store
  private let scope: Scope
  private let classes: Set<Edit.Class>
  private let ceiling: Int64
  private let (bodies, snapshots, edits) = (BodyReader(), SnapshotReader(), EditReader())
  private var last: (id: Int64, stored: StoredSnapshot)?
  /// Payloads that the captures which bring them could not be read with.
  private var lostPayloads: Set<Digest> = []

  /// - Parameters:
  ///   - scope: its language is not looked at.
  ///   - classes: only the captures on both sides of edits of any of these, with the redirects that led to them and what
  ///     they refer to; empty: all captures.
  public init(_ store: Store, _ scope: Scope, classes: Set<Edit.Class>) throws(StorageError) {
    (self.store, self.scope, self.classes) = (store, scope, classes)
    ceiling = try store.read { try Int64.fetchOne($0, sql: "SELECT max(id) FROM capture") ?? 0 }
  }

  /// The numbers of the articles, in order.
  public func articles() throws(StorageError) -> [Int64] {
    try store.read { db in
      if let admitted = try scope.admitted(in: db) { return admitted.sorted() }
      return try Int64.fetchAll(db, sql: "SELECT id FROM article ORDER BY id")
    }
  }

  /// An article's captures in order, and those that are not what they were.
  public func captures(_ article: Int64) throws(StorageError) -> (whole: [PlannedCapture], lost: [LostCapture]) {
    do { return try listed(article) } catch {
      guard error.isDamage else { throw error }
      let url = try store.read {
        try String.fetchOne($0, sql: "SELECT url FROM article WHERE id = ?", arguments: [article])
      }
      return ([], [LostCapture(digest: nil, url: url ?? "article \(article)", at: nil, reason: error.message)])
    }
  }

  private func listed(_ article: Int64) throws(StorageError) -> ([PlannedCapture], [LostCapture]) {
    try store.read { db in
      let revisions = try revisions(of: article, in: db)
      let wanted = classes.isEmpty ? nil : try sides(of: article, in: db)
      let (since, until) = wanted == nil ? (scope.since, scope.until) : (nil, nil)
      let rows = try Row.fetchCursor(
        db.cachedStatement(
          sql: """
            SELECT c.id, c.digest, article.url, origin.name, ifnull(c.url, article.url), c.at, c.seq, c.status, fields.data,
              c.varying, c.body, body.digest, ifnull(body.size, 0), c.refers_to, before.digest,
              ifnull(referred.url, home.url), referred.at, still.digest
            FROM capture AS c JOIN article ON article.id = c.article JOIN fields ON fields.id = c.fields
            LEFT JOIN origin ON origin.id = c.origin LEFT JOIN body ON body.id = c.body
            LEFT JOIN capture AS before ON before.id = c.via
            LEFT JOIN capture AS referred
              ON substr(referred.digest, 1, 8) = substr(c.refers_to, 1, 8) AND referred.digest = c.refers_to
            LEFT JOIN article AS home ON home.id = referred.article LEFT JOIN body AS still ON still.id = referred.body
            WHERE c.article = ? AND c.id <= ? AND c.at >= ? AND c.at < ? ORDER BY c.at, c.seq, c.digest
            """),
        arguments: [article, ceiling, since?.milliseconds ?? Int64.min, until?.milliseconds ?? Int64.max])
      var (captures, lost): ([PlannedCapture], [LostCapture]) = ([], [])
      while let row = try rows.next() {
        let id: Int64 = try row[0]
        if let wanted, !wanted.contains(id) { continue }
        do { captures.append(try Self.planned(row, id, revisions[id])) } catch let error as StorageError
          where error.isDamage
        {
          lost.append(
            LostCapture(
              digest: try Digest(column: row[1]), url: try row[4], at: Instant(milliseconds: try row[5]),
              reason: error.message))
        }
      }
      return (captures, lost)
    }
  }

  private static func planned(_ row: Row, _ id: Int64, _ revision: PlannedRevision?) throws -> PlannedCapture {
    let refersTo = try (row[13] as Data?).map { try Digest(column: $0) }
    let fields = try HTTPFields(common: row[8], varying: row[9])
    let capture = Capture(
      origin: try row[3], url: try row[4], at: Instant(milliseconds: try row[5]), sequence: try row[6],
      status: try row[7], fields: fields.digest,
      payload: try (row[11] as Data?).map { try Digest(column: $0) }, refersTo: refersTo)
    let digest = try Digest(column: row[1])
    guard capture.digest == digest else {
      throw StorageError.damaged(path: "capture \(digest)", detail: "what it attests has another digest")
    }
    var still: PlannedCapture.Referred?
    if let refersTo, let url = try row[15] as String?, let at = try row[16] as Int64?,
      let payload = try row[17] as Data?
    {
      still = .init(
        digest: refersTo, url: url, at: Instant(milliseconds: at), payload: try Digest(column: payload))
    }
    return PlannedCapture(
      capture: capture, digest: digest, article: try row[2],
      via: try (row[14] as Data?).map { try Digest(column: $0) }, size: try row[12],
      fieldsSize: fields.canonicalBytes.count, still: still, revision: revision, id: id, body: try row[10])
  }

  /// An article's revisions by their first captures.
  private func revisions(of article: Int64, in db: Database) throws -> [Int64: PlannedRevision] {
    let rows = try Row.fetchAll(
      db.cachedStatement(
        sql: """
          SELECT revision.id, ordinal, revision.snapshot, first_capture, first_at, reading.modified, snapshot.digest,
            EXISTS (SELECT 1 FROM edit WHERE edit.revision = revision.id)
          FROM revision JOIN snapshot ON snapshot.id = revision.snapshot
          LEFT JOIN reading ON reading.capture = first_capture
          WHERE revision.article = ? ORDER BY ordinal
          """), arguments: [article])
    var (found, before): ([Int64: PlannedRevision], PlannedRevision.Before?) = ([:], nil)
    for row in rows {
      let revision = PlannedRevision(
        ordinal: try row[1], snapshot: try Digest(column: row[6]), hasEdits: try row[7], id: try row[0],
        content: try row[2], modified: try row[5], before: before)
      found[try row[3]] = revision
      before = .init(
        ordinal: revision.ordinal, at: Instant(milliseconds: try row[4]), content: revision.content,
        modified: revision.modified)
    }
    return found
  }

  /// The captures on both sides of the edits asked for, and those that these need.
  private func sides(of article: Int64, in db: Database) throws -> Set<Int64> {
    let rows = try Row.fetchAll(
      db.cachedStatement(
        sql: """
          SELECT old.last_capture, new.first_capture
          FROM revision AS new JOIN revision AS old ON old.article = new.article AND old.ordinal = new.ordinal - 1
          WHERE new.article = ? AND new.classes & ? <> 0 AND new.first_at >= ? AND new.first_at < ?
          """),
      arguments: [
        article, EditCoding.set(of: classes), scope.since?.milliseconds ?? Int64.min,
        scope.until?.milliseconds ?? Int64.max,
      ])
    var wanted: Set<Int64> = []
    var open = try rows.flatMap { [try $0[0] as Int64, try $0[1] as Int64] }
    let needs = try db.cachedStatement(
      sql: """
        SELECT c.via, referred.id FROM capture AS c LEFT JOIN capture AS referred
          ON substr(referred.digest, 1, 8) = substr(c.refers_to, 1, 8) AND referred.digest = c.refers_to
        WHERE c.id = ?
        """)
    while let id = open.popLast() {
      guard wanted.insert(id).inserted, let row = try Row.fetchOne(needs, arguments: [id]) else { continue }
      open += [try row[0] as Int64?, try row[1] as Int64?].compactMap(\.self)
    }
    return wanted
  }

  /// Captures as they are to be written.
  /// - Parameter items: each capture, whether its body is wanted, and whether what its revision said is.
  /// What is not as it was is never handed out: a capture, or else what its revision said, is lost then. A capture without its
  /// body is lost where the one that has it was.
  public func read(
    _ items: [(capture: PlannedCapture, body: Bool, derived: Bool)]
  ) throws(StorageError) -> [(capture: LoadedCapture?, lost: LostCapture?)] {
    try store.read { db in
      try items.map { item in
        var lost: LostCapture?
        /// Nil, and lost, when it is damaged.
        func whole<T>(derived: Bool = false, _ read: () throws -> T) throws(StorageError) -> T? {
          do { return try Store.translating(store.path, read) } catch {
            guard error.isDamage else { throw error }
            let capture = item.capture
            lost = LostCapture(
              digest: capture.digest, url: capture.capture.url, at: capture.capture.at, isDerived: derived,
              reason: error.message)
            return nil
          }
        }
        let planned = item.capture
        guard let (fields, body) = try whole({ try octets(of: planned, body: item.body, in: db) }) else {
          if let payload = planned.capture.payload { lostPayloads.insert(payload) }
          return (nil, lost)
        }
        var (said, change): (RevisionText?, LoadedChange?)
        if item.derived, let revision = planned.revision,
          let texts = try whole(derived: true, { try texts(of: revision, planned, in: db) })
        {
          (said, change) = texts
        }
        return (LoadedCapture(planned: planned, fields: fields, body: body, revision: said, change: change), lost)
      }
    }
  }

  private func octets(of planned: PlannedCapture, body: Bool, in db: Database) throws -> (HTTPFields, [UInt8]) {
    let statement = try db.cachedStatement(
      sql: "SELECT data, varying FROM capture JOIN fields ON fields.id = fields WHERE capture.id = ?")
    let fields = try Row.fetchOne(statement, arguments: [planned.id]).map {
      try HTTPFields(common: $0[0], varying: $0[1])
    }
    guard let fields, fields.digest == planned.capture.fields else {
      throw StorageError.damaged(path: "capture \(planned.digest)", detail: "its header fields have another digest")
    }
    if body { return (fields, try planned.body.map { try bodies.body($0, in: db) } ?? []) }
    if let payload = planned.capture.payload, lostPayloads.contains(payload) {
      throw StorageError.damagedBody(digest: payload.description, detail: "the capture that brought it cannot be read")
    }
    return (fields, [])
  }

  private func texts(
    of revision: PlannedRevision, _ planned: PlannedCapture, in db: Database
  ) throws -> (RevisionText, LoadedChange?) {
    var change: LoadedChange?
    let old = try revision.hasEdits ? revision.before.map { (before: $0, stored: try stored($0.content, in: db)) } : nil
    let new = try stored(revision.content, in: db)
    let after = Self.text(revision.ordinal, planned.capture.at, new, revision.modified)
    if let old {
      change = LoadedChange(
        before: Self.text(old.before.ordinal, old.before.at, old.stored, old.before.modified), after: after,
        edits: try edits.edits(
          ofRevision: revision.id, from: old.stored.snapshot.text, to: new.snapshot.text, in: db))
    }
    return (after, change)
  }

  private static func text(_ ordinal: Int, _ at: Instant, _ stored: StoredSnapshot, _ modified: String?) -> RevisionText
  {
    var text = stored.snapshot.text
    text.modified = modified.flatMap { PartialTimestamp($0) }
    return RevisionText(
      ordinal: ordinal, firstCapture: at, text: text, digest: stored.snapshot.digest, extractor: stored.extractor)
  }

  private func stored(_ id: Int64, in db: Database) throws -> StoredSnapshot {
    if let last, last.id == id { return last.stored }
    let stored = try snapshots.stored(id, in: db)
    last = (id, stored)
    return stored
  }
}

extension Store {
  /// A text signed by the origin key, under the log's name; nil when the key is not here. The text must not begin as a
  /// checkpoint does, with the log's name.
  public func signed(_ text: String) throws(StorageError) -> [UInt8]? {
    guard let key = try OriginKey.find(beside: path) else { return nil }
    do { return try SignedNote(signing: Array(text.utf8), with: [key.signing()]).octets } catch let error
      as StorageError
    {
      throw error
    } catch let error as ProofError { throw .proof(error) } catch { throw .failed(path: path, detail: "\(error)") }
  }
}
