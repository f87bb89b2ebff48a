import Model

/// Reads RSS, RDF and Atom as one flat sequence of elements: what an element is for follows from its name and from the
/// item it stands in, not from the exact nesting, which broken feeds get wrong.
struct FeedReader {
  /// An item, or the feed itself, as far as it was read.
  private struct Draft {
    var title: String?
    var link: String?
    /// Of FeedBurner and its like, which put a redirect of their own into `link`.
    var originalLink: String?
    /// Atom's, and how good it is: 2 for HTML, 1 for another type.
    var alternate: (url: String, rank: Int)?
    var id: String?
    var idIsAddress = true
    var about: String?
    var published: PartialTimestamp?
    var updated: PartialTimestamp?
    var base: String?
  }

  private struct Leaf {
    let name: XMLName
    let attributes: XMLReader.Element
    var text: [UInt8] = []
  }

  /// Beyond this a text is cut: no field is longer.
  private static let longestText = 1 << 16

  private let url: String
  private let decoding: ProblemCounts
  private var reader: XMLReader
  private var format: Feed.Format?
  private var feed = Draft()
  private var item: Draft?
  private var leaf: Leaf?
  /// Depth of an element whose contents are of something else: an image, a person, another feed.
  private var foreign: Int?
  private var itemDepth: Int?
  private var drafts: [Draft] = []
  private var hints = Feed.Hints()
  private var period: Int64?
  private var frequency: Int64 = 1
  private var isHTML = false
  private var hasJunk = false
  private var endedRoot = false

  init(_ text: DocumentText, url: String) {
    (self.url, decoding, reader) = (url, text.problems, XMLReader(text.utf8, document: url))
  }

  mutating func read() throws(DiscoveryError) -> Feed {
    while let event = reader.next() {
      switch event {
      case .start(let element): start(element)
      case .end(let name): end(name)
      case .text(let text):
        if format == nil, !reader.isBlank(text) { hasJunk = true }
        guard leaf != nil else { continue }
        let decoded = reader.decoded(text)
        if (leaf?.text.count ?? 0) < Self.longestText { leaf?.text += decoded.prefix(Self.longestText) }
      }
    }
    guard let format else { throw isHTML ? .isHTML : .unknownFormat }
    if hasJunk { reader.note(.junkBeforeRoot) }
    if !endedRoot { reader.note(.cutOff) }
    // What the document ends within is half a text, but for an item that is known already.
    leaf = nil
    endItem()
    if let period {
      let seconds = period / max(1, frequency)
      hints.interval = max(hints.interval ?? 0, seconds)
    }
    hints.interval = hints.interval.map { min(max($0, 60), 31_536_000) }
    let site = address(feed)
    let items = drafts.compactMap { completed($0, site: site) }
    var problems = reader.problems
    problems.add(decoding)
    return Feed(
      format: format, title: feed.title ?? "", site: site, items: items, hints: hints, problems: problems.list)
  }

  // MARK: Elements

  private mutating func start(_ element: XMLReader.Element) {
    let name = element.name
    guard format != nil || isRoot(name) else {
      if name.word == .html { isHTML = true }
      return
    }
    if name.namespace == .plain || name.namespace == .atom, name.word == .item || name.word == .entry {
      startItem(element)
      return
    }
    if let depth = foreign, element.depth > depth { return }
    foreign = nil
    switch (name.namespace, name.word) {
    case (.plain, .image), (.plain, .textinput), (.plain, .source), (.atom, .source), (.plain, .author),
      (.atom, .author),
      (.plain, .contributor), (.atom, .contributor), (.media, .group), (.media, .content):
      // The next sibling at this depth ends it, whether or not it was closed.
      finishLeaf()
      foreign = element.depth
    case (.plain, .link), (.atom, .link):
      finishLeaf()
      takeLink(element)
      leaf = Leaf(name: name, attributes: element)
    case (.plain, _), (.atom, _):
      guard Self.leaves.contains(name.word) else { return }
      finishLeaf()
      leaf = Leaf(name: name, attributes: element)
    case (.dublinCore, _), (.syndication, _), (.feedburner, _):
      guard Self.leaves.contains(name.word) else { return }
      finishLeaf()
      leaf = Leaf(name: name, attributes: element)
    default: break
    }
  }

