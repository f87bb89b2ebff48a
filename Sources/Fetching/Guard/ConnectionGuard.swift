import CCurl
import Glibc

/// Holds a transfer to the address guard: when a connection is opened, and again before a request is sent over it, for it
/// may be one that a request to which more is allowed has left open.
///
/// Through a proxy only what the URL itself says can be judged: libcurl connects to the proxy, whose address is its
/// operator's choice, and the proxy looks names up.
struct ConnectionGuard {
  private let rules: AddressGuard
  /// Nil while everything is allowed.
  private var target: Target?
  private var isProxied = false
  /// The last address that was refused. Another of the same host may have been taken instead.
  private(set) var refusal: FetchError?

  init(_ rules: AddressGuard) { self.rules = rules }

  /// Turns to the next transfer; nothing is refused to one without a target.
  mutating func begin(_ target: Target?, isProxied: Bool) {
    (self.target, self.isProxied, refusal) = (target, isProxied, nil)
    guard let target, isProxied else { return }
    // RFC 6761 §6.3: these names are loopback, whoever looks them up.
    let name = target.host.hasSuffix(".") ? target.host.dropLast() : target.host[...]
    let isLocal = name == "localhost" || name.hasSuffix(".localhost")
    if let address = isLocal ? .v4(0x7f00_0001) : IPAddress(target.host) {
      _ = allows(address, port: target.port, target)
    }
  }

  /// Opens a socket for the address, or gives CURL_SOCKET_BAD, upon which libcurl tries the host's next address.
  mutating func open(_ address: UnsafePointer<curl_sockaddr>) -> curl_socket_t {
    let wanted = address.pointee
    if let target {
      if isProxied {
        guard refusal == nil else { return -1 }
      } else {
        guard let end = IPAddress.endpoint(ccurl_address(address), length: Int(wanted.addrlen)),
          allows(end.address, port: end.port, target)
        else { return -1 }
      }
    }
    return socket(wanted.family, wanted.socktype | Int32(SOCK_CLOEXEC.rawValue), wanted.`protocol`)
  }

  /// Whether the request may be sent over a connection to this address.
  mutating func maySend(to address: UnsafePointer<CChar>?, port: Int32) -> Bool {
    guard let target else { return true }
    if isProxied { return refusal == nil }
    guard let address, let known = IPAddress(numeric: address) else { return false }
    return allows(known, port: UInt16(truncatingIfNeeded: port), target)
  }

  private mutating func allows(_ address: IPAddress, port: UInt16, _ target: Target) -> Bool {
    if rules.allows(address, port: port) { return true }
    refusal = .guardedAddress(host: target.host, address: address)
    return false
  }
}
