import Evidence
import Model
import Testing

/// Proof files: written, read back, verified, and refused.
struct CaptureProofTests {
  let key: SigningKey
  init() throws { key = try Sample.key() }

  @Test(arguments: [1, 2, 3, 7, 8, 100])
  func `a proof file is read back and proves its capture`(size: Int) throws {
    for index in [0, size / 2, size - 1] {
      let proof = try Sample.proof(of: index, in: size, key: key)
      let read = try CaptureProof(proof.octets)
      #expect(read == proof && read.octets == proof.octets)
      let finding = try read.verify()
      #expect(finding.index == index && finding.size == size && finding.signer == key.verifier)
      #expect(finding.capture == Sample.capture(index, origin: "ed25519:" + key.verifier.publicKey.hexadecimal))
      #expect(!finding.signerWasGiven && !finding.bodyWasChecked && finding.isOwnObservation)
    }
  }

  @Test func `a proof file is a header, the capture's nine lines, an empty line and a tlog-proof`() throws {
    let proof = try Sample.proof(of: 2, in: 3, key: key)
    let lines = String(decoding: proof.octets, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false)
    #expect(lines[0] == "stet proof 1")
    #expect(lines[1...9].joined(separator: "\n") + "\n" == proof.capture.canonicalText)
    #expect(lines[10].isEmpty && lines[11] == "c2sp.org/tlog-proof@v1" && lines[12] == "index 2")
    #expect(lines[13].utf8.count == 44 && lines[14].isEmpty)
    #expect(lines[15...].joined(separator: "\n") == String(decoding: proof.proof.checkpoint.octets, as: UTF8.self))
  }

