import Foundation
import GRDB
import Model
import Parallel

/// What `compact` did.
public struct CompactReport: Sendable, Hashable {
  /// Bodies that were coded thoroughly.
  public var bodies = 0
  /// Octets of their codings, before and after.
  public var beforeBytes: Int64 = 0
  public var afterBytes: Int64 = 0
  /// Octets of the archive file at the end.
  public var fileBytes: Int64 = 0
  /// What is wrong with bodies that could not be read and so stay as they are.
  public var damaged: [String] = []
  public var interrupted = false
}

extension Store {
  /// Codes thoroughly what came in since the last time, and gives the space back to the file system.
  ///
  /// In small transactions, each of which leaves every body in exactly one of `loose` and `packed`; so it may end anywhere,
  /// and goes on there the next time. Readers and syncs go on meanwhile; another compaction may not.
  /// - Parameters:
  ///   - wait: milliseconds to wait for another compaction.
  ///   - vacuum: also write the whole file anew, which an archive of format 1 needs once to be able to shrink at all.
  ///   - isCancelled: asked between transactions.
  ///   - progress: called with the bodies done and their number.
  public func compact(
    wait: Int64 = 0, vacuum: Bool = false, isCancelled: () -> Bool = { false },
    progress: (Int, Int) -> Void = { _, _ in }
  ) throws(StorageError) -> CompactReport {
    guard let lock else { throw .readOnly(path: path) }
    try lock.take(.compact, wait: wait, holder: "another stet compact")
    defer { lock.release(.compact) }
    var report = CompactReport()
    let total = try read { db in try Int.fetchOne(db, sql: "SELECT count(*) FROM loose") ?? 0 }
    var planner = CompactionPlanner()
    while true {
      if isCancelled() {
        report.interrupted = true
        break
      }
      var items = try read { db in try planner.next(in: db) }
      if items.isEmpty { break }
      let coded = try code(&items, &planner)
      report.afterBytes += try move(zip(items, coded), &planner)
      report.bodies += items.count
      report.beforeBytes += items.reduce(0) { $0 + Int64($1.before) }
      try giveBack(256)
      progress(report.bodies, total)
    }
    report.damaged = planner.damaged
    while !report.interrupted, try giveBack(2048) { report.interrupted = isCancelled() }
    if vacuum, !report.interrupted { try rewrite() }
    try emptyLog()
    report.fileBytes = try read { db in
      try Int64.fetchOne(db, sql: "SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()") ?? 0
    }
    return report
  }

  private struct Packed: Sendable {
    let coded: CodedBody
    let base: Int64?
  }

  /// Codes a batch on all cores.
  private func code(
    _ items: inout [CompactionItem], _ planner: inout CompactionPlanner
  ) throws(StorageError) -> [Packed] {
    let trials = items.concurrentMap(makingContext: BodyCoder.init) { item, coder -> Result<Int, StorageError> in
      Result { () throws(StorageError) in
        guard let base = item.bases.first, !item.even, !item.others.isEmpty else {
          return item.even ? 0 : item.octets.count
        }
        return try coder.trialSize(item.octets, base: base.octets, effort: .thorough)
      }
    }
    for (place, trial) in trials.enumerated() {
      let item = items[place]
      guard BaseChoice.isPoor(coded: try trial.get(), size: item.octets.count, effort: .thorough), !item.others.isEmpty
      else { continue }
      items[place].bases += try read { db in try planner.others(of: item, in: db) }
    }
    let results = items.concurrentMap(makingContext: BodyCoder.init) { item, coder -> Result<Packed, StorageError> in
      Result { () throws(StorageError) in try Self.code(item, coder) }
    }
    var packed: [Packed] = []
    for result in results { packed.append(try result.get()) }
    return packed
  }

  private static func code(_ item: CompactionItem, _ coder: BodyCoder) throws(StorageError) -> Packed {
    var base = item.bases.first
    if item.bases.count > 1 {
      var trials: [Int] = []
      for base in item.bases { trials.append(try coder.trialSize(item.octets, base: base.octets, effort: .thorough)) }
      base = BaseChoice.best(trials, even: item.even).map { item.bases[$0] }
    }
    let coded = try coder.encode(item.octets, base: base?.octets, effort: .thorough)
    return Packed(coded: coded, base: coded.coding == .delta ? base?.id : nil)
  }

  /// Gives the octets of their codings now.
  private func move(
    _ bodies: Zip2Sequence<[CompactionItem], [Packed]>, _ planner: inout CompactionPlanner
  ) throws(StorageError) -> Int64 {
    try write { db in
      var octets: Int64 = 0
      let insert = try db.cachedStatement(sql: "INSERT INTO packed (body, coding, base, data) VALUES (?, ?, ?, ?)")
      let delete = try db.cachedStatement(sql: "DELETE FROM loose WHERE body = ?")
      for (item, thorough) in bodies {
        // What came in may stand on a better base than was found now: it is not made larger.
        let packed =
          thorough.coded.data.count > item.before ? try keptAsIs(item, planner: &planner, in: db) ?? thorough : thorough
        octets += Int64(packed.coded.data.count)
        try insert.execute(arguments: [item.id, packed.coded.coding.rawValue, packed.base, Data(packed.coded.data)])
        try delete.execute(arguments: [item.id])
        try planner.settle(item.id, size: item.octets.count, base: packed.base, in: db)
      }
      return octets
    }
  }

  /// A body as it lies in `loose`; nil when the way to it would be longer than is allowed.
  private func keptAsIs(
    _ item: CompactionItem, planner: inout CompactionPlanner, in db: Database
  ) throws -> Packed? {
    guard let stored = try StoredBody.fetch(item.id, in: db), let coding = CodedBody.Coding(rawValue: stored.coding),
      try planner.admits(stored.base, size: item.octets.count, in: db)
    else { return nil }
    return Packed(coded: CodedBody(coding: coding, data: [UInt8](stored.data)), base: stored.base)
  }

  /// Takes up to that many free pages off the end of the file. False when none is left that could be.
  @discardableResult
  private func giveBack(_ pages: Int) throws(StorageError) -> Bool {
    try write { db in
      let before = try Int.fetchOne(db, sql: "PRAGMA freelist_count") ?? 0
      guard before > 0 else { return false }
      // It frees one page a step.
      let steps = try Row.fetchCursor(db, sql: "PRAGMA incremental_vacuum(\(pages))")
      while try steps.next() != nil {}
      let after = try Int.fetchOne(db, sql: "PRAGMA freelist_count") ?? 0
      return after > 0 && after < before
    }
  }

  /// Writes the whole file anew, able to shrink from now on.
  private func rewrite() throws(StorageError) {
    try outsideTransaction { db in try db.execute(sql: "PRAGMA auto_vacuum = INCREMENTAL; VACUUM") }
  }

  /// Takes the WAL into the archive, as far as readers let it.
  private func emptyLog() throws(StorageError) {
    try outsideTransaction { db in _ = try Row.fetchOne(db, sql: "PRAGMA wal_checkpoint(TRUNCATE)") }
  }

  /// Runs what begins its own transactions, or needs none, under the write lock.
  func outsideTransaction(_ body: (Database) throws -> Void) throws(StorageError) {
    try Self.translating(path) {
      guard let lock else { throw StorageError.readOnly(path: path) }
      try queue.writeWithoutTransaction { db in try lock.writing { try body(db) } }
    }
  }
}
