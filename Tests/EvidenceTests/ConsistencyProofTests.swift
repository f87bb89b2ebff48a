import Evidence
import Model
import Testing

/// Proofs that a tree continues an older one: every right one up to 70 entries, and every kind of wrong one.
struct ConsistencyProofTests {
  @Test func `every pair of sizes up to 70 has the proof of the definition, and it verifies`() throws {
    let naive = NaiveTree(entries: Sample.entries(0..<70))
    let roots = (0...70).map { naive.root(0..<$0) }
    for size in 0...70 {
      let tree = Sample.tree(size)
      for old in 0...size {
        let proof = try #require(try tree.consistencyProof(from: old))
        #expect(proof.oldSize == old)
        #expect(proof.hashes == (old == 0 ? [] : naive.subproof(old, 0..<size, true)))
        try proof.verify(oldRoot: roots[old], newSize: size, newRoot: roots[size])
      }
    }
  }

  /// The kinds of damage, each made of a right proof between different sizes, neither 0. `nil` where there is no room.
  static let damage: [(name: String, make: @Sendable (Claim) -> Claim?)] = [
    ("old size plus one", { c in c.with { $0.oldSize += 1 } }),
    ("old size minus one", { c in c.with { $0.oldSize -= 1 } }),
    ("old size with another bit", { c in c.with { $0.oldSize ^= 2 } }),
    ("old size of nothing", { c in c.with { $0.oldSize = 0 } }),
    ("old size negative", { c in c.with { $0.oldSize = -1 } }),
    ("old size past the new", { c in c.with { $0.oldSize = $0.newSize + 1 } }),
    ("old size as large as can be", { c in c.with { $0.oldSize = .max } }),
    ("equal sizes", { c in c.with { $0.oldSize = $0.newSize } }),
    ("sizes swapped", { c in c.with { ($0.oldSize, $0.newSize) = ($0.newSize, $0.oldSize) } }),
    ("new size of nothing", { c in c.with { $0.newSize = 0 } }),
    ("new size negative", { c in c.with { $0.newSize = -1 } }),
    ("new size doubled", { c in c.with { $0.newSize *= 2 } }),
    ("roots swapped", { c in c.with { ($0.oldRoot, $0.newRoot) = ($0.newRoot, $0.oldRoot) } }),
    ("a bit of the old root", { c in c.with { $0.oldRoot = $0.oldRoot.flipping(bit: 0) } }),
    ("a bit of the new root", { c in c.with { $0.newRoot = $0.newRoot.flipping(bit: 0) } }),
    ("the old root empty", { c in c.with { $0.oldRoot = TreeHashing.empty } }),
    ("no hashes", { c in c.with { $0.hashes = [] } }),
    ("first hash left out", { c in c.with { $0.hashes.removeFirst() } }),
    ("last hash left out", { c in c.with { $0.hashes.removeLast() } }),
    ("a hash after the last", { c in c.with { $0.hashes.append(TreeHashing.empty) } }),
    ("the old root after the last", { c in c.with { $0.hashes.append($0.oldRoot) } }),
    ("the new root after the last", { c in c.with { $0.hashes.append($0.newRoot) } }),
    ("a hash before the first", { c in c.with { $0.hashes.insert(TreeHashing.empty, at: 0) } }),
    ("the old root before the first", { c in c.with { $0.hashes.insert($0.oldRoot, at: 0) } }),
    ("the new root before the first", { c in c.with { $0.hashes.insert($0.newRoot, at: 0) } }),
    ("first hash twice", { c in c.with { $0.hashes.insert($0.hashes[0], at: 0) } }),
    ("first two swapped", { c in c.hashes.count < 2 ? nil : c.with { $0.hashes.swapAt(0, 1) } }),
    ("order reversed", { c in c.hashes.count < 2 ? nil : c.with { $0.hashes.reverse() } }),
    ("a bit of the first hash", { c in c.with { $0.hashes[0] = $0.hashes[0].flipping(bit: 4) } }),
    (
      "a bit of the last hash",
      { c in c.with { $0.hashes[$0.hashes.count - 1] = $0.hashes[$0.hashes.count - 1].flipping(bit: 4) } }
    ),
  ]

