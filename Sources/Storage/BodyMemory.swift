/// Decoded bodies at hand, so that the next capture of an article, or the next of its history to be read, does not decode
/// the whole path again.
///
/// Holds up to `limit` octets in two generations: what is used moves to the young one; when that is half of the limit, the
/// old one is dropped and the young one grows old. What is not here is decoded again: losing an entry costs time only.
struct BodyMemory<Key: Hashable & Sendable>: Sendable {
  struct Entry: Sendable {
    let octets: [UInt8]
    /// Of this body and of those it stands on, newest first, with what decoding each takes (`BaseChoice.path`).
    let chain: [(key: Key, path: Int)]
  }

  private let limit: Int
  private var young: [Key: Entry] = [:]
  private var old: [Key: Entry] = [:]
  private var youngOctets = 0

  /// - Parameter limit: octets; entries larger than a quarter of it are not kept.
  init(limit: Int) { self.limit = limit }

  mutating func entry(_ key: Key) -> Entry? {
    if let entry = young[key] { return entry }
    guard let entry = old.removeValue(forKey: key) else { return nil }
    insert(entry, for: key)
    return entry
  }

  mutating func insert(_ entry: Entry, for key: Key) {
    let octets = Self.octets(entry)
    guard octets <= limit / 4 else { return }
    if let before = young[key] { youngOctets -= Self.octets(before) }
    old[key] = nil
    if youngOctets + octets > limit / 2 { (old, young, youngOctets) = (young, [:], 0) }
    young[key] = entry
    youngOctets += octets
  }

  /// After a transaction that was rolled back: what stands here may not be in the archive.
  mutating func forget() { (young, old, youngOctets) = ([:], [:], 0) }

  /// What is held, in octets, for tests.
  var octets: Int { (young.values.map(Self.octets) + old.values.map(Self.octets)).reduce(0, +) }

  private static func octets(_ entry: Entry) -> Int {
    entry.octets.count + entry.chain.count * MemoryLayout<(key: Key, path: Int)>.stride
  }
}
