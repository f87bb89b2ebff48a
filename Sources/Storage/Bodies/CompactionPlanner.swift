import Foundation
import GRDB
import Model

/// A body on its way from `loose` to `packed`.
struct CompactionItem: Sendable {
  let id: Int64
  let octets: [UInt8]
  /// Octets of its coding in `loose`.
  let before: Int
  /// The bases to try; the first is the usual one.
  var bases: [(id: Int64, octets: [UInt8])] = []
  /// Whether none is preferred.
  var even = false
  /// Tried when the delta is poor.
  var others: [Int64] = []
  /// The longest path that a base may have.
  var path = 0
}

/// Takes loose bodies in the order of their ids, a batch at a time, and finds bases for them among packed ones and those of
/// the batch (`BaseChoice` has the rules). Since bases have lower ids, all that a body is coded against is packed for good.
struct CompactionPlanner {
  /// A batch holds no more octets of bodies, unless a single one does.
  private static let batchOctets = 6 << 20
  private static let batchBodies = 64
  /// Bases that are loaded for one batch.
  private static let baseOctets = 18 << 20

  private let reader = BodyReader(limit: 18 << 20)
  /// Chains as they are in `packed`; entries have no octets.
  private var chains = BodyMemory<Int64>(limit: 8 << 20)
  private var siblings = SiblingIndex()
  private var last: Int64 = 0
  private var loaded: Set<Int64> = []
  private var room = 0
  /// Bodies that could not be read: they stay where they are.
  private(set) var damaged: [String] = []

  /// The next bodies with their first bases; empty at the end.
  mutating func next(in db: Database) throws -> [CompactionItem] {
    (loaded, room) = ([], Self.baseOctets)
    let statement = try db.cachedStatement(
      sql: """
        SELECT body, size, length(data) FROM loose JOIN body ON id = body WHERE body > ? ORDER BY body
        LIMIT \(Self.batchBodies)
        """)
    var items: [CompactionItem] = []
    while items.isEmpty {
      let rows = try Row.fetchAll(statement, arguments: [last])
      if rows.isEmpty { return [] }
      var octets = 0
      for row in rows {
        let (id, size): (Int64, Int) = (try row[0], try row[1])
        octets += size
        guard items.isEmpty || octets <= Self.batchOctets else { break }
        last = id
        do {
          items.append(try plan(CompactionItem(id: id, octets: try reader.body(id, in: db), before: row[2]), in: db))
        } catch let error as StorageError {
          guard case .damagedBody = error else { throw error }
          damaged.append(error.message)
        }
      }
    }
    return items
  }

  private mutating func plan(_ found: CompactionItem, in db: Database) throws -> CompactionItem {
    var item = found
    let size = item.octets.count
    let first = try db.cachedStatement(
      sql: """
        SELECT article, at, seq, url_key FROM capture JOIN article ON article.id = article WHERE body = ?
        ORDER BY capture.id LIMIT 1
        """)
    guard let row = try Row.fetchOne(first, arguments: [item.id]) else { return item }
    let (article, host): (Int64, [UInt8]) = (try row[0], Array(Timelines.Key(column: try row[3]).host))
    let earlier = try predecessors(of: item.id, row, in: db)
    let sketch = BodySketch(item.octets)
    if !host.isEmpty {
      if earlier.isEmpty, !siblings.knows(host) { try seed(row[3], host: host, before: item.id, in: db) }
    }
    let alike =
      host.isEmpty
      ? []
      : siblings.nearest(sketch, before: item.id, article: article, host: host, limit: BaseChoice.siblings)
    if let usual = earlier.first, let chain = try chain(usual, in: db) {
      let link =
        BaseChoice.admits(path: chain[0].path, size: size, .thorough)
        ? usual : BaseChoice.resting(on: chain, size: size, .thorough) { $0.path }?.key
      if let link { try add(link, to: &item, in: db) }
    }
    item.others = earlier.dropFirst() + alike
    item.path = max(item.path, BaseChoice.siblingOctets(size: size, .thorough) - BaseChoice.path(size: size, over: nil))
    if earlier.isEmpty {
      item.even = true
      for sibling in alike {
        if let chain = try chain(sibling, in: db),
          let link = BaseChoice.sibling(on: chain, size: size, .thorough, path: { $0.path })
        {
          try add(link.key, to: &item, in: db)
        }
      }
      item.others = []
    }
    if !host.isEmpty { siblings.insert(item.id, sketch, article: article, host: host) }
    var below: [(key: Int64, path: Int)]?
    if let base = item.bases.first { below = try chain(base.id, in: db) }
    remember(item.id, size: size, over: item.bases.isEmpty ? nil : item.path, chain: below)
    return item
  }

  private mutating func add(_ id: Int64, to item: inout CompactionItem, in db: Database) throws {
    guard !item.bases.contains(where: { $0.id == id }), let octets = try octets(id, for: item, in: db),
      let chain = try chain(id, in: db)
    else { return }
    item.bases.append((id, octets))
    item.path = max(item.path, chain[0].path)
  }

