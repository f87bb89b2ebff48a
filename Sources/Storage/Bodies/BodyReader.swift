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
    let (links, ground) = try walk(id, in: db)
    let body: [UInt8]
    do {
      body = try coder.decode(path: links.reversed().map { try $0.link() }, on: ground?.octets)
      guard let asked = links.first, Digest(of: body).data == asked.digest else { throw StorageError.unknownCoding }
    } catch is StorageError { throw blame(links, ground: ground) }
    let entry = Entry(octets: body, chain: Self.chain(links, ground))
    memory.insert(entry, for: id)
    return entry
  }

  /// What is known of a body without a look at the disk.
  func atHand(_ id: Int64) -> Entry? { memory.entry(id) }

  /// Remembers a body that was coded just now.
  func remember(_ entry: Entry, for id: Int64) { memory.insert(entry, for: id) }

  /// The way from a body to one that stands alone or is at hand, newest first.
  private func walk(_ id: Int64, in db: Database) throws -> (links: [StoredBody], ground: Entry?) {
    var links: [StoredBody] = []
    var (next, octets) = (id, 0)
    while true {
      guard let link = try StoredBody.fetch(next, in: db) else {
        guard let asked = links.first else {
          throw StorageError.damagedBody(digest: "number \(id)", detail: "it is missing")
        }
        throw StorageError.damagedBody(digest: asked.name, detail: "it stands on body number \(next), which is missing")
      }
      links.append(link)
      octets += BaseChoice.path(size: max(0, min(link.size, 1 << 40)), over: nil)
      // Work is bounded on a file that was forged too.
      guard octets <= BaseChoice.refused(size: links[0].size) else {
        throw StorageError.damagedBody(digest: links[0].name, detail: "it stands on more than any body is let to")
      }
      guard let base = link.base else { return (links, nil) }
      guard base < next else {
        throw StorageError.damagedBody(digest: links[0].name, detail: "body number \(next) stands on a later one")
      }
      if let entry = memory.entry(base) { return (links, entry) }
      next = base
    }
  }

  private static func chain(_ links: [StoredBody], _ ground: Entry?) -> [(key: Int64, path: Int)] {
    var chain = Array((ground?.chain ?? []).reversed())
    for link in links.reversed() {
      chain.append((key: link.id, path: BaseChoice.path(size: link.size, over: chain.last?.path)))
    }
    return chain.reversed()
  }

  /// Goes the way once more, looking at each digest, for the first body that is not what it was.
  private func blame(_ links: [StoredBody], ground: Entry?) -> StorageError {
    guard let asked = links.first else { return .unknownCoding }
    var base = ground?.octets
    for link in links.reversed() {
      do throws(StorageError) {
        base = try Store.decoded(
          digest: link.digest, size: link.size, coding: link.coding, data: link.data, base: base, coder: coder)
      } catch {
        guard link.id != asked.id else { return error }
        return .damagedBody(digest: asked.name, detail: "it stands on body \(link.name), which is damaged")
      }
    }
    return .damagedBody(digest: asked.name, detail: "it decodes to something else each time")
  }
}

extension StoredBody {
  /// For the coder.
  func link() throws(StorageError) -> CodedLink {
    guard let coding = CodedBody.Coding(rawValue: coding) else { throw .unknownCoding }
    return CodedLink(data: [UInt8](data), coding: coding, size: size)
  }
}
