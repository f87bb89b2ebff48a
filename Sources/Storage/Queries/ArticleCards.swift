import GRDB
import Model
import Segmentation

/// An article as a list shows it.
public struct ArticleCard: Sendable, Hashable {
  public let id: Int64
  public let url: String
  public let addedAt: Instant
  /// Of its last revision; nil when it has none, or that has no headline.
  public let headline, language: String?
  public let revisions: Int
  /// When its last revision was first captured; nil when it has none.
  public let changedAt: Instant?
  /// The last capture of any kind.
  public let capturedAt: Instant?
}

/// How an article is being watched.
public struct ArticleWatch: Sendable, Hashable {
  public let dueAt: Instant
  /// Failed checks in a row.
  public let failures: Int
  /// When it was told to stop; nil: it was not.
  public let stoppedAt: Instant?
}

extension Store {
  /// One article; nil when there is no such number.
  public func articleCard(_ id: Int64) throws(StorageError) -> ArticleCard? {
    try read { db in try Self.articleCard(id, SentenceReader(), in: db) }
  }

  /// Articles in the order of their numbers.
  /// - Parameters:
  ///   - after: only higher numbers.
  ///   - part: only those that have it in their URL.
  ///   - source: only those that this source named.
  public func articleCards(
    after: Int64, part: String? = nil, source: Int64? = nil, limit: Int
  ) throws(StorageError) -> [ArticleCard] {
    try read { db in
      var scope = Scope()
      scope.source = source
      let named = try scope.admitted(in: db)
      let ids = try Int64.fetchCursor(
        db, sql: "SELECT id FROM article WHERE id > ? AND instr(url, ?) > 0 ORDER BY id",
        arguments: [after, part ?? ""])
      var found: [ArticleCard] = []
      let sentences = SentenceReader()
      while found.count < limit, let id = try ids.next() {
        guard named?.contains(id) ?? true, let card = try Self.articleCard(id, sentences, in: db) else { continue }
        found.append(card)
      }
      return found
    }
  }

  /// How an article is watched; nil when it never was.
  public func watch(of article: Int64) throws(StorageError) -> ArticleWatch? {
    try read { db in
      try Row.fetchOne(
        db, sql: "SELECT due_at, failures, stopped_at FROM schedule WHERE article = ?", arguments: [article]
      ).map {
        ArticleWatch(
          dueAt: Instant(milliseconds: try $0[0]), failures: try $0[1],
          stoppedAt: (try $0[2] as Int64?).map(Instant.init(milliseconds:)))
      }
    }
  }

  /// Articles, those that came last into the archive first.
  ///
  /// - Parameters:
  ///   - text: a part of the URL; nil: all.
  ///   - words: or the headline, of any revision, has these.
  ///   - cursor: numbers below it; nil: from the newest.
  public func articleCards(
    matching text: String? = nil, orHeadline words: Query? = nil, before cursor: Int64? = nil, limit: Int
  ) throws(StorageError) -> [ArticleCard] {
    try read { db in
      let sentences = SentenceReader()
      let last = cursor ?? .max
      var ids = try Int64.fetchAll(
        db,
        sql: "SELECT id FROM article WHERE id < ?1 AND (?2 IS NULL OR instr(url, ?2) > 0) ORDER BY id DESC LIMIT ?3",
        arguments: [last, text, limit])
      if let words {
        let named = try Self.articles(headlined: words, sentences, in: db).filter { $0 < last }
        ids = Array(Set(ids + named).sorted(by: >).prefix(limit))
      }
      return try ids.compactMap { try Self.articleCard($0, sentences, in: db) }
    }
  }

  /// Articles that ever had a headline with these words. Of very common words, only the newest sentences are looked at.
  private static func articles(headlined query: Query, _ sentences: SentenceReader, in db: Database) throws -> [Int64] {
    guard !query.terms.isEmpty else { return [] }
    let isHeadline = try db.cachedStatement(
      sql: """
        SELECT 1 FROM revision JOIN snapshot ON snapshot.id = revision.snapshot
        WHERE article = ? AND headline = ? LIMIT 1
        """)
    var found: Set<Int64> = []
    for id in try SentenceIndex.sentences(with: query.terms, limit: 400, in: db) {
      for article in try SentenceArticles.articles(saying: id, in: db) where !found.contains(article) {
        guard try Int.fetchOne(isHeadline, arguments: [article, id]) != nil,
          query.matches(in: SearchUnits(try sentences.octets(id, in: db))) != nil
        else { continue }
        found.insert(article)
      }
    }
    return Array(found)
  }

  private static func articleCard(_ id: Int64, _ sentences: SentenceReader, in db: Database) throws -> ArticleCard? {
    let find = try db.cachedStatement(sql: "SELECT url, added_at FROM article WHERE id = ?")
    guard let row = try Row.fetchOne(find, arguments: [id]) else { return nil }
    let last = try Row.fetchOne(
      db.cachedStatement(
        sql: """
          SELECT ordinal, first_at, headline, language FROM revision JOIN snapshot ON snapshot.id = snapshot
          WHERE article = ? ORDER BY ordinal DESC LIMIT 1
          """), arguments: [id])
    let captured = try Int64.fetchOne(
      db.cachedStatement(sql: "SELECT max(at) FROM capture WHERE article = ?"), arguments: [id])
    return ArticleCard(
      id: id, url: try row[0], addedAt: Instant(milliseconds: try row[1]),
      headline: try (last?[2] as Int64?).map { try sentences.text($0, in: db) }, language: try last?[3],
      revisions: try last?[0] ?? 0,
      changedAt: try (last?[1] as Int64?).map(Instant.init(milliseconds:)),
      capturedAt: captured.map(Instant.init(milliseconds:)))
  }
}
