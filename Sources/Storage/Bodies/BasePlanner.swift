import Foundation
import GRDB
import Model

/// A body that another may be coded against.
struct BaseCandidate: Sendable {
  let payload: Digest
  let octets: [UInt8]
}

/// What a new body is coded against.
struct BasePlan: Sendable {
  /// One, or none.
  var bases: [BaseCandidate] = []
  /// Tried when the delta is poor.
  var others: [Digest] = []
  /// The longest path that any of them has, which the others must keep to.
  var path: Int?
}

/// Finds bases for the bodies of a batch (`BaseChoice` has the rules), in the batch, in the one before, which may not be in
/// the archive yet, and in the archive.
///
/// Paths are planned as if every body were coded against its base, so what is read later never takes longer. A base that
/// does not come into the archive after all is found missing when its body is kept.
///
/// `@unchecked Sendable`: touched only inside transactions of the store's one connection, which are serial.
final class BasePlanner: @unchecked Sendable {
  /// A body by its payload digest or, where it stands on the way to another that was read, by its row.
  private enum Name: Hashable, Sendable {
    case payload(Digest)
    case row(Int64)
  }
  private typealias Entry = BodyMemory<Name>.Entry

  private var memory = BodyMemory<Name>(limit: 32 << 20)
  private var before = Timelines()
  private var batch = Timelines()
  private var planned: [Digest: Entry] = [:]
  private var articles: [DerivationMemory.Text: Int64] = [:]
  private var reader = BodyReader(limit: 16 << 20)
  private var sketches = RecentlyUsed<Digest, BodySketch>(limit: 1 << 20)
  private let coder = BodyCoder()

  /// After a transaction that was rolled back: what stands here may not be in the archive.
  func forget() {
    memory.forget()
    (before, batch, planned, articles) = (Timelines(), Timelines(), [:], [:])
  }

  /// Plans a batch. `isNew` tells of each place whether its body is to be coded.
  func plan(
    _ inputs: [CaptureInput], _ payloads: [Digest?], in db: Database, isNew: (Int) -> Bool
  ) throws -> [BasePlan?] {
    (before, batch, articles) = (batch, Timelines(), [:])
    reader = BodyReader(limit: 16 << 20)
    defer { planned = [:] }
    return try inputs.indices.map { i in
      guard let payload = payloads[i] else { return nil }
      let (input, article) = (inputs[i], DerivationMemory.Text(inputs[i].article))
      let moment = Timelines.Moment(at: input.response.at.milliseconds, sequence: input.sequence)
      var key: Timelines.Key?
      if batch.newest(article) == nil { key = Timelines.Key(input.article) }
      defer { batch.insert(.init(moment: moment, payload: payload), article: article, key: key) }
      guard isNew(i) else { return nil }
      let body = input.response.body
      let plan = try self.plan(payload, body, moment, article, url: input.article, in: db)
      let base = plan.bases.first.flatMap { planned[$0.payload] ?? memory.entry(.payload($0.payload)) }
      let entry = Entry(
        octets: body,
        chain: [(key: .payload(payload), path: BaseChoice.path(size: body.count, over: plan.path))]
          + (plan.path == nil ? [] : base?.chain ?? []))
      planned[payload] = entry
      memory.insert(entry, for: .payload(payload))
      return plan
    }
  }

  /// The others of a plan whose paths are no longer than what was planned.
  func others(of plan: BasePlan, size: Int, in db: Database) throws -> [BaseCandidate] {
    guard let path = plan.path else { return [] }
    return try plan.others.compactMap { payload in
      guard let entry = try entry(payload, in: db), let link = entry.chain.first(where: { $0.path <= path }) else {
        return nil
      }
      let other = try self.payload(of: link.key, in: db)
      guard !plan.bases.contains(where: { $0.payload == other }) else { return nil }
      return try candidate(other, size: size, in: db)
    }
  }

