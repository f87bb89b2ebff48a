import JSON
import Markup

/// What an address turned out to hold, for whoever adds it: an article, or a place where articles are announced.
public enum DocumentKind: String, Hashable, Sendable, CaseIterable {
  /// An HTML page, taken for an article unless a listing was asked for.
  case page
  case feed
  case sitemap
  /// A front or section page.
  case list
  /// A list of feeds (OPML).
  case outlines
  /// None of these.
  case other

  /// The first bytes that are looked at.
  static let reach = 1 << 16

  /// - Parameters:
  ///   - octets: the payload, content codings undone.
  ///   - contentType: the field's value; the octets are asked first, for feeds are sent as anything.
  ///   - url: where it came from.
  ///   - guessesLists: whether an HTML page that looks like a listing is one; else every HTML page is a page.
  public static func of(_ octets: [UInt8], contentType: String?, url: String, guessesLists: Bool = false)
    -> DocumentKind
  {
    var octets = octets
    if GzipFile.isOne(octets) {
      // Damaged or too large: whatever it is, it cannot be read.
      guard let contents = try? GzipFile.contents(octets, limit: Sitemap.hardBytes) else { return .other }
      octets = contents
    }
    // What cannot be decoded is of no kind.
    guard let text = try? DocumentText(decoding: Array(octets.prefix(reach)), contentType: contentType) else {
      return .other
    }
    let type = (contentType ?? "").prefix { $0 != ";" }.filter { $0 != " " }.lowercased()
    switch text.utf8.first(where: { $0 > 32 }) {
    case UInt8(ascii: "{"):
      let head = String(decoding: text.utf8, as: UTF8.self)
      let isFeed =
        head.contains("jsonfeed.org/version") || (type == "application/feed+json" && head.contains("\"items\""))
      return isFeed ? .feed : .other
    default: break
    }
    if let kind = root(of: text.utf8) {
      return kind == .page && guessesLists && isList(octets, contentType, url) ? .list : kind
    }
    if type == "text/plain" || type.isEmpty, isAddressList(text.utf8) { return .sitemap }
    guard type == "text/html" || type == "application/xhtml+xml" else { return .other }
    return guessesLists && isList(octets, contentType, url) ? .list : .page
  }

  /// By the first element that tells.
  private static func root(of utf8: [UInt8]) -> DocumentKind? {
    var reader = XMLReader(utf8)
    while let event = reader.next() {
      guard case .start(let element) = event else { continue }
      switch (element.name.namespace, element.name.word) {
      case (.plain, .rss), (.plain, .feed), (.atom, .feed), (.plain, .rdf), (.plain, .channel): return .feed
      case (.rdf, .rdf): return .feed
      case (.plain, .urlset), (.plain, .sitemapindex): return .sitemap
      case (.plain, .opml): return .outlines
      case (_, .html): return .page
      default: if reader.depth > 32 { return nil }
      }
    }
    return nil
  }

  private static func isAddressList(_ utf8: [UInt8]) -> Bool {
    let lines = utf8.split(whereSeparator: { $0 == 10 || $0 == 13 }).prefix(20).filter { $0.contains { $0 > 32 } }
    return !lines.isEmpty
      && lines.allSatisfy { line in
        line.starts(with: "http".utf8) && !line.contains(32)
          && NamedAddress.absolute(String(decoding: line, as: UTF8.self), base: nil) != nil
      }
  }

  /// Many links to articles, and no claim to be one: an article's page has a list of others beside it, but says what it is.
  private static func isList(_ octets: [UInt8], _ contentType: String?, _ url: String) -> Bool {
    // What cannot be decoded or parsed shows no links.
    guard let charset = try? Charset(decoding: octets, contentType: contentType),
      let tree = try? MarkupTree(parsing: charset.utf8)
    else { return false }
    let found = ListingPage.links(in: tree, url: url).count
    guard let address = ArticleURL(url) else { return false }
    let shape = AddressShape(address.request)
    if shape.isRoot { return found >= 5 }
    // Section pages declare themselves articles too, but at an address without a name and with many links.
    return found >= 10 && shape.score < 4 && ((shape.score == 0 && found >= 20) || !declaresArticle(tree))
  }

  private static func declaresArticle(_ tree: MarkupTree) -> Bool {
    for index in tree.nodes.indices where tree.nodes[index].tag == .meta {
      guard let name = tree.value(of: "property", at: index)?.lowercased() else { continue }
      if name == "article:published_time" { return true }
      if name == "og:type", tree.value(of: "content", at: index)?.lowercased().hasSuffix("article") == true {
        return true
      }
    }
    return false
  }
}
