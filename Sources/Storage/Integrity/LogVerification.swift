import Evidence
import Foundation
import GRDB
import Glibc
import Model

/// What lies beside an archive and speaks of its log, read before the archive is: a head that a pass writes meanwhile would
/// know of captures that are not seen.
struct HeadFile {
  let octets: Result<[UInt8]?, StorageError>
  let hasKey: Bool

  init(beside archive: String) {
    octets = Result { () throws(StorageError) in try Store.headOctets(beside: archive) }
    hasKey = access(OriginKey.path(beside: archive), F_OK) == 0
  }
}

extension Verifier {
  /// The log: captures numbered without gaps, every sealed block worked out again from their digests, and the head.
  mutating func log(_ head: HeadFile) {
    attempt("log") { verifier in
      let size = try Store.logSize(in: verifier.db)
      let isWhole = try verifier.numbering(size)
      let blocks = verifier.blocks(size)
      try verifier.head(head, size: size, blocks: isWhole ? blocks : nil)
    }
  }

  /// Captures that are missing between others. True when none is.
  private mutating func numbering(_ size: Int) throws -> Bool {
    let gaps = try Row.fetchAll(
      db,
      sql: """
        SELECT last + 1, id - 1 FROM (SELECT id, lag(id, 1, 0) OVER (ORDER BY id) AS last FROM capture)
        WHERE id <> last + 1 LIMIT 100
        """)
    for gap in gaps {
      let (first, last): (Int, Int) = (try gap[0], try gap[1])
      note(
        "log", first == last ? "capture \(first)" : "captures \(first) to \(last)",
        "missing, and captures are never deleted")
    }
    return gaps.isEmpty
  }

  /// Works out every complete block; gives those that could be. One that is sealed and should not be shows a lost tail.
  private mutating func blocks(_ size: Int) -> [Int: Digest] {
    let width = MerkleFrontier.blockSize
    var found: [Int: Digest] = [:]
    for block in 0..<size / width {
      let range = block * width..<(block + 1) * width
      attempt("log block \(block)") { verifier in
        let sealed = try Data.fetchOne(
          verifier.db.cachedStatement(sql: "SELECT root FROM log_block WHERE id = ?"), arguments: [block])
        let digests = try Data.fetchAll(
          verifier.db.cachedStatement(sql: "SELECT digest FROM capture WHERE id > ? AND id <= ? ORDER BY id"),
          arguments: [range.lowerBound, range.upperBound])
        guard let sealed else { return verifier.note("log", "log block \(block)", "it is missing") }
        guard digests.count == width else { return }  // named as a gap
        let root = TreeHashing.root(ofEntries: try digests.map { try Digest(column: $0) })
        found[block] = root
        if root.data != sealed {
          verifier.note(
            "log", "captures \(range.lowerBound + 1) to \(range.upperBound)",
            "one or more are not those that were sealed")
        }
      }
      if block % 64 == 63 { progress("log", range.upperBound) }
    }
    attempt("log blocks") { verifier in
      let most = try Int.fetchOne(verifier.db, sql: "SELECT ifnull(max(id) + 1, 0) FROM log_block") ?? 0
      if most > size / width {
        verifier.note(
          "log", "captures \(size + 1) to \(most * width)", "sealed, and lost: the newest captures are missing")
      }
    }
    return found
  }

  /// The head against the captures themselves.
  private mutating func head(_ file: HeadFile, size: Int, blocks: [Int: Digest]?) throws {
    guard let octets = try file.octets.get() else {
      let passes = try Int.fetchOne(
        db, sql: "SELECT count(*) FROM pass WHERE kind IN ('sync', 'import') AND finished_at IS NOT NULL")
      if size > 0, file.hasKey, passes ?? 0 > 0 { note("log", "head", "the head beside the archive is missing") }
      return
    }
    let head: Checkpoint
    do throws(ProofError) {
      let signed = try SignedCheckpoint(octets)
      let own = try VerifierKey(ownOrigin())
      try signed.verify(against: own)
      head = signed.checkpoint
    } catch { return note("log", "head", "not one that this archive signed: \(error.message)") }
    guard head.size <= size else { return note("log", "head", Store.loss(old: head.size, size: size)) }
    guard let blocks else { return }  // captures that it needs are named as missing
    let (full, rest) = (head.size / MerkleFrontier.blockSize, head.size % MerkleFrontier.blockSize)
    let roots = (0..<full).compactMap { blocks[$0] }
    guard roots.count == full else { return }  // what could not be read is named
    let entries = try Store.logEntries(head.size - rest..<head.size, in: db)
    if MerkleFrontier(subtrees: roots, entries: entries).root != head.root {
      note("log", "head", Store.change(old: head.size))
    }
  }

  /// Empty when it cannot be read, which no key is.
  private func ownOrigin() -> String {
    (try? String.fetchOne(db, sql: "SELECT name FROM origin WHERE own = 1")) ?? ""
  }
}
