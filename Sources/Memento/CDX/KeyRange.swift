import Model

/// Keys that begin alike: from `first` on and before `end`, by octets.
struct KeyRange: Sendable {
  /// What of a URL they have in common.
  enum Scope: Hashable, Sendable {
    /// Its beginning. A closing slash or question mark counts, though keys drop it.
    case prefix
    /// Its host.
    case host
    /// Its host or a host above it; of a name without a dot, one above it alone.
    case domain
  }

  let first, end: String
  /// The ranges of the archive's own keys (`WebURL.surt`) that hold all of these and maybe more.
  let filed: [(first: String, end: String)]

  init(_ scope: Scope, of url: ArchivedURL) {
    (first, end) = Self.bounds(scope, url.key, url)
    // The two kinds of key differ in how addresses of four numbers, ports and escapes are written.
    let keys = Set([url.key, (try? WebURL(url.text))?.surt].compactMap(\.self))
    filed = keys.sorted().map { key in
      scope == .prefix ? Self.bounds(scope, Self.plainStart(of: key), nil) : Self.bounds(scope, key, url)
    }
  }

  func contains(_ key: String) -> Bool { key.isOrdered(from: first, before: end) }

  private static func bounds(_ scope: Scope, _ key: String, _ url: ArchivedURL?) -> (first: String, end: String) {
    let host = String(key.prefix { $0 != ")" })
    switch scope {
    case .host: return (host + ")/", host + "*")
    case .domain: return (host + (host.contains(",") || host.contains(".") ? ")/" : ","), host + "-")
    case .prefix:
      var first = key
      if let text = url?.text {
        for mark in ["/", "?"] where text.hasSuffix(mark) && !first.hasSuffix(mark) { first += mark }
      }
      return (first, successor(of: first))
    }
  }

  /// As far as both kinds of key write it alike: up to the query, or an escape, or what could be one.
  private static func plainStart(of key: String) -> String {
    let path = key.firstIndex(of: ")").map { key.index(after: $0) } ?? key.startIndex
    let plain = key[path...].prefix { $0.isASCII && ($0.isLetter || $0.isNumber || "/._-".contains($0)) }
    return String(key[..<path] + (plain.count > 1 && plain.hasSuffix("/") ? plain.dropLast() : plain))
  }

  private static func successor(of text: String) -> String {
    var bytes = Array(text.utf8)
    guard let last = bytes.popLast() else { return text }
    return String(decoding: bytes, as: UTF8.self) + String(UnicodeScalar(last < 127 ? last + 1 : last))
  }
}
