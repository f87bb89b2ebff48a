import Markup

/// Mail addresses that a content network hides from harvesters: the page says `[email protected]`, and a script puts the address
/// in its place, which stands in `data-cfemail` as hexadecimal octets, all but the first XORed with that one (Cloudflare, "Email
/// Address Obfuscation"). Readers see the address, and a network that hides it one day and not the next edits no article.
enum ProtectedAddress {
  /// The address that a text stands for; nil when it is no such text.
  /// - Parameter index: of a text node.
  static func octets(at index: Int, in tree: MarkupTree) -> [UInt8]? {
    guard tree.bytes[tree.nodes[index].text].first(where: { $0 > 32 }) == UInt8(ascii: "["),
      let coded = tree.value(of: "data-cfemail", at: tree.nodes[index].parent).flatMap(octets(hexadecimal:)),
      let key = coded.first
    else { return nil }
    let address = coded.dropFirst().map { $0 ^ key }
    return address.contains(UInt8(ascii: "@")) && address.allSatisfy { $0 > 32 } ? address : nil
  }

  private static func octets(hexadecimal text: String) -> [UInt8]? {
    let digits = text.utf8.compactMap { Character(UnicodeScalar($0)).hexDigitValue }
    guard digits.count == text.utf8.count, digits.count % 2 == 0, digits.count <= 1024 else { return nil }
    return stride(from: 0, to: digits.count, by: 2).map { UInt8(digits[$0] << 4 | digits[$0 + 1]) }
  }
}
