import Foundation
import GRDB
import Model

/// What a long-running reader needs besides the questions themselves: to be stopped, and to learn that something changed.
extension Store {
  /// Stops what the store is just asked, from another thread: that throws `interrupted`. Nothing happens when it is idle.
  public func interrupt() { queue.interrupt() }

  /// A number that is another one after another connection has committed. It means nothing to another `Store`.
  public func changeCount() throws(StorageError) -> Int64 {
    // Without a transaction of its own: the pragma takes and leaves the lock it needs.
    try Self.translating(path) {
      try queue.unsafeRead { try Int64.fetchOne($0.cachedStatement(sql: "PRAGMA data_version")) ?? 0 }
    }
  }

  /// The row and the article of a capture; nil when the archive has none of that digest.
  public func capture(_ digest: Digest) throws(StorageError) -> (id: Int64, article: Int64)? {
    try read { db in
      let statement = try db.cachedStatement(
        sql: "SELECT id, article FROM capture WHERE substr(digest, 1, 8) = substr(?1, 1, 8) AND digest = ?1")
      return try Row.fetchOne(statement, arguments: [digest.data]).map { (try $0[0], try $0[1]) }
    }
  }
}
