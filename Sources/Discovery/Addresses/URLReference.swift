import Model

/// References made absolute (RFC 3986 §5.2), as browsers read them: white space inside and backslashes are forgiven (WHATWG URL
/// §4.4), and a host without a scheme is known by its `www.`.
enum URLReference {
  /// An absolute http or https address, fragment included, that `WebURL` takes; nil when there is none.
  static func absolute(_ reference: String, base: String?) -> String? {
    guard let joined = joined(reference, base: base) else { return nil }
    // The error says what is wrong with the address; that it is none is all that is asked.
    guard let url = try? WebURL(joined), url.scheme == "http" || url.scheme == "https" else { return nil }
    return joined
  }

  /// A base within another, as nested xml:base are read; the outer one when the inner is none, or longer than any in
  /// earnest, so that nesting them stays cheap.
  static func base(_ reference: String, within base: String?) -> String? {
    guard let joined = absolute(reference, base: base), joined.utf8.count <= longestBase else { return base }
    return joined
  }

  private static let longestBase = 512

  private static func joined(_ reference: String, base: String?) -> String? {
    var text = Array(FieldText.line(reference.utf8).utf8).filter { $0 != 9 && $0 != 10 && $0 != 13 }
    guard !text.isEmpty, text.count < FieldText.longest else { return nil }
    let end = text.firstIndex { $0 == UInt8(ascii: "?") || $0 == UInt8(ascii: "#") } ?? text.count
    for index in 0..<end where text[index] == UInt8(ascii: "\\") { text[index] = UInt8(ascii: "/") }
    if let scheme = scheme(of: text) {
      let rest = text[(scheme.count + 1)...]
      let isWeb = scheme.elementsEqual("http".utf8) || scheme.elementsEqual("https".utf8)
      guard isWeb else { return rest.starts(with: "//".utf8) ? string(text) : nil }
      // `http:/host` and `http:host`: as browsers read them without a base.
      return string(scheme + Array("://".utf8) + rest.drop { $0 == 47 })
    }
    guard let base, let parts = Parts(Array(base.utf8)) else {
      return text.starts(with: "www.".utf8) ? "https://" + string(text) : nil
    }
    let scheme = string(parts.scheme)
    if text.starts(with: "//".utf8) { return scheme + ":" + string(text) }
    if text.starts(with: "www.".utf8) { return scheme + "://" + string(text) }
    let origin = scheme + "://" + string(parts.authority)
    switch text[0] {
    case UInt8(ascii: "/"): return origin + string(withoutDots(text))
    case UInt8(ascii: "?"): return origin + string(parts.path) + string(text)
    case UInt8(ascii: "#"): return origin + string(parts.path) + string(parts.query) + string(text)
    default:
      let folder = parts.path.lastIndex(of: 47).map { Array(parts.path[...$0]) } ?? [47]
      return origin + string(withoutDots(folder + text))
    }
  }

  /// The scheme in lower case; nil when the text is a relative reference.
  private static func scheme(of text: [UInt8]) -> [UInt8]? {
    guard let colon = text.firstIndex(of: UInt8(ascii: ":")), colon > 0 else { return nil }
    let name = text[..<colon].map { (65...90).contains($0) ? $0 | 32 : $0 }
    guard (97...122).contains(name[0]) else { return nil }
    return name.allSatisfy { (97...122).contains($0) || (48...57).contains($0) || $0 == 43 || $0 == 45 } ? name : nil
  }

  /// RFC 3986 §5.2.4, for a path that begins with a slash, query and fragment left as they are.
  private static func withoutDots(_ text: [UInt8]) -> [UInt8] {
    let end = text.firstIndex { $0 == UInt8(ascii: "?") || $0 == UInt8(ascii: "#") } ?? text.count
    let hasDots = text[..<end].indices.contains { text[$0] == 47 && $0 + 1 < end && text[$0 + 1] == UInt8(ascii: ".") }
    guard hasDots else { return text }
    var segments: [ArraySlice<UInt8>] = []
    let parts = text[..<end].dropFirst().split(separator: 47, omittingEmptySubsequences: false)
    for (index, part) in parts.enumerated() {
      let isLast = index == parts.count - 1
      if part.elementsEqual(".".utf8) {
        if isLast { segments.append([]) }
      } else if part.elementsEqual("..".utf8) {
        if !segments.isEmpty { segments.removeLast() }
        if isLast { segments.append([]) }
      } else {
        segments.append(part)
      }
    }
    return [47] + Array(segments.joined(separator: [47])) + text[end...]
  }

  private static func string(_ bytes: some Sequence<UInt8>) -> String { String(decoding: Array(bytes), as: UTF8.self) }

  /// An absolute address with an authority, cut up.
  private struct Parts {
    let scheme: ArraySlice<UInt8>
    let authority: ArraySlice<UInt8>
    /// Begins with a slash.
    let path: [UInt8]
    /// With its question mark, or empty.
    let query: ArraySlice<UInt8>

    init?(_ text: [UInt8]) {
      guard let colon = text.firstIndex(of: UInt8(ascii: ":")), text[(colon + 1)...].starts(with: "//".utf8) else {
        return nil
      }
      scheme = text[..<colon]
      let rest = text[(colon + 3)...]
      let pathStart =
        rest.firstIndex { $0 == 47 || $0 == UInt8(ascii: "?") || $0 == UInt8(ascii: "#") } ?? rest.endIndex
      authority = rest[..<pathStart]
      let pathEnd =
        rest[pathStart...].firstIndex { $0 == UInt8(ascii: "?") || $0 == UInt8(ascii: "#") } ?? rest.endIndex
      path = pathStart == pathEnd ? [47] : Array(rest[pathStart..<pathEnd])
      let queryEnd = rest[pathEnd...].firstIndex(of: UInt8(ascii: "#")) ?? rest.endIndex
      query = rest[pathEnd..<queryEnd]
    }
  }
}
