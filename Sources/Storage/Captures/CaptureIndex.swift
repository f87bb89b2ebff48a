import Foundation
import GRDB
import Model

/// A capture as an index lists it: all but its fields and octets.
public struct IndexedCapture: Hashable, Sendable {
  /// Its number in this archive.
  public let id: Int64
  public let digest: Digest
  /// As it was asked for.
  public let url: String
  public let at: Instant
  public let sequence: Int64
  public let status: Int
  /// Of the body it brought, or of the one that it confirms; nil for a 304 whose capture is not here.
  public let payload: Digest?
  /// Octets of that body.
  public let size: Int64?
  /// The capture whose body this one has, when a WARC would hold it as a revisit (docs/FORMAT.md, "WARC, CDXJ and WACZ"):
  /// the one a 304 refers to, or the article's first with the same octets, unless there are none or it is a redirect.
  public let original: Int64?

  public init(
    id: Int64, digest: Digest, url: String, at: Instant, sequence: Int64, status: Int, payload: Digest?, size: Int64?,
    original: Int64?
  ) {
    (self.id, self.digest, self.url, self.at, self.sequence) = (id, digest, url, at, sequence)
    (self.status, self.payload, self.size, self.original) = (status, payload, size, original)
  }
}

/// Finding captures by URL, for whoever asks as one asks a web archive.
extension Store {
  /// Articles with one of these URL keys (`WebURL.surt`).
  public func articles(withKeys keys: some Sequence<String>) throws(StorageError) -> [(id: Int64, url: String)] {
    try read { db in
      let find = try db.cachedStatement(sql: "SELECT id, url FROM article WHERE url_key = ? ORDER BY id")
      return try keys.flatMap { key in
        try Row.fetchAll(find, arguments: [key]).map { (id: try $0[0] as Int64, url: try $0[1] as String) }
      }
    }
  }

  /// Articles with URL keys from the first on and before the second, in the order of keys.
  public func articles(withKeysFrom first: String, before end: String) throws(StorageError) -> [(
    id: Int64, url: String
  )] {
    try read { db in
      try Row.fetchAll(
        db, sql: "SELECT id, url FROM article WHERE url_key >= ? AND url_key < ? ORDER BY url_key, id",
        arguments: [first, end]
      ).map { (id: try $0[0] as Int64, url: try $0[1] as String) }
    }
  }

  /// The URLs that redirects led to, other than the articles' own, and the articles they are filed under, of captures
  /// later than one; and the last capture there is. Reads the table of captures from there on.
  public func laterHops(after capture: Int64) throws(StorageError) -> (
    hops: [(url: String, article: Int64)], last: Int64
  ) {
    try read { db in
      let last = try Int64.fetchOne(db, sql: "SELECT max(id) FROM capture") ?? 0
      guard last > capture else { return ([], last) }
      let hops = try Row.fetchAll(
        db, sql: "SELECT DISTINCT url, article FROM capture WHERE id > ? AND id <= ? AND url IS NOT NULL",
        arguments: [capture, last]
      ).map { (url: try $0[0] as String, article: try $0[1] as Int64) }
      return (hops, last)
    }
  }

  /// Captures of an article, later hops of its redirects included, in order (docs/FORMAT.md, "Captures") or from the end; what
  /// this costs follows `limit`, not the article's history.
  /// - Parameters:
  ///   - last: the capture to go on after; nil: from the beginning, or from the end.
  ///   - from: nothing before this is wanted.
  ///   - limit: no more than so many.
  public func entries(
    of article: Int64, beyond last: IndexedCapture? = nil, from: Instant? = nil, isDescending: Bool = false,
    limit: Int = .max
  ) throws(StorageError) -> [IndexedCapture] {
    let (order, beyond) = isDescending ? ("DESC", "<") : ("ASC", ">")
    // Then the first that is seen with a body is the earliest.
    let isFromStart = last == nil && from == nil && !isDescending
    return try read { db in
      let statement = try db.cachedStatement(
        sql: """
          SELECT c.id, c.digest, ifnull(c.url, article.url), c.at, c.seq, c.status, body.id, body.digest, body.size, r.id
          FROM capture AS c JOIN article ON article.id = c.article
          LEFT JOIN capture AS r ON substr(r.digest, 1, 8) = substr(c.refers_to, 1, 8) AND r.digest = c.refers_to
          LEFT JOIN body ON body.id = ifnull(c.body, r.body)
          WHERE c.article = ? AND c.at >= ? \(last == nil ? "" : "AND (c.at, c.seq, c.digest) \(beyond) (?, ?, ?)")
          ORDER BY c.at \(order), c.seq \(order), c.digest \(order) LIMIT ?
          """)
      let earliest = try db.cachedStatement(
        sql: "SELECT id FROM capture WHERE article = ? AND body = ? ORDER BY at, seq, digest LIMIT 1")
      var arguments: StatementArguments = [article, from?.milliseconds ?? Int64.min]
      if let last { arguments += [last.at.milliseconds, last.sequence, last.digest.data] }
      var first: [Int64: Int64] = [:]
      return try Row.fetchAll(statement, arguments: arguments + [limit]).map { row in
        let id: Int64 = try row[0]
        let body: Int64? = try row[6]
        var original: Int64? = try row[9]
        let (status, size): (Int, Int64?) = (try row[5], try row[8])
        if let body, original == nil {
          let found = try first[body] ?? (isFromStart ? id : Int64.fetchOne(earliest, arguments: [article, body]))
          first[body] = found
          if found != id, !(300...399).contains(status), size != 0 { original = found }
        }
        return try Self.indexed(row, id: id, status: status, size: size, original: body == nil ? nil : original)
      }
    }
  }

  private static func indexed(
    _ row: Row, id: Int64, status: Int, size: Int64?, original: Int64?
  ) throws -> IndexedCapture {
    IndexedCapture(
      id: id, digest: try Digest(column: row[1]), url: try row[2], at: Instant(milliseconds: try row[3]),
      sequence: try row[4], status: status, payload: try (row[7] as Data?).map { try Digest(column: $0) },
      size: size, original: original)
  }

  /// The header fields of captures, in the order asked for.
  public func fields(of captures: some Sequence<Int64>) throws(StorageError) -> [HTTPFields] {
    try read { db in
      let find = try db.cachedStatement(
        sql: "SELECT data, varying FROM capture JOIN fields ON fields.id = capture.fields WHERE capture.id = ?")
      return try captures.map { id in
        guard let row = try Row.fetchOne(find, arguments: [id]) else {
          throw StorageError.damaged(path: "capture \(id)", detail: "its header fields are missing")
        }
        return try HTTPFields(common: row[0], varying: row[1])
      }
    }
  }
}
