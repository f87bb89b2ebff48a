/// Bodies of a host's articles by what they are like, for `compact` to find bases among. Holds the first and the newest body
/// that it was shown of each article, some thousand in all, the latest.
struct SiblingIndex {
  private struct Entry {
    let article: Int64
    let body: Int64
    let sketch: BodySketch
  }

  /// Two for each of 2,048 articles: 1 MiB of sketches.
  private static let limit = 4096

  private var hosts: [[UInt8]: [Entry]] = [:]
  private var count = 0

  func knows(_ host: [UInt8]) -> Bool { hosts[host] != nil }

  /// Adds a body; the article's first stays, another takes the place of the one after it.
  mutating func insert(_ body: Int64, _ sketch: BodySketch, article: Int64, host: [UInt8]) {
    let entry = Entry(article: article, body: body, sketch: sketch)
    var entries = hosts[host] ?? []
    let own = entries.indices.filter { entries[$0].article == article }
    if own.count > 1 {
      entries[own[1]] = entry
    } else {
      entries.append(entry)
      count += 1
    }
    hosts[host] = entries
    if count > Self.limit { shrink() }
  }

  /// The bodies most like one, of other articles of the host, that came before it.
  func nearest(_ sketch: BodySketch, before body: Int64, article: Int64, host: [UInt8], limit: Int) -> [Int64] {
    (hosts[host] ?? []).filter { $0.article != article && $0.body < body }
      .map { (body: $0.body, shared: $0.sketch.shared(with: sketch)) }
      .filter { $0.shared > 0 }
      .sorted { ($0.shared, $0.body) > ($1.shared, $1.body) }
      .prefix(limit).map(\.body)
  }

  /// Lets go of the older half of each host.
  private mutating func shrink() {
    hosts = hosts.mapValues { Array($0.suffix(($0.count + 1) / 2)) }.filter { $0.value.count > 1 }
    count = hosts.values.reduce(0) { $0 + $1.count }
  }
}
