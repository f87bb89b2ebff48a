import Model

/// A proof file: a capture, and the proof that an archive's log holds it. What `stet prove` writes and `stet
/// check-proof` reads; docs/FORMAT.md shows how to check one with public tools alone.
///
/// A line `stet proof 1`, the nine lines of the capture's canonical text, an empty line, a tlog-proof.
public struct CaptureProof: Hashable, Sendable {
  public let capture: Capture
  public let proof: LogProof

  private static let kind = "proof file"
  private static let header = "stet proof 1"

  /// What a proof proved.
  public struct Finding: Hashable, Sendable {
    public let capture: Capture
    /// The log's key, which signed the checkpoint.
    public let signer: VerifierKey
    /// The key was asked for. If not, it is the one that the log's name holds: somebody's, and whose is not known.
    public let signerWasGiven: Bool
    /// The capture's place in the log, from 0.
    public let index: Int
    /// How many captures the log had when the checkpoint was signed.
    public let size: Int
    /// A body was given, and it is the one that was captured.
    public let bodyWasChecked: Bool

    /// Whether the archive whose log it is says that it observed the capture itself.
    public var isOwnObservation: Bool {
      capture.origin == VerifierKey.originPrefix + signer.publicKey.hexadecimal
    }
  }

  /// Throws `unprovable` when a value of the capture breaks its line, so that no file can hold it.
  public init(capture: Capture, proof: LogProof) throws(ProofError) {
    (self.capture, self.proof) = (capture, proof)
    do { _ = try Capture(canonical: Array(capture.canonicalText.utf8)[...]) } catch {
      throw .unprovable(detail: error.message)
    }
    guard octets.count <= SignedNote.limit else { throw .unprovable(detail: "it is longer than proof files are") }
  }

  /// Reads a proof file; checks nothing that it says. Throws `malformed` or `tooLarge` (1 MiB).
  public init(_ octets: [UInt8]) throws(ProofError) {
    guard octets.count <= SignedNote.limit else { throw .tooLarge(limit: SignedNote.limit) }
    guard (try? UTF8Span(validating: octets.span)) != nil else {  // that it is invalid is all there is to know
      throw .malformed(Self.kind, detail: "it is not UTF-8")
    }
    var lines = TextLines(octets)
    guard let header = lines.next(), header.elementsEqual(Self.header.utf8) else {
      throw .malformed(Self.kind, detail: "its first line is not `\(Self.header)`")
    }
    let text = lines.rest
    for _ in 0..<Capture.lineCount where lines.next() == nil {
      throw .malformed(Self.kind, detail: "it ends within the capture")
    }
    capture = try Capture(canonical: text[..<lines.rest.startIndex])
    guard let line = lines.next(), line.isEmpty else {
      throw .malformed(Self.kind, detail: "no empty line follows the capture")
    }
    proof = try LogProof(Array(lines.rest))
  }

  /// The proof file.
  public var octets: [UInt8] { Array("\(Self.header)\n\(capture.canonicalText)\n".utf8) + proof.octets }

  /// Works everything out again, from the capture's text to the signature, and the body's digest if a body is given.
  ///
  /// - Parameters:
  ///   - key: the log's key; without it, the one that the log's name holds.
  ///   - body: the payload, content coding undone.
  ///
  /// Throws `notIncluded`, `notSigned`, `badSignature`, `otherLog`, `keyNeeded`, `otherBody` or `noBody`.
  public func verify(against key: VerifierKey? = nil, body: [UInt8]? = nil) throws(ProofError) -> Finding {
    let signer = try proof.verify(entry: capture.digest, against: key)
    if let body {
      guard let payload = capture.payload else { throw .noBody }
      let found = Digest(of: body)
      guard found == payload else { throw .otherBody(expected: payload, found: found) }
    }
    return Finding(
      capture: capture, signer: signer, signerWasGiven: key != nil, index: proof.inclusion.index,
      size: proof.checkpoint.checkpoint.size, bodyWasChecked: body != nil)
  }
}
