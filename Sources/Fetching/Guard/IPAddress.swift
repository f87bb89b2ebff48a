import CCurl
import Glibc

/// An internet address, without port or zone.
public enum IPAddress: Hashable, Sendable {
  case v4(UInt32)
  case v6(UInt128)

  /// From the text of an IPv4 address in four decimal parts or of an IPv6 address (RFC 4291 §2.2), brackets and a
  /// zone allowed around it as in a URL (RFC 6874). Nil for anything else, names above all.
  public init?(_ text: String) {
    guard text.utf8.count < 100, !text.utf8.contains(0) else { return nil }
    var bare = Substring(text)
    if bare.hasPrefix("["), bare.hasSuffix("]") { bare = bare.dropFirst().dropLast() }
    if let zone = bare.firstIndex(of: "%") { bare = bare[..<zone] }
    self.init(numeric: String(bare))
  }

  /// The same of nothing but the address, as libcurl tells it.
  init?(numeric text: UnsafePointer<CChar>) {
    var (four, six) = (in_addr(), in6_addr())
    if inet_pton(AF_INET, text, &four) == 1 {
      self = .v4(UInt32(bigEndian: four.s_addr))
    } else if inet_pton(AF_INET6, text, &six) == 1 {
      self = .v6(withUnsafeBytes(of: &six) { UInt128(bigEndian: $0.loadUnaligned(as: UInt128.self)) })
    } else {
      return nil
    }
  }

  /// What the system connects to; nil for anything but an internet address.
  static func endpoint(_ address: UnsafePointer<sockaddr>, length: Int) -> (address: IPAddress, port: UInt16)? {
    let raw = UnsafeRawPointer(address)
    switch Int32(address.pointee.sa_family) {
    case AF_INET where length >= MemoryLayout<sockaddr_in>.size:
      let whole = raw.loadUnaligned(as: sockaddr_in.self)
      return (.v4(UInt32(bigEndian: whole.sin_addr.s_addr)), UInt16(bigEndian: whole.sin_port))
    case AF_INET6 where length >= MemoryLayout<sockaddr_in6>.size:
      let whole = raw.loadUnaligned(as: sockaddr_in6.self)
      let bits = withUnsafeBytes(of: whole.sin6_addr) { UInt128(bigEndian: $0.loadUnaligned(as: UInt128.self)) }
      return (.v6(bits), UInt16(bigEndian: whole.sin6_port))
    default: return nil
    }
  }
}

extension IPAddress: CustomStringConvertible {
  /// As usually written: `192.0.2.1`, `2001:db8::1` (RFC 5952).
  public var description: String {
    switch self {
    case .v4(let bits): return (0..<4).map { "\(bits >> (24 - 8 * UInt32($0)) & 255)" }.joined(separator: ".")
    case .v6(let bits):
      var octets = bits.bigEndian
      var text = [CChar](repeating: 0, count: Int(INET6_ADDRSTRLEN))
      inet_ntop(AF_INET6, &octets, &text, socklen_t(INET6_ADDRSTRLEN))
      return String(decoding: text.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    }
  }
}
