import Evidence
import Model
import Testing

/// Checkpoints as C2SP tlog-checkpoint has them, and the proof that one continues another.
struct CheckpointTests {
  let key: SigningKey
  init() throws { key = try Sample.key() }

  @Test func `a checkpoint is the log's name, the size and the root, signed by the log`() throws {
    let checkpoint = try SignedCheckpoint(size: 0, root: TreeHashing.empty, key: key)
    let lines = String(decoding: checkpoint.octets, as: UTF8.self).split(
      separator: "\n", omittingEmptySubsequences: false)
    #expect(
      lines[..<4] == [
        Substring("stet/" + key.verifier.publicKey.hexadecimal), "0", "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=",
        "",
      ])
    #expect(lines[4].hasPrefix("— \(lines[0]) ") && lines[5].isEmpty && lines.count == 6)
    #expect(try checkpoint.verify() == key.verifier)
  }

  @Test func `a checkpoint is read back`() throws {
    let checkpoint = try SignedCheckpoint(size: 1_000_000, root: Sample.entry(1), key: key)
    #expect(try SignedCheckpoint(checkpoint.octets) == checkpoint)
    #expect(checkpoint.checkpoint.size == 1_000_000)
  }

  @Test func `extension lines are kept and signed`() throws {
    let text = checkpointText("example.org/log", "5", extra: "one\ntwo\n")
    #expect(try Checkpoint(text).extensions == ["one", "two"])
    #expect(try Checkpoint(text).text == text)
  }

  @Test func `what is no checkpoint is refused`() {
    let root = "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="
    let bad = [
      "", "\n", "log\n", "log\n0\n", "\n0\n\(root)\n", "log\n\n\(root)\n", "log\n0\n\n", "log\n0\n\(root)",
      "log\n01\n\(root)\n",
      "log\n-1\n\(root)\n", "log\n+1\n\(root)\n", "log\n1.0\n\(root)\n", "log\n 1\n\(root)\n", "log\n1 \n\(root)\n",
      "log\nten\n\(root)\n",
      "log\n9223372036854775808\n\(root)\n", "log\n99999999999999999999999999\n\(root)\n", "log\n٣\n\(root)\n",
      "log\n1\n\(root.dropLast())\n", "log\n1\nAAAA\n", "log\n1\n\(root)=\n", "log\n1\n \(root)\n",
      "log\n1\n\(root)\n\n",
      "log\n1\n\(root)\na\n\nb\n", "log\n1\n\(root)\na", "log\n0\nA\(root.dropFirst())\n",
    ]
    for text in bad {
      #expect(throws: ProofError.self, "\(text)") { try Checkpoint(Array(text.utf8)) }
    }
  }

  @Test func `the largest size is read`() throws {
    let text = checkpointText("log", "9223372036854775807", extra: "")
    #expect(try Checkpoint(text).size == Int.max)
  }

  @Test func `a checkpoint by another key than the log's is refused`() throws {
    let stranger = try Sample.key(2)
    let checkpoint = try SignedCheckpoint(size: 5, root: Sample.entry(1), key: stranger)
    #expect(throws: ProofError.otherLog(expected: key.verifier.name, found: stranger.verifier.name)) {
      try checkpoint.verify(against: key.verifier)
    }
    let forged = try SignedCheckpoint(
      SignedNote(signing: Checkpoint(log: key.verifier, size: 5, root: Sample.entry(1)).text, with: [stranger]).octets)
    #expect(throws: ProofError.notSigned(by: key.verifier.name)) { try forged.verify() }
    #expect(throws: ProofError.otherLog(expected: stranger.verifier.name, found: key.verifier.name)) {
      try forged.verify(against: stranger.verifier)
    }
  }

  @Test func `a log whose name does not hold its key needs one`() throws {
    let named = try SigningKey(name: "example.org/log", secret: [UInt8](repeating: 3, count: 32))
    let checkpoint = try SignedCheckpoint(size: 5, root: Sample.entry(1), key: named)
    #expect(throws: ProofError.keyNeeded(log: "example.org/log")) { try checkpoint.verify() }
    #expect(try checkpoint.verify(against: named.verifier) == named.verifier)
  }

  @Test func `an update proves that a checkpoint continues an earlier one`() throws {
    let new = try checkpoint(300)
    for old in [0, 1, 2, 128, 255, 256, 257, 299, 300] {
      let update = try self.update(from: old, to: new)
      let read = try CheckpointUpdate(update.octets)
      #expect(read == update)
      #expect(try read.verify(since: checkpoint(old)) == key.verifier)
      #expect(try read.verify(since: checkpoint(old), against: key.verifier) == key.verifier)
    }
  }

  /// C2SP tlog-witness, add-checkpoint: an old size line, the proof's lines, an empty line, the checkpoint.
  @Test func `an update is what a witness takes`() throws {
    let new = try checkpoint(7)
    let octets = try update(from: 4, to: new).octets
    let lines = String(decoding: octets, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false)
    #expect(lines[0] == "old 4" && lines[1].utf8.count == 44 && lines[2].isEmpty)
    #expect(octets.suffix(new.octets.count).elementsEqual(new.octets))
    #expect(octets.count == "old 4\n".utf8.count + 45 + 1 + new.octets.count)
  }

  @Test func `an update from another log, another size or a changed log is refused`() throws {
    let update = try update(from: 200, to: checkpoint(300))
    let stranger = try SignedCheckpoint(size: 200, root: Sample.tree(200).root(), key: Sample.key(2))
    #expect(throws: ProofError.otherLog(expected: key.verifier.name, found: stranger.checkpoint.log)) {
      try update.verify(since: stranger)
    }
    #expect(throws: ProofError.inconsistent(oldSize: 199, newSize: 300)) { try update.verify(since: checkpoint(199)) }
    let changed = try SignedCheckpoint(size: 200, root: Sample.entry(0), key: key)
    #expect(throws: ProofError.inconsistent(oldSize: 200, newSize: 300)) { try update.verify(since: changed) }
    let shrunk = CheckpointUpdate(proof: ConsistencyProof(oldSize: 300, hashes: []), checkpoint: try checkpoint(200))
    #expect(throws: ProofError.inconsistent(oldSize: 300, newSize: 200)) { try shrunk.verify(since: checkpoint(300)) }
  }

  @Test func `what is no update is refused`() throws {
    let new = String(decoding: try checkpoint(3).octets, as: UTF8.self)
    let hash = "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n"
    let bad = [
      "", "old", "old \n\n\(new)", "old 1\n\(new)", "old 1\n\(hash)\(new)", "old 1\n\(hash)", "old 1\n\(hash)\n",
      "old 01\n\n\(new)",
      "Old 1\n\n\(new)", "old -1\n\n\(new)", "old 1\nAAAA\n\n\(new)",
      "old 1\n\(String(repeating: hash, count: 64))\n\(new)", "\n\(new)", new,
    ]
    for text in bad { #expect(throws: ProofError.self, "\(text)") { try CheckpointUpdate(Array(text.utf8)) } }
    #expect(
      try CheckpointUpdate(Array("old 1\n\(String(repeating: hash, count: 63))\n\(new)".utf8)).proof.hashes.count == 63)
  }

  private func checkpoint(_ size: Int) throws -> SignedCheckpoint {
    try SignedCheckpoint(size: size, root: Sample.tree(size).root(), key: key)
  }

  private func update(from old: Int, to new: SignedCheckpoint) throws -> CheckpointUpdate {
    let proof = try #require(try Sample.tree(new.checkpoint.size).consistencyProof(from: old))
    return CheckpointUpdate(proof: proof, checkpoint: new)
  }

  private func checkpointText(_ log: String, _ size: String, extra: String) -> [UInt8] {
    Array("\(log)\n\(size)\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n\(extra)".utf8)
  }
}
