/// Which names a request may call the server by.
///
/// A page of another site can make a browser ask any address, also this machine's, under a name of its own that it points here
/// (DNS rebinding); the answer would then belong to that site. So a name that was not given is refused. Addresses are no names:
/// they cannot be pointed elsewhere.
public struct HostPolicy: Sendable {
  /// In lower case, without ports.
  private let names: Set<String>
  /// Whether any address is taken, as where the server listens beyond this machine; else only loopback ones.
  private let takesAnyAddress: Bool

  /// - Parameter names: besides `localhost` and addresses.
  public init(listening address: ListenAddress, names: [String]) {
    self.names = Set((names + [address.host, "localhost"]).map { Self.split($0).host })
    takesAnyAddress = !address.isLoopback
  }

  /// - Parameter field: the Host field: a name or address, perhaps with a port (RFC 9110 §7.2).
  public func admits(_ field: String) -> Bool {
    let (host, hasGoodPort) = Self.split(field)
    guard hasGoodPort, !host.isEmpty else { return false }
    if names.contains(host) { return true }
    return takesAnyAddress ? Self.isAddress(host) : Self.isLoopback(host)
  }

  /// The host in lower case without brackets, port and the dot at its end.
  private static func split(_ text: String) -> (host: String, hasGoodPort: Bool) {
    let text = text.lowercased()
    var (host, port) = (text[...], text[text.endIndex...])
    if text.hasPrefix("["), let end = text.firstIndex(of: "]") {
      (host, port) = (text[text.index(after: text.startIndex)..<end], text[text.index(after: end)...])
    } else if text.count(where: { $0 == ":" }) == 1, let colon = text.firstIndex(of: ":") {
      (host, port) = (text[..<colon], text[colon...])
    }
    if host.hasSuffix(".") { host = host.dropLast() }
    let isGood = port.isEmpty || port.first == ":" && port.dropFirst().utf8.allSatisfy { (48...57).contains($0) }
    return (String(host), isGood)
  }

  static func isLoopback(_ host: String) -> Bool {
    host.lowercased() == "localhost" || host == "::1" || host.hasPrefix("127.") && isIPv4(host)
  }

  /// An IPv4 or IPv6 address, the latter without brackets. IPv6 is only told from a name: no name has a colon.
  private static func isAddress(_ host: String) -> Bool { isIPv4(host) || host.contains(":") }

  private static func isIPv4(_ host: String) -> Bool {
    let parts = host.split(separator: ".", omittingEmptySubsequences: false)
    return parts.count == 4
      && parts.allSatisfy { part in
        (1...3).contains(part.count) && part.utf8.allSatisfy { (48...57).contains($0) } && Int(part) ?? 256 < 256
      }
  }
}
