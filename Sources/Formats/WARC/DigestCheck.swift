import CCrypto

/// Whether octets that come piece by piece have the digest that was stated for them.
public final class DigestCheck {
  private let stated: LabelledDigest
  private let context: OpaquePointer?

  /// - Parameter stated: the digest that they should have.
  public init(expecting stated: LabelledDigest) {
    self.stated = stated
    context = EVP_MD_CTX_new()
    EVP_DigestInit_ex(context, stated.algorithm.method, nil)
  }

  deinit { EVP_MD_CTX_free(context) }

  public func take(_ octets: [UInt8]) { EVP_DigestUpdate(context, octets, octets.count) }

  /// Whether what came has the digest stated. To be asked once, at the end.
  public func matches() -> Bool {
    var out = [UInt8](repeating: 0, count: 64)
    var size: UInt32 = 0
    return EVP_DigestFinal_ex(context, &out, &size) == 1 && out.prefix(Int(size)).elementsEqual(stated.bytes)
  }
}
