/// Links made absolute (RFC 3986 §5.2), as browsers read them: white space at the ends and line breaks are forgiven, and
/// backslashes are slashes (WHATWG URL §4.4).
enum Reference {
  /// An absolute http or https URL, fragment included; nil when the link leads elsewhere, or nowhere.
  /// - Parameter base: an absolute URL.
  static func absolute(_ reference: String, base: String) -> String? {
    var text = Array(reference.utf8).filter { $0 != 9 && $0 != 10 && $0 != 13 }[...]
    while let first = text.first, first <= 32 { text = text.dropFirst() }
    while let last = text.last, last <= 32 { text = text.dropLast() }
    guard text.count <= ArchivedURL.longest, text.allSatisfy({ $0 >= 32 && $0 != 127 }) else { return nil }
    let place = text.prefix { $0 != UInt8(ascii: "?") && $0 != UInt8(ascii: "#") }.count
    let link = text.prefix(place).map { $0 == UInt8(ascii: "\\") ? UInt8(ascii: "/") : $0 } + text.dropFirst(place)
    if let scheme = scheme(of: link) {
      guard scheme == "http" || scheme == "https" else { return nil }
      let rest = link[(scheme.utf8.count + 1)...].drop { $0 == UInt8(ascii: "/") }
      return rest.isEmpty ? nil : scheme + "://" + String(decoding: rest, as: UTF8.self)
    }
    guard let parts = Parts(base) else { return nil }
    let written = String(decoding: link, as: UTF8.self)
    switch link.first {
    case nil: return parts.origin + parts.path + parts.query
    case UInt8(ascii: "/"):
      return written.hasPrefix("//") ? parts.scheme + ":" + written : parts.origin + withoutDots(written)
    case UInt8(ascii: "?"): return parts.origin + parts.path + written
    case UInt8(ascii: "#"): return parts.origin + parts.path + parts.query + written
    default:
      let folder = parts.path.lastIndex(of: "/").map { parts.path[...$0] } ?? "/"
      return parts.origin + withoutDots(folder + written)
    }
  }

  /// In lower case; nil when the link is relative.
  private static func scheme(of link: [UInt8]) -> String? {
    guard let colon = link.firstIndex(of: UInt8(ascii: ":")), colon > 0, (97...122).contains(link[0] | 32) else {
      return nil
    }
    let name = link[..<colon]
    let isScheme = name.allSatisfy {
      (97...122).contains($0 | 32) || (48...57).contains($0) || $0 == 43 || $0 == 45 || $0 == 46
    }
    return isScheme ? String(decoding: name, as: UTF8.self).lowercased() : nil
  }

  /// An absolute URL's parts.
  private struct Parts {
    let scheme: String
    /// Scheme and authority.
    let origin: String
    let path: Substring
    /// With its question mark.
    let query: Substring

    init?(_ url: String) {
      guard let mark = url.firstRange(of: "://") else { return nil }
      scheme = String(url[..<mark.lowerBound])
      let end = url[mark.upperBound...].firstIndex { $0 == "/" || $0 == "?" || $0 == "#" } ?? url.endIndex
      origin = String(url[..<end])
      let rest = url[end...].prefix { $0 != "#" }
      let path = rest.prefix { $0 != "?" }
      query = rest[path.endIndex...]
      self.path = path.isEmpty ? "/" : path
    }
  }

  /// RFC 3986 §5.2.4, for what begins with a slash; query and fragment are left as they are.
  private static func withoutDots(_ target: some StringProtocol) -> String {
    let path = target.prefix { $0 != "?" && $0 != "#" }
    var kept: [Substring] = []
    let segments = String(path).split(separator: "/", omittingEmptySubsequences: false).dropFirst()
    for (index, segment) in segments.enumerated() {
      let isLast = index == segments.count - 1
      switch segment.lowercased() {
      case ".", "%2e": if isLast { kept.append("") }
      case "..", ".%2e", "%2e.", "%2e%2e":
        if !kept.isEmpty { kept.removeLast() }
        if isLast { kept.append("") }
      default: kept.append(segment)
      }
    }
    return "/" + kept.joined(separator: "/") + target[path.endIndex...]
  }
}
