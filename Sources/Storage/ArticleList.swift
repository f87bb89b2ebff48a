import GRDB
import Model

/// An article as it is listed.
public struct ArticleRow: Sendable, Hashable {
  public let id: Int64
  public let url: String
  public let addedAt: Instant
  public let revisions: Int
  /// What the last revision says; nil while there is none.
  public let headline, language: String?
  /// When the last revision was first captured; nil while there is none.
  public let changedAt: Instant?
  /// The last capture of any kind.
  public let capturedAt: Instant?
}

extension Store {
  /// Articles in the order of their numbers.
  /// - Parameters:
  ///   - after: only higher numbers.
  ///   - part: only those that have it in their URL.
  ///   - source: only those that this source named.
  public func articles(
    after: Int64 = 0, part: String? = nil, source: Int64? = nil, limit: Int
  ) throws(StorageError) -> [ArticleRow] {
    try read { db in
      var scope = Scope()
      scope.source = source
      let named = try scope.admitted(in: db)
      let rows = try Row.fetchCursor(
        db, sql: "SELECT id, url, added_at FROM article WHERE id > ? AND instr(url, ?) > 0 ORDER BY id",
        arguments: [after, part ?? ""])
      var found: [ArticleRow] = []
      let sentences = SentenceReader()
      while found.count < limit, let row = try rows.next() {
        if let named, !named.contains(try row[0]) { continue }
        found.append(try Self.listed(row, sentences, in: db))
      }
      return found
    }
  }

  /// One article; nil when there is none of that number.
  public func listedArticle(_ id: Int64) throws(StorageError) -> ArticleRow? {
    try read { db in
      try Row.fetchOne(db, sql: "SELECT id, url, added_at FROM article WHERE id = ?", arguments: [id])
        .map { try Self.listed($0, SentenceReader(), in: db) }
    }
  }

  private static func listed(_ row: Row, _ sentences: SentenceReader, in db: Database) throws -> ArticleRow {
    let id: Int64 = try row[0]
    let last = try Row.fetchOne(
      db.cachedStatement(
        sql: """
          SELECT ordinal, first_at, headline, language FROM revision JOIN snapshot ON snapshot.id = snapshot
          WHERE article = ? ORDER BY ordinal DESC LIMIT 1
          """), arguments: [id])
    let captured = try Int64.fetchOne(
      db.cachedStatement(sql: "SELECT max(at) FROM capture WHERE article = ?"), arguments: [id])
    let headline = try (try last?[2] as Int64?).map { try sentences.text($0, in: db) }
    return ArticleRow(
      id: id, url: try row[1], addedAt: Instant(milliseconds: try row[2]), revisions: try last?[0] ?? 0,
      headline: last == nil ? nil : headline ?? "", language: try last?[3],
      changedAt: (try last?[1] as Int64?).map(Instant.init(milliseconds:)),
      capturedAt: captured.map(Instant.init(milliseconds:)))
  }
}
