import Foundation
import GRDB
import Model
import Parallel

/// T1: captures made safe before anything that may be wrong touches their bytes.
extension Store {
  /// Prepares captures for `keep`: digests and coded bodies, made outside any transaction so that it can run on all cores.
  /// A body that the archive holds already is not coded again.
  public func prepare(_ inputs: [CaptureInput]) throws(StorageError) -> [PreparedCapture] {
    guard inputs.contains(where: { $0.response.status != 304 }) else {
      return inputs.map { PreparedCapture(input: $0, payload: nil, coded: nil) }
    }
    let payloads = inputs.concurrentMap { input in
      input.response.status == 304 ? nil : input.payload ?? Digest(of: input.response.body)
    }
    var first: [Digest: Int] = [:]
    for (i, payload) in payloads.enumerated() { if let payload, first[payload] == nil { first[payload] = i } }
    let owners = first
    let plans = try read { db in
      let find = try db.cachedStatement(
        sql: "SELECT 1 FROM body WHERE substr(digest, 1, 8) = substr(?1, 1, 8) AND digest = ?1")
      let here = try Set(owners.keys.filter { try Int.fetchOne(find, arguments: [$0.data]) != nil })
      return try bases.plan(inputs, payloads, in: db) { i in
        payloads[i].map { owners[$0] == i && !here.contains($0) } ?? false
      }
    }
    let results = inputs.indices.map(\.self).concurrentMap(makingContext: BodyCoder.init) {
      i, coder -> Result<BasedBody, StorageError>? in
      plans[i].map { plan in
        Result { () throws(StorageError) in try coder.encode(inputs[i].response.body, plan.bases) }
      }
    }
    var coded: [BasedBody?] = []
    for result in results { coded.append(try result?.get()) }
    try retry(&coded, inputs, plans)
    return inputs.indices.map { PreparedCapture(input: inputs[$0], payload: payloads[$0], coded: coded[$0]) }
  }

  /// Tries the bases further off for bodies of which little was like the first.
  private func retry(
    _ coded: inout [BasedBody?], _ inputs: [CaptureInput], _ plans: [BasePlan?]
  ) throws(StorageError) {
    let before = coded
    let poor = inputs.indices.filter { i in
      guard let body = before[i], plans[i]?.others.isEmpty == false else { return false }
      return body.base == nil
        || BaseChoice.isPoor(coded: body.coded.data.count, size: inputs[i].response.body.count, effort: .quick)
    }
    guard !poor.isEmpty else { return }
    let work = try read { db in
      try poor.map { i in
        let others = try plans[i].map { try bases.others(of: $0, size: inputs[i].response.body.count, in: db) } ?? []
        return (place: i, bases: Array((plans[i]?.bases ?? []).prefix(1)) + others)
      }
    }
    let again = work.concurrentMap(makingContext: BodyCoder.init) { item, coder in
      Result { () throws(StorageError) in
        item.bases.count < 2 ? nil : try coder.encode(inputs[item.place].response.body, item.bases)
      }
    }
    for (item, result) in zip(work, again) {
      if let better = try result.get(), let old = coded[item.place], better.coded.data.count < old.coded.data.count {
        coded[item.place] = better
      }
    }
  }

  /// Keeps imported captures: one transaction. Articles they name are made where missing. Each answer stands for the
  /// capture at its place; one that is already here is left as it is.
  public func keep(_ prepared: [PreparedCapture], now: Instant) throws(StorageError) -> [KeptCapture] {
    try write { db in
      var ground = try GroundWriter(db)
      let kept = try prepared.map { capture in
        let article = try ground.article(capture.input.article, now: now)
        return try ground.keep(capture, article: article, via: try capture.input.via.flatMap(ground.capture))
      }
      try Self.sealLog(in: db)
      return kept
    }
  }

  /// Keeps checks with their captures and what follows for the schedule: one transaction for all of them.
  public func keep(_ attempts: [Attempt], pass: Int64) throws(StorageError) -> [[KeptCapture]] {
    try write { db in
      var ground = try GroundWriter(db)
      let (checks, confirmations) = (try CheckWriter(db), try ConfirmationWriter(db))
      let all = try attempts.map { attempt in
        var kept: [KeptCapture] = []
        if let one = try confirmations.keep(attempt, &ground) {
          kept = [one]
        } else {
          for capture in attempt.captures {
            kept.append(try ground.keep(capture, article: attempt.due.article, via: kept.last?.id))
          }
        }
        try checks.record(attempt, captures: kept, pass: pass)
        return kept
      }
      try Self.sealLog(in: db)
      return all
    }
  }
}

/// A capture with its digests and its body coded for the disk.
public struct PreparedCapture: Sendable {
  public let input: CaptureInput
  /// Nil for a 304.
  public let payload: Digest?
  /// Nil when the archive, or an earlier capture of the same batch, has the body.
  let coded: BasedBody?

