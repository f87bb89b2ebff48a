import GRDB
import Model

/// Which part of the archive a question is about.
public struct Scope: Sendable, Hashable {
  /// Empty: all.
  public var articles: [Int64] = []
  /// What came to stand there at this instant or later.
  public var since: Instant?
  /// What came before this instant.
  public var until: Instant?
  /// Articles that this source named, or a sitemap that it indexes; a page names itself.
  public var source: Int64?
  /// Texts that declare this language, or a kind of it: `de` takes `de-AT` in.
  public var language: String?

  public init(articles: [Int64] = []) { self.articles = articles }

  /// The articles it is limited to; nil when it is to none.
  func admitted(in db: Database) throws -> Set<Int64>? {
    guard let source else { return articles.isEmpty ? nil : Set(articles) }
    let named = Set(
      try Int64.fetchAll(
        db,
        sql: """
          SELECT article FROM sighting WHERE source = ?1 OR source IN (SELECT id FROM source WHERE parent = ?1)
          """, arguments: [source]))
    return articles.isEmpty ? named : named.intersection(articles)
  }

  func admits(_ instant: Instant) -> Bool {
    since.map { instant >= $0 } ?? true && until.map { instant < $0 } ?? true
  }

  /// Whether it stood there at some time in between.
  func admits(_ span: TimeSpan) -> Bool {
    until.map { span.from.by < $0 } ?? true && since.map { (span.to?.by ?? .latest) > $0 } ?? true
  }

  /// Whether a snapshot's text is in the language asked for.
  func admits(snapshot: Int64, in db: Database) throws -> Bool {
    guard language != nil else { return true }
    return admits(
      language: try String.fetchOne(
        db.cachedStatement(sql: "SELECT language FROM snapshot WHERE id = ?"), arguments: [snapshot]))
  }

  public func admits(language declared: String?) -> Bool {
    guard let language else { return true }
    guard let declared else { return false }
    let (wanted, given) = (language.lowercased(), declared.lowercased())
    return given == wanted || given.hasPrefix(wanted + "-")
  }
}

extension Store {
  /// Finds a source, removed ones included, by its URL, as written or in normal form, or by a part of it that no other has.
  public func everySource(named name: String) throws(StorageError) -> ArticleMatch {
    try read { db in
      let find = try db.cachedStatement(sql: "SELECT id, url FROM source WHERE url = ?")
      // A name that is no URL may still be a part of one.
      let normal = try? WebURL(name).normalized
      for text in [name, normal].compactMap(\.self) {
        if let row = try Row.fetchOne(find, arguments: [text]) { return .one(id: try row[0], url: try row[1]) }
      }
      let rows = try Row.fetchAll(
        db, sql: "SELECT id, url FROM source WHERE instr(url, ?) > 0 ORDER BY id LIMIT 6", arguments: [name])
      if rows.count == 1 { return .one(id: try rows[0][0], url: try rows[0][1]) }
      return rows.isEmpty || name.isEmpty ? .none : .several(try rows.map { try $0[1] })
    }
  }
}
