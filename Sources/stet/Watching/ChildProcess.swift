import Glibc

/// Another program, run to its end: `crontab`, `systemctl`.
struct ChildProcess {
  /// How it ended: exit code, or 128 and the signal's number.
  let status: Int32
  let output: String

  /// Runs a program found in `PATH`, the first of the words; its errors go where ours go. Throws when it cannot be started.
  init(_ arguments: [String], input: String, doing: String) throws {
    let (toChild, fromChild) = (try Pipe(doing), try Pipe(doing))
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_adddup2(&actions, toChild.reading, STDIN_FILENO)
    posix_spawn_file_actions_adddup2(&actions, fromChild.writing, STDOUT_FILENO)
    var words = arguments.map { strdup($0) } + [nil]
    defer { for word in words { free(word) } }
    var child: pid_t = 0
    let failed = posix_spawnp(&child, arguments[0], &actions, nil, &words, environ)
    close(toChild.reading)
    close(fromChild.writing)
    guard failed == 0 else {
      close(toChild.writing)
      close(fromChild.reading)
      throw CommandFailure(
        doing, code: "no-such-program", "\(arguments[0]): \(String(cString: strerror(failed)))",
        hint: "without --install the text is only printed, to be put where it belongs by hand")
    }
    signal(SIGPIPE, SIG_IGN)  // a child that does not read to the end says why in its exit code
    Self.send(Array(input.utf8), to: toChild.writing)
    close(toChild.writing)
    output = String(decoding: Self.read(fromChild.reading), as: UTF8.self)
    close(fromChild.reading)
    var ending: Int32 = 0
    while waitpid(child, &ending, 0) < 0, errno == EINTR {}
    status = ending & 0x7f == 0 ? (ending >> 8) & 0xff : 128 + (ending & 0x7f)
  }

  private static func send(_ bytes: [UInt8], to descriptor: Int32) {
    var rest = bytes[...]
    while !rest.isEmpty {
      let n = rest.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
      if n > 0 { rest = rest.dropFirst(n) } else if errno != EINTR { return }
    }
  }

  private static func read(_ descriptor: Int32) -> [UInt8] {
    var (all, buffer) = ([UInt8](), [UInt8](repeating: 0, count: 4096))
    while true {
      let n = Glibc.read(descriptor, &buffer, buffer.count)
      if n > 0 { all += buffer.prefix(n) } else if n == 0 || errno != EINTR { return all }
    }
  }

  private struct Pipe {
    let reading, writing: Int32

    init(_ doing: String) throws {
      var ends: [Int32] = [0, 0]
      guard pipe(&ends) == 0 else {
        throw CommandFailure(doing, code: "failed", "no pipe: \(String(cString: strerror(errno)))")
      }
      for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
      (reading, writing) = (ends[0], ends[1])
    }
  }
}
