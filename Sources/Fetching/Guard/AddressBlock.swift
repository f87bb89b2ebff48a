/// All addresses that share their first bits: `10.0.0.0/8`.
public struct AddressBlock: Hashable, Sendable {
  public let first: IPAddress
  /// 0-32 or 0-128.
  public let prefixLength: Int

  /// Reads CIDR notation (RFC 4632 §3.1), or a single address. Nil when it is neither, or has bits beyond its prefix.
  public init?(_ text: String) {
    let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
    guard let address = IPAddress(String(parts[0])) else { return nil }
    let most = if case .v4 = address { 32 } else { 128 }
    guard parts.count == 2 else {
      (first, prefixLength) = (address, most)
      return
    }
    guard parts[1].utf8.allSatisfy({ (48...57).contains($0) }), let length = Int(parts[1]), length <= most else {
      return nil
    }
    (first, prefixLength) = (address, length)
    switch address {
    case .v4(let bits): guard bits & ~Self.mask(length) == 0 else { return nil }
    case .v6(let bits): guard bits & ~Self.mask(length) == 0 else { return nil }
    }
  }

  public func contains(_ address: IPAddress) -> Bool {
    switch (first, address) {
    case (.v4(let own), .v4(let other)): other & Self.mask(prefixLength) == own
    case (.v6(let own), .v6(let other)): other & Self.mask(prefixLength) == own
    default: false
    }
  }

  private static func mask<Bits: FixedWidthInteger>(_ length: Int) -> Bits {
    length == 0 ? 0 : ~0 << Bits(Bits.bitWidth - length)
  }
}
