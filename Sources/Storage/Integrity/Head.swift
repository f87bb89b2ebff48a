import Evidence
import GRDB
import Glibc
import Model

/// The head: the log's newest signed checkpoint, in `ARCHIVE-head` beside the archive.
///
/// The archive alone cannot show that its newest captures are missing: an older copy of the file, or one whose WAL was cut
/// off, is sound in itself. The head can. It is written after each pass; one that a crash left behind is older than the log
/// and still true.
extension Store {
  var headPath: String { path + "-head" }

  /// Signs what the log is now and puts it in the old head's place. Without the origin key it does nothing and gives nil.
  ///
  /// Throws `contradicted`, and leaves the head as it is, when the log does not continue it.
  @discardableResult
  public func sealHead() throws(StorageError) -> SignedCheckpoint? {
    guard let key = try OriginKey.find(beside: path) else { return nil }
    let checkpoint = try signedCheckpoint(by: key)
    try Self.writeHead(checkpoint, beside: path)
    return checkpoint
  }

  /// The head, signed by this archive's own key; nil when there is none. Throws `damaged` when it is not the archive's.
  public func head() throws(StorageError) -> SignedCheckpoint? {
    guard let octets = try Self.headOctets(beside: path) else { return nil }
    let key = try verifierKey()
    do {
      let head = try SignedCheckpoint(octets)
      try head.verify(against: key)
      return head
    } catch { throw .damaged(path: headPath, detail: error.message) }
  }

  /// The archive's own key, which verifies what its log signs.
  public func verifierKey() throws(StorageError) -> VerifierKey {
    let name = try origin()
    do { return try VerifierKey(name) } catch { throw .damaged(path: path, detail: "its origin: \(error.message)") }
  }

  /// What the log is now, signed, after a check that it continues the head. The head is read first: a pass that ends
  /// meanwhile makes it newer than what is read of the archive after.
  func signedCheckpoint(by key: OriginKey) throws(StorageError) -> SignedCheckpoint {
    let (head, own) = (try head(), try origin())
    guard key.name == own else {
      throw .failed(
        path: OriginKey.path(beside: path), detail: "it is the key of \(key.name), and the archive is \(own)")
    }
    let signing = try key.signing()
    return try read { db in
      let size = try Self.logSize(in: db)
      if let head { try Self.check(head.checkpoint, continuedBy: size, named: headPath, in: db) }
      do {
        return try SignedCheckpoint(size: size, root: try Self.logTree(size: size, in: db).root(), key: signing)
      } catch let error as ProofError { throw StorageError.proof(error) }
    }
  }

  /// Throws `contradicted` unless a log of so many captures continues a checkpoint of it.
  static func check(_ old: Checkpoint, continuedBy size: Int, named name: String, in db: Database) throws {
    guard old.size <= size else {
      throw StorageError.contradicted(path: name, detail: loss(old: old.size, size: size))
    }
    guard try logTree(size: old.size, in: db).root() == old.root else {
      throw StorageError.contradicted(path: name, detail: change(old: old.size))
    }
  }

  static func loss(old: Int, size: Int) -> String {
    "\(old - size) \(old - size == 1 ? "capture" : "captures") lost since it was signed: it covers \(old), and the archive has \(size) "
      + "(an older copy restored? its tail cut off?)"
  }

  static func change(old: Int) -> String {
    "the archive's first \(old) captures are not those it was signed over: captures were lost or changed since"
  }

  // MARK: the file

  /// What the file beside an archive holds; nil when there is none.
  static func headOctets(beside archive: String) throws(StorageError) -> [UInt8]? {
    let path = archive + "-head"
    let descriptor = Glibc.open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      if errno == ENOENT { return nil }
      throw .failed(path: path, detail: String(cString: strerror(errno)))
    }
    defer { Glibc.close(descriptor) }
    // Longer than any checkpoint that Stet signs; what is cut off is refused as no checkpoint.
    var octets = [UInt8](repeating: 0, count: 1 << 16)
    var count = 0
    while count < octets.count {
      let n = octets.withUnsafeMutableBytes {
        Glibc.read(descriptor, $0.baseAddress?.advanced(by: count), $0.count - count)
      }
      if n < 0, errno == EINTR { continue }
      guard n >= 0 else { throw .failed(path: path, detail: String(cString: strerror(errno))) }
      if n == 0 { break }
      count += n
    }
    return Array(octets.prefix(count))
  }

  /// Puts a head in the place of another: whole and on disk, or not at all.
  static func writeHead(_ head: SignedCheckpoint, beside archive: String) throws(StorageError) {
    let path = archive + "-head"
    let draft = "\(path).\(getpid()).part"
    func failure() -> StorageError {
      switch errno {
      case ENOSPC, EDQUOT: .diskFull(path: path)
      case EROFS, EACCES, EPERM: .readOnly(path: path)
      default: .failed(path: path, detail: String(cString: strerror(errno)))
      }
    }
    let descriptor = Glibc.open(draft, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { throw failure() }
    let octets = head.octets
    guard Glibc.write(descriptor, octets, octets.count) == octets.count, fsync(descriptor) == 0,
      rename(draft, path) == 0
    else {
      let error = failure()
      Glibc.close(descriptor)
      unlink(draft)
      throw error
    }
    Glibc.close(descriptor)
    // The new name is on disk once its folder is.
    let folder = path.lastIndex(of: "/").map { $0 == path.startIndex ? "/" : String(path[..<$0]) } ?? "."
    let entry = Glibc.open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard entry >= 0 else { throw failure() }
    defer { Glibc.close(entry) }
    guard fsync(entry) == 0 else { throw failure() }
  }
}
