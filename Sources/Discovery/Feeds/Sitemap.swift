import Model

/// A sitemap (sitemaps.org protocol 0.9): the pages, or the further sitemaps, that a site names to crawlers.
///
/// Read are `urlset`, `sitemapindex`, Google's news extension, and text with an address a line; gzip is undone here. Images
/// and videos are passed over. Cost: linear in the document.
public struct Sitemap: Hashable, Sendable {
  public enum Format: String, Hashable, Sendable {
    /// Entries are pages.
    case pages
    /// Entries are sitemaps.
    case index
    /// Entries are pages, an address a line.
    case text
  }

  public struct Entry: Hashable, Sendable {
    /// Absolute, http or https, not in normal form.
    public var url: String
    /// A hint; many sites write the time of the request. A year or month alone stands for its first day.
    public var lastModified: PartialTimestamp?
    public var changeFrequency: ChangeFrequency?
    /// 0 to 1 within the site; nil when it does not say, which means 0.5.
    public var priority: Double?
    /// What a news sitemap says besides.
    public var news: News?
  }

  public enum ChangeFrequency: String, Hashable, Sendable {
    case always, hourly, daily, weekly, monthly, yearly, never
  }

  public struct News: Hashable, Sendable {
    public var title: String?
    public var published: PartialTimestamp?
  }

  /// The protocol's limits; what goes beyond is read and reported.
  public static let mostEntries = 50_000
  public static let mostBytes = 52_428_800
  /// Beyond these nothing is read: 256 MiB, and a million entries.
  static let hardBytes = 256 << 20
  static let hardEntries = 1_000_000

  public let format: Format
  public let entries: [Entry]
  /// Entries in the document, those without an address or beyond a million included.
  public let entryCount: Int
  public let problems: [Problem]

  /// - Parameters:
  ///   - octets: the payload, content codings undone; a gzip file still in gzip.
  ///   - contentType: the field's value; only its charset matters.
  ///   - url: where it came from, for relative references.
  public init(parsing octets: [UInt8], contentType: String? = nil, url: String) throws(DiscoveryError) {
    let isGzip = GzipFile.isOne(octets)
    let octets = isGzip ? try GzipFile.contents(octets, limit: Self.hardBytes) : octets
    guard octets.count <= Self.hardBytes else { throw .tooLarge(limitBytes: Self.hardBytes) }
    let text = try DocumentText(decoding: octets, contentType: isGzip ? nil : contentType)
    var reader = SitemapReader(text, url: url)
    format = try text.utf8.first { $0 > 32 } == UInt8(ascii: "<") ? reader.readXML() : reader.readLines(text.utf8)
    (entries, entryCount) = (reader.entries, reader.entryCount)
    var problems = text.problems
    problems.add(reader.allProblems)
    if reader.entryCount > Self.mostEntries { problems.note(.tooMany) }
    if octets.count > Self.mostBytes { problems.note(.tooLarge) }
    self.problems = problems.list
  }
}
