import Model

/// The captures of a batch by article and time, and its articles by URL key: what bases are found by before the archive has
/// them.
struct Timelines {
  /// When a capture was made; orders those of an article.
  struct Moment: Comparable {
    let at: Int64
    let sequence: Int64
    static func < (a: Moment, b: Moment) -> Bool { (a.at, a.sequence) < (b.at, b.sequence) }
  }

  struct Point {
    let moment: Moment
    let payload: Digest
  }

  /// An article's place among those of its site.
  struct Key: Comparable {
    let text: [UInt8]

    /// Nil for a URL that cannot be read: it has no neighbours.
    init?(_ url: String) {
      guard let url = try? WebURL(url) else { return nil }  // what cannot be read has no site
      text = Array(url.surt.utf8)
    }

    init(column: String) { text = Array(column.utf8) }

    /// The part that names the host and the port, with the bracket at its end; empty when there is none.
    var host: ArraySlice<UInt8> { text.firstIndex(of: UInt8(ascii: ")")).map { text[...$0] } ?? [] }

    /// As SQLite compares text: by octets.
    static func < (a: Key, b: Key) -> Bool { a.text.lexicographicallyPrecedes(b.text) }
  }

  private var points: [DerivationMemory.Text: [Point]] = [:]
  private var keys: [(key: Key, article: DerivationMemory.Text)] = []

  mutating func insert(_ point: Point, article: DerivationMemory.Text, key: Key?) {
    if points[article] == nil, let key {
      keys.insert((key, article), at: Self.place(keys) { $0.key < key })
    }
    points[article, default: []].insert(
      point, at: Self.place(points[article] ?? []) { $0.moment <= point.moment })
  }

  /// The distinct bodies before a moment, newest first.
  func before(_ moment: Moment, article: DerivationMemory.Text, limit: Int) -> [Point] {
    let all = points[article] ?? []
    var found: [Point] = []
    for point in all[..<Self.place(all) { $0.moment < moment }].reversed() where found.count < limit {
      if !found.contains(where: { $0.payload == point.payload }) { found.append(point) }
    }
    return found
  }

  /// The first at a moment or after it.
  func after(_ moment: Moment, article: DerivationMemory.Text) -> Point? {
    let all = points[article] ?? []
    return all[Self.place(all) { $0.moment < moment }...].first
  }

  func newest(_ article: DerivationMemory.Text) -> Point? { points[article]?.last }

  /// The article with the nearest key below, or at and above.
  func neighbour(_ key: Key, of article: DerivationMemory.Text, below: Bool) -> (
    key: Key, article: DerivationMemory.Text
  )? {
    let place = Self.place(keys) { $0.key < key }
    return below ? keys[..<place].last : keys[place...].first { $0.article != article }
  }

  /// How many at the front hold the condition, which the rest does not.
  private static func place<T>(_ sorted: [T], _ isBefore: (T) -> Bool) -> Int {
    var (low, high) = (0, sorted.count)
    while low < high {
      let middle = (low + high) / 2
      if isBefore(sorted[middle]) { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
