import Foundation
import GRDB
import Model

/// Which bodies the archive holds, and how one that the disk gave is checked.
extension Store {
  /// Which of these payload digests the archive holds.
  public func known(_ payloads: some Sequence<Digest>) throws(StorageError) -> Set<Digest> {
    try read { db in
      let statement = try db.cachedStatement(
        sql: "SELECT 1 FROM body WHERE substr(digest, 1, 8) = substr(?1, 1, 8) AND digest = ?1")
      return try Set(payloads.filter { try Int.fetchOne(statement, arguments: [$0.data]) != nil })
    }
  }

  /// The body of a payload digest, checked; nil when the archive has none. Throws `damagedBody` when it is not what it was.
  public func body(_ payload: Digest) throws(StorageError) -> [UInt8]? {
    try read { db in
      let statement = try db.cachedStatement(
        sql: "SELECT id FROM body WHERE substr(digest, 1, 8) = substr(?1, 1, 8) AND digest = ?1")
      return try Int64.fetchOne(statement, arguments: [payload.data]).map { try BodyReader().body($0, in: db) }
    }
  }

  /// Decodes what is stored and checks its digest. Throws `damagedBody` when it is not what it was.
  /// - Parameter base: octets of the body that it is coded against, if it is.
  static func decoded(
    digest: Data, size: Int, coding: Int, data: Data, base: [UInt8]? = nil, coder: BodyCoder
  ) throws(StorageError) -> [UInt8] {
    let body: [UInt8]
    do throws(StorageError) {
      guard let coding = CodedBody.Coding(rawValue: coding) else { throw StorageError.unknownCoding }
      body = try coder.decode([UInt8](data), coding: coding, size: size, base: base)
    } catch { throw .damagedBody(digest: "sha256:" + digest.hexadecimal, detail: error.message) }
    guard Digest(of: body).data == digest else { throw .otherDigest(digest) }
    return body
  }
}

extension StorageError {
  static let unknownCoding = StorageError.failed(path: "decoding a body", detail: "unknown coding")

  static func otherDigest(_ digest: Data) -> StorageError {
    .damagedBody(digest: "sha256:" + digest.hexadecimal, detail: "its octets have another digest")
  }
}

/// How a body lies on the disk, as one query gives it.
struct StoredBody {
  let id: Int64
  let digest: Data
  let size: Int
  let coding: Int
  let base: Int64?
  let data: Data

  /// Nil when there is no such body, or nothing is stored of it.
  static func fetch(_ id: Int64, in db: Database) throws -> StoredBody? {
    let statement = try db.cachedStatement(
      sql: """
        SELECT digest, size, coding, base, data FROM body JOIN packed ON packed.body = id WHERE id = ?1
        UNION ALL SELECT digest, size, coding, base, data FROM body JOIN loose ON loose.body = id WHERE id = ?1
        """)
    return try Row.fetchOne(statement, arguments: [id]).map { row in
      StoredBody(id: id, digest: try row[0], size: try row[1], coding: try row[2], base: try row[3], data: try row[4])
    }
  }

  var name: String { "sha256:" + digest.hexadecimal }

  /// For the coder; of the size that its row has.
  func link() throws(StorageError) -> CodedLink {
    guard let coding = CodedBody.Coding(rawValue: coding) else { throw .unknownCoding }
    return CodedLink(data: [UInt8](data), coding: coding, size: size)
  }
}