  /// The bases further off for a body of which little was like the first.
  mutating func others(of item: CompactionItem, in db: Database) throws -> [(id: Int64, octets: [UInt8])] {
    var found: [(id: Int64, octets: [UInt8])] = []
    for other in item.others {
      guard let chain = try chain(other, in: db), let link = chain.first(where: { $0.path <= item.path }),
        !(item.bases + found).contains(where: { $0.id == link.key }),
        let octets = try octets(link.key, for: item, in: db)
      else { continue }
      found.append((link.key, octets))
    }
    return found
  }

  /// After a body was coded: what it stands on in the end.
  mutating func settle(_ id: Int64, size: Int, base: Int64?, in db: Database) throws {
    var below: [(key: Int64, path: Int)]?
    if let base { below = try chain(base, in: db) }
    remember(id, size: size, over: below?.first?.path, chain: below)
  }

  /// Whether a body may stand on a base as that lies in `packed`, or alone.
  mutating func admits(_ base: Int64?, size: Int, in db: Database) throws -> Bool {
    guard let base else { return true }
    return try chain(base, in: db).map { BaseChoice.admits(path: $0[0].path, size: size, .thorough) } ?? false
  }

  private mutating func remember(_ id: Int64, size: Int, over base: Int?, chain: [(key: Int64, path: Int)]?) {
    let link = (key: id, path: BaseChoice.path(size: size, over: base))
    chains.insert(.init(octets: [], chain: [link] + (chain ?? [])), for: id)
  }

  // MARK: reading

  /// The distinct bodies of the article before that capture in time, newest first; the one after it when there is none.
  private mutating func predecessors(of id: Int64, _ capture: Row, in db: Database) throws -> [Int64] {
    var found: [Int64] = []
    for (sign, order, limit) in [("<", "DESC", BaseChoice.predecessors(.thorough)), (">=", "ASC", 1)] {
      let sql = """
        SELECT body FROM capture WHERE article = ? AND (at, seq) \(sign) (?, ?) AND body < ?
        ORDER BY at \(order), seq \(order) LIMIT 64
        """
      let (article, at, sequence): (Int64, Int64, Int64) = (try capture[0], try capture[1], try capture[2])
      let bodies = try Int64.fetchAll(db.cachedStatement(sql: sql), arguments: [article, at, sequence, id])
      for body in bodies where found.count < limit && !found.contains(body) {
        if try chain(body, in: db) != nil { found.append(body) }
      }
      if !found.isEmpty { break }
    }
    return found
  }

  /// Shows the index the newest packed bodies of the articles nearest by URL key: after a restart it knows none.
  private mutating func seed(_ key: String, host: [UInt8], before id: Int64, in db: Database) throws {
    for (sign, order) in [("<", "DESC"), (">", "ASC")] {
      let articles = try Row.fetchAll(
        db, sql: "SELECT id, url_key FROM article WHERE url_key \(sign) ? ORDER BY url_key \(order) LIMIT 8",
        arguments: [key])
      for row in articles where Array(Timelines.Key(column: try row[1]).host) == host {
        let newest = try Int64.fetchOne(
          db, sql: "SELECT body FROM capture WHERE article = ? AND body < ? ORDER BY at DESC, seq DESC LIMIT 1",
          arguments: [row[0] as Int64, id])
        guard let newest, try chain(newest, in: db) != nil else { continue }
        do {
          siblings.insert(newest, BodySketch(try reader.body(newest, in: db)), article: try row[0], host: host)
        } catch StorageError.damagedBody { continue }
      }
    }
  }

  /// The chain of a body in `packed`, or of this batch; nil when it is not there.
  private mutating func chain(_ id: Int64, in db: Database) throws -> [(key: Int64, path: Int)]? {
    if let entry = chains.entry(id) { return entry.chain }
    let statement = try db.cachedStatement(sql: "SELECT base, size FROM packed JOIN body ON id = body WHERE body = ?")
    var links: [(key: Int64, size: Int)] = []
    var known: [(key: Int64, path: Int)] = []
    var next: Int64? = id
    while let link = next {
      if let entry = chains.entry(link) {
        known = entry.chain
        break
      }
      guard let row = try Row.fetchOne(statement, arguments: [link]) else { return nil }
      links.append((link, try row[1]))
      let base = try row[0] as Int64?
      guard base ?? 0 < link else { return nil }  // a damaged file may say so
      next = base
    }
    for link in links.reversed() {
      known.insert((key: link.key, path: BaseChoice.path(size: link.size, over: known.first?.path)), at: 0)
    }
    chains.insert(.init(octets: [], chain: known), for: id)
    return known
  }

  /// The octets of a base; nil when it is damaged, too large, or no room is left for it.
  private mutating func octets(_ id: Int64, for item: CompactionItem, in db: Database) throws -> [UInt8]? {
    if !loaded.contains(id), room <= 0 { return nil }
    let octets: [UInt8]
    do { octets = try reader.body(id, in: db) } catch StorageError.damagedBody { return nil }
    guard BaseChoice.fits(base: octets.count, size: item.octets.count) else { return nil }
    if loaded.insert(id).inserted { room -= octets.count }
    return octets
  }
}
