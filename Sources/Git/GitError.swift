/// Why git could not be run, or what it would not do.
public enum GitError: Error, Hashable, Sendable {
  /// There is no program of that name, or the system would not start it.
  case notStarted(detail: String)
  /// It ended with another status than 0; `detail` is what it said.
  case failed(command: String, status: Int32, detail: String)
  /// It printed what this program does not understand.
  case garbled(command: String, detail: String)

  public var message: String {
    switch self {
    case .notStarted(let detail): "git could not be started: \(detail)"
    case .failed(let command, let status, let detail):
      "git \(command): \(detail.isEmpty ? "ended with status \(status)" : detail)"
    case .garbled(let command, let detail): "git \(command) printed what is not understood: \(detail)"
    }
  }
}
