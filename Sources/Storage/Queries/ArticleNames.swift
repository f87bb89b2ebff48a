import Foundation
import GRDB
import Model

/// What a name given on the command line may stand for.
public enum ArticleMatch: Sendable, Hashable {
  case one(id: Int64, url: String)
  case none
  /// More than one article has it in its URL; some of them.
  case several([String])
}

extension Store {
  /// Finds an article by its URL, as written or in normal form, by a part of it that no other has, or by its number.
  public func article(named name: String) throws(StorageError) -> ArticleMatch {
    try read { db in
      func one(_ row: Row) throws -> ArticleMatch { .one(id: try row[0], url: try row[1]) }
      let find = try db.cachedStatement(sql: "SELECT id, url FROM article WHERE url = ?")
      if let row = try Row.fetchOne(find, arguments: [name]) { return try one(row) }
      // A name that is no URL may still be a part of one, or a number.
      if let url = try? WebURL(name), let row = try Row.fetchOne(find, arguments: [url.normalized]) {
        return try one(row)
      }
      if let number = Int64(name),
        let row = try Row.fetchOne(db, sql: "SELECT id, url FROM article WHERE id = ?", arguments: [number])
      {
        return try one(row)
      }
      let rows = try Row.fetchAll(
        db, sql: "SELECT id, url FROM article WHERE instr(url, ?) > 0 ORDER BY id LIMIT 6", arguments: [name])
      if rows.count == 1 { return try one(rows[0]) }
      return rows.isEmpty || name.isEmpty ? .none : .several(try rows.map { try $0[1] })
    }
  }
}
