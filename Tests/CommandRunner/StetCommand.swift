import Foundation
import Glibc

/// The built `stet`, run as a process of its own: what a person types, and what comes of it.
public struct StetCommand: Sendable {
  public let folder: TemporaryFolder
  public let archive: String

  public init(in folder: TemporaryFolder, archive: String? = nil) {
    (self.folder, self.archive) = (folder, archive ?? folder.file("archive.stet"))
  }

  /// How a run ended.
  public struct Result: Sendable {
    /// As a shell shows it: 128 and the signal's number when a signal ended it.
    public let status: Int32
    public let output: [UInt8]
    public let errors: String
    public var text: String { String(decoding: output, as: UTF8.self) }
    public var lines: [String] { text.split(separator: "\n").map(String.init) }
  }

  public struct SpawnError: Error, CustomStringConvertible {
    public let errno: Int32
    public let path: String
    public var description: String { "starting \(path): \(String(cString: strerror(errno)))" }
  }

  /// It lies beside the program that runs the tests.
  public static var path: String {
    // Unreadable only without /proc; then starting it fails and says so.
    let own = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? ""
    return own[..<(own.lastIndex(of: "/") ?? own.startIndex)] + "/stet"
  }

  /// Runs it to its end, at most so many seconds.
  @discardableResult
  public func callAsFunction(
    _ arguments: String..., input: [UInt8] = [], environment: [String: String] = [:], seconds: Double = 60
  ) throws -> Result {
    try run(arguments, input: input, environment: environment, seconds: seconds)
  }

  @discardableResult
  public func run(
    _ arguments: [String], input: [UInt8] = [], environment: [String: String] = [:], seconds: Double = 60
  ) throws -> Result {
    try start(arguments, input: input, environment: environment).end(within: seconds)
  }

  /// Runs a line of shell with the program's path in `$STET`.
  public func shell(_ line: String, seconds: Double = 60) throws -> Result {
    try start(program: "/bin/sh", ["-c", line], input: [], environment: [:]).end(within: seconds)
  }

  public func start(
    _ arguments: [String], input: [UInt8] = [], environment: [String: String] = [:]
  ) throws -> Running {
    try start(program: Self.path, arguments, input: input, environment: environment)
  }

  private func start(
    program: String, _ arguments: [String], input: [UInt8], environment: [String: String]
  ) throws -> Running {
    let name = "run-\(UUID().uuidString)"
    try folder.write(input, to: name + ".in")
    var values = ProcessInfo.processInfo.environment
    values["STET_ARCHIVE"] = archive
    values["STET"] = Self.path
    for (key, value) in environment { values[key] = value }
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, 0, folder.file(name + ".in"), O_RDONLY, 0)
    posix_spawn_file_actions_addopen(&actions, 1, folder.file(name + ".out"), O_WRONLY | O_CREAT, 0o600)
    posix_spawn_file_actions_addopen(&actions, 2, folder.file(name + ".err"), O_WRONLY | O_CREAT, 0o600)
    // Dispatch's threads block signals, and a child would inherit that.
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    var (none, all) = (sigset_t(), sigset_t())
    sigemptyset(&none)
    sigfillset(&all)
    posix_spawnattr_setsigmask(&attributes, &none)
    posix_spawnattr_setsigdefault(&attributes, &all)
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))
    var words = ([program] + arguments).map { strdup($0) } + [nil]
    var settings = values.map { strdup("\($0)=\($1)") } + [nil]
    defer { for word in words + settings { free(word) } }
    var process = pid_t()
    let failure = posix_spawn(&process, program, &actions, &attributes, &words, &settings)
    guard failure == 0 else { throw SpawnError(errno: failure, path: program) }
    return Running(process: process, folder: folder, name: name)
  }

  /// A run that has not ended yet.
  public struct Running: Sendable {
    public let process: pid_t
    let folder: TemporaryFolder
    let name: String

    public func signal(_ number: Int32) { kill(process, number) }

    /// What it has printed so far.
    public func outputSoFar() throws -> String { String(decoding: try folder.bytes(of: name + ".out"), as: UTF8.self) }

    /// Waits for its end; past the time it is killed, and the status says so (137).
    public func end(within seconds: Double = 60) throws -> Result {
      var state: Int32 = 0
      var left = Int(seconds * 1000)
      while waitpid(process, &state, WNOHANG) == 0 {
        if left <= 0 {
          kill(process, SIGKILL)
          waitpid(process, &state, 0)
          break
        }
        usleep(1000)
        left -= 1
      }
      let signal = state & 0x7F
      let result = Result(
        status: signal == 0 ? (state >> 8) & 0xFF : 128 + signal, output: try folder.bytes(of: name + ".out"),
        errors: String(decoding: try folder.bytes(of: name + ".err"), as: UTF8.self))
      for ending in [".in", ".out", ".err"] { unlink(folder.file(name + ending)) }
      return result
    }
  }
}