  private func plan(
    _ payload: Digest, _ body: [UInt8], _ moment: Timelines.Moment, _ article: DerivationMemory.Text, url: String,
    in db: Database
  ) throws -> BasePlan {
    let size = body.count
    var plan = BasePlan()
    var found = try predecessors(moment, article, url, in: db).filter { $0 != payload }
    if found.isEmpty, let after = try successor(moment, article, url, in: db), after != payload { found = [after] }
    if let first = found.first, let entry = try entry(first, in: db) {
      let link =
        BaseChoice.admits(path: entry.chain[0].path, size: size, .quick)
        ? .payload(first) : BaseChoice.resting(on: entry.chain, size: size, .quick) { $0.path }?.key
      if let link { try add(self.payload(of: link, in: db), to: &plan, size: size, in: db) }
      plan.others = Array(found.dropFirst())
      // The answer before was much smaller, and its path may be too: leave room for those before it.
      if let base = plan.bases.first, base.octets.count < size / 4, !plan.others.isEmpty {
        plan.path = max(plan.path ?? 0, BaseChoice.restingOctets(size: size, .quick))
      }
    }
    // The answer before may have been a redirect's few words: then this is as good as a first body.
    if plan.bases.first.map({ $0.octets.count < size / 4 && found.count == 1 }) ?? found.isEmpty {
      // Decided here and not later: the paths of all that stand on this body begin with it.
      (plan.bases, plan.path) = ([], nil)
      if let base = try sibling(payload, body, article, url, in: db) { try add(base, to: &plan, size: size, in: db) }
    }
    return plan
  }

  /// The body of a sibling that shares the most with this one; nil when none shares enough to pay.
  private func sibling(
    _ payload: Digest, _ body: [UInt8], _ article: DerivationMemory.Text, _ url: String, in db: Database
  ) throws -> Digest? {
    let own = sketch(payload, body)
    var best: (base: BaseCandidate, shared: Int)?
    for sibling in try siblings(article, url, in: db) {
      guard let entry = try entry(sibling, in: db),
        let link = BaseChoice.sibling(on: entry.chain, size: body.count, .quick, path: { $0.path })
      else { continue }
      let other = try self.payload(of: link.key, in: db)
      guard other != payload, let base = try candidate(other, size: body.count, in: db) else { continue }
      let shared = own.shared(with: sketch(base.payload, base.octets))
      if shared > best?.shared ?? 0 { best = (base, shared) }
    }
    guard let best else { return nil }
    let pays =
      try BaseChoice.isAlike(shared: best.shared)
      || BaseChoice.pays(delta: coder.trialSize(body, base: best.base.octets), whole: coder.trialSize(body))
    return pays ? best.base.payload : nil
  }

  private func sketch(_ payload: Digest, _ body: [UInt8]) -> BodySketch {
    if let known = sketches.value(payload) { return known }
    let sketch = BodySketch(body)
    sketches.insert(sketch, octets: sketch.octets, for: payload)
    return sketch
  }

  private func add(_ payload: Digest, to plan: inout BasePlan, size: Int, in db: Database) throws {
    guard !plan.bases.contains(where: { $0.payload == payload }), let entry = try entry(payload, in: db),
      BaseChoice.fits(base: entry.octets.count, size: size)
    else { return }
    plan.bases.append(BaseCandidate(payload: payload, octets: entry.octets))
    plan.path = max(plan.path ?? 0, entry.chain[0].path)
  }

  private func candidate(_ payload: Digest, size: Int, in db: Database) throws -> BaseCandidate? {
    guard let entry = try entry(payload, in: db), BaseChoice.fits(base: entry.octets.count, size: size) else {
      return nil
    }
    return BaseCandidate(payload: payload, octets: entry.octets)
  }

  // MARK: finding

  /// The distinct bodies of the article before a moment, newest first.
  private func predecessors(
    _ moment: Timelines.Moment, _ article: DerivationMemory.Text, _ url: String, in db: Database
  ) throws -> [Digest] {
    let limit = BaseChoice.predecessors(.quick)
    var points =
      batch.before(moment, article: article, limit: limit) + before.before(moment, article: article, limit: limit)
    if let id = try id(of: article, url, in: db) {
      let statement = try db.cachedStatement(
        sql: """
          SELECT digest, at, seq FROM (
            SELECT body, at, seq FROM capture WHERE article = ? AND (at, seq) < (?, ?) AND body IS NOT NULL
            ORDER BY at DESC, seq DESC LIMIT 12)
          JOIN body ON body.id = body
          """)
      let rows = try Row.fetchCursor(statement, arguments: [id, moment.at, moment.sequence])
      var payloads: Set<Digest> = []
      while payloads.count < limit, let row = try rows.next() {
        let payload = try Digest(column: try row[0])
        payloads.insert(payload)
        points.append(.init(moment: .init(at: try row[1], sequence: try row[2]), payload: payload))
      }
    }
    points.sort { $0.moment > $1.moment }
    var found: [Digest] = []
    for point in points where found.count < limit && !found.contains(point.payload) { found.append(point.payload) }
    return found
  }

