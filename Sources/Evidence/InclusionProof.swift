import Model

/// What shows that an entry is in a tree: the hashes beside the way from its leaf to the root (RFC 9162 §2.1.3).
public struct InclusionProof: Hashable, Sendable {
  /// The entry's place in the log, from 0.
  public let index: Int
  /// From the leaf's sibling up.
  public let hashes: [Digest]

  public init(index: Int, hashes: [Digest]) { (self.index, self.hashes) = (index, hashes) }

  /// Throws `notIncluded` unless the entry at the index is in the tree of that size and root. RFC 9162 §2.1.3.2.
  /// Nothing is in an empty tree, and the proof for a tree of one entry is empty.
  public func verify(entry: Digest, size: Int, root: Digest) throws(ProofError) {
    try verify(leaf: TreeHashing.leaf(entry), size: size, root: root)
  }

  /// The same from the entry's leaf hash.
  public func verify(leaf: Digest, size: Int, root: Digest) throws(ProofError) {
    let failure = ProofError.notIncluded(index: index, size: size)
    guard index >= 0, index < size else { throw failure }
    var (fn, sn, r) = (index, size - 1, leaf)  // named as in the RFC
    for p in hashes {
      if sn == 0 { throw failure }
      if fn & 1 == 1 || fn == sn {
        r = TreeHashing.node(p, r)
        while fn & 1 == 0 && fn != 0 { (fn, sn) = (fn >> 1, sn >> 1) }
      } else {
        r = TreeHashing.node(r, p)
      }
      (fn, sn) = (fn >> 1, sn >> 1)
    }
    guard sn == 0, r == root else { throw failure }
  }
}
