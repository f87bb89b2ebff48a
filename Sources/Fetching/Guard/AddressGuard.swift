/// Which addresses a fetch may connect to: those of the public internet, and what is excepted.
///
/// A URL comes from a feed, a sitemap or a redirect, written by whoever; without this it could make Stet read a router's
/// pages or a cloud's credentials. Only the address that is really connected to counts, for a name may resolve to another
/// address each time. Ranges: IANA's IPv4 and IPv6 Special-Purpose Address Registries (RFC 6890, RFC 8190).
public struct AddressGuard: Hashable, Sendable {
  /// Guarded addresses that may be connected to all the same.
  public struct Exception: Hashable, Sendable {
    public let block: AddressBlock
    public let ports: ClosedRange<UInt16>

    public init(_ block: AddressBlock, ports: ClosedRange<UInt16> = 0...65_535) {
      (self.block, self.ports) = (block, ports)
    }
  }

  public let exceptions: [Exception]

  /// The public internet alone, and these.
  public init(except exceptions: [Exception] = []) { self.exceptions = exceptions }

  /// Whether a connection may be made.
  public func allows(_ address: IPAddress, port: UInt16) -> Bool {
    address.scope == .global || exceptions.contains { $0.ports.contains(port) && $0.block.contains(address) }
  }
}

extension IPAddress {
  /// What an address is for.
  public enum Scope: String, Hashable, Sendable, CaseIterable {
    case global = "public"
    case unspecified, loopback
    case isPrivate = "private"
    case linkLocal = "link-local"
    case shared = "carrier-shared"
    case multicast, broadcast, documentation, benchmarking
    case platform = "cloud platform"
    case reserved
  }

  /// What this address is for. An IPv6 address that carries an IPv4 address to be reached has the scope of that.
  public var scope: Scope {
    switch self {
    case .v4(let bits): Self.scope(of: bits)
    case .v6(let bits): Self.scope(of: bits)
    }
  }

  private static func scope(of bits: UInt32) -> Scope {
    func within(_ first: UInt32, _ length: UInt32) -> Bool { (bits ^ first) >> (32 - length) == 0 }
    return switch bits {
    case 0xffff_ffff: .broadcast  // RFC 919 §7
    case 0xa83f_8110: .platform  // 168.63.129.16: public by number, but within Azure its host agent answers there
    case _ where within(0x0000_0000, 8): .unspecified  // 0.0.0.0/8, RFC 791 §3.2; Linux takes 0.0.0.0 for itself
    case _ where within(0x0a00_0000, 8): .isPrivate  // 10.0.0.0/8, RFC 1918
    case _ where within(0x6440_0000, 10): .shared  // 100.64.0.0/10, RFC 6598: carriers' NAT, and some clouds' metadata
    case _ where within(0x7f00_0000, 8): .loopback  // 127.0.0.0/8, RFC 1122 §3.2.1.3
    case _ where within(0xa9fe_0000, 16): .linkLocal  // 169.254.0.0/16, RFC 3927: clouds' metadata services
    case _ where within(0xac10_0000, 12): .isPrivate  // 172.16.0.0/12, RFC 1918
    case _ where within(0xc000_0000, 24): .reserved  // 192.0.0.0/24, RFC 6890: protocol assignments
    case _ where within(0xc000_0200, 24): .documentation  // 192.0.2.0/24, RFC 5737
    case _ where within(0xc058_6300, 24): .reserved  // 192.88.99.0/24, RFC 7526: 6to4 relays, no more
    case _ where within(0xc0a8_0000, 16): .isPrivate  // 192.168.0.0/16, RFC 1918
    case _ where within(0xc612_0000, 15): .benchmarking  // 198.18.0.0/15, RFC 2544
    case _ where within(0xc633_6400, 24): .documentation  // 198.51.100.0/24, RFC 5737
    case _ where within(0xcb00_7100, 24): .documentation  // 203.0.113.0/24, RFC 5737
    case _ where within(0xe000_0000, 4): .multicast  // 224.0.0.0/4, RFC 5771
    case _ where within(0xf000_0000, 4): .reserved  // 240.0.0.0/4, RFC 1112 §4
    default: .global
    }
  }

  private static func scope(of bits: UInt128) -> Scope {
    func within(_ first: UInt128, _ length: UInt128) -> Bool { (bits ^ first << 64) >> (128 - length) == 0 }
    func v4(endingAt shift: UInt128) -> Scope { scope(of: UInt32(truncatingIfNeeded: bits >> shift)) }
    switch bits {
    case 0: return .unspecified  // ::, RFC 4291 §2.5.2
    case 1: return .loopback  // ::1, RFC 4291 §2.5.3
    default: break
    }
    if bits >> 32 == 0xffff { return v4(endingAt: 0) }  // ::ffff:0:0/96, v4-mapped, RFC 4291 §2.5.5.2
    if bits >> 32 == 0 { return stricter(v4(endingAt: 0), .reserved) }  // ::/96, v4-compatible, given up by §2.5.5.1
    if bits >> 32 == 0x0064_ff9b_0000_0000_0000_0000 { return v4(endingAt: 0) }  // 64:ff9b::/96, NAT64, RFC 6052 §2.1
    if within(0xfc00_0000_0000_0000, 7) { return .isPrivate }  // fc00::/7, RFC 4193
    if within(0xfe80_0000_0000_0000, 10) { return .linkLocal }  // fe80::/10, RFC 4291 §2.5.6
    if within(0xfec0_0000_0000_0000, 10) { return .isPrivate }  // fec0::/10, site-local, RFC 3879
    if within(0xff00_0000_0000_0000, 8) { return .multicast }  // ff00::/8, RFC 4291 §2.7
    // What else is not of 2000::/3 is no unicast of the public internet (RFC 4291 §2.4 as assigned by IANA): 100::/64
    // discards (RFC 6666), 64:ff9b:1::/48 is for translation within a network (RFC 8215), 5f00::/16 for SRv6 (RFC 9602).
    guard within(0x2000_0000_0000_0000, 3) else { return .reserved }
    if within(0x2001_0000_0000_0000, 32) {  // Teredo, RFC 4380 §4: the server's address, and the client's inverted
      return stricter(v4(endingAt: 64), scope(of: ~UInt32(truncatingIfNeeded: bits)))
    }
    if within(0x2001_0000_0000_0000, 23) { return .reserved }  // 2001::/23, RFC 2928: protocol assignments, ORCHIDs
    if within(0x2001_0db8_0000_0000, 32) { return .documentation }  // 2001:db8::/32, RFC 3849
    if within(0x3fff_0000_0000_0000, 20) { return .documentation }  // 3fff::/20, RFC 9637
    if within(0x2002_0000_0000_0000, 16) { return v4(endingAt: 80) }  // 6to4, RFC 3056 §2
    return .global
  }

  private static func stricter(_ one: Scope, _ other: Scope) -> Scope { one == .global ? other : one }
}