  /// Those that hold a text asked for, or whose start shows that the one before was left open.
  private static let leaves: Set<XMLWord> = [
    .title, .guid, .id, .pubdate, .published, .issued, .created, .updated, .modified, .date, .origlink, .ttl, .hour,
    .updateperiod, .updatefrequency, .description, .category, .comments, .enclosure, .summary, .content,
  ]

  private mutating func isRoot(_ name: XMLName) -> Bool {
    switch (name.namespace, name.word) {
    case (.plain, .rss): format = .rss
    case (.rdf, .rdf), (.plain, .rdf): format = .rdf
    case (.plain, .feed), (.atom, .feed): format = .atom
    case (.plain, .channel), (.plain, .item): format = isHTML ? nil : .rss
    case (.atom, .entry): format = .atom
    default: break
    }
    return format != nil
  }

  private mutating func startItem(_ element: XMLReader.Element) {
    endItem()
    foreign = nil
    if let itemDepth { reader.unwind(to: itemDepth - 1) } else { itemDepth = element.depth }
    var draft = Draft()
    draft.about = reader.value("rdf:about", of: element)
    draft.base = reader.base
    item = draft
  }

  private mutating func endItem() {
    finishLeaf()
    if let item {
      if drafts.count < Feed.mostItems { drafts.append(item) } else { reader.note(.tooMany) }
    }
    item = nil
  }

  private mutating func end(_ name: XMLName) {
    if let leaf, leaf.name == name { finishLeaf() }
    if let depth = foreign, reader.depth < depth { foreign = nil }
    guard name.namespace == .plain || name.namespace == .atom || name.namespace == .rdf else { return }
    switch name.word {
    case .item, .entry: endItem()
    case .rss, .rdf, .feed: endedRoot = true
    default: break
    }
  }

  // MARK: Fields

  private mutating func takeLink(_ element: XMLReader.Element) {
    guard let href = reader.value("href", of: element) else { return }
    let relation = (reader.value("rel", of: element) ?? "alternate").lowercased()
    let type = reader.value("type", of: element)?.lowercased()
    let base = reader.base
    switch relation {
    case "alternate", "":
      let rank = type == nil || type?.hasPrefix("text/html") == true || type == "application/xhtml+xml" ? 2 : 1
      change {
        if $0.alternate.map({ $0.rank < rank }) ?? true {
          $0.alternate = (href, rank)
          $0.base = base
        }
      }
    case "hub" where item == nil:
      if let hub = NamedAddress.absolute(href, base: base), hints.hubs.count < 8 { hints.hubs.append(hub) }
    case "next" where item == nil, "prev-archive" where item == nil:
      hints.older = NamedAddress.absolute(href, base: base)
    default: break
    }
  }

  private mutating func change(_ change: (inout Draft) -> Void) {
    if var draft = item {
      change(&draft)
      item = draft
    } else {
      change(&feed)
    }
  }

