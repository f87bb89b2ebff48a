import Discovery
import Markup
import Model
import Storage

/// What a feed, sitemap or listing page names, as far as it is to be watched.
///
/// A sitemap may list everything a site ever published: entries that it dates before `oldest` are passed over, and of entries
/// without a date no more than `mostUndated` are taken. How many were left is part of the message.
struct SourceListing {
  var title: String?
  var articles: [ListedArticle] = []
  /// The sitemaps that an index names; the feed that a page names.
  var parts: [WebURL] = []
  /// What could not be read, or was left; nil when nothing.
  var message: String?
  /// Milliseconds that the source asks to be left alone.
  var interval: Int64?

  /// 30 days, in milliseconds.
  static let oldest: Int64 = 30 * 86_400_000
  static let mostUndated = 5_000

  /// Reads an answer as what the source is.
  init(_ response: Response, kind: SourceKind, now: Instant) throws(DiscoveryError) {
    let type = response.fields["Content-Type"]
    switch kind {
    case .feed:
      do throws(DiscoveryError) {
        self.init(try Feed(parsing: response.body, contentType: type, url: response.url))
      } catch {
        guard error == .isHTML, let feed = try Self.feed(of: response, type) else { throw error }
        self.init()
        parts = [feed]
        message = "it is an HTML page; the feed it names is asked instead"
      }
    case .sitemap: self.init(try Sitemap(parsing: response.body, contentType: type, url: response.url), now: now)
    case .list, .page: try self.init(page: response, contentType: type)
    }
  }

  private init() {}

  private init(_ feed: Feed) {
    title = feed.title.isEmpty ? nil : feed.title
    articles = feed.items.compactMap { Self.listed($0.url, $0.updated ?? $0.published) }
    interval = feed.hints.interval.map { $0 * 1000 }
    message = Self.described(feed.problems)
  }

  private init(_ sitemap: Sitemap, now: Instant) {
    let limit = now.advanced(byMilliseconds: -Self.oldest)
    var (old, undated) = (0, 0)
    for entry in sitemap.entries {
      let stated = entry.lastModified ?? entry.news?.published
      if let stated, stated.instant(assumingOffsetMinutes: 0) < limit {
        old += 1
      } else if sitemap.format == .index {
        if let url = Self.web(entry.url) { parts.append(url) }
      } else if stated == nil, undated >= Self.mostUndated {
        undated += 1
      } else if let article = Self.listed(entry.url, stated) {
        if stated == nil { undated += 1 }
        articles.append(article)
      }
    }
    let left = [
      old > 0 ? "\(old) entries dated more than 30 days ago are passed over" : nil,
      undated > Self.mostUndated ? "\(undated - Self.mostUndated) entries without a date are passed over" : nil,
      Self.described(sitemap.problems),
    ].compactMap(\.self)
    message = left.isEmpty ? nil : left.joined(separator: "; ")
  }

  private init(page: Response, contentType: String?) throws(DiscoveryError) {
    articles = ListingPage.links(in: try Self.tree(page, contentType), url: page.url)
      .map { ListedArticle(url: $0.url.request) }
    message = articles.isEmpty ? "no links that look like articles" : nil
  }

  /// The first feed that a page names as its own (autodiscovery).
  private static func feed(of page: Response, _ contentType: String?) throws(DiscoveryError) -> WebURL? {
    FeedLinks.found(in: try tree(page, contentType), url: page.url).first(where: \.isDeclared).flatMap { web($0.url) }
  }

  private static func tree(_ page: Response, _ contentType: String?) throws(DiscoveryError) -> MarkupTree {
    do throws(MarkupError) {
      return try MarkupTree(parsing: try Charset(decoding: page.body, contentType: contentType).utf8)
    } catch { throw .undecodable(error) }
  }

  private static func listed(_ url: String, _ stated: PartialTimestamp?) -> ListedArticle? {
    ArticleURL(url).map { ListedArticle(url: $0.request, statedAt: stated?.instant(assumingOffsetMinutes: 0)) }
  }

  /// Nil for what is no web address: the reader has counted it among the problems.
  private static func web(_ url: String) -> WebURL? { try? WebURL(url) }

  private static func described(_ problems: [Discovery.Problem]) -> String? {
    problems.isEmpty
      ? nil
      : problems.map { "\($0.kind.rawValue)\($0.count > 1 ? " (\($0.count) times)" : "")" }.joined(separator: "; ")
  }
}
