import GRDB
import Model

extension Store {
  /// The articles that a scope names, or all, with their URLs, by number. Its times and its language are not looked at.
  public func articles(of scope: Scope) throws(StorageError) -> [(id: Int64, url: String)] {
    try read { db in
      let admitted = try scope.admitted(in: db)
      let rows = try Row.fetchCursor(db, sql: "SELECT id, url FROM article ORDER BY id")
      var found: [(id: Int64, url: String)] = []
      while let row = try rows.next() {
        let id: Int64 = try row[0]
        if admitted?.contains(id) ?? true { found.append((id, try row[1])) }
      }
      return found
    }
  }
}
