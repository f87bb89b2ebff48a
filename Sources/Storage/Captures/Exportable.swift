import Foundation
import GRDB
import Model

/// A capture as it left the archive: whole, its own digest and its body's checked.
public struct StoredCapture: Sendable {
  public let input: CaptureInput
  public let digest: Digest
}

/// Reading captures out, for exports.
extension Store {
  /// The numbers of all articles, or of those given, in order.
  public func articleNumbers(_ some: [Int64]?) throws(StorageError) -> [Int64] {
    if let some { return some.sorted() }
    return try read { db in try Int64.fetchAll(db, sql: "SELECT id FROM article ORDER BY id") }
  }

  /// Captures with their fields and bodies, in the order asked for. Throws `damaged` or
  /// `damagedBody` rather than hand out a wrong one.
  public func load(_ captures: some Sequence<Int64>) throws(StorageError) -> [StoredCapture] {
    try read { db in
      let reader = BodyReader()
      let statement = try db.cachedStatement(
        sql: """
          SELECT c.digest, article.url, origin.name, ifnull(c.url, article.url), c.at, c.seq, c.status, fields.data, c.body,
            c.refers_to, before.digest, body.digest, c.varying
          FROM capture AS c JOIN article ON article.id = c.article JOIN fields ON fields.id = c.fields
          LEFT JOIN origin ON origin.id = c.origin LEFT JOIN capture AS before ON before.id = c.via
          LEFT JOIN body ON body.id = c.body WHERE c.id = ?
          """)
      return try captures.map { id in
        guard let row = try Row.fetchOne(statement, arguments: [id]) else {
          throw StorageError.damaged(path: "capture \(id)", detail: "it is missing")
        }
        let response = Response(
          url: try row[3], at: Instant(milliseconds: try row[4]), status: try row[6],
          fields: try HTTPFields(common: row[7], varying: row[12]),
          body: try (row[8] as Int64?).map { try reader.body($0, in: db) } ?? [])
        let stored = StoredCapture(
          input: CaptureInput(
            article: try row[1], origin: try row[2], response: response, sequence: try row[5],
            refersTo: try (row[9] as Data?).map { try Digest(column: $0) },
            via: try (row[10] as Data?).map { try Digest(column: $0) }),
          digest: try Digest(column: row[0]))
        let attested = Capture(
          origin: stored.input.origin, url: response.url, at: response.at, sequence: stored.input.sequence,
          status: response.status, fields: response.fields.digest,
          payload: try (row[11] as Data?).map { try Digest(column: $0) }, refersTo: stored.input.refersTo)
        guard attested.digest == stored.digest else {
          throw StorageError.damaged(path: "capture \(stored.digest)", detail: "what it attests has another digest")
        }
        return stored
      }
    }
  }
}
