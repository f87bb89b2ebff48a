import ArgumentParser
import Evidence
import Exporting
import Fetching
import Importing
import JSON
import Storage

/// Exit codes, as `stet --help` lists them.
extension ExitCode {
  static let someFailed = ExitCode(3)
  static let problemsFound = ExitCode(4)
  static let noArchive = ExitCode(10)
  static let inUse = ExitCode(11)
  static let newerArchive = ExitCode(12)
  static let interrupted = ExitCode(130)
}

/// What ends a command: what was being done, what happened, a hint, and the exit code.
struct CommandFailure: Error, CustomStringConvertible {
  /// "reading the log of …"; the message follows after a colon.
  let doing: String
  let code: String
  let message: String
  var hint: String?
  var exit = ExitCode.failure
  /// As a part of another message.
  var description: String { message }

  init(_ doing: String, code: String, _ message: String, hint: String? = nil, exit: ExitCode = .failure) {
    (self.doing, self.code, self.message, self.hint, self.exit) = (doing, code, message, hint, exit)
  }

  init(_ doing: String, _ error: StorageError) {
    let exit: ExitCode =
      switch error {
      case .noArchive: .noArchive
      case .inUse: .inUse
      case .newer: .newerArchive
      default: .failure
      }
    self.init(doing, code: error.code, error.message, hint: error.hint, exit: exit)
  }

  /// - Parameter exit: 4 where the proof itself was to be checked.
  init(_ doing: String, _ error: ProofError, exit: ExitCode) {
    self.init(doing, code: error.code, error.message, hint: error.hint, exit: exit)
  }

  init(_ doing: String, _ error: ImportError) {
    switch error {
    case .storage(let error): self.init(doing, error)
    case .unreadable(let path, let detail): self.init(doing, code: "unreadable", "\(path): \(detail)")
    case .badSignature(let path, let detail):
      self.init(
        doing, code: "bad-signature", "\(path): its signature does not hold: \(detail)",
        hint: "--unverified takes the records all the same, each by its own digests")
    case .lineTooLong(let path, let line, let limit):
      self.init(doing, code: "line-too-long", "\(path):\(line): longer than \(limit >> 20) MiB")
    }
  }

  init(_ doing: String, _ error: ExportError) {
    switch error {
    case .storage(let error): self.init(doing, error)
    case .unwritable(let path, let detail):
      let name = path == "-" ? "standard output" : path
      self.init(
        doing, code: "unwritable", "\(name): \(detail)", hint: path == "-" ? nil : "no file was left half-written")
    }
  }

  /// Any error as a failure of what was being done.
  init(_ doing: String, _ error: any Error) {
    switch error {
    case let error as CommandFailure: self = error
    case let error as StorageError: self.init(doing, error)
    case let error as ProofError: self.init(doing, error, exit: .failure)
    case let error as ImportError: self.init(doing, error)
    case let error as ExportError: self.init(doing, error)
    case let error as Fetcher.StartError: self.init(doing, code: error.code, error.message)
    default: self.init(doing, code: "failed", "\(error)")
    }
  }

  /// Prints to stderr, and under `--json` also as an object on stdout.
  func report(json: Bool) {
    Terminal.error("stet: \(doing): \(message)\n" + (hint.map { "hint: \($0)\n" } ?? ""))
    if json {
      Terminal.print(
        JSONValue.object([
          ("error", ["code": .string(code), "message": .string("\(doing): \(message)"), "hint": JSONValue(hint)])
        ]).description)
    }
  }
}

/// Runs a command's work; what it throws is reported and becomes the exit code.
func reporting<T>(_ doing: String, json: Bool, _ body: () async throws -> T) async throws -> T {
  do { return try await body() } catch let exit as ExitCode { throw exit } catch {
    let failure = CommandFailure(doing, error)
    failure.report(json: json)
    throw failure.exit
  }
}
