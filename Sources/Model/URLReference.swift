/// References made absolute (RFC 3986 §5.2), as browsers read them (WHATWG URL §4.4): white space at the ends and line
/// breaks are forgiven, backslashes are slashes, and dots count percent-encoded too.
public enum URLReference {
  /// An absolute http or https URL, fragment included; nil when the reference is empty, leads elsewhere, or is relative and
  /// there is no base.
  /// - Parameter base: an absolute URL.
  public static func absolute(_ reference: String, base: String?) -> String? {
    let text = Array(reference.utf8).filter { $0 != 9 && $0 != 10 && $0 != 13 }.trimmingControls()
    guard let first = text.first, text.allSatisfy({ $0 >= 32 && $0 != 127 }) else { return nil }
    let place = text.prefix { $0 != UInt8(ascii: "?") && $0 != UInt8(ascii: "#") }
    let link = place.map { $0 == UInt8(ascii: "\\") ? UInt8(ascii: "/") : $0 } + text[place.endIndex...]
    if let scheme = scheme(of: link) {
      guard scheme == "http" || scheme == "https" else { return nil }
      // `http:/host` and `http:host` too: as browsers read them without a base.
      let rest = link[(scheme.utf8.count + 1)...].drop { $0 == UInt8(ascii: "/") }
      return rest.isEmpty ? nil : scheme + "://" + String(decoding: rest, as: UTF8.self)
    }
    guard let base, let parts = Parts(base) else { return nil }
    let written = String(decoding: link, as: UTF8.self)
    switch first {
    case UInt8(ascii: "/"), UInt8(ascii: "\\"):
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
    guard let colon = link.firstIndex(of: UInt8(ascii: ":")), WebURL.isScheme(link[..<colon]) else { return nil }
    return String(decoding: link[..<colon], as: UTF8.self).lowercased()
  }

  /// An absolute URL's parts, as they are written.
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

extension [UInt8] {
  /// Without spaces and C0 controls at the ends (WHATWG URL §4.4).
  fileprivate func trimmingControls() -> ArraySlice<UInt8> {
    guard let last = lastIndex(where: { $0 > 32 }) else { return [] }
    return self[...last].drop { $0 <= 32 }
  }
}
