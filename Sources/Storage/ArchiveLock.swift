import Glibc

/// Locks between processes, held on `ARCHIVE-lock` beside the archive and freed by the kernel when a process dies.
///
/// Four of them, as bytes of that file. The **compact** lock keeps two compactions apart and nobody else, the **deliver** lock two
/// processes that deliver to webhooks. The **pass** lock is held through a sync, import or rebuild: one at a time. The **write**
/// lock is held through each transaction that writes, the checkpoint at its end included. SQLite has a lock of its
/// own for writers, but up to 3.51.2 a writer and a checkpoint in two processes can race on a reset of the WAL
/// (sqlite.org/wal.html, "WAL-reset bug"); Debian 12 ships 3.40.1.
///
/// They are open-file-description locks (fcntl(2)), so closing some other descriptor of the file does not drop them.
///
/// `@unchecked Sendable`: it holds one descriptor, never changed after init; the kernel serialises its use.
final class ArchiveLock: @unchecked Sendable {
  enum Part: Int { case pass = 0, write = 1, compact = 2, deliver = 3 }

  private let descriptor: Int32
  private let path: String

  /// F_OFD_SETLK and F_OFD_SETLKW of Linux (linux/fcntl.h); Glibc hides them behind _GNU_SOURCE.
  private static let setLock: Int32 = 37
  private static let setLockAndWait: Int32 = 38

  init(archive path: String) throws(StorageError) {
    self.path = path
    descriptor = Glibc.open(path + "-lock", O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else {
      throw errno == EROFS || errno == EACCES || errno == EPERM
        ? .readOnly(path: path) : .failed(path: path, detail: "lock file: " + String(cString: strerror(errno)))
    }
  }

  deinit { close(descriptor) }

  private func set(_ part: Part, type: Int32, command: Int32) -> Bool {
    var request = flock()
    request.l_type = Int16(type)
    request.l_whence = Int16(SEEK_SET)
    request.l_start = off_t(part.rawValue)
    request.l_len = 1
    while fcntl(descriptor, command, &request) != 0 {
      if errno != EINTR { return false }
    }
    return true
  }

  /// Takes the pass lock and writes down who holds it. A task that is cancelled waits no longer.
  /// - Parameter wait: milliseconds to go on trying; 0 to give up at once.
  func takePass(holder: String, wait: Int64) throws(StorageError) {
    try take(.pass, wait: wait, holder: currentHolder())
    let text = Array("process \(getpid()), \(holder)\n".utf8)
    // The note only serves the message of a second process; if it cannot be written the lock still holds.
    _ = ftruncate(descriptor, 0)
    _ = pwrite(descriptor, text, text.count, 0)
  }

  func releasePass() {
    _ = ftruncate(descriptor, 0)
    _ = set(.pass, type: F_UNLCK, command: Self.setLock)
  }

  /// Takes one of the locks that are tried for; waits as `takePass` does.
  /// - Parameter holder: who else has it, for the message.
  func take(_ part: Part, wait: Int64, holder: @autoclosure () -> String) throws(StorageError) {
    var left = wait
    while !set(part, type: F_WRLCK, command: Self.setLock) {
      guard left > 0, !Task.isCancelled else { throw .inUse(path: path, holder: holder()) }
      usleep(100_000)
      left -= 100
    }
  }

  func release(_ part: Part) { _ = set(part, type: F_UNLCK, command: Self.setLock) }

  private func currentHolder() -> String {
    var buffer = [UInt8](repeating: 0, count: 200)
    let count = pread(descriptor, &buffer, buffer.count, 0)
    let text = String(decoding: buffer.prefix(max(0, count)).prefix { $0 != 10 }, as: UTF8.self)
    return text.isEmpty ? "another process" : text
  }

  /// Runs `body` with the write lock held, after waiting for it.
  func writing<T>(_ body: () throws -> T) throws -> T {
    guard set(.write, type: F_WRLCK, command: Self.setLockAndWait) else {
      throw StorageError.failed(path: path, detail: "locking: " + String(cString: strerror(errno)))
    }
    defer { _ = set(.write, type: F_UNLCK, command: Self.setLock) }
    return try body()
  }
}
