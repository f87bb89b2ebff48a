import GRDB
import Model

/// A headline an article had, from a revision on.
public struct HeadlineSpan: Sendable, Hashable {
  /// Empty when it had none.
  public let headline: String
  public let revision: Int
  public let came: ChangeInterval
}

extension Store {
  /// The headlines that an article had, the newest first: one for each time that it changed.
  public func headlines(of article: Int64, limit: Int) throws(StorageError) -> [HeadlineSpan] {
    try read { db in
      let rows = try Row.fetchCursor(
        db,
        sql: """
          SELECT ordinal, snapshot.headline, first_at, last.at FROM revision
          JOIN snapshot ON snapshot.id = revision.snapshot JOIN capture AS last ON last.id = last_capture
          WHERE revision.article = ? ORDER BY ordinal
          """, arguments: [article])
      var changes: [(headline: Int64?, revision: Int, came: ChangeInterval)] = []
      var before: Instant?
      while let row = try rows.next() {
        let headline = try row[1] as Int64?
        if changes.isEmpty || changes[changes.count - 1].headline != headline {
          changes.append((headline, try row[0], ChangeInterval(after: before, by: Instant(milliseconds: try row[2]))))
        }
        before = Instant(milliseconds: try row[3])
      }
      let sentences = SentenceReader()
      return try changes.reversed().prefix(limit).map { change in
        HeadlineSpan(
          headline: try change.headline.map { try sentences.text($0, in: db) } ?? "", revision: change.revision,
          came: change.came)
      }
    }
  }

  /// Other articles that ever said sentences of these, and how many of them, those with most first. Sentences shorter than
  /// `sharedSentenceOctets` do not count.
  public func articles(sharing text: ArticleText, with article: Int64, limit: Int) throws(StorageError) -> [(
    article: ArticleCard, sentences: Int
  )] {
    let counts = try read { db in
      let find = try db.cachedStatement(
        sql: """
          SELECT article FROM sentence_hash JOIN sentence_article ON sentence = id WHERE hash = ? AND article <> ? LIMIT 200
          """)
      var counts: [Int64: Int] = [:]
      // Found by their digests alone: that two sentences of two articles share the first 4 octets of it is next to never.
      for sentence in Set(text.blocks.flatMap { $0.sentences.map(\.text) })
      where sentence.utf8.count >= Self.sharedSentenceOctets {
        let hash = SentenceBlock.hash(Digest(ofUTF8: sentence))
        for other in Set(try Int64.fetchAll(find, arguments: [hash, article])) { counts[other, default: 0] += 1 }
      }
      return counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.prefix(limit)
    }
    var found: [(article: ArticleCard, sentences: Int)] = []
    for (id, count) in counts {
      if let row = try articleCard(id) { found.append((row, count)) }
    }
    return found
  }
}
