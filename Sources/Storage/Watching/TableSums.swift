import GRDB
import Synchronization

/// Sums over whole tables, kept so that the next question reads only what came since. For whoever asks again and again, as a
/// server does; make one for each archive.
public final class TableSums: Sendable {
  private struct State {
    var lastBody: Int64 = 0
    var bodyBytes: Int64 = 0
    var lastPacked: Int64 = 0
    var packedBytes: Int64 = 0
    var lastLoose: Int64 = 0
    var looseBytes: Int64 = 0
    /// Of the revisions up to one, how many they are and how many edits they brought, in an archive last rebuilt by that pass.
    var rebuild: Int64 = 0
    var lastRevision: Int64 = 0
    var revisions = 0
    var edits = 0
  }

  private let state = Mutex(State())
  /// Revisions derived anew take the highest numbers again: so many are counted each time.
  private static let unsettled: Int64 = 5000

  public init() {}

  /// Octets of all bodies, decoded.
  func bodyBytes(in db: Database) throws -> Int64 {
    try state.withLock { state in
      let row = try Row.fetchOne(
        db, sql: "SELECT total(size), ifnull(max(id), ?1) FROM body WHERE id > ?1", arguments: [state.lastBody])
      (state.bodyBytes, state.lastBody) = (state.bodyBytes + (try row?[0] ?? 0), try row?[1] ?? 0)
      return state.bodyBytes
    }
  }

  /// Octets of all bodies as they are stored.
  func storedBytes(in db: Database) throws -> Int64 {
    func since(_ table: String, _ last: Int64) throws -> (bytes: Int64, last: Int64) {
      let row = try Row.fetchOne(
        db, sql: "SELECT total(length(data)), ifnull(max(body), ?1) FROM \(table) WHERE body > ?1", arguments: [last])
      return (try row?[0] ?? 0, try row?[1] ?? last)
    }
    return try state.withLock { state in
      let packed = try since("packed", state.lastPacked)
      // What was packed is no longer loose.
      if packed.last != state.lastPacked { (state.lastLoose, state.looseBytes) = (0, 0) }
      (state.packedBytes, state.lastPacked) = (state.packedBytes + packed.bytes, packed.last)
      let loose = try since("loose", state.lastLoose)
      (state.looseBytes, state.lastLoose) = (state.looseBytes + loose.bytes, loose.last)
      return state.packedBytes + state.looseBytes
    }
  }

  /// - Parameter revisions: how many there are.
  func edits(revisions: Int, in db: Database) throws -> Int {
    let rebuild = try Int64.fetchOne(db, sql: "SELECT max(id) FROM pass WHERE kind = 'rebuild'") ?? 0
    let last = try Int64.fetchOne(db, sql: "SELECT max(id) FROM revision") ?? 0
    func sum(_ range: Range<Int64>) throws -> Int {
      try Int.fetchOne(
        db, sql: "SELECT ifnull(sum(count), 0) FROM edit WHERE revision >= ? AND revision < ?",
        arguments: [range.lowerBound, range.upperBound]) ?? 0
    }
    return try state.withLock { state in
      let later =
        try Int.fetchOne(
          db, sql: "SELECT count(*) FROM revision WHERE id > ?", arguments: [state.lastRevision]) ?? 0
      if state.rebuild != rebuild || revisions - later != state.revisions {
        (state.rebuild, state.lastRevision, state.revisions, state.edits) = (rebuild, 0, 0, 0)
      }
      let settled = max(last - Self.unsettled, 0)
      if settled > state.lastRevision {
        state.edits += try sum(state.lastRevision + 1..<settled + 1)
        state.lastRevision = settled
        state.revisions =
          try revisions
          - (Int.fetchOne(db, sql: "SELECT count(*) FROM revision WHERE id > ?", arguments: [settled]) ?? 0)
      }
      return try state.edits + sum(state.lastRevision + 1..<last + 1)
    }
  }
}
