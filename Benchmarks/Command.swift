import Foundation
import Glibc

/// A program with its arguments, run as a process of its own whose cost the kernel tells (wait4): what is measured here is
/// always all that a person who typed the command would wait and pay for.
struct Command {
  let program: String
  let arguments: [String]
  /// Exit statuses that mean that it did its work.
  let accepted: Set<Int32>
  /// The file that what it prints goes into; nowhere when it is not said.
  let output: String
  /// The file that it reads as its standard input.
  let input: String

  init(
    _ program: String, _ arguments: [String] = [], accepting accepted: Set<Int32> = [0], input: String = "/dev/null",
    output: String = "/dev/null"
  ) {
    (self.program, self.arguments, self.accepted) = (program, arguments, accepted)
    (self.input, self.output) = (input, output)
  }

  /// The same, ended by the kernel (SIGXCPU, else SIGKILL) once it has used so many seconds of CPU; that is no failure.
  func limited(to seconds: Int) -> Command {
    Command(
      "prlimit", ["--cpu=\(seconds)", program] + arguments, accepting: accepted.union([128 + SIGXCPU, 128 + SIGKILL]),
      input: input, output: output)
  }

  enum RunError: Error, CustomStringConvertible {
    case notStarted(program: String, errno: Int32)
    case failed(line: String, status: Int32, errors: String)

    var description: String {
      switch self {
      case .notStarted(let program, let errno): "starting \(program): \(String(cString: strerror(errno)))"
      case .failed(let line, let status, let errors): "running \(line): exit status \(status)\n\(errors)"
      }
    }
  }

  /// Runs it to its end. Its messages go into a file of the folder, and into the error when it fails.
  func run(in work: WorkFolder) throws -> Run {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    let errors = work.path(of: "stderr")
    posix_spawn_file_actions_addopen(&actions, 0, input, O_RDONLY, 0)
    posix_spawn_file_actions_addopen(&actions, 1, output, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
    posix_spawn_file_actions_addopen(&actions, 2, errors, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
    var words = ([program] + arguments).map { strdup($0) } + [nil]
    defer { for word in words { free(word) } }
    var (process, state, usage) = (pid_t(), Int32(0), rusage())
    let started = ContinuousClock.now
    let failure = posix_spawnp(&process, program, &actions, nil, &words, environ)
    guard failure == 0 else { throw RunError.notStarted(program: program, errno: failure) }
    while wait4(process, &state, 0, &usage) < 0, errno == EINTR {}
    let wall = started.duration(to: .now)
    let signal = state & 0x7F
    let status = signal == 0 ? (state >> 8) & 0xFF : 128 + signal
    guard accepted.contains(status) else {
      let line = ([program] + arguments.prefix(12)).joined(separator: " ")
      throw RunError.failed(
        line: line, status: status, errors: String(decoding: try work.bytes(of: "stderr"), as: UTF8.self))
    }
    return Run(usage: usage, wall: wall, isUnfinished: signal != 0)
  }

  /// Runs it and gives what it printed.
  func text(in work: WorkFolder) throws -> String { try output(in: work).text }

  /// Runs it and gives what it cost, too.
  func output(in work: WorkFolder) throws -> (run: Run, text: String) {
    let kept = Command(program, arguments, accepting: accepted, input: input, output: work.path(of: "stdout"))
    let run = try kept.run(in: work)
    return (run, String(decoding: try work.bytes(of: "stdout"), as: UTF8.self))
  }

  /// Where a program lies, looked for along PATH; nil when it is not installed.
  static func find(_ name: String) -> String? {
    let path = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"
    return path.split(separator: ":").map { "\($0)/\(name)" }.first { access($0, X_OK) == 0 }
  }
}

/// What one run of a process cost.
struct Run {
  /// User and system time of the process and its children, seconds.
  let cpu: Double
  /// From before its start until its end was seen, seconds.
  let wall: Double
  /// The most memory it had resident, bytes. Nil when it stayed below what this process itself once had: the kernel counts
  /// that in, for a child begins as a copy of its parent (getrusage(2), ru_maxrss).
  let peak: Int?
  /// Whether it was ended before it was done (`Command.limited`).
  let isUnfinished: Bool

  init(cpu: Double, wall: Double, peak: Int?) {
    (self.cpu, self.wall, self.peak, isUnfinished) = (cpu, wall, peak, false)
  }

  fileprivate init(usage: rusage, wall: Duration, isUnfinished: Bool) {
    self.isUnfinished = isUnfinished
    func seconds(_ time: timeval) -> Double { Double(time.tv_sec) + Double(time.tv_usec) / 1e6 }
    cpu = seconds(usage.ru_utime) + seconds(usage.ru_stime)
    self.wall = wall / .seconds(1)
    var own = rusage()
    getrusage(RUSAGE_SELF.rawValue, &own)
    peak = usage.ru_maxrss > own.ru_maxrss ? Int(usage.ru_maxrss) * 1024 : nil
  }
}
