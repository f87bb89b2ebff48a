/// What a source is.
public enum SourceKind: String, Hashable, Sendable, CaseIterable {
  /// One article.
  case page
  /// RSS, Atom or JSON Feed.
  case feed
  /// A sitemap, a news sitemap, or an index of sitemaps.
  case sitemap
  /// A page of links to articles: a front or section page.
  case list
}

/// How a source is to be asked, as people set it.
public struct SourceSettings: Hashable, Sendable {
  /// Milliseconds between checks; nil: by what they found. What a feed, sitemap or listing page names has its own pace.
  public var every: Int64?
  /// Sent instead of Stet's own.
  public var userAgent: String?
  /// Sent besides, each `name: value`.
  public var headers: [String] = []
  /// Path of a Netscape cookie file.
  public var cookies: String?
  /// Private and loopback addresses may be asked.
  public var allowsPrivateAddresses = false
  public var ignoresRobots = false

  public init() {}
}
