import Dispatch
import Glibc

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
}
