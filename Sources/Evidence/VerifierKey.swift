import CCrypto
import Model

/// A public Ed25519 key (RFC 8032) and the name that it signs notes under (C2SP signed-note).
///
/// An archive's log goes by the name `stet/` and the 64 hexadecimal digits of its key, so that a signature under it can
/// be checked by whoever has the note alone.
public struct VerifierKey: Hashable, Sendable {
  /// Not empty, without white space, control characters and `+`.
  public let name: String
  /// 32 octets.
  public let publicKey: [UInt8]

  static let logPrefix = "stet/"
  static let originPrefix = "ed25519:"
  private static let kind = "key"
  /// The signature type of plain Ed25519 in key ids and key texts.
  private static let signatureType: UInt8 = 0x01

  /// Throws `malformed` unless the key has 32 octets and the name can be one.
  public init(name: String, publicKey: [UInt8]) throws(ProofError) {
    guard Self.canBeName(name) else {
      throw .malformed(Self.kind, detail: "its name is empty or has a space or a plus sign")
    }
    guard publicKey.count == 32 else { throw .malformed(Self.kind, detail: "a public Ed25519 key has 32 octets") }
    (self.name, self.publicKey) = (name, publicKey)
  }

  /// The key of an archive's log, which is the archive's origin key.
  public init(log publicKey: [UInt8]) throws(ProofError) {
    try self.init(name: Self.logPrefix + publicKey.hexadecimal, publicKey: publicKey)
  }

  /// The key that the name of an archive's log holds; nil for any other name.
  public init?(logName name: String) {
    guard name.utf8.starts(with: Self.logPrefix.utf8) else { return nil }
    let digits = name.utf8.dropFirst(Self.logPrefix.utf8.count)
    guard let key = [UInt8](hexadecimal: digits), key.count == 32, digits.elementsEqual(key.hexadecimal.utf8) else {
      return nil
    }
    (self.name, self.publicKey) = (name, key)
  }

  /// Reads a key as people give it: the form of notes, `NAME+ID+BASE64`, or an archive's origin, `ed25519:` and 64
  /// hexadecimal digits, for the key of its log. Throws `malformed` for anything else, an id that is not the key's
  /// included.
  public init(_ text: String) throws(ProofError) {
    let octets = Array(text.utf8)
    if octets.starts(with: Self.originPrefix.utf8) {
      guard let key = [UInt8](hexadecimal: octets.dropFirst(Self.originPrefix.utf8.count)) else {
        throw .malformed(Self.kind, detail: "after `ed25519:` come 64 hexadecimal digits")
      }
      try self.init(log: key)
      return
    }
    let parts = octets.split(separator: UInt8(ascii: "+"), maxSplits: 2, omittingEmptySubsequences: false)
    guard parts.count == 3 else { throw .malformed(Self.kind, detail: "neither NAME+ID+BASE64 nor ed25519:…") }
    guard let id = [UInt8](hexadecimal: parts[1]), id.count == 4 else {
      throw .malformed(Self.kind, detail: "its id is not 8 hexadecimal digits")
    }
    guard let key = Base64.decode(parts[2]), key.first == Self.signatureType else {
      throw .malformed(Self.kind, detail: "it is not an Ed25519 key in base 64")
    }
    try self.init(name: String(decoding: parts[0], as: UTF8.self), publicKey: Array(key.dropFirst()))
    guard self.id == id else { throw .malformed(Self.kind, detail: "its id is not that of the key") }
  }

  /// The first 4 octets of SHA-256(name ‖ LF ‖ 0x01 ‖ public key).
  public var id: [UInt8] {
    Array(Digest(of: Array(name.utf8) + [0x0A, Self.signatureType] + publicKey).bytes.prefix(4))
  }

  /// Whether 64 octets are this key's signature of some octets. False too for a public key that is no point of the
  /// curve.
  public func isValid(_ signature: [UInt8], over octets: [UInt8]) -> Bool {
    guard signature.count == 64, let key = EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nil, publicKey, 32) else {
      return false
    }
    defer { EVP_PKEY_free(key) }
    guard let context = EVP_MD_CTX_new() else { return false }
    defer { EVP_MD_CTX_free(context) }
    return EVP_DigestVerifyInit(context, nil, nil, nil, key) == 1
      && EVP_DigestVerify(context, signature, 64, octets, octets.count) == 1
  }

  static func canBeName(_ name: String) -> Bool {
    !name.isEmpty && name.unicodeScalars.allSatisfy { $0.value > 0x20 && $0 != "+" && !$0.properties.isWhitespace }
  }

  /// By octets: Swift's own comparison takes canonically equivalent names for one.
  public static func == (a: VerifierKey, b: VerifierKey) -> Bool {
    a.publicKey == b.publicKey && a.name.utf8.elementsEqual(b.name.utf8)
  }
}

extension VerifierKey: CustomStringConvertible {
  /// `NAME+ID+BASE64`, the form that tools for notes read.
  public var description: String { "\(name)+\(id.hexadecimal)+\(Base64.encode([Self.signatureType] + publicKey))" }
}
