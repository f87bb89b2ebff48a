import Model

/// What servers, feeds and sitemaps say about when an article changes. Never trusted beyond the bounds that `Schedule` sets.
public struct ScheduleHints: Hashable, Sendable {
  /// Until when the server calls its last answer fresh: a check before that would get the same answer from a cache.
  public var freshUntil: Instant?
  /// Before this nothing may be asked (Retry-After).
  public var notBefore: Instant?
  /// When a feed (`updated`) or sitemap (`lastmod`) says that the article last changed.
  public var listedChange: Instant?
  /// A sitemap's `changefreq` in milliseconds. Counts only until there is a history.
  public var changeInterval: Int64?

  public init(
    freshUntil: Instant? = nil, notBefore: Instant? = nil, listedChange: Instant? = nil, changeInterval: Int64? = nil
  ) {
    (self.freshUntil, self.notBefore) = (freshUntil, notBefore)
    (self.listedChange, self.changeInterval) = (listedChange, changeInterval)
  }

  func listsChange(after checked: Instant) -> Bool { listedChange.map { $0 > checked } ?? false }
}
