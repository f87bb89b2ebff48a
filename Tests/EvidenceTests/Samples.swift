import Evidence
import Model

// What the tests of this folder prove things about: logs of made-up captures, and a tree after the letter of the RFC.

/// The hashes of RFC 9162 §2.1 written as its recursive definitions, for any octets as entries: slow, and plainly
/// right.
struct NaiveTree {
  var leaves: [Digest]

  init(octets: [[UInt8]]) { leaves = octets.map { Digest(of: [0x00] + $0) } }
  init(entries: [Digest]) { self.init(octets: entries.map(\.bytes)) }

  /// MTH
  func root(_ range: Range<Int>) -> Digest {
    switch range.count {
    case 0: Digest(of: [])
    case 1: leaves[range.lowerBound]
    default: Digest(of: [0x01] + root(range.lowerBound..<cut(range)).bytes + root(cut(range)..<range.upperBound).bytes)
    }
  }

  /// PATH, with the index counted from the range's beginning.
  func path(_ m: Int, _ range: Range<Int>) -> [Digest] {
    guard range.count > 1 else { return [] }
    let (k, middle) = (cut(range) - range.lowerBound, cut(range))
    return m < k
      ? path(m, range.lowerBound..<middle) + [root(middle..<range.upperBound)]
      : path(m - k, middle..<range.upperBound) + [root(range.lowerBound..<middle)]
  }

  /// SUBPROOF
  func subproof(_ m: Int, _ range: Range<Int>, _ whole: Bool) -> [Digest] {
    if m == range.count { return whole ? [] : [root(range)] }
    let (k, middle) = (cut(range) - range.lowerBound, cut(range))
    return m <= k
      ? subproof(m, range.lowerBound..<middle, whole) + [root(middle..<range.upperBound)]
      : subproof(m - k, middle..<range.upperBound, false) + [root(range.lowerBound..<middle)]
  }

  private func cut(_ range: Range<Int>) -> Int {
    var k = 1
    while k * 2 < range.count { k *= 2 }
    return range.lowerBound + k
  }
}

enum Sample {
  /// The entry at an index of every log here.
  static func entry(_ index: Int) -> Digest { Digest(ofUTF8: "entry \(index)") }

  static func entries(_ range: Range<Int>) -> [Digest] { range.map(entry) }

  /// The tree of the first entries, over sources that say so when asked for more than they should be.
  static func tree(_ size: Int) -> MerkleTree<SourceFailure> {
    MerkleTree(
      size: size,
      subtrees: { range throws(SourceFailure) in
        guard range.upperBound * 256 <= size else { throw SourceFailure() }
        return range.map { TreeHashing.root(ofEntries: entries($0 * 256..<($0 + 1) * 256)) }
      },
      entries: { range throws(SourceFailure) in
        guard range.upperBound <= size, range.count <= 256, range.lowerBound / 256 == (range.upperBound - 1) / 256
        else {
          throw SourceFailure()
        }
        return entries(range)
      })
  }

  struct SourceFailure: Error {}

  static func key(_ seed: UInt8 = 1) throws -> SigningKey {
    try SigningKey(logSecret: [UInt8](repeating: seed, count: 32))
  }

  static let body = Array("<p>The price is 4 million crowns.</p>".utf8)

  static func capture(_ number: Int = 0, origin: String? = nil, url: String = "https://example.org/ferry") -> Capture {
    Capture(
      origin: origin, url: url, at: Instant(milliseconds: 1_763_632_800_000 + Int64(number)), status: 200,
      fields: Digest(of: []), payload: Digest(of: body))
  }

  /// A log of `size` captures, of which one is proved.
  static func proof(of index: Int, in size: Int, key: SigningKey) throws -> CaptureProof {
    let captures = (0..<size).map { capture($0, origin: "ed25519:" + key.verifier.publicKey.hexadecimal) }
    let tree = MerkleTree(
      size: size, subtrees: { range throws(SourceFailure) in throw SourceFailure() },
      entries: { range throws(SourceFailure) in range.map { captures[$0].digest } })
    guard let inclusion = try tree.inclusionProof(of: index) else { throw SourceFailure() }
    let checkpoint = try SignedCheckpoint(size: size, root: tree.root(), key: key)
    return try CaptureProof(capture: captures[index], proof: LogProof(inclusion: inclusion, checkpoint: checkpoint))
  }
}

/// SplitMix64: the same numbers each time.
struct SeededNumbers: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ z >> 30) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ z >> 27) &* 0x94D0_49BB_1331_11EB
    return z ^ z >> 31
  }
}

extension Digest {
  /// The digest with one bit turned.
  func flipping(bit: Int) -> Digest {
    var bytes = bytes
    bytes[bit / 8] ^= 1 << (bit % 8)
    return Digest(bytes: bytes) ?? self
  }
}
