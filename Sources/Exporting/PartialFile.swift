import Glibc

/// A file that appears under its name only when it is whole: written without a name, synced, renamed. Let go without `finish`,
/// or killed, it leaves nothing behind. Where the file system knows no files without names (O_TMPFILE, open(2)) it is written
/// beside its name, which a kill leaves there. `-` is standard output, which has none of that; nor has what is no regular file
/// (`/dev/null`, a pipe): that is written to as it is, never replaced.
public struct PartialFile: ~Copyable {
  private let path: String
  /// Nil when it is written to directly.
  private let draft: String?
  /// Whether the draft has its name already.
  private let isNamed: Bool
  private let output: Output

  /// The mutable part, so that writing does not need exclusive access to the whole.
  private final class Output {
    let descriptor: Int32
    var buffer: [UInt8] = []
    var total: Int64 = 0
    /// The first error; writing goes on into nothing until `finish` reports it.
    var failure: Int32 = 0
    var isFinished = false
    init(descriptor: Int32) { self.descriptor = descriptor }

    func flush() {
      var sent = 0
      while failure == 0, sent < buffer.count {
        let n = buffer.withUnsafeBytes { write(descriptor, $0.baseAddress?.advanced(by: sent), buffer.count - sent) }
        if n >= 0 { sent += n } else if errno != EINTR { failure = errno }
      }
      buffer.removeAll(keepingCapacity: true)
    }
  }

  public init(path: String) throws(ExportError) {
    self.path = path
    let descriptor: Int32
    var status = stat()
    if path == "-" {
      (draft, isNamed, descriptor) = (nil, true, dup(STDOUT_FILENO))
    } else if stat(path, &status) == 0, status.st_mode & S_IFMT != S_IFREG {
      (draft, isNamed, descriptor) = (nil, true, Glibc.open(path, O_WRONLY | O_CLOEXEC))
    } else {
      let beside = "\(path).\(getpid()).part"
      let folder = path.lastIndex(of: "/").map { String(path[...$0]) } ?? "."
      let unnamed = Self.canName ? Glibc.open(folder, Self.withoutName | O_WRONLY | O_CLOEXEC, 0o644) : -1
      (draft, isNamed) = (beside, unnamed < 0)
      descriptor = unnamed < 0 ? Glibc.open(beside, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644) : unnamed
    }
    guard descriptor >= 0 else { throw .unwritable(path: path, detail: String(cString: strerror(errno))) }
    output = Output(descriptor: descriptor)
  }

  /// O_TMPFILE of Linux (asm-generic/fcntl.h), a macro that Swift does not see.
  private static let withoutName = 0o20_000_000 | O_DIRECTORY
  /// Without /proc a file could not be given its name later.
  private static let canName = access("/proc/self/fd", X_OK) == 0

  deinit {
    close(output.descriptor)
    if let draft, isNamed, !output.isFinished { unlink(draft) }
  }

  public func append(_ bytes: [UInt8]) {
    output.buffer += bytes
    output.total += Int64(bytes.count)
    if output.buffer.count >= 1 << 20 { output.flush() }
  }

  /// Puts octets in the place of others that were appended before. Not for standard output or a pipe: `finish` throws then.
  public func replace(at place: Int64, _ bytes: [UInt8]) {
    output.flush()
    var done = 0
    while output.failure == 0, done < bytes.count {
      let n = bytes.withUnsafeBytes {
        pwrite(
          output.descriptor, $0.baseAddress?.advanced(by: done), bytes.count - done, off_t(place) + off_t(done))
      }
      if n >= 0 { done += n } else if errno != EINTR { output.failure = errno }
    }
  }

  /// Makes it durable and gives it its name; returns its size in octets.
  public func finish() throws(ExportError) -> Int64 {
    output.flush()
    if output.failure == 0, let draft, fsync(output.descriptor) != 0 || !name(draft) || rename(draft, path) != 0 {
      output.failure = errno
      if !isNamed { unlink(draft) }
    }
    guard output.failure == 0 else { throw .unwritable(path: path, detail: String(cString: strerror(output.failure))) }
    output.isFinished = true
    return output.total
  }

  /// Gives what was written without one its first name, that of a draft: linkat(2) replaces nothing, rename(2) does.
  private func name(_ draft: String) -> Bool {
    if isNamed { return true }
    let octets = "/proc/self/fd/\(output.descriptor)"
    if linkat(AT_FDCWD, octets, AT_FDCWD, draft, AT_SYMLINK_FOLLOW) == 0 { return true }
    // What another process of the same number left behind when it was killed between the two.
    return errno == EEXIST && unlink(draft) == 0
      && linkat(AT_FDCWD, octets, AT_FDCWD, draft, AT_SYMLINK_FOLLOW) == 0
  }
}
