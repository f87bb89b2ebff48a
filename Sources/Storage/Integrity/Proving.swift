import Evidence
import Foundation
import GRDB
import Model

/// What an archive can show to others: checkpoints of its log, and proofs that a capture is in it.
extension Store {
  /// What the log is now, signed. Throws `noKey` when the origin key is not here, `contradicted` when the log does not
  /// continue the head.
  public func checkpoint() throws(StorageError) -> SignedCheckpoint {
    guard let key = try OriginKey.find(beside: path) else {
      throw .noKey(path: path, detail: "its origin key is not beside it, so that nothing can be signed")
    }
    return try signedCheckpoint(by: key)
  }

  /// The same, with the proof that it continues a checkpoint published earlier. Throws `proof` when that is not this log's,
  /// and `contradicted` when the log does not continue it.
  public func checkpoint(since old: SignedCheckpoint) throws(StorageError) -> CheckpointUpdate {
    let key = try verifierKey()
    do { try old.verify(against: key) } catch { throw .proof(error) }
    let new = try checkpoint()
    return try read { db in
      let size = new.checkpoint.size
      try Self.check(old.checkpoint, continuedBy: size, named: "the earlier checkpoint", in: db)
      guard let proof = try Self.logTree(size: size, in: db).consistencyProof(from: old.checkpoint.size) else {
        throw StorageError.contradicted(path: path, detail: Self.loss(old: old.checkpoint.size, size: size))
      }
      let update = CheckpointUpdate(proof: proof, checkpoint: new)
      do throws(ProofError) { try update.verify(since: old, against: key) } catch { throw StorageError.proof(error) }
      return update
    }
  }

  /// The proof that the log holds a capture, verified; nil when the archive has no such capture.
  ///
  /// Without the origin key the head takes the place of a new checkpoint. Throws `noKey` when there is none or it ends before
  /// the capture.
  public func proof(ofCapture digest: Digest) throws(StorageError) -> CaptureProof? {
    let key = try verifierKey()
    let signed = try OriginKey.find(beside: path) == nil ? try head() : try checkpoint()
    return try read { db in
      guard let (id, capture) = try Self.attested(digest, in: db) else { return nil }
      guard let signed, signed.checkpoint.size >= id else {
        let covered = signed.map { "its head covers the first \($0.checkpoint.size) captures and this is number \(id)" }
        throw StorageError.noKey(
          path: path, detail: "its origin key is not beside it, and \(covered ?? "it has no head")")
      }
      let size = signed.checkpoint.size
      try Self.check(signed.checkpoint, continuedBy: try Self.logSize(in: db), named: headPath, in: db)
      guard let inclusion = try Self.logTree(size: size, in: db).inclusionProof(of: id - 1) else { return nil }
      do {
        let proof = try CaptureProof(capture: capture, proof: LogProof(inclusion: inclusion, checkpoint: signed))
        _ = try proof.verify(against: key)
        return proof
      } catch let error as ProofError { throw StorageError.proof(error) }
    }
  }

  /// The capture that a revision was first seen in; nil when there is no such revision.
  public func firstCapture(_ article: Int64, _ selector: RevisionSelector) throws(StorageError) -> Digest? {
    try read { db in
      guard let row = try Self.revision(article, selector, in: db) else { return nil }
      let digest = try Data.fetchOne(
        db.cachedStatement(sql: "SELECT digest FROM capture WHERE id = ?"), arguments: [row[2] as Int64])
      guard let digest else {
        throw StorageError.damaged(path: "capture \(try row[2] as Int64)", detail: "it is missing")
      }
      return try Digest(column: digest)
    }
  }

  /// A capture as it is attested, with its number. Throws `damaged` when its columns no longer have its digest.
  private static func attested(_ digest: Digest, in db: Database) throws -> (id: Int, capture: Capture)? {
    let statement = try db.cachedStatement(
      sql: """
        SELECT c.id, origin.name, ifnull(c.url, article.url), c.at, c.seq, c.status, fields.data, body.digest, c.refers_to,
          c.varying
        FROM capture AS c JOIN article ON article.id = c.article JOIN fields ON fields.id = c.fields
        LEFT JOIN origin ON origin.id = c.origin LEFT JOIN body ON body.id = c.body 
        WHERE substr(c.digest, 1, 8) = substr(?1, 1, 8) AND c.digest = ?1
        """)
    guard let row = try Row.fetchOne(statement, arguments: [digest.data]) else { return nil }
    let capture = Capture(
      origin: try row[1], url: try row[2], at: Instant(milliseconds: try row[3]), sequence: try row[4],
      status: try row[5],
      fields: try HTTPFields(common: row[6], varying: row[9]).digest,
      payload: try (row[7] as Data?).map { try Digest(column: $0) },
      refersTo: try (row[8] as Data?).map { try Digest(column: $0) })
    guard capture.digest == digest else {
      throw StorageError.damaged(path: "capture \(digest)", detail: "what it attests has another digest")
    }
    return (try row[0], capture)
  }
}
