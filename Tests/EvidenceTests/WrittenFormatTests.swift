import Evidence
import Model
import Testing

/// The files that docs/FORMAT.md shows, octet for octet: what was written once is read, and written the same, for ever.
struct WrittenFormatTests {
  static let log = "stet/d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a"
  static let checkpoint = """
    \(log)
    3
    ozw8vTGH1TCUSdhKj3SB287XD109Qfk+OXMfNlpgXuc=

    — \(log) CMhVHAn2xFkfXIZsVgJNwCMvxo1zrNU3AWr2Ht3JmxZ0u1lhcYQGqlz2bVAxrz+0vPu9cym4H3LlB6VanpL6Ot7AhwE=

    """
  static let hashes = """
    tJHmyz61Jubo5BKnq7VrsftQtbKKZVMUs6lSqsyPPFg=
    5LBo/Dx6mcyFmt/AAFdkNeXQ56NT7fnM9Hr0N1SeIkQ=

    """
  static let proof = """
    stet proof 1
    stet capture 1
    origin -
    url https://example.org/2026/11/ferry-contract
    at 2026-11-20T10:00:00.000Z
    seq 0
    status 200
    fields sha256:c21bee9dac9f468d4dfd0d86d6be0336d17c3b27b54547a4f172a9a7a7a5224c
    payload sha256:de69a6790b362b4062b2f5f9899701ad9443bb81d22c052696312bf3e9881569
    refers-to -

    c2sp.org/tlog-proof@v1
    index 0
    \(hashes)
    \(checkpoint)
    """

  /// RFC 8032 §7.1, test 1: a private key that the world knows.
  private func key() throws -> SigningKey {
    let secret = "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60"
    return try SigningKey(logSecret: #require([UInt8](hexadecimal: secret.utf8)))
  }

  private func captures() throws -> [Capture] {
    let fields = "c21bee9dac9f468d4dfd0d86d6be0336d17c3b27b54547a4f172a9a7a7a5224c"
    let payload = "de69a6790b362b4062b2f5f9899701ad9443bb81d22c052696312bf3e9881569"
    return try ["10", "11", "12"].map { hour in
      Capture(
        origin: nil, url: "https://example.org/2026/11/ferry-contract",
        at: try #require(Instant("2026-11-20T\(hour):00:00.000Z")), status: 200,
        fields: try #require(Digest(fields)),
        payload: Digest(payload))
    }
  }

  private func tree(_ size: Int) throws -> MerkleTree<Never> {
    let entries = try captures().map(\.digest)
    return MerkleTree(size: size, subtrees: { _ in [] }, entries: { Array(entries[$0]) })
  }

  @Test func `the proof file of the format's description proves its capture`() throws {
    let finding = try CaptureProof(Array(Self.proof.utf8)).verify(against: key().verifier)
    #expect(finding.capture == (try captures()[0]))
    #expect(finding.index == 0 && finding.size == 3 && !finding.isOwnObservation)
    #expect(
      finding.signer.description == "\(Self.log)+08c8551c+AddamAGCsQq31Uv+08lkBzoO4XLz2qYjJa8CGmj3B1Ea")
  }

  @Test func `the same captures and key give the same proof file and checkpoint`() throws {
    let tree = try tree(3)
    let checkpoint = try SignedCheckpoint(size: 3, root: tree.root(), key: key())
    #expect(checkpoint.octets == Array(Self.checkpoint.utf8))
    let inclusion = try #require(tree.inclusionProof(of: 0))
    let proof = try CaptureProof(capture: captures()[0], proof: LogProof(inclusion: inclusion, checkpoint: checkpoint))
    #expect(String(decoding: proof.octets, as: UTF8.self) == Self.proof)
  }

  @Test func `the update of the format's description continues the log of one capture`() throws {
    let update = try CheckpointUpdate(Array("old 1\n\(Self.hashes)\n\(Self.checkpoint)".utf8))
    #expect(try #require(tree(3).consistencyProof(from: 1)) == update.proof)
    try update.verify(since: SignedCheckpoint(size: 1, root: tree(1).root(), key: key()))
  }
}
