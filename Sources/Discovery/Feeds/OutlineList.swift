import Model

/// A list of feeds in OPML (opml.org, versions 1 and 2), as feed readers export it: `outline` elements with `xmlUrl`, in
/// folders or not.
public struct OutlineList: Hashable, Sendable {
  public struct Entry: Hashable, Sendable {
    /// The feed, absolute, http or https.
    public var feed: String
    /// The site it is of; nil when the list does not say.
    public var site: String?
    /// Empty when it has none.
    public var title: String
    /// The names of the folders it stands in, outermost first.
    public var folders: [String]
  }

  /// In the order of the list; a feed that stands in several folders is listed as often.
  public let entries: [Entry]
  public let problems: [Problem]

  /// `url` is where the list came from, nil for a file; only relative references need it.
  public init(parsing octets: [UInt8], contentType: String? = nil, url: String? = nil) throws(DiscoveryError) {
    let text = try DocumentText(decoding: octets, contentType: contentType)
    var reader = XMLReader(text.utf8)
    var (isList, isHTML, hasEnded): (Bool, Bool, Bool) = (false, false, false)
    var entries: [Entry] = []
    var open: [String?] = []
    while let event = reader.next() {
      switch event {
      case .start(let element):
        switch element.name.word {
        case .opml: isList = true
        case .html: isHTML = true
        case .outline:
          isList = isList || !isHTML
          let title = FieldText.html(
            Array((reader.value("title", of: element) ?? reader.value("text", of: element) ?? "").utf8))
          let given = reader.value("xmlUrl", of: element)
          if let given {
            // `feed:` is the scheme by which browsers once handed feeds to readers.
            let plain = given.lowercased().hasPrefix("feed:") ? String(given.dropFirst(5)) : given
            let reference = plain.hasPrefix("//") && url == nil ? "http:" + plain : plain
            if let feed = NamedAddress.absolute(reference, base: url) {
              let site = reader.value("htmlUrl", of: element).flatMap { NamedAddress.absolute($0, base: url) }
              entries.append(Entry(feed: feed, site: site, title: title, folders: open.compactMap { $0 }))
            } else {
              reader.note(.badAddress)
            }
          }
          open.append(given == nil && !title.isEmpty ? title : nil)
        default: break
        }
      case .end(let name):
        if name.word == .outline, !open.isEmpty { open.removeLast() }
        if name.word == .opml { hasEnded = true }
      case .text: break
      }
    }
    guard isList else { throw isHTML ? .isHTML : .unknownFormat }
    if !hasEnded { reader.note(.cutOff) }
    var problems = reader.problems
    problems.add(text.problems)
    (self.entries, self.problems) = (entries, problems.list)
  }
}