  @Test func `the key asked for must be the log's`() throws {
    let proof = try Sample.proof(of: 1, in: 5, key: key)
    #expect(try proof.verify(against: key.verifier).signerWasGiven)
    let stranger = try Sample.key(2).verifier
    #expect(throws: ProofError.otherLog(expected: stranger.name, found: key.verifier.name)) {
      try proof.verify(against: stranger)
    }
  }

  @Test func `the body must be the one that was captured`() throws {
    let proof = try Sample.proof(of: 1, in: 5, key: key)
    #expect(try proof.verify(body: Sample.body).bodyWasChecked)
    #expect(throws: ProofError.otherBody(expected: Digest(of: Sample.body), found: Digest(of: []))) {
      try proof.verify(body: [])
    }
  }

  @Test func `a capture of someone else's, and a 304, are proved too`() throws {
    let capture = Capture(
      origin: nil, url: "https://example.org/ferry", at: Instant(milliseconds: 0), sequence: -3, status: 304,
      fields: Digest(of: []), payload: nil, refersTo: Sample.capture().digest)
    let checkpoint = try SignedCheckpoint(size: 1, root: TreeHashing.leaf(capture.digest), key: key)
    let log = LogProof(inclusion: InclusionProof(index: 0, hashes: []), checkpoint: checkpoint)
    let proof = try CaptureProof(CaptureProof(capture: capture, proof: log).octets)
    #expect(proof.capture == capture)
    #expect(try !proof.verify().isOwnObservation)
    #expect(throws: ProofError.noBody) { try proof.verify(body: []) }
  }

  @Test func `a capture that breaks its lines is not written`() throws {
    let proof = try Sample.proof(of: 0, in: 1, key: key).proof
    let bad = [
      Sample.capture(url: "https://example.org/\nat 2026-11-20T10:00:00.000Z"), Sample.capture(origin: "a\nb"),
      Sample.capture(url: "https://example.org/" + String(repeating: "a", count: SignedNote.limit)),
    ]
    for capture in bad {
      #expect { try CaptureProof(capture: capture, proof: proof) } throws: { ($0 as? ProofError)?.code == "unprovable" }
    }
  }

  @Test func `a URL of any octets that are no line break is carried`() throws {
    for url in [
      "https://example.org/å?q=%0A", "https://example.org/\r\u{85}\u{2028}", "-", "", " https://example.org/ ",
    ] {
      let capture = Sample.capture(url: url)
      let checkpoint = try SignedCheckpoint(size: 1, root: TreeHashing.leaf(capture.digest), key: key)
      let log = LogProof(inclusion: InclusionProof(index: 0, hashes: []), checkpoint: checkpoint)
      let proof = try CaptureProof(CaptureProof(capture: capture, proof: log).octets)
      #expect(try proof.verify().capture.url.utf8.elementsEqual(url.utf8))
    }
  }

  @Test func `extra data of a tlog-proof is carried and proves nothing`() throws {
    let text = String(decoding: try Sample.proof(of: 1, in: 5, key: key).octets, as: UTF8.self)
    let extended = text.replacingFirst("index 1\n", with: "extra aGVsbG8=\nindex 1\n")
    let proof = try CaptureProof(Array(extended.utf8))
    #expect(proof.proof.extra == Array("hello".utf8))
    #expect(proof.octets == Array(extended.utf8))
    #expect(try proof.verify().index == 1)
  }

  /// Each replaces one thing in a right file of entry 1 of 5, so that it still reads as one.
  @Test(arguments: [
    ("url https://example.org/ferry", "url https://example.org/fairy"), ("status 200", "status 201"),
    ("seq 0", "seq 1"),
    ("index 1", "index 0"), ("index 1", "index 2"), ("index 1", "index 4"), ("index 1", "index 5"), ("\n5\n", "\n6\n"),
    ("\n5\n", "\n4\n"),
    ("origin ed25519:", "origin ED25519:"),
  ])
  func `a changed line is noticed`(from: String, to: String) throws {
    let text = String(decoding: try Sample.proof(of: 1, in: 5, key: key).octets, as: UTF8.self)
    let changed = text.replacingFirst(from, with: to)
    #expect(changed != text)
    let proof = try CaptureProof(Array(changed.utf8))
    #expect(throws: ProofError.self) { try proof.verify() }
  }

  @Test(arguments: [
    ("stet proof 1", "stet proof 2"), ("stet capture 1", "stet capture 2"), ("status 200", "status 0200"),
    ("status 200", "status 99"),
    ("status 200", "status two"), ("seq 0", "seq +0"), ("seq 0", "seq -"), ("seq 0\n", ""), ("url ", "url"),
    ("at 2", "at  2"), ("Z\n", "\n"),
    ("payload sha256:", "payload SHA256:"), ("payload sha256:", "payload "), ("refers-to -", "refers-to"),
    ("refers-to -\n\n", "refers-to -\n"),
    ("c2sp.org/tlog-proof@v1", "c2sp.org/tlog-proof@v2"), ("index 1", "index 01"), ("index 1", "index -1"),
    ("index 1\n", ""),
    ("index 1\n", "extra !\nindex 1\n"), ("index 1\n", "index 1\nextra aGVsbG8=\n"),
    ("index 1", "index 9223372036854775808"),
    ("=\n\nstet/", "=\nstet/"), ("\n5\n", "\n5 \n"), ("— stet", "- stet"), ("stet proof 1\n", "stet proof 1\r\n"),
    ("stet proof 1\n", "\nstet proof 1\n"),
  ])
  func `a broken line is refused`(from: String, to: String) throws {
    let text = String(decoding: try Sample.proof(of: 1, in: 5, key: key).octets, as: UTF8.self)
    let changed = text.replacingFirst(from, with: to)
    #expect(changed != text)
    #expect { try CaptureProof(Array(changed.utf8)) } throws: { ($0 as? ProofError)?.code == "malformed-proof" }
  }

  @Test func `no beginning of a proof file is one`() throws {
    let octets = try Sample.proof(of: 1, in: 5, key: key).octets
    for count in 0..<octets.count {
      #expect(throws: ProofError.self) { try CaptureProof(Array(octets[..<count])) }
    }
    #expect(throws: ProofError.tooLarge(limit: SignedNote.limit)) {
      try CaptureProof(octets + [UInt8](repeating: 0x0A, count: SignedNote.limit))
    }
  }

  /// Every file has one way of being written, so a file that still proves something says the same as before. What may
  /// change is what nothing vouches for: a line by an unknown key.
  @Test func `a file with any one bit turned is refused`() throws {
    let octets = try Sample.proof(of: 1, in: 5, key: key).octets
    for place in octets.indices {
      var changed = octets
      changed[place] ^= 1 << UInt8(place % 8)
      #expect(throws: ProofError.self, "octet \(place)") { try CaptureProof(changed).verify() }
    }
  }

  @Test func `anything at all is read or refused, and what is read is written the same`() throws {
    let seeds = [
      try Sample.proof(of: 1, in: 5, key: key).octets, try Sample.proof(of: 0, in: 1, key: key).octets,
      try CheckpointUpdate(
        proof: ConsistencyProof(oldSize: 3, hashes: Sample.entries(0..<4)),
        checkpoint: SignedCheckpoint(size: 9, root: Sample.entry(9), key: key)
      ).octets,
    ]
    let pieces = [
      "\n", "\n\n", " ", "— ", "old ", "index ", "extra ", "=", "-1", "9223372036854775807", "\u{0}", "é", "stet/",
    ].map { Array($0.utf8) }
    var numbers = SeededNumbers(state: 20261121)
    for round in 0..<1500 {
      var octets = seeds[round % seeds.count]
      for _ in 0...Int.random(in: 0..<4, using: &numbers) {
        let place = Int.random(in: 0...octets.count, using: &numbers)
        switch Int.random(in: 0..<5, using: &numbers) {
        case 0: octets.insert(contentsOf: pieces.randomElement(using: &numbers) ?? [], at: place)
        case 1: octets.removeSubrange(place..<min(octets.count, place + Int.random(in: 0..<60, using: &numbers)))
        case 2: if place < octets.count { octets[place] = UInt8.random(in: 0...255, using: &numbers) }
        case 3: octets.insert(contentsOf: octets[place..<min(octets.count, place + 50)], at: place)
        default: octets = Array(octets[place...] + octets[..<place])
        }
      }
      if let proof = try? CaptureProof(octets) {  // refusing is an answer here
        #expect(proof.octets == octets)
        _ = try? proof.verify()
      }
      if let update = try? CheckpointUpdate(octets) { #expect(update.octets == octets) }
      if let note = try? SignedNote(octets) { #expect(note.octets == octets) }
      if let checkpoint = try? Checkpoint(octets) { #expect(checkpoint.text == octets) }
      if let text = String(validating: octets, as: UTF8.self) { _ = try? VerifierKey(text) }
    }
  }
}
