import Glibc
import Synchronization

/// One run of git: what goes in, what comes out, how it ended.
///
/// No repository can make it run anything else: hooks, external diffs, signature programs, file system monitors and fetching
/// from elsewhere are switched off, and variables that would lead to another repository are not handed on.
/// Calls block. One caller at a time.
public final class GitProcess: @unchecked Sendable {  // handed from task to task, never used by two at once
  /// What messages call it: `log`.
  private let command: String
  private let child: pid_t
  private let output: Int32
  /// -1 once closed.
  private var input: Int32
  /// A file without a name that takes what git complains of: a pipe nobody reads would fill up.
  private let complaints: Int32
  private var buffer: [UInt8] = []
  private var start = 0
  private var hasEnded = false

  /// Settings that hold for every run, whatever the repository and the user have configured.
  private static let settings = [
    "protocol.allow=never", "core.hooksPath=/dev/null", "core.fsmonitor=false", "log.showSignature=false",
    "log.follow=false", "core.quotePath=false",
  ]

  /// Starts git in a folder.
  /// - Parameter arguments: the subcommand and its own.
  public init(_ arguments: [String], in folder: String) throws(GitError) {
    command = arguments.first ?? ""
    let words =
      ["git", "--no-pager", "--no-replace-objects", "--no-optional-locks"] + Self.settings.flatMap { ["-c", $0] }
      + ["-C", folder] + arguments
    guard !words.contains(where: { $0.utf8.contains(0) }) else { throw .notStarted(detail: "an argument holds NUL") }
    var ends = Ends()
    let started = Self.starting.withLock { _ in ends.open().flatMap { Self.spawn(words, ends) } }
    for end in [ends.childsInput, ends.childsOutput] where end >= 0 { close(end) }
    (input, output, complaints) = (ends.input, ends.output, ends.complaints)
    switch started {
    case .success(let number): child = number
    case .failure(let error):
      (child, hasEnded) = (0, true)
      throw error
    }
  }

  deinit {
    endInput()
    if output >= 0 { close(output) }
    if !hasEnded {
      kill(child, SIGTERM)
      _ = Self.wait(for: child)
    }
    if complaints >= 0 { close(complaints) }
  }

  /// Descriptors that a run needs; -1 where there is none.
  private struct Ends {
    var childsInput: Int32 = -1
    var childsOutput: Int32 = -1
    var input: Int32 = -1
    var output: Int32 = -1
    var complaints: Int32 = -1

    mutating func open() -> Result<Void, GitError> {
      var (toChild, fromChild): ([Int32], [Int32]) = ([-1, -1], [-1, -1])
      let file = tmpfile()
      if let file {
        complaints = fcntl(fileno(file), F_DUPFD_CLOEXEC, 3)
        fclose(file)
      }
      let opened = complaints >= 0 && pipe(&toChild) == 0 && pipe(&fromChild) == 0
      let reason = String(cString: strerror(errno))
      (childsInput, input, output, childsOutput) = (toChild[0], toChild[1], fromChild[0], fromChild[1])
      for end in toChild + fromChild where end >= 0 { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
      return opened ? .success(()) : .failure(.notStarted(detail: reason))
    }
  }

  /// Held from when pipes are made until a child has its own: another child must not inherit an end, which would keep the
  /// pipe open.
  private static let starting = Mutex<Void>(())

