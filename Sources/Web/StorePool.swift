import Model
import Parallel
import Storage
import Synchronization

/// A few readers of one archive, each serving one request at a time on a thread of Dispatch's, so that no reading holds up
/// what serves the sockets. What takes too long is interrupted.
final class StorePool: Sendable {
  /// Why a request did not get a reader.
  enum Refusal: Error { case tooMany }

  private struct State {
    var idle: [Store]
    /// Who waits, the longest first.
    var waiting: [CheckedContinuation<Store, Never>] = []
    /// When each busy reader is to be stopped, in ticks.
    var deadlines: [ObjectIdentifier: (store: Store, at: Int64)] = [:]
  }

  private let state: Mutex<State>
  private let all: [Store]
  /// Nanoseconds that a request may read.
  private let limit: Int64
  private let ticks: @Sendable () -> Int64
  /// More requests than so many are not made to wait.
  private let mostWaiting = 512

  init(_ path: String, readers: Int, limit: Int64, ticks: @escaping @Sendable () -> Int64) throws(StorageError) {
    var stores: [Store] = []
    for _ in 0..<max(1, readers) { stores.append(try Store.open(path, .read)) }
    (all, self.limit, self.ticks) = (stores, limit, ticks)
    state = Mutex(State(idle: stores))
  }

  /// Runs a read on one of the readers, waiting for one to come free.
  func read<T: Sendable>(_ body: @escaping @Sendable (Store) throws -> T) async throws -> T {
    let store = try await take()
    let ticks = ticks
    return try await blocking { () throws(any Error) in
      self.state.withLock { $0.deadlines[ObjectIdentifier(store)] = (store, ticks() + self.limit) }
      defer { self.give(store) }
      return try body(store)
    }
  }

  /// Stops whatever has taken too long; to be called now and then.
  ///
  /// Under the lock, so that a reader given back in the meantime is not stopped in its next request.
  func stopOverdue() {
    let now = ticks()
    state.withLock { state in
      for (store, at) in state.deadlines.values where at < now { store.interrupt() }
    }
  }

  func close() { for store in all { store.close() } }

  private func take() async throws(Refusal) -> Store {
    enum Turn { case now(Store), later, never }
    let turn = state.withLock { state -> Turn in
      if let store = state.idle.popLast() { return .now(store) }
      return state.waiting.count < mostWaiting ? .later : .never
    }
    switch turn {
    case .now(let store): return store
    case .never: throw .tooMany
    case .later:
      return await withCheckedContinuation { continuation in
        let store = state.withLock { state -> Store? in
          if let store = state.idle.popLast() { return store }
          state.waiting.append(continuation)
          return nil
        }
        if let store { continuation.resume(returning: store) }
      }
    }
  }

  private func give(_ store: Store) {
    let next = state.withLock { state -> CheckedContinuation<Store, Never>? in
      state.deadlines[ObjectIdentifier(store)] = nil
      if state.waiting.isEmpty {
        state.idle.append(store)
        return nil
      }
      return state.waiting.removeFirst()
    }
    next?.resume(returning: store)
  }
}
