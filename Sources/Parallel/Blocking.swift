import Dispatch

/// Runs work that blocks (SQLite, files, all cores at once) on a thread of Dispatch's, so that Swift's own small pool of
/// threads stays free for what never blocks.
public func blocking<T: Sendable, E: Error>(_ body: @escaping @Sendable () throws(E) -> T) async throws(E) -> T {
  let result: Result<T, E> = await withCheckedContinuation { continuation in
    DispatchQueue.global().async { continuation.resume(returning: Result { () throws(E) in try body() }) }
  }
  return try result.get()
}