  /// The first body of the article after a moment.
  private func successor(
    _ moment: Timelines.Moment, _ article: DerivationMemory.Text, _ url: String, in db: Database
  ) throws -> Digest? {
    var points = [batch.after(moment, article: article), before.after(moment, article: article)].compactMap(\.self)
    if let id = try id(of: article, url, in: db) {
      let statement = try db.cachedStatement(
        sql: """
          SELECT body.digest, at, seq FROM capture JOIN body ON body.id = body
          WHERE article = ? AND (at, seq) >= (?, ?) ORDER BY at, seq LIMIT 1
          """)
      if let row = try Row.fetchOne(statement, arguments: [id, moment.at, moment.sequence]) {
        points.append(
          .init(moment: .init(at: try row[1], sequence: try row[2]), payload: try Digest(column: try row[0])))
      }
    }
    return points.min { $0.moment < $1.moment }?.payload
  }

  /// The newest bodies of the nearest articles of the host by URL key, one on each side.
  private func siblings(_ article: DerivationMemory.Text, _ url: String, in db: Database) throws -> [Digest] {
    guard let key = Timelines.Key(url), !key.host.isEmpty else { return [] }
    return try [true, false].compactMap { below in
      var nearest: (key: Timelines.Key, body: Digest)?
      for timelines in [batch, before] {
        guard let neighbour = timelines.neighbour(key, of: article, below: below), neighbour.key.host == key.host,
          nearest.map({ below ? $0.key < neighbour.key : neighbour.key < $0.key }) ?? true,
          let point = timelines.newest(neighbour.article)
        else { continue }
        nearest = (neighbour.key, point.payload)
      }
      // Of those in the archive only some are looked at: on a list of many that were never fetched, none has a body.
      let statement = try db.cachedStatement(
        sql: below
          ? "SELECT id, url_key, url FROM article WHERE url_key < ? ORDER BY url_key DESC LIMIT 8"
          : "SELECT id, url_key, url FROM article WHERE url_key >= ? ORDER BY url_key LIMIT 8")
      let rows = try Row.fetchAll(statement, arguments: [String(decoding: key.text, as: UTF8.self)])
      for row in rows where DerivationMemory.Text(try row[2] as String) != article {
        let other = Timelines.Key(column: try row[1])
        guard other.host == key.host, nearest.map({ below ? $0.key < other : other < $0.key }) ?? true else { break }
        if let body = try newest(row[0], in: db) { return body }
      }
      return nearest?.body
    }
  }

  private func newest(_ article: Int64, in db: Database) throws -> Digest? {
    let statement = try db.cachedStatement(
      sql: """
        SELECT body.digest FROM capture JOIN body ON body.id = body WHERE article = ? ORDER BY at DESC, seq DESC LIMIT 1
        """)
    return try Data.fetchOne(statement, arguments: [article]).map { try Digest(column: $0) }
  }

  private func id(of article: DerivationMemory.Text, _ url: String, in db: Database) throws -> Int64? {
    if let id = articles[article] { return id == 0 ? nil : id }
    let id = try Int64.fetchOne(db.cachedStatement(sql: "SELECT id FROM article WHERE url = ?"), arguments: [url])
    articles[article] = id ?? 0
    return id
  }

  /// Octets and chain of a body, wherever it is. Nil when it is nowhere, or damaged: then it is no base.
  private func entry(_ payload: Digest, in db: Database) throws -> Entry? {
    if let entry = planned[payload] ?? memory.entry(.payload(payload)) { return entry }
    guard
      let id = try Int64.fetchOne(
        db.cachedStatement(sql: "SELECT id FROM body WHERE substr(digest, 1, 8) = substr(?1, 1, 8) AND digest = ?1"),
        arguments: [payload.data])
    else { return nil }
    let stored: BodyReader.Entry
    do { stored = try reader.entry(id, in: db) } catch StorageError.damagedBody { return nil }
    let entry = Entry(octets: stored.octets, chain: stored.chain.map { (key: .row($0.key), path: $0.path) })
    memory.insert(entry, for: .payload(payload))
    return entry
  }

  private func payload(of name: Name, in db: Database) throws -> Digest {
    switch name {
    case .payload(let payload): return payload
    case .row(let id):
      let statement = try db.cachedStatement(sql: "SELECT digest FROM body WHERE id = ?")
      return try Digest(column: Data.fetchOne(statement, arguments: [id]) ?? Data())
    }
  }
}
