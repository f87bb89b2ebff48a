import Formats
import Model
import Storage

/// Finds the captures of a URL, or of all URLs that begin alike, whatever articles they are filed under.
struct CaptureLookup: Sendable {
  private let hops = LaterHops()

  /// Captures of the URL in any of its spellings, by instant, then sequence, then digest.
  func entries(of url: ArchivedURL, in store: Store) throws(StorageError) -> [IndexedCapture] {
    try entries(withKey: url.key, of: articles(of: url, in: store), in: store)
  }

  /// The articles that are filed under the URL, in any of its spellings.
  func filed(under url: ArchivedURL, in store: Store) throws(StorageError) -> [Int64] {
    try store.articles(withKeys: url.filedKeys).filter { SURT.key(of: $0.url) == url.key }.map(\.id).sorted()
  }

  /// The articles that have captures of the URL, in any of its spellings.
  func articles(of url: ArchivedURL, in store: Store) throws(StorageError) -> Set<Int64> {
    Set(try filed(under: url, in: store)).union(try hops.articles(withKey: url.key, in: store))
  }

  /// The captures with that key among those of some articles.
  func entries(withKey key: String, of articles: some Sequence<Int64>, in store: Store) throws(StorageError)
    -> [IndexedCapture]
  {
    var found: [IndexedCapture] = []
    var count = 0
    for article in articles {
      var keys: [String: Bool] = [:]
      count += 1
      for entry in try store.entries(of: article) {
        let isMeant = keys[entry.url] ?? (SURT.key(of: entry.url) == key)
        keys[entry.url] = isMeant
        if isMeant { found.append(entry) }
      }
    }
    // The captures of one article come in order.
    if count > 1 {
      found.sort {
        ($0.at, $0.sequence) == ($1.at, $1.sequence)
          ? $0.digest.bytes.lexicographicallyPrecedes($1.digest.bytes)
          : ($0.at, $0.sequence) < ($1.at, $1.sequence)
      }
    }
    return found
  }

  /// All keys within a range, in order, with the articles that have captures under them.
  func keys(in range: KeyRange, of store: Store) throws(StorageError) -> [(key: String, articles: Set<Int64>)] {
    var found: [String: Set<Int64>] = [:]
    for filed in range.filed {
      for article in try store.articles(withKeysFrom: filed.first, before: filed.end) {
        let key = SURT.key(of: article.url)
        if range.contains(key) { found[key, default: []].insert(article.id) }
      }
    }
    for hop in try hops.articles(withKeysFrom: range.first, before: range.end, in: store) {
      found[hop.key, default: []].insert(hop.article)
    }
    let all = found.map { (key: $0.key, articles: $0.value) }
    return all.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
  }
}
