import JSON
import Markup
import Model

/// What a page says of its article in JSON-LD (schema.org Article and its kinds).
struct LinkedData {
  var headline: String?
  var description: String?
  var authors: [String] = []
  var published: String?
  var modified: String?
  var publisher: String?
  var language: String?
  /// Whether there was an article object at all.
  var isArticle = false

  /// From every JSON-LD script; a script that is not JSON is passed over, for the page says the same in other ways too.
  init(of tree: MarkupTree) {
    var found: [JSONValue] = []
    for index in tree.nodes.indices where tree.nodes[index].tag == .script {
      guard let type = tree.value(of: "type", at: index), type.lowercased().contains("ld+json") else { continue }
      let text = Self.withoutWrapping(tree.textBytes(of: index))
      // A newsroom's broken JSON says nothing we could trust: the meta elements are read in its stead.
      guard let value = (try? JSONValue(parsing: text)) ?? (try? JSONValue(parsing: Self.withoutControls(text))) else {
        continue
      }
      Self.collect(value, into: &found, depth: 0)
    }
    guard let article = found.first(where: Self.isArticle) else { return }
    let named = Dictionary(
      found.compactMap { item in item["@id"]?.string.map { ($0, item) } }, uniquingKeysWith: { first, _ in first })
    isArticle = true
    headline = Self.text(article["headline"]) ?? Self.text(article["name"])
    description = Self.text(article["description"])
    authors = Self.names(article["author"] ?? article["creator"], named: named)
    published = Self.text(article["datePublished"]) ?? Self.text(article["dateCreated"])
    modified = Self.text(article["dateModified"])
    publisher = Self.names(article["publisher"], named: named, personsOnly: false).first
    language = Self.text(article["inLanguage"])
  }

  private static func collect(_ value: JSONValue, into found: inout [JSONValue], depth: Int) {
    guard depth < 8, found.count < 200 else { return }
    if let items = value.array {
      for item in items { collect(item, into: &found, depth: depth + 1) }
      return
    }
    guard case .object = value else { return }
    found.append(value)
    for key in ["@graph", "mainEntity", "mainEntityOfPage"] {
      if let inner = value[key] { collect(inner, into: &found, depth: depth + 1) }
    }
  }

  private static func isArticle(_ value: JSONValue) -> Bool {
    types(value).contains { type in
      type.hasSuffix("Article") || type == "BlogPosting" || type == "LiveBlogPosting" || type == "Report"
        || type == "SocialMediaPosting"
    }
  }

  private static func types(_ value: JSONValue) -> [String] {
    guard let type = value["@type"] else { return [] }
    return type.string.map { [$0] } ?? type.array?.compactMap(\.string) ?? []
  }

  /// Authors that are persons or of no declared type; organisations only where asked for.
  private static func names(_ value: JSONValue?, named: [String: JSONValue], personsOnly: Bool = true, depth: Int = 0)
    -> [String]
  {
    guard let value, depth < 4 else { return [] }
    if let items = value.array {
      return items.flatMap { names($0, named: named, personsOnly: personsOnly, depth: depth + 1) }
    }
    if let text = text(value) { return [text] }
    if personsOnly, types(value).contains(where: { $0.hasSuffix("Organization") }) { return [] }
    if let name = value["name"] {
      return name.array.map { $0.compactMap { text($0) } } ?? text(name).map { [$0] } ?? []
    }
    if let id = value["@id"]?.string, let other = named[id], other["name"] != nil {
      return names(other, named: [:], personsOnly: personsOnly, depth: depth + 1)
    }
    return []
  }

  /// A string, references such as `&eacute;` in it decoded and markup left out; nil when empty.
  private static func text(_ value: JSONValue?) -> String? {
    guard let string = value?.string ?? value?.array?.first?.string else { return nil }
    return plain(string)
  }

  /// In bytes: what is longer is no field but, say, a page whose title element was never closed.
  static let longestField = 8192

  /// Text that may hold HTML as text; nil when nothing is left, or far too much.
  static func plain(_ string: String) -> String? {
    var bytes = Array(string.utf8)
    guard bytes.count <= longestField else { return nil }
    if bytes.contains(UInt8(ascii: "&")) || bytes.contains(UInt8(ascii: "<")) {
      // Out of memory is the only way this fails; the text as it stands is then the best there is.
      if let tree = try? MarkupTree(parsing: bytes), !tree.nodes.isEmpty { bytes = tree.textBytes(of: 0) }
    }
    let text = String(decoding: NormalText.bytes(bytes[...]), as: UTF8.self)
    return text.isEmpty ? nil : text
  }

  /// CDATA and comment marks that pages put around the JSON.
  private static func withoutWrapping(_ text: [UInt8]) -> [UInt8] {
    guard let first = text.firstIndex(where: { $0 == UInt8(ascii: "{") || $0 == UInt8(ascii: "[") }) else {
      return text
    }
    var start = first
    if text[first...].starts(with: "[CDATA[".utf8) {
      guard let next = text[(first + 7)...].firstIndex(where: { $0 == UInt8(ascii: "{") || $0 == UInt8(ascii: "[") })
      else {
        return text
      }
      start = next
    }
    guard let end = text.lastIndex(where: { $0 == UInt8(ascii: "}") || $0 == UInt8(ascii: "]") }), end > start else {
      return text
    }
    var last = end
    if text[start] == UInt8(ascii: "{"), let brace = text.lastIndex(of: UInt8(ascii: "}")) { last = brace }
    return last > start ? Array(text[start...last]) : text
  }

  /// Line breaks inside strings, which JSON forbids and pages write, as spaces.
  private static func withoutControls(_ text: [UInt8]) -> [UInt8] { text.map { $0 < 32 ? 32 : $0 } }
}
