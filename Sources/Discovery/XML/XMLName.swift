/// An element's name as the readers here tell names apart: a vocabulary and a word of it.
struct XMLName: Hashable {
  let namespace: XMLNamespace
  let word: XMLWord
}

/// The vocabularies that feeds and sitemaps are written in.
enum XMLNamespace: Hashable {
  /// RSS of all kinds, sitemaps, OPML, and whatever is named without a prefix in a document that says nothing else.
  case plain
  case atom, rdf, dublinCore, syndication, media, feedburner, news, xhtml, other

  /// By its URI, whatever its case and the slash at its end. Nil for one not known here.
  init?(uri: [UInt8]) {
    let uri = String(decoding: uri.map { (65...90).contains($0) ? $0 | 32 : $0 }, as: UTF8.self)
    guard let hit = Self.uris.first(where: { uri.contains($0.0) }) else { return nil }
    self = hit.1
  }

  /// By the prefix that everybody uses, for documents that forgot to declare it.
  init?(prefix: [UInt8]) {
    let prefix = String(decoding: prefix.map { (65...90).contains($0) ? $0 | 32 : $0 }, as: UTF8.self)
    guard let hit = Self.prefixes[prefix] else { return nil }
    self = hit
  }

  /// The longer before the shorter that begins it.
  private static let uris: [(String, XMLNamespace)] = [
    ("purl.org/rss/1.0/modules/syndication", .syndication), ("purl.org/rss/1.0/modules/", .other),
    ("purl.org/rss/1.0", .plain), ("purl.org/net/rss", .plain), ("my.netscape.com", .plain),
    ("channel.netscape.com", .plain), ("backend.userland.com", .plain), ("blogs.law.harvard.edu/tech/rss", .plain),
    ("rssboard.org/rss-", .plain), ("w3.org/2005/atom", .atom), ("purl.org/atom/", .atom),
    ("22-rdf-syntax-ns", .rdf), ("purl.org/dc/", .dublinCore), ("search.yahoo.com/mrss", .media),
    ("rssnamespace.org/feedburner", .feedburner), ("schemas/sitemap-news", .news), ("schemas/sitemap-", .other),
    ("schemas/sitemap", .plain), ("w3.org/1999/xhtml", .xhtml), ("w3.org/2000/svg", .other),
    ("w3.org/1998/math", .other),
  ]

  private static let prefixes: [String: XMLNamespace] = [
    "rss": .plain, "atom": .atom, "atom10": .atom, "a10": .atom, "rdf": .rdf, "dc": .dublinCore,
    "dcterms": .dublinCore, "sy": .syndication, "media": .media, "feedburner": .feedburner, "news": .news, "n": .news,
    "xhtml": .xhtml, "html": .xhtml,
  ]
}

/// The words that mean something here, in lower case; every other is `other`.
enum XMLWord: String, Hashable, CaseIterable {
  // Roots.
  case rss, rdf, feed, channel, html, urlset, sitemapindex, opml
  // Feeds.
  case item, entry, title, link, guid, id, pubdate, published, issued, created, updated, modified, date, origlink
  case image, textinput, source, author, contributor, ttl, skiphours, hour, updateperiod, updatefrequency
  case description, category, comments, enclosure, summary, content, group
  // Sitemaps.
  case url, sitemap, loc, lastmod, changefreq, priority, news
  case publicationDate = "publication_date"
  // Lists of feeds.
  case outline
  case other = ""

  private static let byKey: [UInt64: XMLWord] = {
    var out: [UInt64: XMLWord] = [:]
    for word in allCases { out[key(Array(word.rawValue.utf8)[...])] = word }
    return out
  }()

  init(_ name: ArraySlice<UInt8>) { self = Self.byKey[Self.key(name)] ?? .other }

  /// FNV-1a (Fowler, Noll, Vo) of the name in lower case.
  static func key(_ name: ArraySlice<UInt8>) -> UInt64 {
    var key: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in name { key = (key ^ UInt64((65...90).contains(byte) ? byte | 32 : byte)) &* 0x100_0000_01B3 }
    return key
  }
}