  @Test(arguments: damage.indices)
  func `a damaged proof never verifies`(kind: Int) throws {
    let roots = try (0...20).map { try Sample.tree($0).root() }
    var tried = 0
    for size in 2...20 {
      let tree = Sample.tree(size)
      for old in 1..<size {
        let proof = try #require(try tree.consistencyProof(from: old))
        let right = Claim(oldSize: old, newSize: size, oldRoot: roots[old], newRoot: roots[size], hashes: proof.hashes)
        guard let wrong = Self.damage[kind].make(right) else { continue }
        tried += 1
        let failure = ProofError.inconsistent(oldSize: wrong.oldSize, newSize: wrong.newSize)
        #expect(throws: failure, "\(Self.damage[kind].name): \(old) in \(size)") { try wrong.verify() }
      }
    }
    #expect(tried > 150)
  }

  @Test func `the empty tree is the beginning of every tree, with an empty proof and the root of nothing`() throws {
    let root = try Sample.tree(9).root()
    let proof = ConsistencyProof(oldSize: 0, hashes: [])
    try proof.verify(oldRoot: TreeHashing.empty, newSize: 9, newRoot: root)
    try proof.verify(oldRoot: TreeHashing.empty, newSize: 0, newRoot: TreeHashing.empty)
    #expect(throws: ProofError.self) { try proof.verify(oldRoot: root, newSize: 9, newRoot: root) }
    #expect(throws: ProofError.self) { try proof.verify(oldRoot: root, newSize: 0, newRoot: root) }
    let longer = ConsistencyProof(oldSize: 0, hashes: [root])
    #expect(throws: ProofError.self) { try longer.verify(oldRoot: TreeHashing.empty, newSize: 9, newRoot: root) }
  }

  @Test func `a tree is consistent with itself by an empty proof and an equal root`() throws {
    let (root, other) = (try Sample.tree(9).root(), try Sample.tree(8).root())
    try ConsistencyProof(oldSize: 9, hashes: []).verify(oldRoot: root, newSize: 9, newRoot: root)
    #expect(throws: ProofError.self) {
      try ConsistencyProof(oldSize: 9, hashes: []).verify(oldRoot: other, newSize: 9, newRoot: root)
    }
    #expect(throws: ProofError.self) {
      try ConsistencyProof(oldSize: 9, hashes: [root]).verify(oldRoot: root, newSize: 9, newRoot: root)
    }
  }

  @Test func `a log that changed one entry cannot be proved to continue the old one`() throws {
    var changed = Sample.entries(0..<20)
    changed[3] = Sample.entry(99)
    let entries = changed
    let tree = MerkleTree(
      size: 20, subtrees: { range throws(Sample.SourceFailure) in throw Sample.SourceFailure() },
      entries: { range throws(Sample.SourceFailure) in Array(entries[range]) })
    for old in 1..<20 {
      let proof = try #require(try tree.consistencyProof(from: old))
      let (oldRoot, newRoot) = (try Sample.tree(old).root(), try tree.root())
      if old <= 3 {
        try proof.verify(oldRoot: oldRoot, newSize: 20, newRoot: newRoot)
      } else {
        #expect(throws: ProofError.inconsistent(oldSize: old, newSize: 20)) {
          try proof.verify(oldRoot: oldRoot, newSize: 20, newRoot: newRoot)
        }
      }
    }
  }

  struct Claim: Sendable {
    var oldSize: Int
    var newSize: Int
    var oldRoot: Digest
    var newRoot: Digest
    var hashes: [Digest]

    func with(_ change: (inout Claim) -> Void) -> Claim {
      var copy = self
      change(&copy)
      return copy
    }

    func verify() throws(ProofError) {
      try ConsistencyProof(oldSize: oldSize, hashes: hashes).verify(
        oldRoot: oldRoot, newSize: newSize, newRoot: newRoot)
    }
  }
}
