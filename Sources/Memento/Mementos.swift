import Model
import Storage

/// The captures of one URL that can be shown, oldest first: those with octets, their own or those that a 304 confirmed.
struct Mementos: Sendable {
  let all: [IndexedCapture]

  init(_ entries: [IndexedCapture]) { all = entries.filter { $0.payload != nil && $0.status >= 200 } }

  /// The one nearest to an instant, in whole seconds, by the distance either way; of two as near, the earlier. Of several in
  /// one second, one of the URL as it was spelt comes first. Those that are to be skipped are passed over.
  func nearest(
    to at: Instant, spelt url: String, skipping: (IndexedCapture) throws(StorageError) -> Bool
  ) throws(StorageError) -> Int? {
    var after = firstIndex(from: at.second)
    var before = after
    while before > 0 || after < all.count {
      let earlier = before > 0 ? at.second - all[before - 1].at.second : Int64.max
      let later = after < all.count ? all[after].at.second - at.second : Int64.max
      let group: Range<Int>
      if earlier <= later {
        let end = before
        before = firstIndex(from: all[end - 1].at.second)
        group = before..<end
      } else {
        let start = after
        after = firstIndex(from: all[start].at.second + 1)
        group = start..<after
      }
      for index in group.filter({ isSpelt(all[$0], url) }) + group.filter({ !isSpelt(all[$0], url) }) {
        if try !skipping(all[index]) { return index }
      }
    }
    return nil
  }

  /// One of exactly that second and spelling; nil when there is none.
  func exactly(at instant: Instant, spelt url: String) -> Int? {
    let start = firstIndex(from: instant.second)
    return (start..<all.count).prefix { all[$0].at.second == instant.second }.first { isSpelt(all[$0], url) }
  }

  private func isSpelt(_ entry: IndexedCapture, _ url: String) -> Bool {
    LinkedURL.text(entry.url) == LinkedURL.text(url)
  }

  /// The first that is not of an earlier second.
  private func firstIndex(from second: Int64) -> Int {
    var (low, high) = (0, all.count)
    while low < high {
      let middle = (low + high) / 2
      if all[middle].at.second < second { low = middle + 1 } else { high = middle }
    }
    return low
  }

  /// The last of an earlier second, and the first of a later one.
  func neighbours(of index: Int) -> (before: IndexedCapture?, after: IndexedCapture?) {
    let second = all[index].at.second
    let (start, end) = (firstIndex(from: second), firstIndex(from: second + 1))
    return (start > 0 ? all[start - 1] : nil, end < all.count ? all[end] : nil)
  }

  /// Those within a span of seconds, each address once: captures of one spelling in one second share theirs.
  func addressed(from first: Instant? = nil, through last: Instant? = nil) -> [IndexedCapture] {
    let start = first.map { firstIndex(from: $0.second) } ?? 0
    let end = last.map { firstIndex(from: $0.second + 1) } ?? all.count
    guard start < end else { return [] }
    var (out, second, spellings): ([IndexedCapture], Int64?, Set<String>) = ([], nil, [])
    for entry in all[start..<end] {
      if entry.at.second != second { (second, spellings) = (entry.at.second, []) }
      if spellings.insert(entry.url).inserted { out.append(entry) }
    }
    return out
  }
}
