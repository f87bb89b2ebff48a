import Parallel
import Storage
import Synchronization

/// Which state of the archive answers are made from: a word that is another one after any process has written.
///
/// It is read before an answer is made, so that at worst an answer is called older than it is, never newer.
final class ArchiveState: Sendable {
  private let store: Store
  private let ticks: @Sendable () -> Int64
  /// Tells this run of the server from others, whose counts mean something else.
  private let run: String
  private let known = Mutex<(count: Int64, at: Int64)?>(nil)
  /// For so many nanoseconds what was read last is good enough.
  private let freshness: Int64 = 20_000_000

  init(_ path: String, ticks: @escaping @Sendable () -> Int64) throws(StorageError) {
    store = try Store.open(path, .read)
    self.ticks = ticks
    run = String(UInt64.random(in: .min ... .max), radix: 36)
  }

  /// The word: letters, digits and a dot.
  func word() async throws(StorageError) -> String { "\(run).\(try await count())" }

  /// The number of the state; another one means that something was written.
  func count() async throws(StorageError) -> Int64 {
    let now = ticks()
    if let known = known.withLock({ $0 }), now - known.at < freshness { return known.count }
    let count = try await blocking { () throws(StorageError) in try self.store.changeCount() }
    known.withLock { $0 = (count, now) }
    return count
  }

  /// To be called after this process has written: the next question looks at the archive.
  func forget() { known.withLock { $0 = nil } }

  func close() { store.close() }
}
