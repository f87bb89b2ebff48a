import Markup

/// The feeds that a page names.
public enum FeedLinks {
  public struct Link: Hashable, Sendable {
    /// Absolute, http or https.
    public let url: String
    /// What the page calls it; empty when it does not.
    public let title: String
    /// Whether a `link` element declares it (RSS autodiscovery, as HTML §4.6.7.1 has it). Else it is a guess, from the
    /// address of an `a` element; it takes a fetch to know.
    public let isDeclared: Bool
  }

  /// Declared ones first, each kind in page order, none twice. Comment feeds stand last, for they announce no articles.
  /// `url` is where the page came from.
  public static func found(in tree: MarkupTree, url: String) -> [Link] {
    let base = PageAddresses.base(of: tree, url: url)
    var (declared, guessed, comments): ([Link], [Link], [Link]) = ([], [], [])
    var seen: Set<String> = []
    for index in tree.nodes.indices {
      let node = tree.nodes[index]
      guard node.tag == .link || node.tag == .a, let href = tree.value(of: "href", at: index) else { continue }
      let isDeclared = node.tag == .link
      guard isDeclared ? declares(index, in: tree) : looksLikeFeed(href) else { continue }
      guard let address = NamedAddress.absolute(withoutFeedScheme(href), base: base), seen.insert(address).inserted
      else {
        continue
      }
      let title = isDeclared ? (tree.value(of: "title", at: index) ?? "") : ""
      let text = isDeclared ? FieldText.line(title.utf8) : FieldText.line(tree.textBytes(of: index))
      let link = Link(url: address, title: text, isDeclared: isDeclared)
      if isCommentFeed(address) {
        comments.append(link)
      } else if isDeclared {
        declared.append(link)
      } else {
        guessed.append(link)
      }
      if seen.count >= 1000 { break }
    }
    return declared + guessed + comments
  }

  private static let types: Set<String> = [
    "application/rss+xml", "application/atom+xml", "application/feed+json", "application/json", "application/rdf+xml",
    "application/x-rss+xml", "text/rss+xml", "text/xml", "application/xml",
  ]

  /// `rel` names `alternate` or `feed`, and the type is a feed's; WordPress declares its API as `application/json`, which is
  /// none.
  private static func declares(_ index: Int, in tree: MarkupTree) -> Bool {
    let relations = (tree.value(of: "rel", at: index) ?? "").lowercased().split(separator: " ")
    let whole = (tree.value(of: "type", at: index) ?? "").lowercased().split(separator: ";").first ?? ""
    let type = String(whole.filter { $0 != " " })
    if relations.contains("feed") { return type.isEmpty || types.contains(type) }
    guard relations.contains("alternate"), types.contains(type) else { return false }
    guard type == "application/json" else { return true }
    return tree.value(of: "href", at: index)?.contains("wp-json") == false
  }

  /// The last part of the path is a name that feeds have.
  private static func looksLikeFeed(_ href: String) -> Bool {
    let folded = href.lowercased()
    if folded.hasPrefix("feed:") { return true }
    let path = folded.prefix { $0 != "?" && $0 != "#" }
    let query = folded.dropFirst(path.count)
    if query.hasPrefix("?feed=") || query.contains("format=rss") || query.contains("format=atom") { return true }
    guard let last = path.split(separator: "/").last, !last.contains(":") else { return false }
    return names.contains(String(last)) || last.hasSuffix(".rss") || last.hasSuffix(".rdf") || last.hasSuffix(".atom")
  }

  private static let names: Set<String> = [
    "feed", "feeds", "rss", "atom", "rss2", "feed.xml", "feeds.xml", "rss.xml", "atom.xml", "index.xml", "feed.json",
    "rss.php", "feed.php", "rss2.xml", "news.xml", "rssfeed",
  ]

  private static func isCommentFeed(_ address: String) -> Bool {
    let folded = address.lowercased()
    return folded.contains("/comments/") || folded.contains("comments-rss") || folded.hasSuffix("/comments")
  }

  private static func withoutFeedScheme(_ href: String) -> String {
    let folded = href.lowercased()
    guard folded.hasPrefix("feed:") else { return href }
    let rest = href.dropFirst(5)
    return rest.hasPrefix("//") ? "http:" + rest : String(rest)
  }
}
