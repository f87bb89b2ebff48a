import Foundation
import GRDB
import Model

/// Reads bodies through what they stand on; each is checked by its digest before anyone sees it. Make one for a series of
/// reads: it holds what was decoded lately, so that a history read in order costs one link each.
final class BodyReader {
  /// A body with what it stands on, newest first, and what decoding each takes (`BaseChoice.path`).
  typealias Entry = BodyMemory<Int64>.Entry

  private let coder = BodyCoder()
  private var memory: BodyMemory<Int64>

  /// - Parameter limit: octets of bodies to hold.
  init(limit: Int = 32 << 20) { memory = BodyMemory(limit: limit) }

  /// The octets of a body. Throws `damagedBody` if it, or what it stands on, is not what it was: the message names which.
  func body(_ id: Int64, in db: Database) throws -> [UInt8] { try entry(id, in: db).octets }

  /// The octets of a body and its chain.
  func entry(_ id: Int64, in db: Database) throws -> Entry {
    if let entry = memory.entry(id) { return entry }
    let asked = try db.cachedStatement(sql: "SELECT digest, size FROM body WHERE id = ?")
    guard let row = try Row.fetchOne(asked, arguments: [id]) else { throw Self.missing(id) }
    let (digest, size): (Data, Int) = (try row[0], try row[1])
    let name = "sha256:" + digest.hexadecimal
    let (links, ground) = try walk(id, name, in: db)
    let body: [UInt8]
    do {
      guard links.first?.coded.size == size else { throw StorageError.unknownCoding }
      body = try coder.decode(path: links.reversed().map(\.coded), on: ground?.octets)
      guard Digest(of: body).data == digest else { throw StorageError.unknownCoding }
    } catch is StorageError { throw try blame(links.map(\.id), name, ground: ground, in: db) }
    let entry = Entry(octets: body, chain: Self.chain(links, ground))
    memory.insert(entry, for: id)
    return entry
  }

  /// What is known of a body without a look at the disk.
  func atHand(_ id: Int64) -> Entry? { memory.entry(id) }

  /// Remembers a body that was coded just now.
  func remember(_ entry: Entry, for id: Int64) { memory.insert(entry, for: id) }

  private typealias Link = (id: Int64, coded: CodedLink)

  /// The way from a body to one that stands alone or is at hand, newest first.
  private func walk(_ id: Int64, _ name: String, in db: Database) throws -> (links: [Link], ground: Entry?) {
    // One statement for all of the way: to ask anew for each link would take longer than to decode it.
    let statement = try db.cachedStatement(
      sql: """
        WITH RECURSIVE way (id, coding, base, data) AS (
          SELECT NULL, NULL, ?, NULL
          UNION ALL
          SELECT way.base, ifnull(loose.coding, packed.coding), ifnull(loose.base, packed.base),
            ifnull(loose.data, packed.data)
          FROM way LEFT JOIN loose ON loose.body = way.base
            LEFT JOIN packed ON loose.body IS NULL AND packed.body = way.base
          WHERE way.base IS NOT NULL)
        SELECT id, coding, base, data FROM way WHERE id IS NOT NULL
        """)
    var links: [Link] = []
    var octets = 0
    let rows = try Row.fetchCursor(statement, arguments: [id])
    while let row = try rows.next() {
      let (next, coding): (Int64, Int?) = (try row[0], try row[1])
      guard let coding else {
        throw links.isEmpty
          ? Self.missing(id)
          : .damagedBody(digest: name, detail: "it stands on body number \(next), which is missing")
      }
      let link = CodedLink(data: [UInt8](try row[3] as Data), coding: CodedBody.Coding(rawValue: coding))
      links.append((next, link))
      octets += BaseChoice.path(size: max(0, min(link.size, 1 << 40)), over: nil)
      // Work is bounded on a file that was forged too.
      guard octets <= BaseChoice.refused(size: links[0].coded.size) else {
        throw StorageError.damagedBody(digest: name, detail: "it stands on more than any body is let to")
      }
      guard let base = try row[2] as Int64? else { return (links, nil) }
      guard base < next else {
        throw StorageError.damagedBody(digest: name, detail: "body number \(next) stands on a later one")
      }
      if let entry = memory.entry(base) { return (links, entry) }
    }
    throw Self.missing(id)
  }

  private static func missing(_ id: Int64) -> StorageError {
    .damagedBody(digest: "number \(id)", detail: "it is missing")
  }

  private static func chain(_ links: [Link], _ ground: Entry?) -> [(key: Int64, path: Int)] {
    var chain = Array((ground?.chain ?? []).reversed())
    for link in links.reversed() {
      chain.append((key: link.id, path: BaseChoice.path(size: link.coded.size, over: chain.last?.path)))
    }
    return chain.reversed()
  }

  /// Goes the way once more, looking at each digest, for the first body that is not what it was.
  private func blame(_ links: [Int64], _ name: String, ground: Entry?, in db: Database) throws -> StorageError {
    var base = ground?.octets
    for id in links.reversed() {
      guard let link = try StoredBody.fetch(id, in: db) else {
        return .damagedBody(digest: name, detail: "it stands on body number \(id), which is missing")
      }
      do throws(StorageError) {
        base = try Store.decoded(
          digest: link.digest, size: link.size, coding: link.coding, data: link.data, base: base, coder: coder)
      } catch {
        guard id != links.first else { return error }
        return .damagedBody(digest: name, detail: "it stands on body \(link.name), which is damaged")
      }
    }
    return .damagedBody(digest: name, detail: "it decodes to something else each time")
  }
}
