import HTTPAnswers
import Model
import Storage

/// All captures of a URL that can be shown (TimeMap, RFC 7089 §5), as links (RFC 6690) or as lines of an index.
extension MementoAnswers {
  /// As many mementos as one TimeMap of links lists; a longer history is spread over several that name each other.
  static let longestTimeMap = 5000

  func timeMap(
    of url: ArchivedURL, _ format: ReplayAddress.TimeMapFormat, from: Timestamp?, until: Timestamp?,
    _ question: Question, _ store: Store
  ) throws(StorageError) -> Answer {
    guard format == .link else {
      var parameters = [(name: "url", value: url.text), (name: "matchType", value: "exact")]
      parameters.append((name: "output", value: format.rawValue))
      if let from { parameters.append((name: "from", value: Timestamp.text(from.earliest))) }
      if let until { parameters.append((name: "to", value: Timestamp.text(until.latest))) }
      let answer = try cdx(parameters, .pywb, in: store)
      return answer.body.isEmpty ? notArchived(url) : answer
    }
    let mementos = Mementos(try lookup.entries(of: url, in: store))
    let listed = mementos.addressed(from: from?.earliest, through: until?.latest)
    guard let first = listed.first, let last = listed.last else { return notArchived(url) }
    let addresses = MementoAddresses(base: question.base, form: .page)
    let pages = Self.pages(of: listed)
    let page = pages[0]
    var links = [
      Self.link(
        to: addresses.timeMap(url.text, from: from?.earliest, through: until?.latest), rel: "self", of: page)
    ]
    links += addresses.links(of: url.text).prefix(2).reversed()
    links += pages.dropFirst().map { page in
      Self.link(to: addresses.timeMap(url.text, from: page.first?.at, through: page.last?.at), rel: "timemap", of: page)
    }
    links += page.map { entry in
      let ends = (entry.id == first.id ? "first " : "") + (entry.id == last.id ? "last " : "")
      return addresses.link(to: entry, rel: ends + "memento")
    }
    return Answer(
      type: "application/link-format", body: Array((links.joined(separator: ",\n") + "\n").utf8),
      fields: [("Link", addresses.links(of: url.text).joined(separator: ", "))])
  }

  /// Cut so that no second stands on two pages.
  private static func pages(of entries: [IndexedCapture]) -> [ArraySlice<IndexedCapture>] {
    var pages: [ArraySlice<IndexedCapture>] = []
    var rest = entries[...]
    while rest.count > longestTimeMap {
      let second = rest[rest.startIndex + longestTimeMap - 1].at.second
      let page = rest.prefix(longestTimeMap) + rest.dropFirst(longestTimeMap).prefix { $0.at.second == second }
      pages.append(page)
      rest = rest.dropFirst(page.count)
    }
    return rest.isEmpty ? pages : pages + [rest]
  }

  private static func link(to address: String, rel: String, of page: ArraySlice<IndexedCapture>) -> String {
    let span = [("from", page.first), ("until", page.last)].compactMap { name, entry in
      entry.map { "; \(name)=\"\(MementoDatetime.text($0.at))\"" }
    }
    return "<\(address)>; rel=\"\(rel)\"; type=\"application/link-format\"" + span.joined()
  }
}
