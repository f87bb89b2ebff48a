import Formats
import Model
import Storage

/// The captures with one key, in order or from the end, out of some articles: read as they are asked for.
struct CaptureCursor {
  private struct Stream {
    let article: Int64
    var read: ArraySlice<IndexedCapture> = []
    var last: IndexedCapture?
    var isEnded = false
  }

  private let key: String
  private let from: Instant?
  private let isDescending: Bool
  private var streams: [Stream]
  /// URLs that were met, and whether they have the key.
  private var isMeant: [String: Bool] = [:]

  /// Captures of an article that are read at once.
  private static let pageSize = 128

  /// - Parameter from: nothing before this is wanted.
  init(_ key: String, _ articles: Set<Int64>, from: Instant?, isDescending: Bool) {
    (self.key, self.from, self.isDescending) = (key, from, isDescending)
    streams = articles.sorted().map { Stream(article: $0) }
  }

  /// The next captures, up to so many; empty at the end.
  mutating func next(_ count: Int, in store: Store) throws(StorageError) -> [IndexedCapture] {
    var found: [IndexedCapture] = []
    while found.count < count {
      var first: Int?
      for i in streams.indices {
        try fill(i, from: store)
        guard let mine = streams[i].read.first else { continue }
        let least = first.flatMap { streams[$0].read.first }
        if least.map({ precedes(mine, $0) }) ?? true { first = i }
      }
      guard let first, let capture = streams[first].read.popFirst() else { break }
      found.append(capture)
    }
    return found
  }

  private mutating func fill(_ i: Int, from store: Store) throws(StorageError) {
    while streams[i].read.isEmpty, !streams[i].isEnded {
      let page = try store.entries(
        of: streams[i].article, beyond: streams[i].last, from: from, isDescending: isDescending, limit: Self.pageSize)
      streams[i].isEnded = page.count < Self.pageSize
      streams[i].last = page.last
      for capture in page {
        let isMeant = isMeant[capture.url] ?? (SURT.key(of: capture.url) == key)
        self.isMeant[capture.url] = isMeant
        if isMeant { streams[i].read.append(capture) }
      }
    }
  }

  private func precedes(_ a: IndexedCapture, _ b: IndexedCapture) -> Bool {
    let (a, b) = isDescending ? (b, a) : (a, b)
    return (a.at, a.sequence) == (b.at, b.sequence)
      ? a.digest.bytes.lexicographicallyPrecedes(b.digest.bytes) : (a.at, a.sequence) < (b.at, b.sequence)
  }
}
