import Model

/// The normal form under which an article's address is known: `WebURL`'s, less the parameters that tell where a reader
/// came from, and with a `#!` kept, for before it pages of applications all look alike.
///
/// Nothing else of a query is dropped, for articles may differ in nothing else; nor are `www.`, `m.`, `amp` or a slash at
/// the end: that such addresses are one article takes a redirect or a canonical address to say (`Identity`).
public struct ArticleURL: Hashable, Sendable {
  /// As text.
  public let normalized: String
  /// What to ask the server for: the same without `#!`.
  public let request: WebURL
  /// The tracking parameters that were dropped, names as written.
  public let dropped: [String]

  /// Nil for anything but an http or https address.
  public init?(_ text: String) {
    // The error says what is wrong with the address; such a one names no article.
    guard let url = try? WebURL(text), url.scheme == "http" || url.scheme == "https" else { return nil }
    let kept = Self.withoutTracking(url.target)
    if kept.dropped.isEmpty {
      request = url
    } else {
      let port = url.port.map { ":\($0)" } ?? ""
      guard let shorter = try? WebURL(url.scheme + "://" + url.host + port + kept.target) else { return nil }
      request = shorter
    }
    dropped = kept.dropped
    let fragment = text.utf8.firstIndex(of: UInt8(ascii: "#")).map { text[$0...] } ?? ""
    let isState =
      fragment.hasPrefix("#!") && fragment.utf8.count > 2 && fragment.utf8.allSatisfy { $0 > 32 && $0 < 127 }
    normalized = request.normalized + (isState ? String(fragment) : "")
  }

  /// Path and query without tracking parameters; the order of the others is kept.
  private static func withoutTracking(_ target: String) -> (target: String, dropped: [String]) {
    guard let mark = target.utf8.firstIndex(of: UInt8(ascii: "?")) else { return (target, []) }
    let parts = target[target.utf8.index(after: mark)...].split(separator: "&", omittingEmptySubsequences: false)
    var (kept, dropped): ([Substring], [String]) = ([], [])
    for part in parts {
      let name = part.prefix { $0 != "=" }
      if TrackingParameters.contains(name) { dropped.append(String(name)) } else { kept.append(part) }
    }
    guard !dropped.isEmpty else { return (target, []) }
    let path = target[..<mark]
    return (kept.isEmpty ? String(path) : path + "?" + kept.joined(separator: "&"), dropped)
  }

  /// Scheme and `www.` left out: what two spellings of one address share when a redirect or the page itself ties them.
  var loose: String {
    let host = request.host.hasPrefix("www.") ? String(request.host.dropFirst(4)) : request.host
    var target = request.target
    while target.hasSuffix("/") { target.removeLast() }
    return host + (request.port.map { ":\($0)" } ?? "") + target
  }
}
