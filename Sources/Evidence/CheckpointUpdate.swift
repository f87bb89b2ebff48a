import Model

/// A signed checkpoint with the proof that it continues an earlier one: what `stet checkpoint --since` prints, and what
/// a witness takes (the body of an `add-checkpoint` request, C2SP tlog-witness).
public struct CheckpointUpdate: Hashable, Sendable {
  public let proof: ConsistencyProof
  public let checkpoint: SignedCheckpoint

  private static let kind = "checkpoint update"
  /// tlog-witness: no more than 63 lines of proof.
  static let proofLimit = 63

  public init(proof: ConsistencyProof, checkpoint: SignedCheckpoint) {
    (self.proof, self.checkpoint) = (proof, checkpoint)
  }

  /// Reads one; checks neither proof nor signature. Throws `malformed` or `tooLarge`.
  public init(_ octets: [UInt8]) throws(ProofError) {
    guard octets.count <= SignedNote.limit else { throw .tooLarge(limit: SignedNote.limit) }
    var lines = TextLines(octets)
    guard let oldSize = lines.next()?.after("old")?.decimal else {
      throw .malformed(Self.kind, detail: "its first line is not `old SIZE`")
    }
    proof = ConsistencyProof(oldSize: oldSize, hashes: try lines.hashes(of: Self.kind))
    checkpoint = try SignedCheckpoint(Array(lines.rest))
  }

  public var octets: [UInt8] {
    Array("old \(proof.oldSize)\n".utf8) + proof.hashes.proofLines + checkpoint.octets
  }

  /// Throws unless both checkpoints are signed by one log (see `SignedCheckpoint.verify`) and the newer continues the
  /// older; gives the log's key.
  @discardableResult
  public func verify(since old: SignedCheckpoint, against key: VerifierKey? = nil) throws(ProofError) -> VerifierKey {
    let key = try checkpoint.verify(against: key)
    try old.verify(against: key)
    let (old, new) = (old.checkpoint, checkpoint.checkpoint)
    guard proof.oldSize == old.size else { throw .inconsistent(oldSize: old.size, newSize: new.size) }
    try proof.verify(oldRoot: old.root, newSize: new.size, newRoot: new.root)
    return key
  }
}

extension TextLines {
  /// Hashes in base 64, one a line, at most 63, up to an empty line, which is taken too.
  mutating func hashes(of kind: String) throws(ProofError) -> [Digest] {
    var hashes: [Digest] = []
    while let line = next() {
      if line.isEmpty { return hashes }
      guard hashes.count < CheckpointUpdate.proofLimit else {
        throw .malformed(kind, detail: "it has more than \(CheckpointUpdate.proofLimit) hashes")
      }
      guard let octets = Base64.decode(line), let hash = Digest(bytes: octets) else {
        throw .malformed(kind, detail: "a line is no hash in base 64")
      }
      hashes.append(hash)
    }
    throw .malformed(kind, detail: "no empty line ends its hashes")
  }
}

extension [Digest] {
  /// The hashes in base 64, one a line, and an empty line.
  var proofLines: [UInt8] { [UInt8]((map { Base64.encode($0.bytes) + "\n" }.joined() + "\n").utf8) }
}
