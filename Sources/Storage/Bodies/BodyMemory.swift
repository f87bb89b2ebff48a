/// Decoded bodies at hand, so that the next capture of an article, or the next of its history to be read, does not decode
/// the whole path again. What is not here is decoded again.
struct BodyMemory<Key: Hashable & Sendable>: Sendable {
  struct Entry: Sendable {
    let octets: [UInt8]
    /// Of this body and of those it stands on, newest first, with what decoding each takes (`BaseChoice.path`).
    let chain: [(key: Key, path: Int)]
  }

  private var held: RecentlyUsed<Key, Entry>

  /// - Parameter limit: octets; entries larger than a quarter of it are not kept.
  init(limit: Int) { held = RecentlyUsed(limit: limit) }

  mutating func entry(_ key: Key) -> Entry? { held.value(key) }

  mutating func insert(_ entry: Entry, for key: Key) {
    let chain = entry.chain.count * MemoryLayout<(key: Key, path: Int)>.stride
    held.insert(entry, octets: entry.octets.count + chain, for: key)
  }

  /// After a transaction that was rolled back: what stands here may not be in the archive.
  mutating func forget() { held.removeAll() }

  /// What is held, in octets, for tests.
  var octets: Int { held.octets }
}
