/// Which proxy a request goes through, by the variables that curl and others read.
///
/// `http_proxy` (in lower case alone: a web server hands its client's `Proxy` field to programs as HTTP_PROXY),
/// `https_proxy`, `all_proxy` for what these leave open, and `no_proxy`. We read them and not libcurl, because the address
/// guard has to know: the address of a proxy is its operator's choice and is not guarded.
public struct Proxies: Hashable, Sendable {
  /// For http and for https URLs, as libcurl takes them: `http://host:3128`, `socks5h://host`. Nil for none.
  public let http: String?
  public let https: String?
  /// What is reached directly, in lower case: names with all below them, addresses, blocks of addresses, or `*` for all.
  public let exceptions: [String]

  public init(http: String? = nil, https: String? = nil, exceptions: [String] = []) {
    (self.http, self.https) = (http, https)
    self.exceptions = exceptions.map { $0.lowercased() }
  }

  public init(environment: (String) -> String?) {
    func first(_ names: String...) -> String? {
      names.lazy.compactMap(environment).first.flatMap { $0.isEmpty ? nil : $0 }
    }
    let other = first("all_proxy", "ALL_PROXY")
    let direct = first("no_proxy", "NO_PROXY") ?? ""
    self.init(
      http: first("http_proxy") ?? other, https: first("https_proxy", "HTTPS_PROXY") ?? other,
      exceptions: direct.split(whereSeparator: { $0 == "," || $0 == " " || $0 == "\t" }).map(String.init))
  }

  /// The proxy for a request; nil when it goes directly.
  ///
  /// - Parameter host: as in a URL, in lower case.
  public func proxy(forHost host: String, isSecure: Bool) -> String? {
    guard let proxy = isSecure ? https : http, !isDirect(host) else { return nil }
    return proxy
  }

  private func isDirect(_ host: String) -> Bool {
    if exceptions.isEmpty { return false }
    let address = IPAddress(host)
    let name = host.hasSuffix(".") ? String(host.dropLast()) : host
    return exceptions.contains { exception in
      if exception == "*" { return true }
      if let address { return AddressBlock(exception)?.contains(address) ?? false }
      let own = exception.drop { $0 == "." }
      return !own.isEmpty && (name == own || name.hasSuffix("." + own))
    }
  }
}
