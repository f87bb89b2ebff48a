import CCurl

/// A URL that a request can be sent to: absolute, http or https, with a host.
struct Target: Sendable {
  let url: String
  fileprivate let server: Server

  /// What a URL says before its path.
  fileprivate final class Server: Sendable {
    let host: String
    let authority: String
    let port: UInt16
    let isSecure: Bool

    init(scheme: String, host: String, port: String) {
      (self.host, authority) = (host, "\(scheme)://\(host):\(port)")
      (self.port, isSecure) = (UInt16(port) ?? 0, scheme == "https")
    }
  }

  /// Lower case, without the port: what "one host" means when connections are counted.
  var host: String { server.host }
  /// `scheme://host:port`, the port always there: what a robots.txt speaks for (RFC 9309 §2.3).
  var authority: String { server.authority }
  var port: UInt16 { server.port }
  /// Whether it is https.
  var isSecure: Bool { server.isSecure }

  /// Reads a URL as libcurl will, so that what was checked is what is fetched.
  init(_ url: String) throws(FetchError) {
    let parsed = try ParsedURL()
    let code = parsed.set(url, UInt32(CURLU_NON_SUPPORT_SCHEME))
    guard code == CURLUE_OK else { throw .badURL(ParsedURL.reason(code)) }
    self = try parsed.target(written: url)
  }

  /// Where a Location field leads, resolved against this URL (RFC 9110 §10.2.2, RFC 3986 §5). Octets that do not
  /// belong in a URL are percent-encoded, as browsers do.
  func redirected(to location: String) throws(FetchError) -> Target {
    let parsed = try ParsedURL()
    let code = parsed.set(url, 0)
    guard code == CURLUE_OK else { throw .badURL(ParsedURL.reason(code)) }
    guard parsed.set(location, UInt32(CURLU_URLENCODE | CURLU_NON_SUPPORT_SCHEME)) == CURLUE_OK else {
      throw .badRedirect(location)
    }
    curl_url_set(parsed.handle, CURLUPART_FRAGMENT, nil, 0)
    guard let resolved = parsed.part(CURLUPART_URL) else { throw .badRedirect(location) }
    return try parsed.target(written: resolved)
  }

  /// Path and query as they are sent; a slash when libcurl would not read the URL.
  var pathAndQuery: String {
    if let written = writtenPathAndQuery { return written }
    // A target is made of what libcurl read, so that the loss here is none.
    guard let parsed = try? ParsedURL(), parsed.set(url, 0) == CURLUE_OK else { return "/" }
    return (parsed.part(CURLUPART_PATH) ?? "/") + (parsed.part(CURLUPART_QUERY).map { "?" + $0 } ?? "")
  }

  /// The same straight from the text, where libcurl leaves it as it is: no dot segments, no fragment, plain ASCII.
  private var writtenPathAndQuery: String? {
    var text = url
    return text.withUTF8 { octets in
      let (slash, dot, percent) = (UInt8(ascii: "/"), UInt8(ascii: "."), UInt8(ascii: "%"))
      var (slashes, start, last) = (0, 0, UInt8(0))
      for (index, octet) in octets.enumerated() {
        guard octet > 32, octet < 127, octet != UInt8(ascii: "#"), octet != UInt8(ascii: "\\") else { return nil }
        if slashes < 3 {
          if octet == slash { (slashes, start) = (slashes + 1, index) }
          if octet == UInt8(ascii: "?") { return nil }
        } else if last == slash, octet == dot || octet == percent {
          return nil  // a segment of dots, perhaps
        }
        last = octet
      }
      return slashes < 3 ? nil : String(decoding: octets[start...], as: UTF8.self)
    }
  }

  fileprivate init(url: String, server: Server) { (self.url, self.server) = (url, server) }

  /// Owns one libcurl URL handle.
  private struct ParsedURL: ~Copyable {
    let handle: OpaquePointer

    init() throws(FetchError) {
      guard let handle = curl_url() else { throw .badURL("out of memory") }
      self.handle = handle
    }

    deinit { curl_url_cleanup(handle) }

    func set(_ url: String, _ flags: UInt32) -> CURLUcode {
      // libcurl would stop reading at a NUL and fetch something else.
      url.utf8.contains(0) ? CURLUE_MALFORMED_INPUT : curl_url_set(handle, CURLUPART_URL, url, flags)
    }

    /// Nil when the URL has no such part.
    func part(_ part: CURLUPart, _ flags: UInt32 = 0) -> String? {
      var text: UnsafeMutablePointer<CChar>?
      guard ccurl_url_get(handle, part, &text, flags) == CURLUE_OK, let text else { return nil }
      defer { curl_free(text) }
      return String(cString: text)
    }

    func target(written url: String) throws(FetchError) -> Target {
      let scheme = part(CURLUPART_SCHEME) ?? ""
      guard scheme == "http" || scheme == "https" else { throw .unsupportedScheme(scheme) }
      guard let host = part(CURLUPART_HOST), !host.isEmpty else { throw .badURL("no host") }
      let name = host.lowercased()
      let port = part(CURLUPART_PORT, UInt32(CURLU_DEFAULT_PORT)) ?? ""
      return Target(url: url, server: Server(scheme: scheme, host: name, port: port))
    }

    static func reason(_ code: CURLUcode) -> String {
      curl_url_strerror(code).map { String(cString: $0).lowercased() } ?? "unreadable"
    }
  }
}

/// Targets of many URLs: libcurl reads one of each server, and what it says of that one's host and port holds for the others.
struct Targets {
  private var servers: [Substring: Target.Server] = [:]

  mutating func target(_ url: String) throws(FetchError) -> Target {
    guard let plain = Self.plainServer(url) else { return try Target(url) }
    if let known = servers[plain] { return Target(url: url, server: known) }
    let target = try Target(url)
    servers[plain] = target.server
    return target
  }

  /// `http://host:port` as written, of a URL whose reading as far as the path hangs on nothing that follows. Nil for what is in
  /// the least unusual: other schemes, log-ins, addresses in brackets, escapes, no path, anything but plain ASCII.
  private static func plainServer(_ url: String) -> Substring? {
    let octets = url.utf8
    guard octets.count < 8_192 else { return nil }
    let isSecure = octets.starts(with: "https://".utf8)
    guard isSecure || octets.starts(with: "http://".utf8) else { return nil }
    let start = octets.index(octets.startIndex, offsetBy: isSecure ? 8 : 7)
    let end = octets[start...].firstIndex { octet in
      switch octet {
      case 48...57, 65...90, 97...122, UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: ":"): false
      default: true
      }
    }
    guard let end, end > start, octets[end] == UInt8(ascii: "/"),
      octets[end...].allSatisfy({ $0 > 32 && $0 < 127 && $0 != UInt8(ascii: "\\") })
    else { return nil }
    return url[..<end]
  }
}
