import Model

/// Addresses as feeds, sitemaps, lists and pages name them: white space inside is forgiven too, and a host without a scheme is
/// known by its `www.`.
enum NamedAddress {
  /// An absolute http or https address, fragment included, that `WebURL` takes; nil when there is none.
  static func absolute(_ reference: String, base: String?) -> String? {
    var text = FieldText.line(reference.utf8)
    guard text.utf8.count < FieldText.longest else { return nil }
    if text.hasPrefix("www.") { text = (base?.hasPrefix("http:") == true ? "http://" : "https://") + text }
    // The error says what is wrong with the address; that it is none is all that is asked.
    guard let joined = URLReference.absolute(text, base: base), (try? WebURL(joined)) != nil else { return nil }
    return joined
  }

  /// A base within another, as nested xml:base are read; the outer one when the inner is none, or longer than any in
  /// earnest, so that nesting them stays cheap.
  static func base(_ reference: String, within base: String?) -> String? {
    guard let joined = absolute(reference, base: base), joined.utf8.count <= longestBase else { return base }
    return joined
  }

  private static let longestBase = 512
}
