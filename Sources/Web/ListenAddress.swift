/// Where a server listens: `127.0.0.1:8040`, `[::1]:8040`, `localhost:8040`, `0.0.0.0:80`; port 0 takes a free one.
public struct ListenAddress: Hashable, Sendable {
  /// A name or an address, IPv6 without brackets.
  public let host: String
  public let port: Int

  public init(host: String, port: Int) { (self.host, self.port) = (host, port) }

  /// Nil unless it is a host and a port from 0 to 65535.
  public init?(_ text: String) {
    guard let colon = text.lastIndex(of: ":"), let port = Int(text[text.index(after: colon)...]),
      (0...65535).contains(port), !text[text.index(after: colon)...].hasPrefix("+")
    else { return nil }
    var host = String(text[..<colon])
    if host.hasPrefix("["), host.hasSuffix("]") {
      host = String(host.dropFirst().dropLast())
      guard host.contains(":") else { return nil }
    } else if host.contains(":") {
      return nil
    }
    guard !host.isEmpty, host.utf8.allSatisfy({ $0 > 32 && $0 < 127 && $0 != UInt8(ascii: "/") }) else { return nil }
    self.init(host: host, port: port)
  }

  /// Whether only this machine can reach it.
  public var isLoopback: Bool { HostPolicy.isLoopback(host) }

  /// `http://127.0.0.1:8040`
  public func base(port: Int) -> String {
    "http://\(host.contains(":") ? "[\(host)]" : host)\(port == 80 ? "" : ":\(port)")"
  }
}
