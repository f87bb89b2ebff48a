/// What a body is like, in 256 octets: the 64 smallest hashes of its runs of 32 octets (a bottom-k sketch: Broder, "On the
/// resemblance and containment of documents", 1997). By it the page of a site is found that is the best base for the first
/// body of another, and bodies that have nothing in common are told apart without a trial.
struct BodySketch: Sendable, Hashable {
  private static let length = 64
  /// As many octets as the hash has bits: each shifts the weights of those before it by one, the first of the run out of it
  /// (a gear hash: Xia et al., "Ddelta", 2014, section 3.2).
  private static let run = 32
  private static let weights: [UInt32] = (0..<256).map { octet in
    // the finalizer of SplitMix64
    var mixed = (UInt64(octet) &+ 1) &* 0x9E37_79B9_7F4A_7C15
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return UInt32(truncatingIfNeeded: (mixed ^ (mixed >> 31)) >> 32)
  }

  /// Ascending, each once.
  let hashes: [UInt32]

  /// Reads the body once.
  init(_ body: [UInt8]) {
    var pool: [UInt32] = []
    pool.reserveCapacity(4 * Self.length)
    var bar = UInt32.max
    var hash: UInt32 = 0
    Self.weights.withUnsafeBufferPointer { weights in
      for (place, octet) in body.enumerated() {
        hash = hash << 1 &+ weights[Int(octet)]
        guard hash < bar, place >= Self.run - 1 else { continue }
        pool.append(hash)
        if pool.count == 4 * Self.length {
          // Cut back now and then instead of keeping a heap: few values pass the bar after the first.
          pool = Self.smallest(pool)
          if pool.count == Self.length { bar = pool[Self.length - 1] }
        }
      }
    }
    hashes = Self.smallest(pool)
  }

  private static func smallest(_ pool: [UInt32]) -> [UInt32] {
    var kept: [UInt32] = []
    kept.reserveCapacity(4 * length)
    for hash in pool.sorted() where kept.count < length && kept.last != hash { kept.append(hash) }
    return kept
  }

  /// What it takes in memory.
  var octets: Int { 4 * hashes.count + 32 }

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