  /// What the archive will attest.
  public var capture: Capture {
    Capture(
      origin: input.origin, url: input.response.url, at: input.response.at, sequence: input.sequence,
      status: input.response.status, fields: input.response.fields.digest, payload: payload, refersTo: input.refersTo)
  }
}

/// A coded body and what it is coded against.
struct BasedBody: Sendable {
  let coded: CodedBody
  /// Nil when it stands alone.
  let base: Digest?
}

extension BodyCoder {
  /// Codes a body against the best of some bases, or alone when none is any good.
  func encode(_ body: [UInt8], _ bases: [BaseCandidate]) throws(StorageError) -> BasedBody {
    var base = bases.first
    if bases.count > 1 {
      var trials: [Int] = []
      for base in bases { trials.append(try trialSize(body, base: base.octets)) }
      base = BaseChoice.best(trials, even: false).map { bases[$0] }
    }
    let coded = try encode(body, base: base?.octets)
    return BasedBody(coded: coded, base: coded.coding == .delta ? base?.payload : nil)
  }
}

/// A capture that is in the archive.
public struct KeptCapture: Sendable {
  public let id: Int64
  public let article: Int64
  public let digest: Digest
  /// False when it was there before.
  public let isNew: Bool
  /// Whether it brought no new body for its article: a 304, or a payload the article had before.
  public let isRevisit: Bool
  /// Nil when there is none, or it is to be read anew.
  public var twin: Twin?
  /// Of a 304 that was kept with its reading: what it confirms. Nil for what has yet to be derived.
  public let confirms: Verdict?
}

/// The last capture of an article before another with the same URL, status and body: both read the same if their header fields
/// agree in what a reading depends on.
public struct Twin: Sendable {
  public let capture: Int64
  public let fields: HTTPFields
  /// What it was read as; nil when it has not been read yet.
  public let verdict: Verdict?
  /// The URL that a page of that text named as its own.
  public let canonical: String?
}

/// The statements of T1, made once a transaction.
struct GroundWriter {
  private let db: Database
  private let findArticle, insertArticle, findBody, insertBody, insertLoose, findFields, insertFields: Statement
  private let findCapture, insertCapture, insertPending, findSeen, findTwin, findReferring,
    insertForerunner, findOrigin, insertOrigin: Statement
  /// By the octets of the URL: String would take two that differ in how a letter is composed for one.
  private var articles: [DerivationMemory.Text: Int64] = [:]
  private var origins: [String: Int64] = [:]
  private var common: [[UInt8]: Int64] = [:]

  init(_ db: Database) throws {
    self.db = db
    findArticle = try db.cachedStatement(sql: "SELECT id FROM article WHERE url = ?")
    insertArticle = try db.cachedStatement(sql: "INSERT INTO article (url, url_key, added_at) VALUES (?, ?, ?)")
    findBody = try db.cachedStatement(
      sql: "SELECT id FROM body WHERE substr(digest, 1, 8) = substr(?1, 1, 8) AND digest = ?1")
    insertBody = try db.cachedStatement(sql: "INSERT INTO body (digest, size) VALUES (?, ?)")
    insertLoose = try db.cachedStatement(sql: "INSERT INTO loose (body, coding, base, data) VALUES (?, ?, ?, ?)")
    findFields = try db.cachedStatement(
      sql: "SELECT id FROM fields WHERE substr(digest, 1, 8) = substr(?1, 1, 8) AND digest = ?1")
    insertFields = try db.cachedStatement(sql: "INSERT INTO fields (digest, data) VALUES (?, ?)")
    findCapture = try db.cachedStatement(
      sql: "SELECT id, article FROM capture WHERE substr(digest, 1, 8) = substr(?1, 1, 8) AND digest = ?1")
    insertCapture = try db.cachedStatement(
      sql: """
        INSERT INTO capture (digest, article, origin, url, at, seq, status, fields, body, refers_to, via, varying)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """)
    insertPending = try db.cachedStatement(sql: "INSERT OR IGNORE INTO pending (capture) VALUES (?)")
    findSeen = try db.cachedStatement(sql: "SELECT 1 FROM capture WHERE body = ? AND article = ? LIMIT 1")
    findTwin = try db.cachedStatement(
      sql: """
        SELECT capture.id, data, varying, verdict, canonical FROM capture JOIN fields ON fields.id = capture.fields
        LEFT JOIN reading ON reading.capture = capture.id LEFT JOIN snapshot ON snapshot.id = reading.snapshot
        WHERE body = ? AND article = ? AND status = ? AND url IS ? ORDER BY capture.id DESC LIMIT 1
        """)
    findReferring = try db.cachedStatement(
      sql: """
        WITH RECURSIVE later (id) AS (
          SELECT capture FROM forerunner WHERE refers_to = ?
          UNION SELECT forerunner.capture FROM later JOIN capture ON capture.id = later.id
            JOIN forerunner ON forerunner.refers_to = capture.digest)
        INSERT OR IGNORE INTO pending (capture) SELECT id FROM later
        """)
    insertForerunner = try db.cachedStatement(
      sql: """
        INSERT INTO forerunner (refers_to, capture) SELECT ?1, ?2 WHERE NOT EXISTS (
          SELECT 1 FROM capture WHERE substr(digest, 1, 8) = substr(?1, 1, 8) AND digest = ?1 AND refers_to IS NULL)
        """)
    findOrigin = try db.cachedStatement(sql: "SELECT id FROM origin WHERE name = ?")
    insertOrigin = try db.cachedStatement(sql: "INSERT INTO origin (name, own, created_at) VALUES (?, 0, ?)")
  }

