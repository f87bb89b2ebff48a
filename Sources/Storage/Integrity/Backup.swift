import Evidence
import GRDB
import Glibc
import Model

/// Copies of an archive, made while it is in use.
extension Store {
  /// Copies the archive as it stands now, whatever is written meanwhile: one read transaction holds the moment still, so
  /// syncs go on and are not in the copy. The copy is verified before it gets its name; nothing is overwritten.
  /// It gets a head of its own, `DEST-head`, when the origin key is here. Throws `contradicted` when the log does not continue
  /// the head: a copy of an archive that lost captures must not pass for a sound one.
  /// - Parameters:
  ///   - withKey: also copy the origin's private key, to `DEST-key`.
  ///   - progress: called with the pages copied so far and their number.
  /// - Returns: what verifying the copy found, always without problems, and its size in octets.
  public func backup(
    to destination: String, withKey: Bool, deep: Rederivation?, progress: @escaping (Int, Int) -> Void = { _, _ in }
  ) throws(StorageError) -> (report: VerifyReport, bytes: Int64) {
    for path in [destination, destination + "-head"] where access(path, F_OK) == 0 { throw .alreadyExists(path: path) }
    let key = try OriginKey.find(beside: path)
    if let key {
      _ = try signedCheckpoint(by: key)
    } else if let head = try head() {
      try read { try Self.check(head.checkpoint, continuedBy: Self.logSize(in: $0), named: headPath, in: $0) }
    }
    let draft = Self.backupDraft(destination)
    defer { Self.removeDraft(ofBackup: destination) }
    try Self.translating(draft) {
      let copy = try DatabaseQueue(path: draft)
      try copy.writeWithoutTransaction { target in
        try queue.read { source in
          // The transaction is deferred: this makes it begin. A backup inside it sees one state however many steps it takes.
          _ = try Int.fetchOne(source, sql: "SELECT count(*) FROM sqlite_schema")
          try source.backup(to: target, pagesPerStep: 2048) { progress($0.completedPageCount, $0.totalPageCount) }
        }
      }
      try copy.close()
    }
    let draftStore = try Store.open(draft, .read)
    let report = try draftStore.verify(deep: deep)
    if let problem = report.problems.first {
      throw .damaged(path: path, detail: "the copy was not kept: \(problem.subject): \(problem.detail)")
    }
    let head = if let key { try draftStore.signedCheckpoint(by: key) } else { SignedCheckpoint?.none }
    draftStore.close()
    return try Self.translating(destination) {
      try sync(draft)
      var status = stat()
      guard stat(draft, &status) == 0, link(draft, destination) == 0 else {
        throw errno == EEXIST
          ? StorageError.alreadyExists(path: destination)
          : StorageError.failed(path: destination, detail: String(cString: strerror(errno)))
      }
      if let head { try Self.writeHead(head, beside: destination) }
      if withKey { try OriginKey.copy(beside: path, to: destination) }
      return (report, Int64(status.st_size))
    }
  }

  private static func backupDraft(_ destination: String) -> String { "\(destination).\(getpid()).part" }

  /// Takes away what this process has written of a backup so far: for when it is told to end.
  public static func removeDraft(ofBackup destination: String) {
    for suffix in ["", "-wal", "-shm", "-journal", "-lock"] { unlink(backupDraft(destination) + suffix) }
  }

  /// Forces a file to the disk.
  private func sync(_ path: String) throws {
    let descriptor = Glibc.open(path, O_RDONLY | O_CLOEXEC)
    defer { Glibc.close(descriptor) }
    guard descriptor >= 0, fsync(descriptor) == 0 else {
      throw StorageError.failed(path: path, detail: String(cString: strerror(errno)))
    }
  }
}
