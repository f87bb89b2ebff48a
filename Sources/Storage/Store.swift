import GRDB
import Glibc
import Model

/// An open archive: the one door to the file.
///
/// A store opened to read never writes, is never blocked by a sync and never blocks one (WAL). A store opened to write has
/// one connection; its transactions are serialised within the process by that connection and between processes by
/// `ArchiveLock`.
public final class Store: Sendable {
  public enum Access: Sendable { case read, write }

  /// The archive format this program writes, and the newest it reads: `user_version`.
  public static let format = 5
  /// `application_id`: "Stet" in ASCII.
  static let applicationID: Int32 = 0x5374_6574

  public let path: String
  let queue: DatabaseQueue
  let lock: ArchiveLock?
  /// Sentence ids and article texts at hand; touched only inside write transactions.
  let memory = DerivationMemory()
  /// Bodies at hand and where the last ones stand in time; touched only inside transactions.
  let bases = BasePlanner()

  private init(path: String, queue: DatabaseQueue, lock: ArchiveLock?) {
    (self.path, self.queue, self.lock) = (path, queue, lock)
  }

  // MARK: opening

  /// Opens an archive. Throws `noArchive`, `notAnArchive`, `newer`, `damaged` and what the disk may say.
  public static func open(_ path: String, _ access: Access) throws(StorageError) -> Store {
    var status = stat()
    guard stat(path, &status) == 0 else { throw .noArchive(path: path) }
    guard status.st_mode & S_IFMT == S_IFREG else { throw .notAnArchive(path: path, detail: "not a regular file") }
    let lock = access == .write ? try ArchiveLock(archive: path) : nil
    return try translating(path) {
      let queue = try openQueue(path, access)
      let found = try queue.read { db in
        let id = try Int32.fetchOne(db, sql: "PRAGMA application_id")
        guard id == applicationID else {
          throw StorageError.notAnArchive(path: path, detail: "another program's database")
        }
        return try Int.fetchOne(db, sql: "PRAGMA user_version") ?? 0
      }
      guard found <= format else { throw StorageError.newer(path: path, format: found, supported: format) }
      if found < format { try migrate(path, from: found, through: access == .write ? (queue, lock) : nil) }
      let store = Store(path: path, queue: queue, lock: lock)
      if found < format, access == .write { try store.sealHead() }
      return store
    }
  }

  /// Brings an archive of an earlier format up to today's. A reader, which may not write, opens it once more to do so.
  private static func migrate(_ path: String, from found: Int, through writer: (DatabaseQueue, ArchiveLock?)?) throws {
    guard let (queue, lock) = writer, let lock else { return try open(path, .write).close() }
    try queue.writeWithoutTransaction { db in
      try lock.writing {
        // Another process may have done it while this one waited for the lock.
        let now = try Int.fetchOne(db, sql: "PRAGMA user_version") ?? found
        try Migration.run(from: now, on: db)
      }
    }
  }

