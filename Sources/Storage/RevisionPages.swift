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
  /// A page of an article's log, newest first: as `log` gives it, revisions below an ordinal.
  public func log(_ article: Int64, before ordinal: Int?, limit: Int) throws(StorageError) -> [LogEntry] {
    try read { db in
      let rows = try Row.fetchAll(
        db,
        sql: """
          SELECT revision.id, ordinal, snapshot, snapshot.digest, first_at, last.at, words_added, words_removed,
            snapshot.extractor, snapshot.headline
          FROM revision JOIN snapshot ON snapshot.id = revision.snapshot JOIN capture AS last ON last.id = last_capture
          WHERE revision.article = ? AND ordinal < ? ORDER BY ordinal DESC LIMIT ?
          """, arguments: [article, ordinal ?? .max, limit + 1])
      let (edits, sentences) = (EditReader(), SentenceReader())
      let recurrences = try Self.recurrences(of: article, in: db)
      var entries: [LogEntry] = []
      for (i, row) in rows.prefix(limit).enumerated() {
        let classes = try edits.classes(ofRevision: row[0], in: db)
        // The one before it is the next row, if only to say when it was seen last.
        let after = i + 1 < rows.count ? Instant(milliseconds: try rows[i + 1][5]) : nil
        let first = Instant(milliseconds: try row[4])
        let checks = try Self.checks(of: article, in: ChangeInterval(after: after, by: first), db)
        let ordinal: Int = try row[1]
        entries.append(
          LogEntry(
            ordinal: ordinal, snapshot: try Digest(column: row[3]),
            returnsTo: try Self.earlier(saying: row[2], article: article, before: ordinal, in: db),
            recurrence: recurrences.indices.contains(ordinal - 1) ? recurrences[ordinal - 1] : nil,
            headline: try (row[9] as Int64?).map { try sentences.text($0, in: db) } ?? "", firstCapture: first,
            lastCapture: Instant(milliseconds: try row[5]), after: after, checksBetween: checks.all,
            misses: checks.misses, edits: classes.count, classes: classes.compactMap(\.first?.rawValue),
            wordsAdded: try row[6], wordsRemoved: try row[7], extractor: try row[8]))
      }
      return entries
    }
  }

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