  /// The article's id, made now if it is not known.
  mutating func article(_ url: String, now: Instant) throws -> Int64 {
    let name = DerivationMemory.Text(url)
    if let id = articles[name] { return id }
    var id = try Int64.fetchOne(findArticle, arguments: [url])
    if id == nil {
      // a URL that cannot be read is its own key: imports keep what they are given
      let key = (try? WebURL(url))?.surt ?? url
      try insertArticle.execute(arguments: [url, key, now.milliseconds])
      id = db.lastInsertedRowID
    }
    articles[name] = id
    return id ?? 0
  }

  mutating func origin(_ name: String?, at: Instant) throws -> Int64? {
    guard let name else { return nil }
    if let id = origins[name] { return id }
    var id = try Int64.fetchOne(findOrigin, arguments: [name])
    if id == nil {
      try insertOrigin.execute(arguments: [name, at.milliseconds])
      id = db.lastInsertedRowID
    }
    origins[name] = id
    return id
  }

  /// The row id of a capture; nil when it is not here.
  func capture(_ digest: Digest) throws -> Int64? { try Int64.fetchOne(findCapture, arguments: [digest.data]) }

  mutating func keep(_ prepared: PreparedCapture, article: Int64, via: Int64?) throws -> KeptCapture {
    let (input, capture) = (prepared.input, prepared.capture)
    let digest = capture.digest
    if let row = try Row.fetchOne(findCapture, arguments: [digest.data]) {
      return KeptCapture(
        id: try row[0], article: try row[1], digest: digest, isNew: false, isRevisit: true, twin: nil,
        confirms: nil)
    }
    let body = try prepared.payload.map { try self.body($0, prepared) }
    let (fields, varying) = try fields(input.response.fields)
    let url = sameBytes(input.response.url, input.article) ? nil : input.response.url
    let isRevisit = try body.map { try Int.fetchOne(findSeen, arguments: [$0, article]) != nil } ?? true
    let twin = isRevisit ? try twin(of: body, article, input.response.status, url) : nil
    try insertCapture.execute(
      arguments: [
        digest.data, article, try origin(input.origin, at: input.response.at),
        url, input.response.at.milliseconds, input.sequence, input.response.status, fields, body, input.refersTo?.data,
        via, varying.map { Data($0) },
      ])
    let id = db.lastInsertedRowID
    try insertPending.execute(arguments: [id])
    try findReferring.execute(arguments: [digest.data])
    if let refersTo = input.refersTo { try insertForerunner.execute(arguments: [refersTo.data, id]) }
    return KeptCapture(
      id: id, article: article, digest: digest, isNew: true, isRevisit: isRevisit, twin: twin, confirms: nil)
  }

  private func twin(of body: Int64?, _ article: Int64, _ status: Int, _ url: String?) throws -> Twin? {
    try Row.fetchOne(findTwin, arguments: [body, article, status, url]).map { row in
      Twin(
        capture: try row[0], fields: try HTTPFields(common: row[1], varying: row[2]),
        verdict: (try row[3] as String?).flatMap(Verdict.init(rawValue:)), canonical: try row[4])
    }
  }

  private func body(_ digest: Digest, _ prepared: PreparedCapture) throws -> Int64 {
    if let id = try Int64.fetchOne(findBody, arguments: [digest.data]) { return id }
    let octets = prepared.input.response.body
    var coded = prepared.coded
    var base: Int64?
    if let named = coded?.base {
      base = try Int64.fetchOne(findBody, arguments: [named.data])
      if base == nil { coded = nil }  // it was of a batch that was rolled back
    }
    // Not coded because it was thought to be here, and is not: so code it now.
    let data = try coded?.coded ?? BodyCoder().encode(octets)
    try insertBody.execute(arguments: [digest.data, octets.count])
    let id = db.lastInsertedRowID
    try insertLoose.execute(arguments: [id, data.coding.rawValue, base, Data(data.data)])
    return id
  }

  /// The columns that header fields are kept in.
  mutating func fields(_ fields: HTTPFields) throws -> (id: Int64, varying: [UInt8]?) {
    let split = SplitFields(fields)
    if let id = common[split.common] { return (id, split.varying) }
    let digest = Digest(of: split.common).data
    var id = try Int64.fetchOne(findFields, arguments: [digest])
    if id == nil {
      try insertFields.execute(arguments: [digest, Data(split.common)])
      id = db.lastInsertedRowID
    }
    common[split.common] = id
    return (id ?? 0, split.varying)
  }
}
