import Model

/// Reads a sitemap's entries, however its elements are nested.
struct SitemapReader {
  private var reader: XMLReader
  private(set) var entries: [Sitemap.Entry] = []
  private(set) var entryCount = 0

  private struct Draft {
    var address: String?
    var lastModified: PartialTimestamp?
    var changeFrequency: Sitemap.ChangeFrequency?
    var priority: Double?
    var news: Sitemap.News?
  }

  private var entry: Draft?
  private var leaf: (name: XMLName, text: [UInt8])?

  init(_ text: DocumentText, url: String) { reader = XMLReader(text.utf8, document: url) }

  var allProblems: ProblemCounts { reader.problems }

  mutating func readXML() throws(DiscoveryError) -> Sitemap.Format {
    var format: Sitemap.Format?
    var (isHTML, hasEnded, entryDepth) = (false, false, 0)
    while let event = reader.next() {
      switch event {
      case .start(let element):
        switch (element.name.namespace, element.name.word) {
        case (.plain, .urlset): format = format ?? .pages
        case (.plain, .sitemapindex): format = format ?? .index
        case (.plain, .html), (.xhtml, .html): if format == nil { isHTML = true }
        case (.plain, .url), (.plain, .sitemap):
          guard format != nil else { continue }
          endEntry()
          if entryDepth == 0 { entryDepth = element.depth } else { reader.unwind(to: entryDepth - 1) }
          entry = Draft()
        case (.plain, .loc), (.plain, .lastmod), (.plain, .changefreq), (.plain, .priority), (.news, .title),
          (.news, .publicationDate):
          guard entry != nil else { continue }
          finishLeaf()
          leaf = (element.name, [])
        default: break
        }
      case .text(let text):
        guard leaf != nil else { continue }
        let decoded = reader.decoded(text)
        if (leaf?.text.count ?? 0) < FieldText.longest { leaf?.text += decoded }
      case .end(let name):
        if let leaf, leaf.name == name { finishLeaf() }
        switch (name.namespace, name.word) {
        case (.plain, .url), (.plain, .sitemap): endEntry()
        case (.plain, .urlset), (.plain, .sitemapindex): hasEnded = true
        default: break
        }
      }
    }
    guard let format else { throw isHTML ? .isHTML : .unknownFormat }
    if !hasEnded {
      reader.note(.cutOff)
      leaf = nil  // half a text
    }
    endEntry()
    return format
  }

  /// An address a line, in UTF-8 (sitemaps.org, "Text file").
  mutating func readLines(_ utf8: [UInt8]) throws(DiscoveryError) -> Sitemap.Format {
    for line in utf8.split(whereSeparator: { $0 == 10 || $0 == 13 }) where line.contains(where: { $0 > 32 }) {
      entryCount += 1
      guard let address = NamedAddress.absolute(String(decoding: line, as: UTF8.self), base: nil) else {
        // Prose, or a page of another kind: a list of addresses begins with one.
        if entries.isEmpty { throw .unknownFormat }
        reader.note(.badAddress)
        continue
      }
      if entries.count < Sitemap.hardEntries { entries.append(Sitemap.Entry(url: address)) }
    }
    return .text
  }

  private mutating func finishLeaf() {
    guard let (name, text) = leaf else { return }
    leaf = nil
    let line = FieldText.line(text)
    guard !line.isEmpty, var draft = entry else { return }
    switch name.word {
    case .loc: draft.address = draft.address ?? line
    case .lastmod: draft.lastModified = date(line)
    case .changefreq: draft.changeFrequency = Sitemap.ChangeFrequency(rawValue: line.lowercased())
    case .priority: draft.priority = Double(line).flatMap { (0...1).contains($0) ? $0 : nil }
    case .title: draft.news = Sitemap.News(title: FieldText.html(text), published: draft.news?.published)
    case .publicationDate: draft.news = Sitemap.News(title: draft.news?.title, published: date(line))
    default: break
    }
    entry = draft
  }

  private mutating func date(_ line: String) -> PartialTimestamp? {
    let date = FeedDate.read(line)
    if date == nil { reader.note(.badDate) }
    return date
  }

  private mutating func endEntry() {
    finishLeaf()
    guard let draft = entry else { return }
    entry = nil
    entryCount += 1
    guard let given = draft.address, let address = NamedAddress.absolute(given, base: reader.base) else {
      reader.note(draft.address == nil ? .noAddress : .badAddress)
      return
    }
    guard entries.count < Sitemap.hardEntries else { return }
    entries.append(
      Sitemap.Entry(
        url: address, lastModified: draft.lastModified, changeFrequency: draft.changeFrequency,
        priority: draft.priority, news: draft.news))
  }
}
