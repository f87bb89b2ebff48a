import Model

/// What shows that a tree is the beginning of a larger one: that nothing was taken out, changed or put in between
/// (RFC 9162 §2.1.4).
public struct ConsistencyProof: Hashable, Sendable {
  /// Entries in the older tree.
  public let oldSize: Int
  /// In the order of RFC 9162 §2.1.4.1.
  public let hashes: [Digest]

  public init(oldSize: Int, hashes: [Digest]) { (self.oldSize, self.hashes) = (oldSize, hashes) }

  /// Throws `inconsistent` unless the old tree is the beginning of the new one. RFC 9162 §2.1.4.2.
  ///
  /// The RFC leaves three cases open. The empty tree is the beginning of every tree: its root must be that of nothing,
  /// and the proof empty (as C2SP tlog-witness has it). Trees of one size are consistent when their roots are equal and
  /// the proof is empty. A larger tree is not the beginning of a smaller one.
  public func verify(oldRoot: Digest, newSize: Int, newRoot: Digest) throws(ProofError) {
    let failure = ProofError.inconsistent(oldSize: oldSize, newSize: newSize)
    guard oldSize >= 0, oldSize <= newSize else { throw failure }
    if oldSize == 0 || oldSize == newSize {
      guard hashes.isEmpty, oldSize < newSize || oldRoot == newRoot, oldSize > 0 || oldRoot == TreeHashing.empty else {
        throw failure
      }
      return
    }
    var path = hashes[...]
    if oldSize & (oldSize - 1) == 0 { path.insert(oldRoot, at: path.startIndex) }
    guard let first = hashes.isEmpty ? nil : path.popFirst() else { throw failure }
    var (fn, sn) = (oldSize - 1, newSize - 1)  // named as in the RFC
    while fn & 1 == 1 { (fn, sn) = (fn >> 1, sn >> 1) }
    var (fr, sr) = (first, first)
    for c in path {
      if sn == 0 { throw failure }
      if fn & 1 == 1 || fn == sn {
        (fr, sr) = (TreeHashing.node(c, fr), TreeHashing.node(c, sr))
        while fn & 1 == 0 && fn != 0 { (fn, sn) = (fn >> 1, sn >> 1) }
      } else {
        sr = TreeHashing.node(sr, c)
      }
      (fn, sn) = (fn >> 1, sn >> 1)
    }
    guard sn == 0, fr == oldRoot, sr == newRoot else { throw failure }
  }
}
