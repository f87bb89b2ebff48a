import GRDB
import Model

/// When something came about: after the last capture that said otherwise, by the first that said so: `(after, by]`.
public struct ChangeInterval: Sendable, Hashable {
  /// Nil when there is no earlier capture.
  public let after: Instant?
  public let by: Instant

  public init(after: Instant?, by: Instant) { (self.after, self.by) = (after, by) }
}

/// A time in which something stood, from the change that brought it to the one that took it away.
public struct TimeSpan: Sendable, Hashable {
  public let from: ChangeInterval
  /// Nil: it stands in the last revision.
  public let to: ChangeInterval?
}

/// A revision's place in its article's chain.
struct ChainLink {
  let revision: Int64
  let ordinal: Int
  let snapshot: Int64
  let came: ChangeInterval
  let lastAt: Instant
}

extension Store {
  /// An article's revisions, oldest first.
  static func chain(of article: Int64, in db: Database) throws -> [ChainLink] {
    let statement = try db.cachedStatement(
      sql: """
        SELECT revision.id, ordinal, snapshot, first_at, at FROM revision JOIN capture ON capture.id = last_capture
        WHERE revision.article = ? ORDER BY ordinal
        """)
    var links: [ChainLink] = []
    let rows = try Row.fetchCursor(statement, arguments: [article])
    while let row = try rows.next() {
      links.append(
        ChainLink(
          revision: try row[0], ordinal: try row[1], snapshot: try row[2],
          came: ChangeInterval(after: links.last?.lastAt, by: Instant(milliseconds: try row[3])),
          lastAt: Instant(milliseconds: try row[4])))
    }
    return links
  }

  static func url(of article: Int64, in db: Database) throws -> String {
    let statement = try db.cachedStatement(sql: "SELECT url FROM article WHERE id = ?")
    guard let url = try String.fetchOne(statement, arguments: [article]) else {
      throw StorageError.damaged(path: "article \(article)", detail: "it is missing")
    }
    return url
  }
}

extension [ChainLink] {
  /// The spans of consecutive revisions for which something holds.
  func spans(where holds: (ChainLink) throws -> Bool) rethrows -> [TimeSpan] {
    var (spans, began): ([TimeSpan], ChangeInterval?) = ([], nil)
    for link in self {
      let now = try holds(link)
      if now, began == nil { began = link.came }
      if !now, let from = began {
        spans.append(TimeSpan(from: from, to: link.came))
        began = nil
      }
    }
    if let from = began { spans.append(TimeSpan(from: from, to: nil)) }
    return spans
  }
}
