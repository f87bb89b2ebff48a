/// Whether If-None-Match names a tag: by weak comparison, a coding's mark at the end of a tag passed over (RFC 9110 §8.8.3.2,
/// §13.1.2).
enum EntityTags {
  /// What stands at the end of the tag of a compressed form.
  static let compressed = "-gz"

  static func matches(_ field: String?, _ tag: String) -> Bool {
    guard let field else { return false }
    if field.allSatisfy({ $0 == "*" || $0 == " " }), field.contains("*") { return true }
    let wanted = opaque(tag)
    return field.split(separator: ",").contains { opaque(String($0)) == wanted }
  }

  private static func opaque(_ tag: String) -> Substring {
    var text = tag[...]
    while text.first == " " || text.first == "\t" { text = text.dropFirst() }
    while text.last == " " || text.last == "\t" { text = text.dropLast() }
    if text.hasPrefix("W/") { text = text.dropFirst(2) }
    if text.hasPrefix("\""), text.hasSuffix("\""), text.count > 1 { text = text.dropFirst().dropLast() }
    return text.hasSuffix(compressed) ? text.dropLast(compressed.count) : text
  }
}
