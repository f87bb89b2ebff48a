import GRDB
import GRDBSQLite
import Model

/// A statement of GRDB's, driven by SQLite's own functions.
///
/// For the few that run for every check: GRDB's arguments, rows and bookkeeping cost several times what SQLite does there.
/// A column of another type than asked for throws, as `RowColumns` has it.
struct QuickStatement {
  private let db: Database
  private let statement: Statement
  private var handle: OpaquePointer { statement.sqliteStatement }

  /// One of the connection's cache: prepared once.
  init(_ db: Database, _ sql: String) throws { (self.db, statement) = (db, try db.cachedStatement(sql: sql)) }

  // MARK: arguments, counted from 1

  func bind(_ index: Int32, _ value: Int64?) {
    binding { handle in
      value.map { sqlite3_bind_int64(handle, index, $0) } ?? sqlite3_bind_null(handle, index)
    }
  }

  func bind(_ index: Int32, _ text: String?) {
    binding { handle in
      text.map { sqlite3_bind_text(handle, index, $0, Int32($0.utf8.count), Self.copied) }
        ?? sqlite3_bind_null(handle, index)
    }
  }

  func bind(_ index: Int32, _ octets: [UInt8]?) {
    binding { handle in
      guard let octets else { return sqlite3_bind_null(handle, index) }
      // SQLite takes a null pointer, which an empty array may be, for NULL.
      return octets.isEmpty
        ? sqlite3_bind_zeroblob(handle, index, 0)
        : sqlite3_bind_blob(handle, index, octets, Int32(octets.count), Self.copied)
    }
  }

  /// GRDB, which may have the same statement, leaves it where it ended, and SQLite takes no arguments there: it would run
  /// with the old ones.
  private func binding(_ body: (OpaquePointer) -> Int32) {
    guard body(handle) == SQLITE_MISUSE else { return }
    sqlite3_reset(handle)
    _ = body(handle)
  }

  /// SQLITE_TRANSIENT, which Swift cannot import.
  private static var copied: sqlite3_destructor_type { unsafeBitCast(-1, to: sqlite3_destructor_type.self) }

  // MARK: running

  /// Runs it to its end.
  func run() throws {
    defer { sqlite3_reset(handle) }
    while try step() {}
  }

  /// What becomes of the first row; nil when there is none.
  func first<T>(_ take: (QuickStatement) throws -> T) throws -> T? {
    defer { sqlite3_reset(handle) }
    return try step() ? take(self) : nil
  }

  /// What becomes of each row.
  func all<T>(_ take: (QuickStatement) throws -> T) throws -> [T] {
    defer { sqlite3_reset(handle) }
    var all: [T] = []
    while try step() { all.append(try take(self)) }
    return all
  }

  /// Whether there is another row.
  private func step() throws -> Bool {
    switch sqlite3_step(handle) {
    case SQLITE_ROW: return true
    case SQLITE_DONE: return false
    case let code:
      throw DatabaseError(
        resultCode: ResultCode(rawValue: code), message: String(cString: sqlite3_errmsg(sqlite3_db_handle(handle))),
        sql: statement.sql)
    }
  }

  // MARK: columns, counted from 0

  func integer(_ index: Int32) throws -> Int64? {
    switch sqlite3_column_type(handle, index) {
    case SQLITE_NULL: return nil
    case SQLITE_INTEGER: return sqlite3_column_int64(handle, index)
    default: throw damaged(index)
    }
  }

  func text(_ index: Int32) throws -> String? {
    switch sqlite3_column_type(handle, index) {
    case SQLITE_NULL: return nil
    case SQLITE_TEXT:
      let octets = UnsafeBufferPointer(
        start: sqlite3_column_text(handle, index), count: Int(sqlite3_column_bytes(handle, index)))
      return String(decoding: octets, as: UTF8.self)
    default: throw damaged(index)
    }
  }

  func octets(_ index: Int32) throws -> [UInt8]? {
    switch sqlite3_column_type(handle, index) {
    case SQLITE_NULL: return nil
    case SQLITE_BLOB:
      return Array(
        UnsafeRawBufferPointer(
          start: sqlite3_column_blob(handle, index), count: Int(sqlite3_column_bytes(handle, index))))
    default: throw damaged(index)
    }
  }

  /// A column that is never NULL.
  func required<T>(_ value: T?, _ index: Int32) throws -> T {
    guard let value else { throw damaged(index) }
    return value
  }

  func damaged(_ index: Int32) -> StorageError {
    .damaged(path: "column \(index) of \(statement.sql.prefix(40))…", detail: "a value of another type than its own")
  }
}
