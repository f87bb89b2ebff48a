/// A text and the signatures under it (C2SP signed-note 1.0).
public struct SignedNote: Hashable, Sendable {
  /// One line under a note.
  public struct Signature: Hashable, Sendable {
    public let name: String
    /// 4 octets.
    public let keyID: [UInt8]
    /// At least one octet; 64 when it is Ed25519.
    public let octets: [UInt8]
  }

  /// UTF-8, ended by LF, without other control characters. May hold empty lines.
  public let text: [UInt8]
  public let signatures: [Signature]

  /// The longest note that is read, in octets, and the most signatures (the specification asks for at least 16).
  public static let limit = 1 << 20
  public static let signatureLimit = 100
  private static let kind = "signed note"
  private static let dash = "—"

  /// Signs a text. Throws `malformed` when it cannot be the text of a note.
  public init(signing text: [UInt8], with keys: [SigningKey]) throws(ProofError) {
    try Self.check(text)
    guard text.last == 0x0A else { throw .malformed(Self.kind, detail: "its text does not end with a line break") }
    var signatures: [Signature] = []
    for key in keys {
      signatures.append(Signature(name: key.verifier.name, keyID: key.verifier.id, octets: try key.sign(text)))
    }
    (self.text, self.signatures) = (text, signatures)
  }

  /// Reads a note; checks no signature. Throws `malformed` or `tooLarge`.
  public init(_ octets: [UInt8]) throws(ProofError) {
    guard octets.count <= Self.limit else { throw .tooLarge(limit: Self.limit) }
    try Self.check(octets)
    guard octets.last == 0x0A else { throw .malformed(Self.kind, detail: "it does not end with a line break") }
    // The last empty line parts text and signatures: the last LF LF.
    guard let end = octets.indices.dropFirst().last(where: { octets[$0] == 0x0A && octets[$0 - 1] == 0x0A }), end >= 1
    else {
      throw .malformed(Self.kind, detail: "it has no empty line before signatures")
    }
    var (lines, signatures): (TextLines, [Signature]) = (TextLines(octets[(end + 1)...]), [])
    while let line = lines.next() {
      guard signatures.count < Self.signatureLimit else {
        throw .malformed(Self.kind, detail: "it has more than \(Self.signatureLimit) signatures")
      }
      signatures.append(try Self.signature(line))
    }
    guard !signatures.isEmpty else { throw .malformed(Self.kind, detail: "it has no signatures") }
    (self.text, self.signatures) = (Array(octets[..<end]), signatures)
  }

  private static func check(_ octets: [UInt8]) throws(ProofError) {
    guard octets.allSatisfy({ $0 >= 0x20 || $0 == 0x0A }) else {
      throw .malformed(kind, detail: "it has a control character")
    }
    guard (try? UTF8Span(validating: octets.span)) != nil else {  // that it is invalid is all there is to know
      throw .malformed(kind, detail: "it is not UTF-8")
    }
  }

  private static func signature(_ line: ArraySlice<UInt8>) throws(ProofError) -> Signature {
    let bad = ProofError.malformed(kind, detail: "a signature line is not `— NAME BASE64`")
    guard let parts = line.after(dash)?.split(separator: UInt8(ascii: " "), omittingEmptySubsequences: false),
      parts.count == 2, let octets = Base64.decode(parts[1]), octets.count > 4
    else { throw bad }
    let name = String(decoding: parts[0], as: UTF8.self)
    guard VerifierKey.canBeName(name) else { throw bad }
    return Signature(name: name, keyID: Array(octets[..<4]), octets: Array(octets[4...]))
  }

  /// The note as octets: its text, an empty line, its signatures.
  public var octets: [UInt8] {
    var out = text + [0x0A]
    for signature in signatures {
      out += Array("\(Self.dash) \(signature.name) \(Base64.encode(signature.keyID + signature.octets))\n".utf8)
    }
    return out
  }

  /// Those of some keys that signed the text, in the keys' order. Signatures by others are passed over, even when they
  /// share the name or the id of one. Throws `badSignature` when one names a key but is not by it, and `notSigned` when
  /// no key signed.
  @discardableResult
  public func verify(by keys: [VerifierKey]) throws(ProofError) -> [VerifierKey] {
    var signers: [VerifierKey] = []
    for key in keys {
      let id = key.id
      for signature in signatures where signature.keyID == id && signature.name.utf8.elementsEqual(key.name.utf8) {
        guard key.isValid(signature.octets, over: text) else { throw .badSignature(name: key.name) }
        if !signers.contains(key) { signers.append(key) }
      }
    }
    guard !signers.isEmpty else { throw .notSigned(by: keys.map(\.name).joined(separator: ", ")) }
    return signers
  }
}
