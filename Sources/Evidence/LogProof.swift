import Model

/// The proof that an entry is in a log (C2SP tlog-proof, v1): its index, the hashes from its leaf to the root, and a
/// signed checkpoint with that root. The entry itself is not part of it.
public struct LogProof: Hashable, Sendable {
  public let inclusion: InclusionProof
  public let checkpoint: SignedCheckpoint
  /// Data for whoever made the proof, which nothing authenticates; nil when absent, as in all that Stet writes.
  public let extra: [UInt8]?

  private static let kind = "log proof"
  private static let header = "c2sp.org/tlog-proof@v1"

  public init(inclusion: InclusionProof, checkpoint: SignedCheckpoint) {
    (self.inclusion, self.checkpoint, self.extra) = (inclusion, checkpoint, nil)
  }

  /// Reads one; checks neither proof nor signature. Throws `malformed` or `tooLarge`.
  public init(_ octets: [UInt8]) throws(ProofError) {
    guard octets.count <= SignedNote.limit else { throw .tooLarge(limit: SignedNote.limit) }
    var lines = TextLines(octets)
    guard let header = lines.next(), header.elementsEqual(Self.header.utf8) else {
      throw .malformed(Self.kind, detail: "its first line is not `\(Self.header)`")
    }
    var line = lines.next()
    if let text = line?.after("extra") {
      guard let octets = Base64.decode(text) else {
        throw .malformed(Self.kind, detail: "its extra data is not base 64")
      }
      extra = octets
      line = lines.next()
    } else {
      extra = nil
    }
    guard let index = line?.after("index")?.decimal else {
      throw .malformed(Self.kind, detail: "there is no line `index NUMBER`")
    }
    inclusion = InclusionProof(index: index, hashes: try lines.hashes(of: Self.kind))
    checkpoint = try SignedCheckpoint(Array(lines.rest))
  }

  public var octets: [UInt8] {
    var out = Array((Self.header + "\n").utf8)
    if let extra { out += Array("extra \(Base64.encode(extra))\n".utf8) }
    return out + Array("index \(inclusion.index)\n".utf8) + inclusion.hashes.proofLines + checkpoint.octets
  }

  /// Throws unless the log signed the checkpoint (see `SignedCheckpoint.verify`) and the entry is in it at the index;
  /// gives the log's key.
  @discardableResult
  public func verify(entry: Digest, against key: VerifierKey? = nil) throws(ProofError) -> VerifierKey {
    let key = try checkpoint.verify(against: key)
    let (size, root) = (checkpoint.checkpoint.size, checkpoint.checkpoint.root)
    try inclusion.verify(entry: entry, size: size, root: root)
    return key
  }
}
