import Model

/// The log as a tree of some size, over hashes that are kept elsewhere (RFC 9162 §2.1).
///
/// Kept is one hash for each complete subtree of 256 entries; everything below it is worked out from the entries, which
/// are capture digests, and everything above from the subtrees. A root or a proof reads each subtree hash at most once
/// and the entries of at most three blocks of 256.
public struct MerkleTree<Failure: Error> {
  /// How many entries.
  public let size: Int
  private let subtrees: (Range<Int>) throws(Failure) -> [Digest]
  private let entries: (Range<Int>) throws(Failure) -> [Digest]

  /// A tree of the first `size` entries.
  ///
  /// - Parameters:
  ///   - subtrees: the root of the complete subtree over entries `256 × k ..< 256 × (k + 1)`, for each k of the range.
  ///   - entries: the entries of the range, at most 256, which lie in one such block.
  ///
  /// Both give exactly as many as were asked for or throw: fewer give a wrong root, which no checkpoint agrees with.
  public init(
    size: Int, subtrees: @escaping (Range<Int>) throws(Failure) -> [Digest],
    entries: @escaping (Range<Int>) throws(Failure) -> [Digest]
  ) {
    self.size = max(0, size)
    (self.subtrees, self.entries) = (subtrees, entries)
  }

  /// The root: `TreeHashing.empty` when there are no entries.
  public func root() throws(Failure) -> Digest { try root(of: 0..<size) }

  /// The proof that the entry at an index, from 0, is in the tree; nil when the tree does not reach that far.
  /// RFC 9162 §2.1.3.1.
  public func inclusionProof(of index: Int) throws(Failure) -> InclusionProof? {
    guard index >= 0, index < size else { return nil }
    var (hashes, range): ([Digest], Range<Int>) = ([], 0..<size)
    while range.count > 1 {
      let middle = split(range)
      if index < middle {
        hashes.append(try root(of: middle..<range.upperBound))
        range = range.lowerBound..<middle
      } else {
        hashes.append(try root(of: range.lowerBound..<middle))
        range = middle..<range.upperBound
      }
    }
    return InclusionProof(index: index, hashes: hashes.reversed())
  }

  /// The proof that the tree of the first `oldSize` entries is the beginning of this one; nil when this one is smaller.
  /// Empty from size 0 and from the tree's own size. RFC 9162 §2.1.4.1.
  public func consistencyProof(from oldSize: Int) throws(Failure) -> ConsistencyProof? {
    guard oldSize >= 0, oldSize <= size else { return nil }
    guard oldSize > 0, oldSize < size else { return ConsistencyProof(oldSize: oldSize, hashes: []) }
    var (hashes, range): ([Digest], Range<Int>) = ([], 0..<size)
    while oldSize < range.upperBound {
      let middle = split(range)
      if oldSize <= middle {
        hashes.append(try root(of: middle..<range.upperBound))
        range = range.lowerBound..<middle
      } else {
        hashes.append(try root(of: range.lowerBound..<middle))
        range = middle..<range.upperBound
      }
    }
    // What is left ends where the old tree ended. When it is the old tree itself, the verifier has its root.
    if range.lowerBound > 0 { hashes.append(try root(of: range)) }
    return ConsistencyProof(oldSize: oldSize, hashes: hashes.reversed())
  }

  /// Where RFC 9162 §2.1.1 cuts a range of at least two: after the largest power of two that is less than its length.
  private func split(_ range: Range<Int>) -> Int {
    range.lowerBound + 1 << (Int.bitWidth - 1 - (range.count - 1).leadingZeroBitCount)
  }

  /// The root over a range that comes of such cuts: it begins at a multiple of a power of two that is no less than its
  /// length.
  private func root(of range: Range<Int>) throws(Failure) -> Digest {
    guard !range.isEmpty else { return TreeHashing.empty }
    let block = MerkleFrontier.blockSize
    let complete = range.lowerBound / block..<range.upperBound / block
    let rest = max(range.lowerBound, complete.upperBound * block)..<range.upperBound
    if range.count < block { return TreeHashing.root(ofEntries: try entries(range)) }
    var hashes = try subtrees(complete)
    if !rest.isEmpty { hashes.append(TreeHashing.root(ofEntries: try entries(rest))) }
    return TreeHashing.root(ofSubtrees: hashes)
  }
}
