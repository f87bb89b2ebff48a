import JSON
import Model

/// A feed: the articles that a publisher announces.
///
/// Read are RSS 0.90 to 2.0, RSS 1.0, Atom 0.3 and 1.0 (RFC 4287), JSON Feed 1 and 1.1; of broken ones as much as there
/// is, with the `problems` met. Cost: linear in the document.
public struct Feed: Hashable, Sendable {
  public enum Format: String, Hashable, Sendable {
    case rss, rdf, atom, json
  }

  /// One announcement.
  public struct Item: Hashable, Sendable {
    /// Where the article is: absolute, http or https, as written but for being made absolute; not in normal form.
    public var url: String
    /// What the feed calls it (guid, atom:id, rdf:about, id), as written; nil when it has no such name. Newsrooms change it
    /// with the headline (miniflux#797), so it names an announcement and never an article.
    public var id: String?
    /// One line of text, markup read away; empty when there is none.
    public var title: String
    /// A date that gives only a year or a month stands for its first day.
    public var published: PartialTimestamp?
    /// When the feed says it was last changed: a hint, for most feeds never change it (RFC 4287 §4.2.15).
    public var updated: PartialTimestamp?
  }

  /// More than any feed has; what goes beyond is counted as a problem and left out.
  public static let mostItems = 50_000

  public let format: Format
  /// The feed's own title; empty when it has none.
  public let title: String
  /// The site that the feed is of, absolute; nil when it does not say.
  public let site: String?
  /// In the feed's order, those with an address of their own.
  public let items: [Item]
  public let hints: Hints
  public let problems: [Problem]

  /// What a feed says about when and how to ask again. Followed or not: none of it is binding.
  public struct Hints: Hashable, Sendable {
    /// Seconds that the feed wants to be left alone, the longest it names (`ttl`, `sy:updatePeriod`); 60 to 31,536,000.
    public var interval: Int64?
    /// Hours of the day in UTC, 0-23, in which not to ask (`skipHours`).
    public var skippedHours: Set<Int> = []
    /// WebSub hubs (W3C WebSub §4), absolute.
    public var hubs: [String] = []
    /// The page of older items (RFC 5005 §3, §4: `next`, `prev-archive`), absolute.
    public var older: String?
  }

  init(format: Format, title: String, site: String?, items: [Item], hints: Hints, problems: [Problem]) {
    (self.format, self.title, self.site) = (format, title, site)
    (self.items, self.hints, self.problems) = (items, hints, problems)
  }

  /// Reads a feed of whatever format.
  /// - Parameters:
  ///   - octets: the payload, content codings undone.
  ///   - contentType: the field's value; only its charset matters.
  ///   - url: where the feed came from, for relative references.
  public init(parsing octets: [UInt8], contentType: String? = nil, url: String) throws(DiscoveryError) {
    let text = try DocumentText(decoding: octets, contentType: contentType)
    if text.utf8.first(where: { $0 > 32 }) == UInt8(ascii: "{") {
      self = try JSONFeed.read(text.utf8, url: url)
    } else {
      var reader = FeedReader(text, url: url)
      self = try reader.read()
    }
  }
}
