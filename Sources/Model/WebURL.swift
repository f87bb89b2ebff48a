/// A URL as Stet compares it: what it was written as, and its normal form.
///
/// The normal form (RFC 3986 §6.2.2, §6.2.3) lower-cases scheme and host, drops the fragment, a default port and a
/// trailing dot of the host, gives an empty path a slash, and percent-encodes what may not stand in a URL. Query and
/// path are otherwise kept to the letter: two articles often differ in nothing else.
public struct WebURL: Hashable, Sendable {
  /// The normal form.
  public let normalized: String
  public let scheme: String
  /// Without port, lower-case; IPv6 addresses in brackets. Empty for schemes without an authority.
  public let host: String
  /// Nil when absent or the scheme's default.
  public let port: Int?
  /// Path and query, beginning with a slash when there is an authority.
  public let target: String

  public enum Invalid: Error, Hashable, Sendable {
    case empty, noScheme, noHost, badPort, hasUserInfo, control

    public var reason: String {
      switch self {
      case .empty: "it is empty"
      case .noScheme: "it has no scheme such as https://"
      case .noHost: "it has no host"
      case .badPort: "its port is not a number from 1 to 65535"
      case .hasUserInfo: "it holds a user name or password, which would be kept in the archive"
      case .control: "it holds a control character"
      }
    }
  }

  /// Reads an absolute URL of any scheme, white space at the ends ignored.
  public init(_ text: String) throws(Invalid) {
    let bytes = Array(text.utf8).trimmingSpaces()
    guard !bytes.isEmpty else { throw .empty }
    guard bytes.allSatisfy({ $0 >= 32 && $0 != 127 }) else { throw .control }
    guard let colon = bytes.firstIndex(of: UInt8(ascii: ":")), colon > 0, Self.isScheme(bytes[..<colon]) else {
      throw .noScheme
    }
    scheme = String(decoding: bytes[..<colon], as: UTF8.self).lowercased()
    var rest = bytes[(colon + 1)...]
    if let fragment = rest.firstIndex(of: UInt8(ascii: "#")) { rest = rest[..<fragment] }
    guard rest.starts(with: Array("//".utf8)) else {
      if scheme == "http" || scheme == "https" { throw .noHost }
      (host, port, target) = ("", nil, Self.encoded(rest))
      normalized = scheme + ":" + target
      return
    }
    rest = rest.dropFirst(2)
    let end = rest.firstIndex { $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: "?") } ?? rest.endIndex
    let authority = rest[..<end]
    guard !authority.contains(UInt8(ascii: "@")) else { throw .hasUserInfo }
    let (hostBytes, portBytes) = Self.splitPort(authority)
    var name = String(decoding: hostBytes, as: UTF8.self).lowercased()
    while name.hasSuffix("."), name.count > 1 { name.removeLast() }
    guard !name.isEmpty, name != "." else { throw .noHost }
    guard Self.isHost(Array(name.utf8)) else { throw .noHost }
    host = name
    if let portBytes, !portBytes.isEmpty {
      guard let number = Int(String(decoding: portBytes, as: UTF8.self)), (1...65535).contains(number),
        portBytes.allSatisfy({ (48...57).contains($0) })
      else { throw .badPort }
      port = (scheme == "http" && number == 80) || (scheme == "https" && number == 443) ? nil : number
    } else {
      port = nil
    }
    let path = rest[end...]
    target = (path.first == UInt8(ascii: "/") ? "" : "/") + Self.encoded(path)
    normalized = scheme + "://" + host + (port.map { ":\($0)" } ?? "") + target
  }

  static func isScheme(_ bytes: ArraySlice<UInt8>) -> Bool {
    func letter(_ b: UInt8) -> Bool { (65...90).contains(b & 0xDF) }
    guard let first = bytes.first, letter(first) else { return false }
    return bytes.allSatisfy { letter($0) || (48...57).contains($0) || $0 == 43 || $0 == 45 || $0 == 46 }
  }

  /// Whether a host has no character that none may have, colons and brackets only as an IPv6 address in brackets.
  private static func isHost(_ name: [UInt8]) -> Bool {
    let isBracketed = name.first == UInt8(ascii: "[") && name.last == UInt8(ascii: "]") && name.count > 2
    let inner = isBracketed ? name[1..<(name.count - 1)] : name[...]
    let forbidden = Array((isBracketed ? "[]" : "[]:").utf8) + Array(" \\%\"<>^`{|}".utf8)
    return !inner.contains(where: forbidden.contains)
  }

  private static func splitPort(_ authority: ArraySlice<UInt8>) -> (host: ArraySlice<UInt8>, port: ArraySlice<UInt8>?) {
    let afterBracket = authority.lastIndex(of: UInt8(ascii: "]")) ?? authority.startIndex
    guard let colon = authority[afterBracket...].lastIndex(of: UInt8(ascii: ":")) else { return (authority, nil) }
    return (authority[..<colon], authority[(colon + 1)...])
  }

  /// Percent-encodes spaces, non-ASCII and the few ASCII characters RFC 3986 allows nowhere; leaves existing escapes be.
  private static func encoded(_ bytes: ArraySlice<UInt8>) -> String {
    var out: [UInt8] = []
    for byte in bytes {
      if byte <= 32 || byte >= 127 || "\"<>\\^`{|}".utf8.contains(byte) {
        out.append(UInt8(ascii: "%"))
        out += Array(CollectionOfOne(byte).hexadecimal.uppercased().utf8)
      } else {
        out.append(byte)
      }
    }
    return String(decoding: out, as: UTF8.self)
  }
}

extension WebURL {
  /// Sort-friendly URI Reordering Transform, as CDX files key captures: host labels reversed and joined by commas, a
  /// leading `www.` dropped, then port, `)`, path and query in lower case. `com,example)/2026/11/ferry?id=7`
  public var surt: String {
    var labels = host.split(separator: ".")
    if labels.count > 1, labels[0] == "www" { labels.removeFirst() }
    let isAddress = host.hasPrefix("[") || labels.allSatisfy { $0.allSatisfy(\.isNumber) }
    let name = isAddress ? host : labels.reversed().joined(separator: ",")
    return name + (port.map { ":\($0)" } ?? "") + ")" + target.lowercased()
  }
}
