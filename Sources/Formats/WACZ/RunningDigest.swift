import CCrypto
import Model

/// A SHA-256 over octets that come piece by piece.
public final class RunningDigest {
  private let context: OpaquePointer?

  public init() {
    context = EVP_MD_CTX_new()
    // Cannot fail with a working libcrypto and memory; nothing sound is possible after
    precondition(EVP_DigestInit_ex(context, EVP_sha256(), nil) == 1, "libcrypto has no SHA-256")
  }

  deinit { EVP_MD_CTX_free(context) }

  public func append(_ octets: [UInt8]) { EVP_DigestUpdate(context, octets, octets.count) }

  /// The digest of all of it; nothing may be appended after.
  public func finish() -> Digest {
    var out = [UInt8](repeating: 0, count: 32)
    EVP_DigestFinal_ex(context, &out, nil)
    return Digest(bytes: out) ?? Digest(of: out)
  }
}
