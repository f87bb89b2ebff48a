/// What a body is like, in 256 octets: the 64 smallest hashes of its runs of 24 octets (a bottom-k sketch: Broder, "On the
/// resemblance and containment of documents", 1997). `compact` finds by it which page of a site is the best base for the
/// first body of another.
struct BodySketch: Sendable, Hashable {
  private static let length = 64
  private static let run = 24
  private static let multiplier: UInt64 = 0x9E37_79B9_7F4A_7C15
  /// The multiplier to the power of `run`: takes the octet that leaves the run out of the rolling hash.
  private static let leaving = (0..<run).reduce(UInt64(1)) { power, _ in power &* multiplier }

  /// Ascending, each once.
  let hashes: [UInt32]

  /// Reads the body once; about 500 MB/s.
  init(_ body: [UInt8]) {
    var kept: Set<UInt32> = []
    var pool: [UInt32] = []
    var bar = UInt32.max
    var hash: UInt64 = 0
    for i in body.indices {
      hash = hash &* Self.multiplier &+ UInt64(body[i]) &+ 1
      if i >= Self.run { hash = hash &- Self.leaving &* (UInt64(body[i - Self.run]) &+ 1) }
      guard i >= Self.run - 1 else { continue }
      let value = UInt32(truncatingIfNeeded: ((hash ^ (hash >> 29)) &* 0xBF58_476D_1CE4_E5B9) >> 32)
      guard value < bar, kept.insert(value).inserted else { continue }
      pool.append(value)
      if pool.count == 4 * Self.length {
        // Cut back now and then instead of keeping a heap: few values pass the bar after the first.
        pool.sort()
        pool.removeLast(3 * Self.length)
        kept = Set(pool)
        bar = pool[Self.length - 1]
      }
    }
    pool.sort()
    hashes = Array(pool.prefix(Self.length))
  }

  /// How many hashes both have: 0 to 64.
  func shared(with other: BodySketch) -> Int {
    var (i, j, shared) = (0, 0, 0)
    while i < hashes.count, j < other.hashes.count {
      if hashes[i] == other.hashes[j] {
        (i, j, shared) = (i + 1, j + 1, shared + 1)
      } else if hashes[i] < other.hashes[j] {
        i += 1
      } else {
        j += 1
      }
    }
    return shared
  }
}
