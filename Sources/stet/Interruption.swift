import Dispatch
import Glibc
import Synchronization

/// Turns SIGINT and SIGTERM into the cancellation of a task; what has come by then is kept. A second signal ends at once,
/// which loses nothing stored.
enum Interruption {
  static func running<T: Sendable>(_ body: @escaping @Sendable () async throws -> T) async throws -> T {
    let task = Task(operation: body)
    let sources = [SIGINT, SIGTERM].map { number in
      signal(number, SIG_IGN)
      let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
      source.setEventHandler {
        task.cancel()
        signal(number, SIG_DFL)
      }
      source.resume()
      return source
    }
    defer { for source in sources { source.cancel() } }
    return try await task.value
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
