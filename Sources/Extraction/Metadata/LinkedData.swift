import JSON
import Markup
import Model

/// What a page says of its article in JSON-LD (schema.org Article and its kinds).
struct LinkedData {
  var headline: String?
  var description: String?
  /// Authors that are persons, or of no declared type.
  var authors: [String] = []
  /// Authors that are organisations.
  var organisations: [String] = []
  var published: String?
  var modified: String?
  var publisher: String?
  var language: String?
  var body: String?
  var section: String?
  var credits: [CreditLine.Credit] = []
  /// Whether there was an article object at all.
  var isArticle = false

  /// From every JSON-LD script. Of several articles the one that this page is about is taken: by its address, else by its
  /// headline (`title` is what the page calls itself), else the first.
  init(of tree: MarkupTree, addresses: [String], title: String?) {
    var found: [JSONValue] = []
    for index in tree.nodes.indices where tree.nodes[index].tag == .script {
      guard let type = tree.value(of: "type", at: index), type.lowercased().contains("ld+json") else { continue }
      for value in Self.values(in: tree.textBytes(of: index)) { Self.collect(value, into: &found, depth: 0) }
    }
    let articles = found.filter { Self.rank($0) == 2 }
    isArticle = !articles.isEmpty
    publisher =
      found.lazy.filter { Self.types($0).contains { $0.hasSuffix("Organization") } }.compactMap {
        Self.text($0["name"])
      }.first
    let choice = Self.chosen(of: articles, addresses: addresses, title: title)
    guard
      let article = choice ?? Self.chosen(of: found.filter { Self.rank($0) == 1 }, addresses: addresses, title: title)
    else { return }
    let named = Dictionary(
      found.compactMap { item in item["@id"]?.string.map { ($0, item) } }, uniquingKeysWith: { first, _ in first })
    func all(_ key: String) -> JSONValue? {
      // The page object of the same graph says what the article object leaves out.
      article[key] ?? found.first { Self.types($0).contains { $0.hasSuffix("WebPage") } && $0[key] != nil }?[key]
    }
    headline = Self.text(article["headline"]) ?? (isArticle ? Self.text(article["name"]) : nil)
    description = Self.text(article["description"])
    let creator = article["author"] ?? article["creator"]
    authors = Self.names(creator, named: named, kind: .persons)
    organisations = Self.names(creator, named: named, kind: .organisations)
    published = Self.text(all("datePublished")) ?? Self.text(all("dateCreated")) ?? Self.text(all("uploadDate"))
    modified = Self.text(all("dateModified"))
    publisher = Self.names(article["publisher"], named: named, kind: .organisations).first ?? publisher
    language = Self.text(all("inLanguage"))
    body = article["articleBody"]?.string
    section = Self.text(article["articleSection"])
    let roles: [(String, Credits.Role)] = [
      ("translator", .translator), ("editor", .editor), ("sourceOrganization", .source),
    ]
    for (key, role) in roles {
      let names = Self.names(article[key], named: named, kind: .either).filter { !$0.contains("://") }
      if !names.isEmpty { credits.append((role, names)) }
    }
    let images = article["image"].map { $0.array ?? [$0] } ?? []
    let photos = images.prefix(12).compactMap { Self.text($0["creditText"]) }
    if !photos.isEmpty { credits.append((.photo, photos.map(CreditLine.cleaned))) }
  }

  /// A script's values: as JSON, else as JSON that somebody broke, else as JSON that was escaped as HTML is.
  private static func values(in script: [UInt8]) -> [JSONValue] {
    // The exact reader is tried first; what it cannot read the lenient one can.
    if let value = try? JSONValue(parsing: script) { return [value] }
    let values = LenientJSON.values(in: script)
    if !values.isEmpty || !script.contains(UInt8(ascii: "&")) { return values }
    guard let tree = try? MarkupTree(parsing: script), !tree.nodes.isEmpty else { return [] }  // out of memory
    return LenientJSON.values(in: tree.textBytes(of: 0))
  }

  private static func chosen(of articles: [JSONValue], addresses: [String], title: String?) -> JSONValue? {
    guard articles.count > 1 else { return articles.first }
    let own = Set(addresses.map(path))
    let byAddress = articles.first { article in
      [article["url"], article["@id"], article["mainEntityOfPage"], article["mainEntityOfPage"]?["@id"]].contains {
        $0?.string.map { own.contains(path($0)) } ?? false
      }
    }
    if let byAddress { return byAddress }
    if let title,
      let byTitle = articles.first(where: { text($0["headline"]).map { PageFields.agree($0, title) } ?? false })
    {
      return byTitle
    }
    return articles.first
  }

  /// An address without scheme, query, fragment and last slash.
  private static func path(_ address: String) -> String {
    var rest = address[...]
    if let scheme = rest.firstRange(of: "://") { rest = rest[scheme.upperBound...] }
    rest = rest.prefix { $0 != "?" && $0 != "#" }
    while rest.last == "/" { rest.removeLast() }
    return rest.lowercased()
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

  /// 2: an article; 1: another work with a date of its own; 0: neither.
  private static func rank(_ value: JSONValue) -> Int {
    let types = types(value)
    if types.contains(where: {
      $0.hasSuffix("Article") || $0.hasSuffix("BlogPosting") || $0 == "Report" || $0 == "SocialMediaPosting"
        || $0 == "ReportageNewsArticle" || $0 == "Review"
    }) {
      return types == ["Review"] && value["headline"] == nil && value["datePublished"] == nil ? 0 : 2
    }
    let isOther = types.contains { type in
      ["WebSite", "Organization", "Person", "ImageObject", "Comment", "BreadcrumbList", "ItemList"].contains {
        type.hasSuffix($0)
      }
    }
    return !isOther && (value["datePublished"] ?? value["dateCreated"] ?? value["uploadDate"]) != nil ? 1 : 0
  }

  private static func types(_ value: JSONValue) -> [String] {
    guard let type = value["@type"] else { return [] }
    return type.string.map { [$0] } ?? type.array?.compactMap(\.string) ?? []
  }

  private enum Kind { case persons, organisations, either }

  /// Names, those of the other kind left out; what declares no type counts as either.
  private static func names(_ value: JSONValue?, named: [String: JSONValue], kind: Kind, depth: Int = 0) -> [String] {
    guard let value, depth < 4 else { return [] }
    if let items = value.array { return items.flatMap { names($0, named: named, kind: kind, depth: depth + 1) } }
    if let text = text(value) { return [text] }
    let types = types(value)
    if kind == .persons, types.contains(where: { $0.hasSuffix("Organization") }) { return [] }
    if kind == .organisations, types.contains("Person") { return [] }
    if let name = value["name"] {
      return name.array.map { $0.compactMap { text($0) } } ?? text(name).map { [$0] } ?? []
    }
    if let id = value["@id"]?.string, let other = named[id], other["name"] != nil {
      return names(other, named: [:], kind: kind, depth: depth + 1)
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
}
