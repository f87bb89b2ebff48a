import Foundation
import GRDB
import Model

/// Digests as SQLite's BLOBs.
extension Digest {
  var data: Data { Data(bytes) }

  /// Throws `damaged` if the column does not hold 32 octets: the schema allows nothing else.
  init(column data: Data) throws(StorageError) {
    guard let digest = Digest(bytes: [UInt8](data)) else {
      throw .damaged(path: "a digest column", detail: "\(data.count) octets where 32 belong")
    }
    self = digest
  }
}
