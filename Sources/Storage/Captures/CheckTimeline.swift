import GRDB
import Model

/// What happened to an article along time, summed up so that it can be drawn however much it is.
public struct ArticleTimeline: Sendable, Hashable {
  public enum Kind: String, Sendable, CaseIterable {
    /// A check that was answered.
    case check
    /// A check without an answer.
    case failure
    /// A capture that reads as the article.
    case article
    /// A capture with something else in the article's place: a wall, a refusal, an error, a page that says it is gone.
    case wall
    /// A redirect, or a capture that has not been read yet.
    case other
  }

  /// So many of one kind, from one instant to another.
  public struct Mark: Sendable, Hashable {
    public let kind: Kind
    public let from, to: Instant
    public let count: Int

    public init(kind: Kind, from: Instant, to: Instant, count: Int) {
      (self.kind, self.from, self.to, self.count) = (kind, from, to, count)
    }
  }

  public struct Revision: Sendable, Hashable {
    public let ordinal: Int
    public let from: Instant
    /// Its last capture.
    public let to: Instant
  }

  /// The first and the last of all marks.
  public let first, last: Instant
  public let marks: [Mark]
  /// Oldest first; when there are many, so many of the newest.
  public let revisions: [Revision]
  public let totals: [Kind: Int]
}

extension Store {
  /// An article's life in at most so many steps of time; nil when nothing ever happened to it.
  public func timeline(of article: Int64, steps: Int, revisions limit: Int) throws(StorageError) -> ArticleTimeline? {
    try read { db in
      let ends = try Row.fetchOne(
        db,
        sql: """
          SELECT min(low), max(high) FROM (
            SELECT min(at) AS low, max(at) AS high FROM capture WHERE article = ?1
            UNION ALL SELECT min(at), max(at) FROM "check" WHERE article = ?1)
          """, arguments: [article])
      guard let ends, let low = try ends[0] as Int64?, let high = try ends[1] as Int64? else { return nil }
      let width = max(1, (high - low) / Int64(max(1, steps)) + 1)
      let captures = try Row.fetchAll(
        db,
        sql: """
          SELECT CASE WHEN verdict = 'article' THEN 'article' WHEN verdict IS NULL OR verdict = 'redirect' THEN 'other'
              ELSE 'wall' END AS kind, min(at), max(at), count(*)
          FROM capture LEFT JOIN reading ON reading.capture = capture.id WHERE article = ?1
          GROUP BY kind, (at - ?2) / ?3 ORDER BY 2, 1
          """, arguments: [article, low, width])
      let checks = try Row.fetchAll(
        db,
        sql: """
          SELECT iif(failure IS NULL, 'check', 'failure') AS kind, min(at), max(at), count(*)
          FROM "check" WHERE article = ?1 GROUP BY kind, (at - ?2) / ?3 ORDER BY 2, 1
          """, arguments: [article, low, width])
      var totals: [ArticleTimeline.Kind: Int] = [:]
      let marks = try (checks + captures).map { row in
        let mark = ArticleTimeline.Mark(
          kind: ArticleTimeline.Kind(rawValue: try row[0]) ?? .other, from: Instant(milliseconds: try row[1]),
          to: Instant(milliseconds: try row[2]), count: try row[3])
        totals[mark.kind, default: 0] += mark.count
        return mark
      }
      let revisions = try Row.fetchAll(
        db,
        sql: """
          SELECT ordinal, first_at, at FROM revision JOIN capture ON capture.id = last_capture
          WHERE revision.article = ? ORDER BY ordinal DESC LIMIT ?
          """, arguments: [article, limit]
      ).map {
        ArticleTimeline.Revision(
          ordinal: try $0[0], from: Instant(milliseconds: try $0[1]), to: Instant(milliseconds: try $0[2]))
      }
      return ArticleTimeline(
        first: Instant(milliseconds: low), last: Instant(milliseconds: high), marks: marks,
        revisions: revisions.reversed(), totals: totals)
    }
  }
}
