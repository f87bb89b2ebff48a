import Model

/// What a URL probably is, by its path alone; what it turns out to be when it is fetched counts more.
public enum GuessedKind {
  public static func of(_ url: WebURL) -> SourceKind {
    let path = url.target.prefix { $0 != "?" }.lowercased()
    let segments = path.split(separator: "/")
    let last = segments.last ?? ""
    let name = last.prefix { $0 != "." }
    if name.contains("sitemap"),
      last.hasSuffix(".xml") || last.hasSuffix(".gz") || last.hasSuffix(".txt") || name == last
    {
      return .sitemap
    }
    let isFeedName = names.contains(String(name)) || names.contains(String(last))
    if endings.contains(where: last.hasSuffix) || isFeedName || url.target.lowercased().contains("?feed=") {
      return .feed
    }
    return .page
  }

  private static let endings = [".rss", ".atom", ".rdf", ".xml", ".rss2"]
  private static let names: Set<String> = ["feed", "feeds", "rss", "rss2", "atom", "feed.json", "index.rdf"]
}
