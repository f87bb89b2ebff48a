import JSON
import Model

/// JSON Feed 1 and 1.1 (jsonfeed.org), with members of the wrong type passed over.
enum JSONFeed {
  static func read(_ utf8: [UInt8], url: String) throws(DiscoveryError) -> Feed {
    let root: JSONValue
    do {
      root = try JSONValue(parsing: utf8)
    } catch {
      throw .malformedJSON(error.description)
    }
    // `version` must name the format; a list of items is enough to read one that does not.
    guard let entries = root["items"]?.array else { throw .unknownFormat }
    var problems = ProblemCounts()
    if root["version"]?.string?.contains("jsonfeed.org") != true { problems.note(.malformedJSON) }
    var items: [Feed.Item] = []
    for entry in entries {
      guard case .object = entry else {
        problems.note(.malformedJSON)
        continue
      }
      guard items.count < Feed.mostItems else {
        problems.note(.tooMany)
        continue
      }
      if let item = item(entry, url: url, problems: &problems) { items.append(item) }
    }
    var hints = Feed.Hints()
    hints.older = root["next_url"]?.string.flatMap { NamedAddress.absolute($0, base: url) }
    hints.hubs = (root["hubs"]?.array ?? []).prefix(8).compactMap {
      $0["url"]?.string.flatMap { NamedAddress.absolute($0, base: url) }
    }
    return Feed(
      format: .json, title: FieldText.line((root["title"]?.string ?? "").utf8),
      site: root["home_page_url"]?.string.flatMap { NamedAddress.absolute($0, base: url) }, items: items, hints: hints,
      problems: problems.list)
  }

  private static func item(_ entry: JSONValue, url: String, problems: inout ProblemCounts) -> Feed.Item? {
    // 1.1: "If an id is presented as a number or other type, a JSON Feed reader must coerce it to a string."
    var id = entry["id"]?.string
    if id == nil, case .number(let digits)? = entry["id"] { id = digits }
    // `external_url` is a page that the item is about; it is the item where there is no other.
    let names = [
      entry["url"]?.string, id.flatMap { $0.lowercased().hasPrefix("http") ? $0 : nil }, entry["external_url"]?.string,
    ]
    let given = names.compactMap { $0 }
    guard let address = given.lazy.compactMap({ NamedAddress.absolute($0, base: url) }).first else {
      problems.note(given.isEmpty ? .noAddress : .badAddress)
      return nil
    }
    func date(_ key: String) -> PartialTimestamp? {
      guard let text = entry[key]?.string, !text.isEmpty else { return nil }
      let date = FeedDate.read(text)
      if date == nil { problems.note(.badDate) }
      return date
    }
    return Feed.Item(
      url: address, id: id, title: FieldText.line((entry["title"]?.string ?? "").utf8),
      published: date("date_published"), updated: date("date_modified"))
  }
}
