import ArgumentParser
import Dispatch
import Glibc
import Storage
import Synchronization

/// Turns SIGINT and SIGTERM into the cancellation of a task; what has come by then is kept. A second signal ends at once,
/// which loses nothing stored. One that comes while the task waits for an archive in use ends it as interrupted.
enum Interruption {
  static func running<T: Sendable>(_ body: @escaping @Sendable () async throws -> T) async throws -> T {
    let task = Task(operation: body)
    let sources = whenTold { number in
      task.cancel()
      signal(number, SIG_DFL)
    }
    defer { for source in sources { source.cancel() } }
    do { return try await task.value } catch StorageError.inUse where task.isCancelled { throw ExitCode.interrupted }
  }

  /// Runs what has no place to stop at: SIGINT and SIGTERM end the program at once, after `cleaning` up.
  static func ending<T>(_ cleaning: @escaping @Sendable () -> Void, of body: () throws -> T) rethrows -> T {
    let sources = whenTold { _ in
      cleaning()
      Terminal.endProgress()
      _exit(130)
    }
    defer { for source in sources { source.cancel() } }
    return try body()
  }

  private static func whenTold(_ handler: @escaping @Sendable (Int32) -> Void) -> [any DispatchSourceSignal] {
    [SIGINT, SIGTERM].map { number in
      signal(number, SIG_IGN)
      let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
      source.setEventHandler { handler(number) }
      source.resume()
      return source
    }
  }

  /// SIGHUP, by which a daemon is told to look again.
  final class HangUps {
    private let came = Flag()
    private let source = DispatchSource.makeSignalSource(signal: SIGHUP, queue: .global())

    init() {
      signal(SIGHUP, SIG_IGN)
      source.setEventHandler { [came] in came.isUp.withLock { $0 = true } }
      source.resume()
    }

    deinit { source.cancel() }

    /// Whether one came since the last question.
    func take() -> Bool {
      came.isUp.withLock { isUp in
        defer { isUp = false }
        return isUp
      }
    }

    private final class Flag: Sendable {
      let isUp = Mutex(false)
    }
  }
}
