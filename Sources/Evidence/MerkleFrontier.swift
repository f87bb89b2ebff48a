import Model

/// The right edge of a growing tree: enough to append entries and to know the root after each, and no more (a few
/// hundred octets at any size).
public struct MerkleFrontier: Sendable {
  /// Entries in a subtree whose hash is kept.
  public static let blockSize = 256
  private static let blockHeight = 8

  /// How many entries.
  public private(set) var size = 0
  /// The root of the complete subtree of 2^h entries for each bit h that is set in `size`, the largest first.
  private var edge: [Digest] = []

  /// A tree without entries.
  public init() {}

  /// A tree of complete subtrees of 256, and of the entries after them. `2 × (subtrees + entries)` hashes at most.
  public init(subtrees: some Sequence<Digest>, entries: some Sequence<Digest>) {
    for hash in subtrees { grow(by: Self.blockSize, hash) }
    for entry in entries { append(entry) }
  }

  /// Adds an entry at the end, in 2 hashes on average. Gives the root of the subtree of 256 that it completed, if it
  /// did.
  @discardableResult
  public mutating func append(_ entry: Digest) -> Digest? {
    grow(by: 1, TreeHashing.leaf(entry))
  }

  @discardableResult
  private mutating func grow(by count: Int, _ hash: Digest) -> Digest? {
    var (hash, width, block): (Digest, Int, Digest?) = (hash, count, nil)
    while size & width != 0, let left = edge.popLast() {
      hash = TreeHashing.node(left, hash)
      width *= 2
      if width == Self.blockSize { block = hash }
    }
    edge.append(hash)
    size += count
    return block
  }

  /// The root as it is now: `TreeHashing.empty` without entries. At most log₂ size hashes.
  public var root: Digest {
    guard var hash = edge.last else { return TreeHashing.empty }
    for left in edge.dropLast().reversed() { hash = TreeHashing.node(left, hash) }
    return hash
  }
}
