import JSON

/// YAML front matter: what a Markdown file says of itself before its text, between two lines of three dashes.
///
/// Texts are double-quoted scalars (YAML 1.2.2 §7.3.1), in which nothing is taken for anything else.
public struct FrontMatter: Sendable {
  private var lines: [UInt8] = Array("---\n".utf8)

  public init() {}

  /// The lines, both rules included.
  public var bytes: [UInt8] { lines + Array("---\n".utf8) }

  /// A text; null when there is none.
  public mutating func add(_ key: String, _ text: String?) {
    add(key, raw: text.map(Self.quoted) ?? Array("null".utf8))
  }

  public mutating func add(_ key: String, _ number: Int) { add(key, raw: Array(String(number).utf8)) }

  /// Texts as a list on one line; one alone as it is, none as null.
  public mutating func add(_ key: String, _ texts: [String]) {
    guard texts.count > 1 else { return add(key, texts.first) }
    add(key, raw: Array("[".utf8) + texts.map(Self.quoted).joined(separator: ", ".utf8) + Array("]".utf8))
  }

  private mutating func add(_ key: String, raw: [UInt8]) { lines += Array("\(key): ".utf8) + raw + [10] }

  /// JSON's escapes are YAML's too. Line breaks that JSON leaves as they are (U+0085, U+2028, U+2029) and a byte order mark
  /// would be read as such by YAML 1.1.
  private static func quoted(_ text: String) -> [UInt8] {
    var out: [UInt8] = []
    out.appendJSONString(Array(text.utf8))
    guard out.contains(where: { $0 == 0xC2 || $0 == 0xE2 || $0 == 0xEF }) else { return out }
    return String(decoding: out, as: UTF8.self).unicodeScalars.flatMap { scalar -> [UInt8] in
      switch scalar.value {
      case 0x80...0x9F: Array("\\u00\(String(scalar.value, radix: 16))".utf8)
      case 0x2028, 0x2029, 0xFEFF: Array("\\u\(String(scalar.value, radix: 16))".utf8)
      default: Array(UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
      }
    }
  }
}
