import Foundation
import GRDB
import Model

/// One capture with all that is known of it.
public struct FiledCapture: Sendable, Hashable {
  public let capture: Capture
  public let digest: Digest
  /// Its place in the log, from 0.
  public let index: Int
  public let article: Int64
  /// The article's URL, which the capture's own differs from after a redirect.
  public let articleURL: String
  public let fields: HTTPFields
  /// What came, or, of a 304, what it says still stands; nil when there is none here.
  public let payload: Digest?
  /// Octets of it.
  public let size: Int64
  /// Nil when it has not been read yet.
  public let verdict: Verdict?
  public let reason: String?
  /// The revision it belongs to.
  public let revision: Int?
  /// The redirect that led to it.
  public let via: Digest?
}

extension Store {
  /// A capture by its digest; nil when there is none. Throws `damaged` when its columns no longer have that digest.
  public func filedCapture(_ digest: Digest) throws(StorageError) -> FiledCapture? {
    try read { db in
      let statement = try db.cachedStatement(
        sql: """
          SELECT c.id, c.article, article.url, origin.name, ifnull(c.url, article.url), c.at, c.seq, c.status, fields.data,
            own.digest, c.refers_to, coalesce(own.digest, still.digest), coalesce(own.size, still.size, 0), verdict, reason,
            via.digest, snapshot, c.varying
          FROM capture AS c JOIN article ON article.id = c.article JOIN fields ON fields.id = c.fields
          LEFT JOIN origin ON origin.id = c.origin LEFT JOIN body AS own ON own.id = c.body
          LEFT JOIN capture AS via ON via.id = c.via
          LEFT JOIN capture AS referred
            ON substr(referred.digest, 1, 8) = substr(c.refers_to, 1, 8) AND referred.digest = c.refers_to
          LEFT JOIN body AS still ON still.id = referred.body
          LEFT JOIN reading ON reading.capture = c.id
          WHERE substr(c.digest, 1, 8) = substr(?1, 1, 8) AND c.digest = ?1
          """)
      guard let row = try Row.fetchOne(statement, arguments: [digest.data]) else { return nil }
      let fields = try HTTPFields(common: row[8], varying: row[17])
      func column(_ index: Int) throws -> Digest? { try (row[index] as Data?).map { try Digest(column: $0) } }
      let capture = Capture(
        origin: try row[3], url: try row[4], at: Instant(milliseconds: try row[5]), sequence: try row[6],
        status: try row[7], fields: fields.digest, payload: try column(9), refersTo: try column(10))
      guard capture.digest == digest else {
        throw StorageError.damaged(path: "capture \(digest)", detail: "what it attests has another digest")
      }
      let (id, article): (Int, Int64) = (try row[0], try row[1])
      let revision =
        try row[16] as Int64? == nil
        ? nil
        : Int.fetchOne(
          db,
          sql: "SELECT max(ordinal) FROM revision WHERE article = ? AND snapshot = ? AND first_at <= ?",
          arguments: [article, row[16] as Int64?, capture.at.milliseconds])
      return FiledCapture(
        capture: capture, digest: digest, index: id - 1, article: article, articleURL: try row[2], fields: fields,
        payload: try column(11), size: try row[12], verdict: (try row[13] as String?).flatMap(Verdict.init(rawValue:)),
        reason: try row[14], revision: revision, via: try column(15))
    }
  }
}