  private static func spawn(_ words: [String], _ ends: Ends) -> Result<pid_t, GitError> {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    // Its standard streams: 0 in, 1 out, 2 errors
    for (place, end) in [ends.childsInput, ends.childsOutput, ends.complaints].enumerated() {
      posix_spawn_file_actions_adddup2(&actions, end, Int32(place))
    }
    // Our threads may block signals, which a child inherits. A group of its own: Ctrl-C is ours to answer.
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    var (none, all) = (sigset_t(), sigset_t())
    sigemptyset(&none)
    sigfillset(&all)
    posix_spawnattr_setsigmask(&attributes, &none)
    posix_spawnattr_setsigdefault(&attributes, &all)
    posix_spawnattr_setpgroup(&attributes, 0)
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETPGROUP))
    var arguments = words.map { strdup($0) } + [nil]
    var variables = environment().map { strdup($0) } + [nil]
    defer { for text in arguments + variables { free(text) } }
    var child: pid_t = 0
    let failed = posix_spawnp(&child, words[0], &actions, &attributes, &arguments, &variables)
    return failed == 0 ? .success(child) : .failure(.notStarted(detail: String(cString: strerror(failed))))
  }

  /// The environment handed on: without the variables by which git is told of another repository, and with messages in
  /// one language.
  private static func environment() -> [String] {
    var kept: [String] = []
    var next = environ
    while let text = next.pointee {
      let variable = String(cString: text)
      let isGits = variable.hasPrefix("GIT_") && !variable.hasPrefix("GIT_CONFIG") && !variable.hasPrefix("GIT_EXEC")
      if !isGits, !variable.hasPrefix("LC_ALL=") { kept.append(variable) }
      next += 1
    }
    return kept + ["LC_ALL=C", "GIT_TERMINAL_PROMPT=0", "GIT_NO_LAZY_FETCH=1"]
  }

  private static func wait(for child: pid_t) -> Int32 {
    var ending: Int32 = 0
    while waitpid(child, &ending, 0) < 0, errno == EINTR {}
    return ending & 0x7f == 0 ? (ending >> 8) & 0xff : 128 + (ending & 0x7f)
  }

  // MARK: In

  /// Hands it more input. When it no longer reads, how it ended is thrown.
  public func send(_ bytes: [UInt8]) throws(GitError) {
    var sent = 0
    while sent < bytes.count {
      let n = Self.withoutBrokenPipe {
        bytes.withUnsafeBytes { write(input, $0.baseAddress?.advanced(by: sent), bytes.count - sent) }
      }
      if n > 0 {
        sent += n
      } else if errno != EINTR {
        let reason = String(cString: strerror(errno))
        try finish()
        throw .failed(command: command, status: 0, detail: "it stopped reading: \(reason)")
      }
    }
  }

  public func endInput() {
    if input >= 0 { close(input) }
    input = -1
  }

  /// Writes to a pipe whose reader may have gone: an error of `write`, not a signal that ends us.
  private static func withoutBrokenPipe(_ body: () -> Int) -> Int {
    var (broken, before) = (sigset_t(), sigset_t())
    sigemptyset(&broken)
    sigaddset(&broken, SIGPIPE)
    pthread_sigmask(SIG_BLOCK, &broken, &before)
    let n = body()
    let failure = errno
    if n < 0, failure == EPIPE {
      var now = timespec()
      sigtimedwait(&broken, nil, &now)
    }
    pthread_sigmask(SIG_SETMASK, &before, nil)
    errno = failure
    return n
  }

  // MARK: Out

  /// What comes up to an octet, which is taken too; nil when nothing more comes. At the end of output the octet may lack.
  public func read(until end: UInt8, limit: Int = 16 << 20) throws(GitError) -> [UInt8]? {
    var searched = start
    while true {
      if let found = buffer[searched...].firstIndex(of: end) {
        defer { start = found + 1 }
        return Array(buffer[start..<found])
      }
      guard buffer.count - start <= limit else {
        throw .garbled(command: command, detail: "more than \(limit >> 20) MiB in one piece")
      }
      searched = buffer.count - start
      guard try fill() else {
        defer { start = buffer.count }
        return start < buffer.count ? Array(buffer[start...]) : nil
      }
    }
  }

  /// Exactly so many octets.
  public func read(count: Int) throws(GitError) -> [UInt8] {
    var out: [UInt8] = []
    out.reserveCapacity(count)
    while out.count < count {
      if start == buffer.count { guard try fill() else { throw try ending() } }
      let piece = buffer[start..<min(buffer.count, start + count - out.count)]
      out += piece
      start += piece.count
    }
    return out
  }

  /// Passes over so many octets.
  public func skip(count: Int) throws(GitError) {
    var left = count
    while left > 0 {
      if start == buffer.count { guard try fill() else { throw try ending() } }
      let taken = min(left, buffer.count - start)
      (start, left) = (start + taken, left - taken)
    }
  }

  /// Waits for its end and throws what it complained of, if it did not end well. What it still prints is passed over.
  public func finish() throws(GitError) {
    endInput()
    guard !hasEnded else { return }
    start = buffer.count
    while try fill() { start = buffer.count }
    hasEnded = true
    let status = Self.wait(for: child)
    guard status == 0 else { throw .failed(command: command, status: status, detail: complaint()) }
  }

  /// All that it still prints, once it has ended well.
  public func text() throws(GitError) -> String {
    endInput()
    while try fill() {}
    let all = String(decoding: buffer[start...], as: UTF8.self)
    try finish()
    return all
  }

  /// The error for output that ended too soon.
  private func ending() throws(GitError) -> GitError {
    try finish()
    return .garbled(command: command, detail: "its output ended too soon")
  }

  /// Reads on, dropping what was handed out; false at the end.
  private func fill() throws(GitError) -> Bool {
    buffer.removeSubrange(..<start)
    start = 0
    var failure: Int32 = 0
    let chunk = [UInt8](unsafeUninitializedCapacity: 1 << 16) { space, count in
      var got = 0
      repeat { got = Glibc.read(output, space.baseAddress, space.count) } while got < 0 && errno == EINTR
      if got < 0 { failure = errno }
      count = max(0, got)
    }
    guard failure == 0 else { throw .garbled(command: command, detail: String(cString: strerror(failure))) }
    buffer += chunk
    return !chunk.isEmpty
  }

  /// What it printed on standard error, on one line: what it calls fatal or an error, else the last of it.
  private func complaint() -> String {
    let bytes = [UInt8](unsafeUninitializedCapacity: 1 << 16) { space, count in
      count = max(0, pread(complaints, space.baseAddress, space.count, 0))
    }
    let lines = bytes.split(separator: 10).map { String(decoding: $0, as: UTF8.self) }
    let telling = lines.filter { $0.hasPrefix("fatal: ") || $0.hasPrefix("error: ") }
    return (telling.isEmpty ? lines.suffix(3) : telling.prefix(3)).joined(separator: "; ")
  }
}

extension GitProcess {
  /// Runs git to its end and gives what it printed.
  public static func text(_ arguments: [String], in folder: String) throws(GitError) -> String {
    try GitProcess(arguments, in: folder).text()
  }
}
