import Model

/// The cookies of a Netscape cookie file, as browsers' extensions, curl and wget write it. They are sent and never changed.
///
/// A line has seven parts between tabs: domain, whether its subdomains too (TRUE or FALSE), path, whether over https alone,
/// when it expires (seconds since 1970, 0 for a session's), name, value. Empty lines and those beginning with `#` are
/// passed over, but for `#HttpOnly_` before a domain, which keeps a cookie from scripts and means nothing here.
public struct CookieFile: Hashable, Sendable {
  /// Why a file is not taken.
  public struct Invalid: Error, Hashable, Sendable {
    /// From 1.
    public let line: Int
    public let reason: String

    public var code: String { "bad-cookie-file" }
    public var message: String { "line \(line): \(reason)" }
  }

  private struct Cookie: Hashable, Sendable {
    /// In lower case, without a leading dot.
    var domain: String
    var hasSubdomains: Bool
    var path: String
    var isSecure: Bool
    /// Nil for a session's, which is sent for as long as the file has it.
    var expires: Instant?
    /// `name=value`
    var pair: String
  }

  /// Longer paths first, else in the file's order (RFC 6265 §5.4).
  private let cookies: [Cookie]

  /// Reads a whole file. One bad line and it is not taken: half a log-in is none.
  public init(_ text: [UInt8]) throws(Invalid) {
    var (cookies, places): ([Cookie], [[String]: Int]) = ([], [:])
    for (index, raw) in text.split(separator: 10, omittingEmptySubsequences: false).enumerated() {
      guard let cookie = try Self.cookie(raw.last == 13 ? raw.dropLast() : raw, line: index + 1) else { continue }
      // RFC 6265 §5.3: of the same name, domain and path there is one, the later, in the place of the earlier.
      if let place = places[Self.key(cookie)] {
        cookies[place] = cookie
      } else {
        places[Self.key(cookie)] = cookies.count
        cookies.append(cookie)
      }
    }
    let order = cookies.indices.sorted { a, b in
      let (first, second) = (cookies[a].path.utf8.count, cookies[b].path.utf8.count)
      return first == second ? a < b : first > second
    }
    self.cookies = order.map { cookies[$0] }
  }

  /// The Cookie field's value for a request; nil when no cookie is for it.
  ///
  /// - Parameters:
  ///   - host: in lower case.
  ///   - path: as sent; its query does not matter.
  func value(host: String, path: String, isSecure: Bool, at now: Instant) -> String? {
    let path = path.prefix { $0 != "?" }
    let sent = cookies.filter { cookie in
      Self.matches(host, cookie) && Self.matches(path: path, cookie.path) && (isSecure || !cookie.isSecure)
        && cookie.expires.map { $0 > now } != false
    }
    return sent.isEmpty ? nil : sent.map(\.pair).joined(separator: "; ")
  }

  /// RFC 6265 §5.1.3: the domain itself, or a name that ends in a dot and it, and is no address.
  private static func matches(_ host: String, _ cookie: Cookie) -> Bool {
    if host == cookie.domain { return true }
    return cookie.hasSubdomains && host.hasSuffix("." + cookie.domain) && IPAddress(host) == nil
  }

  /// RFC 6265 §5.1.4: the path itself, or one that goes on below it.
  private static func matches(path: Substring, _ own: String) -> Bool {
    guard path.utf8.starts(with: own.utf8) else { return false }
    return path.utf8.count == own.utf8.count || own.utf8.last == UInt8(ascii: "/")
      || path.utf8.dropFirst(own.utf8.count).first == UInt8(ascii: "/")
  }

  private static func key(_ cookie: Cookie) -> [String] {
    [cookie.domain, cookie.path, String(cookie.pair.prefix { $0 != "=" })]
  }

  private static func cookie(_ raw: ArraySlice<UInt8>, line: Int) throws(Invalid) -> Cookie? {
    let prefix = "#HttpOnly_".utf8
    let bytes = raw.starts(with: prefix) ? raw.dropFirst(prefix.count) : raw
    guard let first = bytes.first, first != UInt8(ascii: "#") else { return nil }
    if bytes.allSatisfy({ $0 == 32 || $0 == 9 }) { return nil }
    guard let text = String(validating: bytes, as: UTF8.self) else { throw Invalid(line: line, reason: "not UTF-8") }
    guard text.utf8.allSatisfy({ $0 >= 32 && $0 != 127 || $0 == 9 }) else {
      throw Invalid(line: line, reason: "holds a control character")
    }
    let parts = text.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
    guard parts.count == 7 else {
      throw Invalid(line: line, reason: "has \(parts.count) parts between tabs, not 7")
    }
    func flag(_ part: Int, _ what: String) throws(Invalid) -> Bool {
      switch parts[part].uppercased() {
      case "TRUE": return true
      case "FALSE": return false
      default: throw Invalid(line: line, reason: "\(what) is neither TRUE nor FALSE: \(parts[part])")
      }
    }
    let domain = String(parts[0].drop { $0 == "." }).lowercased()
    guard !domain.isEmpty, !domain.utf8.contains(where: { $0 == 32 || $0 == UInt8(ascii: "/") }) else {
      throw Invalid(line: line, reason: "has no domain such as example.org: \(parts[0])")
    }
    guard parts[2].hasPrefix("/") else {
      throw Invalid(line: line, reason: "its path does not begin with a slash: \(parts[2])")
    }
    // Some browsers' extensions write fractions of seconds.
    let whole = parts[4].prefix { $0 != "." }
    guard !whole.isEmpty, whole.utf8.count <= 15, whole.utf8.allSatisfy({ (48...57).contains($0) }),
      let seconds = Int64(whole)
    else { throw Invalid(line: line, reason: "its expiry is no number of seconds: \(parts[4])") }
    let (name, value) = (parts[5], parts[6])
    guard !name.isEmpty, !name.utf8.contains(where: { "=;, \"".utf8.contains($0) }),
      !value.utf8.contains(UInt8(ascii: ";"))
    else { throw Invalid(line: line, reason: "no cookie can have this name or value: \(name)") }
    return Cookie(
      domain: domain, hasSubdomains: try flag(1, "its second part") && IPAddress(domain) == nil, path: parts[2],
      isSecure: try flag(3, "its fourth part"), expires: seconds == 0 ? nil : Instant(milliseconds: seconds * 1000),
      pair: name + "=" + value)
  }
}
