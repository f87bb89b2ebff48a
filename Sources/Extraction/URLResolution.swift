/// References made absolute: the cases of RFC 3986 §5.2 that pages use for their own address.
enum URLResolution {
  /// Nil when it is not http(s), or relative with nothing to be relative to.
  static func absolute(_ reference: String, base: String?) -> String? {
    let text = NormalText.of(reference)
    let folded = text.lowercased()
    guard !text.isEmpty else { return nil }
    if folded.hasPrefix("http://") || folded.hasPrefix("https://") { return text }
    guard let base, let scheme = base.firstRange(of: "://") else { return nil }
    if text.hasPrefix("//") { return base[..<scheme.lowerBound] + ":" + text }
    if let colon = text.firstIndex(of: ":"), !text[..<colon].contains("/") { return nil }
    let authorityEnd = base[scheme.upperBound...].firstIndex { "/?#".contains($0) } ?? base.endIndex
    let origin = base[..<authorityEnd]
    if text.hasPrefix("/") { return origin + text }
    let path = base[authorityEnd...].prefix { $0 != "?" && $0 != "#" }
    if text.hasPrefix("?") || text.hasPrefix("#") { return origin + path + text }
    var segments = path.split(separator: "/", omittingEmptySubsequences: false).dropLast().map(String.init)
    for segment in text.split(separator: "/", omittingEmptySubsequences: false) {
      switch segment {
      case ".": break
      case "..": if segments.count > 1 { segments.removeLast() }
      default: segments.append(String(segment))
      }
    }
    let joined = segments.joined(separator: "/")
    return origin + (joined.hasPrefix("/") ? "" : "/") + joined
  }
}
