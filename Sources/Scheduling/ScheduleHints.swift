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

extension ScheduleHints {
  /// The interval in milliseconds that a sitemap's `changefreq` stands for (sitemaps.org protocol 0.9); "always" is taken as an
  /// hour, "never" and what is no such word give nil.
  public static func changeInterval(_ changefreq: String) -> Int64? {
    switch changefreq.lowercased() {
    case "always", "hourly": 3_600_000
    case "daily": 86_400_000
    case "weekly": 7 * 86_400_000
    case "monthly": 30 * 86_400_000
    case "yearly": 365 * 86_400_000
    default: nil
    }
  }
}
