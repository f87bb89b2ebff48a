import GRDB
import Model

/// A place in the listing of revisions that brought edits, newest first.
public struct RevisionCursor: Sendable, Hashable {
  public let at: Instant
  public let article: Int64
  public let ordinal: Int

  public init(at: Instant, article: Int64, ordinal: Int) {
    (self.at, self.article, self.ordinal) = (at, article, ordinal)
  }
}

/// A revision with what it says, what the one before it said, and the edits between them.
public struct RevisionChange: Sendable, Hashable {
  public let article: Int64
  public let url: String
  public let ordinal: Int
  public let came: ChangeInterval
  public let wordsAdded, wordsRemoved: Int
  /// The earlier revision that said the same as this one.
  public let returnsTo: Int?
  public let old, new: ArticleText
  /// When the one before was first captured.
  public let oldAt: Instant
  /// In reading order; all of them.
  public let edits: [Edit]

  public var cursor: RevisionCursor { RevisionCursor(at: came.by, article: article, ordinal: ordinal) }
}

/// A page of a listing of revisions.
public struct RevisionFeed: Sendable, Hashable {
  public let changes: [RevisionChange]
  /// Where the next page begins; nil at the end.
  public let next: RevisionCursor?
}

extension Store {
  /// So many revisions are looked at for one page: a filter that next to nothing passes is asked in steps.
  public static let feedReach = 10_000
  /// And so many are read where only reading tells which are wanted.
  public static let feedReading = 200

  /// Revisions that brought edits, those found last first, from a place on.
  ///
  /// - Parameters:
  ///   - classes: with an edit of one of these; empty: of any.
  ///   - keepingDate: only those that left the date of modification as it was.
  ///   - cursor: what comes after it; nil: from the newest.
  ///   - limit: of revisions. There may be fewer on a page that is not the last, when few pass the filter.
  ///   - isWanted: asked of each that passes all else.
  public func revisions(
    _ scope: Scope, classes: Set<Edit.Class> = [], keepingDate: Bool = false, after cursor: RevisionCursor? = nil,
    limit: Int, where isWanted: ((RevisionChange) -> Bool)? = nil
  ) throws(StorageError) -> RevisionFeed {
    try read { db in
      let admitted = try scope.admitted(in: db)
      let mask = EditCoding.set(of: classes.isEmpty ? Set(Edit.Class.allCases) : classes)
      let until = scope.until.map { $0.milliseconds - 1 } ?? .max
      let rows = try Row.fetchCursor(
        db,
        sql: """
          SELECT revision.id, article, ordinal, snapshot, first_at FROM revision INDEXED BY revision_at
          WHERE first_at >= ? AND first_at <= ? AND classes & ? <> 0
            AND (first_at < ? OR (article, ordinal) < (?, ?))
          ORDER BY first_at DESC, article DESC, ordinal DESC
          """,
        arguments: [
          scope.since?.milliseconds ?? .min, min(until, cursor?.at.milliseconds ?? .max), mask,
          cursor?.at.milliseconds ?? .max, cursor?.article ?? .max, cursor?.ordinal ?? .max,
        ])
      let keeps = try db.cachedStatement(
        sql: """
          SELECT 1 FROM revision AS new JOIN revision AS old ON old.article = new.article AND old.ordinal = new.ordinal - 1
          LEFT JOIN reading AS said ON said.capture = new.first_capture
          LEFT JOIN reading AS was ON was.capture = old.first_capture
          WHERE new.id = ? AND said.modified IS was.modified
          """)
      let reader = ChangeReader()
      var changes: [RevisionChange] = []
      var (seen, read, last) = (0, 0, nil as RevisionCursor?)
      let reach = keepingDate ? Self.feedReach / 5 : Self.feedReach
      while let row = try rows.next() {
        if changes.count == limit || seen == reach || read == Self.feedReading {
          return RevisionFeed(changes: changes, next: last)
        }
        let place = RevisionCursor(at: Instant(milliseconds: try row[4]), article: try row[1], ordinal: try row[2])
        (seen, last) = (seen + 1, place)
        if let admitted, !admitted.contains(place.article) { continue }
        guard try scope.admits(snapshot: row[3], in: db) else { continue }
        if keepingDate, try Int.fetchOne(keeps, arguments: [row[0] as Int64]) == nil { continue }
        read += isWanted == nil ? 0 : 1
        if let change = try reader.change(ofRevision: row[0], in: db), isWanted?(change) ?? true {
          changes.append(change)
        }
      }
      return RevisionFeed(changes: changes, next: nil)
    }
  }

  /// What a revision changed, as it was recorded; nil for an article's first revision, and when there is no such one.
  public func change(_ article: Int64, _ selector: RevisionSelector) throws(StorageError) -> RevisionChange? {
    try read { db in
      guard let row = try Self.revision(article, selector, in: db) else { return nil }
      return try ChangeReader().change(ofRevision: row[3], in: db)
    }
  }
}

/// Reads revisions along with the ones before them. Make one for a series of reads.
struct ChangeReader {
  private let snapshots = SnapshotReader()
  private let edits = EditReader()

  /// Nil for an article's first revision.
  /// - Parameter chain: of the article, where it is known; else the chain is searched.
  func change(ofRevision id: Int64, of chain: ChainReturns? = nil, in db: Database) throws -> RevisionChange? {
    let statement = try db.cachedStatement(
      sql: """
        SELECT new.article, article.url, new.ordinal, new.first_at, new.words_added, new.words_removed, new.snapshot, said.modified,
          old.snapshot, was.modified, old.first_at, last.at
        FROM revision AS new JOIN article ON article.id = new.article
        JOIN revision AS old ON old.article = new.article AND old.ordinal = new.ordinal - 1
        JOIN capture AS last ON last.id = old.last_capture
        LEFT JOIN reading AS said ON said.capture = new.first_capture
        LEFT JOIN reading AS was ON was.capture = old.first_capture
        WHERE new.id = ?
        """)
    guard let row = try Row.fetchOne(statement, arguments: [id]) else { return nil }
    let (article, ordinal, snapshot): (Int64, Int, Int64) = (try row[0], try row[2], try row[6])
    var old = try snapshots.stored(row[8], in: db).snapshot.text
    var new = try snapshots.stored(snapshot, in: db).snapshot.text
    let found = try edits.edits(ofRevision: id, from: old, to: new, in: db)
    new.modified = (try row[7] as String?).flatMap { PartialTimestamp($0) }
    old.modified = (try row[9] as String?).flatMap { PartialTimestamp($0) }
    let returnsTo =
      if let chain {
        chain.returnsTo(from: ordinal)
      } else {
        try Store.earlier(saying: snapshot, article: article, before: ordinal, in: db)
      }
    return RevisionChange(
      article: article, url: try row[1], ordinal: ordinal,
      came: ChangeInterval(after: Instant(milliseconds: try row[11]), by: Instant(milliseconds: try row[3])),
      wordsAdded: try row[4], wordsRemoved: try row[5],
      returnsTo: returnsTo, old: old, new: new, oldAt: Instant(milliseconds: try row[10]), edits: found)
  }
}

extension Store {
  /// The last revision before one that has the same snapshot.
  static func earlier(saying snapshot: Int64, article: Int64, before ordinal: Int, in db: Database) throws -> Int? {
    let statement = try db.cachedStatement(
      sql: "SELECT max(ordinal) FROM revision WHERE article = ? AND ordinal < ? AND snapshot = ?")
    return try Int.fetchOne(statement, arguments: [article, ordinal, snapshot])
  }
}
