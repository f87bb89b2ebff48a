import Evidence
import Model
import Testing

/// Proofs that an entry is in a tree: every right one up to 70 entries, and every kind of wrong one.
struct InclusionProofTests {
  @Test func `every entry of every tree up to 70 has the proof of the definition, and it verifies`() throws {
    let naive = NaiveTree(entries: Sample.entries(0..<70))
    for size in 1...70 {
      let (tree, root) = (Sample.tree(size), naive.root(0..<size))
      for index in 0..<size {
        let proof = try #require(try tree.inclusionProof(of: index))
        #expect(proof.index == index)
        #expect(proof.hashes == naive.path(index, 0..<size))
        try proof.verify(entry: Sample.entry(index), size: size, root: root)
      }
    }
  }

  /// The kinds of damage, each made of a right proof. `nil` where a proof has no room for it.
  static let damage: [(name: String, make: @Sendable (Claim) -> Claim?)] = [
    ("index plus one", { c in c.with { $0.index += 1 } }),
    ("index minus one", { c in c.with { $0.index -= 1 } }),
    ("index with another bit", { c in c.with { $0.index ^= 2 } }),
    ("index past the end", { c in c.with { $0.index = $0.size } }),
    ("index negative", { c in c.with { $0.index = -1 } }),
    ("index as large as can be", { c in c.with { $0.index = .max } }),
    ("size of nothing", { c in c.with { $0.size = 0 } }),
    ("size negative", { c in c.with { $0.size = -5 } }),
    ("size doubled", { c in c.with { $0.size *= 2 } }),
    ("another entry", { c in c.with { $0.entry = Sample.entry($0.index + 1) } }),
    ("a bit of the entry", { c in c.with { $0.entry = $0.entry.flipping(bit: 17) } }),
    ("the leaf hash for the entry", { c in c.with { $0.entry = TreeHashing.leaf($0.entry) } }),
    ("a bit of the root", { c in c.with { $0.root = $0.root.flipping(bit: 255) } }),
    ("the empty root", { c in c.with { $0.root = TreeHashing.empty } }),
    ("no hashes", { c in c.hashes.isEmpty ? nil : c.with { $0.hashes = [] } }),
    ("first hash left out", { c in c.hashes.isEmpty ? nil : c.with { $0.hashes.removeFirst() } }),
    ("last hash left out", { c in c.hashes.isEmpty ? nil : c.with { $0.hashes.removeLast() } }),
    ("a hash after the last", { c in c.with { $0.hashes.append(TreeHashing.empty) } }),
    ("the root after the last", { c in c.with { $0.hashes.append($0.root) } }),
    ("a hash before the first", { c in c.with { $0.hashes.insert(TreeHashing.leaf($0.entry), at: 0) } }),
    ("last hash twice", { c in c.hashes.last.map { last in c.with { $0.hashes.append(last) } } }),
    ("first two swapped", { c in c.hashes.count < 2 ? nil : c.with { $0.hashes.swapAt(0, 1) } }),
    ("order reversed", { c in c.hashes.count < 2 ? nil : c.with { $0.hashes.reverse() } }),
    (
      "a bit of the first hash",
      { c in c.hashes.isEmpty ? nil : c.with { $0.hashes[0] = $0.hashes[0].flipping(bit: 4) } }
    ),
    (
      "a bit of the last hash",
      { c in
        c.hashes.isEmpty
          ? nil : c.with { $0.hashes[$0.hashes.count - 1] = $0.hashes[$0.hashes.count - 1].flipping(bit: 4) }
      }
    ),
  ]

  @Test(arguments: damage.indices)
  func `a damaged proof never verifies`(kind: Int) throws {
    var tried = 0
    for size in 1...24 {
      let (tree, root) = (Sample.tree(size), try Sample.tree(size).root())
      for index in 0..<size {
        let proof = try #require(try tree.inclusionProof(of: index))
        let right = Claim(
          entry: Sample.entry(index), index: index, size: size, root: root, hashes: proof.hashes)
        guard let wrong = Self.damage[kind].make(right) else { continue }
        tried += 1
        #expect(
          throws: ProofError.notIncluded(index: wrong.index, size: wrong.size), "\(Self.damage[kind].name): \(right)"
        ) {
          try wrong.verify()
        }
      }
    }
    #expect(tried > 200)
  }

  @Test func `every single bit of a proof matters`() throws {
    let (tree, entry) = (Sample.tree(23), Sample.entry(17))
    let (root, proof) = (try tree.root(), try #require(try tree.inclusionProof(of: 17)))
    for place in proof.hashes.indices {
      for bit in 0..<256 {
        var hashes = proof.hashes
        hashes[place] = hashes[place].flipping(bit: bit)
        let damaged = InclusionProof(index: 17, hashes: hashes)
        #expect(throws: ProofError.self) { try damaged.verify(entry: entry, size: 23, root: root) }
      }
    }
  }

  /// An inner node is no entry, although a tree of half the size has its hash as a leaf's (RFC 9162 §2.1.1).
  @Test func `a node cannot be passed off as an entry`() throws {
    let leaves = Sample.entries(0..<4).map(TreeHashing.leaf)
    let root = TreeHashing.root(ofEntries: Sample.entries(0..<4))
    let (left, right) = (TreeHashing.node(leaves[0], leaves[1]), TreeHashing.node(leaves[2], leaves[3]))
    let claim = InclusionProof(index: 0, hashes: [right])
    #expect(throws: ProofError.self) { try claim.verify(entry: left, size: 2, root: root) }
  }

  @Test func `the one entry of a tree of one is proved by nothing`() throws {
    let entry = Sample.entry(0)
    try InclusionProof(index: 0, hashes: []).verify(entry: entry, size: 1, root: TreeHashing.leaf(entry))
  }

  @Test func `sizes up to 2^63 − 1 are judged`() {
    let proof = InclusionProof(index: .max - 1, hashes: Sample.entries(0..<63))
    #expect(throws: ProofError.self) { try proof.verify(entry: Sample.entry(0), size: .max, root: Sample.entry(1)) }
  }

  struct Claim: Sendable {
    var entry: Digest
    var index: Int
    var size: Int
    var root: Digest
    var hashes: [Digest]

    func with(_ change: (inout Claim) -> Void) -> Claim {
      var copy = self
      change(&copy)
      return copy
    }

    func verify() throws(ProofError) {
      try InclusionProof(index: index, hashes: hashes).verify(entry: entry, size: size, root: root)
    }
  }
}
