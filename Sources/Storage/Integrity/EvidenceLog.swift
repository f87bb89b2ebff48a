import Evidence
import Foundation
import GRDB
import Model

/// The evidence log over captures: an append-only Merkle tree whose entries are capture digests in the order of their ids.
///
/// Only the hash of each complete subtree of 256 leaves is stored; what else a root or a proof needs is worked out from the
/// captures themselves, so that the log cannot say something they do not.
extension Store {
  /// Seals the subtrees that have become complete. Part of T1; after a migration it seals all there are.
  static func sealLog(in db: Database) throws {
    let size = try Self.logSize(in: db)
    let width = MerkleFrontier.blockSize
    var block = try Int.fetchOne(db.cachedStatement(sql: "SELECT ifnull(max(id) + 1, 0) FROM log_block")) ?? 0
    let insert = try db.cachedStatement(sql: "INSERT INTO log_block (id, root) VALUES (?, ?)")
    while (block + 1) * width <= size {
      let entries = try Self.logEntries(block * width..<(block + 1) * width, in: db)
      try insert.execute(arguments: [block, TreeHashing.root(ofEntries: entries).data])
      block += 1
    }
  }

  /// The number of captures ever kept, which is the log's size.
  static func logSize(in db: Database) throws -> Int {
    try Int.fetchOne(db.cachedStatement(sql: "SELECT ifnull(max(id), 0) FROM capture")) ?? 0
  }

  /// The tree of the log's first `size` entries. Throws `damaged` when rows that it needs are missing.
  static func logTree(size: Int, in db: Database) -> MerkleTree<StorageError> {
    MerkleTree(
      size: size,
      subtrees: { range throws(StorageError) in
        try digests(range.count, "sealed blocks of the log") {
          try Data.fetchAll(
            db.cachedStatement(sql: "SELECT root FROM log_block WHERE id >= ? AND id < ? ORDER BY id"),
            arguments: [range.lowerBound, range.upperBound])
        }
      },
      entries: { range throws(StorageError) in try logEntries(range, in: db) })
  }

  /// Capture digests: entry i is that of capture i + 1.
  static func logEntries(_ range: Range<Int>, in db: Database) throws(StorageError) -> [Digest] {
    try digests(range.count, "captures \(range.lowerBound + 1) to \(range.upperBound)") {
      try Data.fetchAll(
        db.cachedStatement(sql: "SELECT digest FROM capture WHERE id > ? AND id <= ? ORDER BY id"),
        arguments: [range.lowerBound, range.upperBound])
    }
  }

  private static func digests(_ count: Int, _ what: String, _ fetch: () throws -> [Data]) throws(StorageError)
    -> [Digest]
  {
    let rows = try translating("the log") { try fetch() }
    guard rows.count == count else {
      throw .damaged(path: "the log", detail: "\(what): \(rows.count) rows where \(count) belong")
    }
    var digests: [Digest] = []
    for row in rows { digests.append(try Digest(column: row)) }
    return digests
  }
}
