import CCrypto

/// A private Ed25519 key (RFC 8032) and the name it signs notes under. Not printed: only its public half has a text.
public struct SigningKey: Sendable {
  private let secret: [UInt8]
  /// The public half.
  public let verifier: VerifierKey

  /// The key that signs for an archive's log: the archive's origin key, 32 octets.
  public init(logSecret secret: [UInt8]) throws(ProofError) {
    self.verifier = try VerifierKey(log: Self.publicKey(of: secret))
    self.secret = secret
  }

  /// A key under a name of one's own, of 32 octets.
  public init(name: String, secret: [UInt8]) throws(ProofError) {
    self.verifier = try VerifierKey(name: name, publicKey: Self.publicKey(of: secret))
    self.secret = secret
  }

  /// The 64 octets of the signature of some octets; the same ones each time.
  public func sign(_ octets: [UInt8]) throws(ProofError) -> [UInt8] {
    var signature = [UInt8](repeating: 0, count: 64)
    var length = 64
    guard let key = EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, nil, secret, 32) else {
      throw .cryptography(detail: "reading an Ed25519 key")
    }
    defer { EVP_PKEY_free(key) }
    guard let context = EVP_MD_CTX_new() else { throw .cryptography(detail: "out of memory") }
    defer { EVP_MD_CTX_free(context) }
    guard EVP_DigestSignInit(context, nil, nil, nil, key) == 1,
      EVP_DigestSign(context, &signature, &length, octets, octets.count) == 1, length == 64
    else { throw .cryptography(detail: "signing with Ed25519") }
    return signature
  }

  private static func publicKey(of secret: [UInt8]) throws(ProofError) -> [UInt8] {
    guard secret.count == 32 else { throw .malformed("key", detail: "a private Ed25519 key has 32 octets") }
    var (out, length) = ([UInt8](repeating: 0, count: 32), 32)
    guard let key = EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, nil, secret, 32) else {
      throw .cryptography(detail: "reading an Ed25519 key")
    }
    defer { EVP_PKEY_free(key) }
    guard EVP_PKEY_get_raw_public_key(key, &out, &length) == 1, length == 32 else {
      throw .cryptography(detail: "reading an Ed25519 key")
    }
    return out
  }
}

extension SigningKey: CustomStringConvertible, CustomReflectable {
  public var description: String { "SigningKey(\(verifier.name))" }
  public var customMirror: Mirror { Mirror(self, children: ["verifier": verifier]) }
}