  /// Opens the connection. A reader in a folder that cannot be written to falls back to SQLite's immutable mode, which is
  /// sound when there is no WAL: nobody can be writing.
  private static func openQueue(_ path: String, _ access: Access) throws -> DatabaseQueue {
    do {
      let queue = try DatabaseQueue(path: path, configuration: configuration(access))
      if access == .read { _ = try queue.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM sqlite_schema") } }
      return queue
    } catch let error as DatabaseError
      where access == .read && [.SQLITE_CANTOPEN, .SQLITE_READONLY].contains(error.resultCode)
    {
      var wal = stat()
      guard stat(path + "-wal", &wal) != 0 || wal.st_size == 0 else { throw error }
      return try DatabaseQueue(path: "file:" + uriEncoded(path) + "?immutable=1", configuration: configuration(access))
    }
  }

  private static func uriEncoded(_ path: String) -> String {
    path.replacing("%", with: "%25").replacing("?", with: "%3f").replacing("#", with: "%23")
  }

  private static func configuration(_ access: Access) -> Configuration {
    var configuration = Configuration()
    configuration.readonly = access == .read
    configuration.busyMode = .timeout(10)
    configuration.foreignKeysEnabled = true
    configuration.prepareDatabase { db in
      guard access == .write else { return }
      // FULL: an acknowledged capture survives a power cut (NORMAL lost up to 28 commits in the replays of docs/decisions/0003).
      try db.execute(
        sql: """
          PRAGMA synchronous = FULL;
          PRAGMA secure_delete = OFF;
          PRAGMA cache_size = -32768;
          PRAGMA temp_store = MEMORY;
          PRAGMA wal_autocheckpoint = 4096;
          PRAGMA journal_size_limit = 67108864;
          """)
    }
    return configuration
  }

  // MARK: making

  /// Makes an archive and its origin key. The file appears whole, under its own name, or not at all.
  public static func create(_ path: String, now: Instant) throws(StorageError) -> Store {
    guard access(path, F_OK) != 0 else { throw .alreadyExists(path: path) }
    let draft = "\(path).\(getpid()).new"
    defer { for suffix in ["", "-wal", "-shm", "-journal"] { unlink(draft + suffix) } }
    try translating(path) {
      let key = try OriginKey.make()
      let queue = try DatabaseQueue(path: draft, configuration: configuration(.write))
      try queue.writeWithoutTransaction { db in
        try db.execute(sql: "PRAGMA page_size = 4096; PRAGMA auto_vacuum = INCREMENTAL; PRAGMA journal_mode = WAL")
        try db.inTransaction {
          try db.execute(sql: schema)
          try db.execute(
            sql: "INSERT INTO origin (name, own, created_at) VALUES (?, 1, ?)", arguments: [key.name, now.milliseconds])
          return .commit
        }
      }
      try queue.close()
      try key.save(beside: path)
      // link(2) refuses an existing name, so that two inits at once cannot overwrite each other.
      guard link(draft, path) == 0 else {
        let reason = errno
        key.remove(beside: path)
        throw reason == EEXIST
          ? StorageError.alreadyExists(path: path)
          : StorageError.failed(path: path, detail: String(cString: strerror(reason)))
      }
    }
    return try open(path, .write)
  }

  /// The whole of schema.sql.
  public static var schema: String { String(decoding: PackageResources.schema_sql, as: UTF8.self) }

  /// Closes the file; of the last to close, SQLite takes the WAL into the archive and removes it. Nothing may be asked of
  /// the store after. Left open, it is closed when the last reference goes, which a process that exits may not live to see.
  public func close() {
    try? queue.close()  // what cannot be closed now is closed by the kernel; all that was acknowledged is on disk
  }

  // MARK: transactions

  /// Runs a read. What the disk or SQLite says becomes a `StorageError`.
  func read<T>(_ body: (Database) throws -> T) throws(StorageError) -> T {
    try Self.translating(path) { try queue.read(body) }
  }

  /// Runs one write transaction: all of it is on disk when this returns, or none of it ever.
  ///
  /// The lock is taken inside the connection's queue: one open file has one lock, so two threads that took it before they
  /// queued would let it go under each other.
  func write<T>(_ body: (Database) throws -> T) throws(StorageError) -> T {
    try Self.translating(path) {
      guard let lock else { throw StorageError.readOnly(path: path) }
      return try queue.writeWithoutTransaction { db in
        try lock.writing {
          var result: T?
          try db.inTransaction(.immediate) {
            result = try body(db)
            return .commit
          }
          guard let result else {
            throw StorageError.failed(path: path, detail: "the transaction ended without a result")
          }
          return result
        }
      }
    }
  }

  /// Holds the archive for a long job until the returned value is let go. Throws `inUse` if another process has it and the
  /// wait (milliseconds) is over.
  public func beginPass(holder: String, wait: Int64) throws(StorageError) -> PassLock {
    guard let lock else { throw .readOnly(path: path) }
    try lock.takePass(holder: holder, wait: wait)
    return PassLock(lock: lock)
  }

  /// Turns SQLite's errors into ours.
  static func translating<T>(_ path: String, _ body: () throws -> T) throws(StorageError) -> T {
    do { return try body() } catch let error as StorageError { throw error } catch let error as DatabaseError {
      throw StorageError(error, path: path)
    } catch { throw .failed(path: path, detail: "\(error)") }
  }
}

/// The pass lock, held while this value lives.
public final class PassLock: Sendable {
  private let lock: ArchiveLock
  init(lock: ArchiveLock) { self.lock = lock }
  deinit { lock.releasePass() }
}
