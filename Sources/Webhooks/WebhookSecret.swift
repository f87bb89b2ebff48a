import CCrypto
import Evidence

/// The key that a webhook and its receiver share, and how it signs: Standard Webhooks 1.0.0, "Signature scheme", symmetric.
public struct WebhookSecret: Hashable, Sendable {
  /// 24 to 64 of them.
  public let octets: [UInt8]

  private static let prefix = "whsec_"
  /// How many octets a key may have.
  public static let lengths = 24...64

  /// Nil when there are too few octets or too many.
  public init?(octets: [UInt8]) {
    guard Self.lengths.contains(octets.count) else { return nil }
    self.octets = octets
  }

  /// Reads `whsec_` and the octets in base 64; nil for anything else.
  public init?(_ text: String) {
    guard text.hasPrefix(Self.prefix), let octets = Base64.decode(text.utf8.dropFirst(Self.prefix.utf8.count)) else {
      return nil
    }
    self.init(octets: octets)
  }

  /// As it is shown to who receives: a secret.
  public var text: String { Self.prefix + Base64.encode(octets) }

  /// The value of `webhook-signature` for a message: HMAC-SHA256 (RFC 2104) over `id.timestamp.body`. Nil only when libcrypto
  /// has no memory.
  /// - Parameter timestamp: seconds since 1970, of this attempt.
  public func signature(id: String, timestamp: Int64, body: String) -> String? {
    let signed = Array("\(id).\(timestamp).\(body)".utf8)
    var (out, length) = ([UInt8](repeating: 0, count: 32), 0)
    let made = EVP_Q_mac(
      nil, "HMAC", nil, "SHA256", nil, octets, octets.count, signed, signed.count, &out, out.count, &length)
    return made != nil && length == 32 ? "v1," + Base64.encode(out) : nil
  }
}
