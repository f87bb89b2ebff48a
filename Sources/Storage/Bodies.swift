import Foundation
import GRDB
import Model

/// Reading of bodies: every one is decoded and its digest checked before anyone sees it.
extension Store {
  /// Which of these payload digests the archive holds.
  public func known(_ payloads: some Sequence<Digest>) throws(StorageError) -> Set<Digest> {
    try read { db in
      let statement = try db.cachedStatement(sql: "SELECT 1 FROM body WHERE digest = ?")
      return try Set(payloads.filter { try Int.fetchOne(statement, arguments: [$0.data]) != nil })
    }
  }

  /// The body with that row id. Throws `damagedBody` if what is stored no longer has its digest.
  static func body(_ id: Int64, in db: Database, coder: BodyCoder) throws -> [UInt8] {
    let statement = try db.cachedStatement(sql: "SELECT digest, size, kind, data FROM body JOIN coding ON body = id WHERE id = ?")
    guard let row = try Row.fetchOne(statement, arguments: [id]) else {
      throw StorageError.damagedBody(digest: "number \(id)", detail: "it is missing")
    }
    return try decoded(row, coder: coder)
  }

  /// Decodes and checks a row of digest, size, coding, data.
  private static func decoded(_ row: Row, coder: BodyCoder) throws(StorageError) -> [UInt8] {
    try decoded(digest: row[0], size: row[1], coding: row[2], data: row[3], coder: coder)
  }

  /// Decodes what is stored and checks its digest. Throws `damagedBody` when it is not what it was.
  static func decoded(
    digest: Data, size: Int, coding: Int, data: Data, coder: BodyCoder
  ) throws(StorageError) -> [UInt8] {
    let name = digest.hexadecimal
    guard let coding = CodedBody.Coding(rawValue: coding) else {
      throw .damagedBody(digest: "sha256:" + name, detail: "unknown coding")
    }
    let body: [UInt8]
    do { body = try coder.decode([UInt8](data), coding: coding, size: size) } catch {
      throw .damagedBody(digest: "sha256:" + name, detail: error.message)
    }
    guard Digest(of: body).data == digest else {
      throw .damagedBody(digest: "sha256:" + name, detail: "its octets have another digest")
    }
    return body
  }
}
