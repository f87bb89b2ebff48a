import Model

/// The secret that lets its holder write, compared so that the time taken tells nothing of it.
public struct Token: Sendable {
  private let digest: [UInt8]

  /// Nil when it has fewer than 16 characters, or others than visible ASCII. White space around it is ignored.
  public init?(_ text: String) {
    let octets = text.utf8.drop { $0 <= 32 }.reversed().drop { $0 <= 32 }
    guard octets.count >= 16, octets.allSatisfy({ (33...126).contains($0) }) else { return nil }
    digest = Digest(of: Array(octets.reversed())).bytes
  }

  /// Every octet of the digests is looked at, whichever differ.
  func isSame(_ given: String) -> Bool {
    let other = Digest(ofUTF8: given).bytes
    return zip(digest, other).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0
  }
}