  private mutating func finishLeaf() {
    guard let leaf else { return }
    self.leaf = nil
    let line = FieldText.line(leaf.text)
    guard !line.isEmpty else { return }
    let isFeedLanguage = leaf.name.namespace == .plain || leaf.name.namespace == .atom
    switch leaf.name.word {
    case .title where isFeedLanguage:
      let title = title(leaf)
      change { $0.title = $0.title ?? title }
    case .title where leaf.name.namespace == .dublinCore:
      let title = FieldText.html(leaf.text)
      change { $0.title = $0.title ?? title }
    case .link where leaf.name.namespace == .plain || format == .atom: change { $0.link = $0.link ?? line }
    case .origlink: change { $0.originalLink = $0.originalLink ?? line }
    case .guid where isFeedLanguage:
      let isPermaLink = reader.value("isPermaLink", of: leaf.attributes)
      change {
        guard $0.id == nil else { return }
        $0.id = line
        $0.idIsAddress = isPermaLink.map { $0.lowercased() != "false" } ?? true
      }
    case .id where isFeedLanguage: change { $0.id = $0.id ?? line }
    case .pubdate, .published, .issued, .created:
      let date = date(line)
      change { $0.published = $0.published ?? date }
    case .date where leaf.name.namespace == .dublinCore || format != .atom:
      let date = date(line)
      change { $0.published = $0.published ?? date }
    case .updated, .modified:
      let date = date(line)
      change { $0.updated = $0.updated ?? date }
    case .ttl: if item == nil, let minutes = Int64(line) { note(interval: minutes.clamped(to: 0...525_600) * 60) }
    case .hour: if item == nil, let hour = Int(line), (0...24).contains(hour) { hints.skippedHours.insert(hour % 24) }
    case .updateperiod: period = Self.periods[line.lowercased()]
    case .updatefrequency: frequency = Int64(line) ?? 1
    default: break
    }
  }

  /// RSS 1.0's syndication module.
  private static let periods: [String: Int64] = [
    "hourly": 3600, "daily": 86_400, "weekly": 604_800, "monthly": 2_592_000, "yearly": 31_536_000,
  ]

  private mutating func note(interval seconds: Int64) { hints.interval = max(hints.interval ?? 0, seconds) }

  /// RFC 4287 §3.1: Atom says whether a title is HTML. RSS never does, and most of it is.
  private mutating func title(_ leaf: Leaf) -> String {
    let type = reader.value("type", of: leaf.attributes)?.lowercased()
    let isText = leaf.name.namespace == .atom && format == .atom && (type == nil || type == "text" || type == "xhtml")
    return isText ? FieldText.line(leaf.text) : FieldText.html(leaf.text)
  }

  private mutating func date(_ line: String) -> PartialTimestamp? {
    let date = FeedDate.read(line)
    if date == nil { reader.note(.badDate) }
    return date
  }

  // MARK: Addresses

  /// The absolute address of an item, or of the feed's site. `host` stands in for the feed's own address.
  private func address(_ draft: Draft, host: String? = nil) -> String? {
    let base = draft.base.flatMap { $0 == url ? nil : $0 } ?? host ?? url
    let first = format == .atom ? draft.alternate?.url : draft.link
    return [draft.originalLink, first, draft.link, draft.alternate?.url].lazy.compactMap { $0 }
      .compactMap { NamedAddress.absolute($0, base: base) }.first
  }

  private mutating func completed(_ draft: Draft, site: String?) -> Feed.Item? {
    // A feed kept by a third party means its own site by a relative reference, unless xml:base says otherwise.
    let host = site.flatMap { SiteName.sameSite($0, url) ? nil : $0 }
    var found = address(draft, host: host)
    if found == nil {
      // RSS 2.0: a guid is an address unless it says that it is none; rdf:about is one by RSS 1.0 §5.5.
      let names = [draft.idIsAddress ? draft.id : nil, draft.about]
      found =
        names.lazy.compactMap { $0 }.filter { $0.lowercased().hasPrefix("http") }
        .compactMap { NamedAddress.absolute($0, base: nil) }.first
    }
    guard let found else {
      let hasOne = draft.originalLink ?? draft.link ?? draft.alternate?.url
      reader.note(hasOne == nil ? .noAddress : .badAddress)
      return nil
    }
    return Feed.Item(
      url: found, id: draft.id ?? draft.about, title: draft.title ?? "", published: draft.published,
      updated: draft.updated)
  }
}

extension Int64 {
  fileprivate func clamped(to range: ClosedRange<Int64>) -> Int64 {
    Swift.min(Swift.max(self, range.lowerBound), range.upperBound)
  }
}
