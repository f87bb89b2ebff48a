import Evidence
import Model
import Testing

/// The tree against published hashes and against the RFC's definitions.
struct MerkleTreeTests {
  /// Eight leaves and the root that implementations of RFC 6962 share as a test: google/certificate-transparency,
  /// cpp/merkletree/merkle_tree_test.cc, and transparency-dev/merkle, testonly/constants.go.
  @Test func `the tree of the eight known leaves has the published root`() throws {
    let hex = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"]
    let tree = NaiveTree(octets: try hex.map { try #require([UInt8](hexadecimal: $0.utf8)) })
    let root = "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"
    #expect(tree.root(0..<8).hexadecimal == root)
    #expect(TreeHashing.root(ofSubtrees: tree.leaves).hexadecimal == root)
    let upper = stride(from: 0, to: 8, by: 2).map { TreeHashing.node(tree.leaves[$0], tree.leaves[$0 + 1]) }
    #expect(TreeHashing.root(ofSubtrees: upper).hexadecimal == root)
  }

  @Test func `the empty tree has the digest of nothing as its root`() throws {
    // RFC 6962 §2.1: MTH({}) = SHA-256().
    let root = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    #expect(TreeHashing.empty.hexadecimal == root)
    #expect(MerkleFrontier().root == TreeHashing.empty)
    #expect(try Sample.tree(0).root() == TreeHashing.empty)
    #expect(TreeHashing.root(ofEntries: []) == TreeHashing.empty)
  }

  @Test func `roots by batch, by appending and by definition agree`() throws {
    let naive = NaiveTree(entries: Sample.entries(0..<70))
    var frontier = MerkleFrontier()
    for size in 0...70 {
      let root = naive.root(0..<size)
      #expect(frontier.root == root && frontier.size == size)
      #expect(TreeHashing.root(ofEntries: Sample.entries(0..<size)) == root)
      #expect(TreeHashing.root(ofSubtrees: naive.leaves[..<size]) == root)
      #expect(try Sample.tree(size).root() == root)
      frontier.append(Sample.entry(size))
    }
  }

  @Test(arguments: [255, 256, 257, 511, 512, 513, 767, 1024, 1025, 1300])
  func `roots and proofs across blocks of 256 are those of the definition`(size: Int) throws {
    let (naive, tree) = (NaiveTree(entries: Sample.entries(0..<size)), Sample.tree(size))
    let root = naive.root(0..<size)
    #expect(try tree.root() == root)
    for index in [0, 1, 100, 254, 255, 256, 257, 511, 512, 600, 1023, 1024, size - 1] where index < size {
      let proof = try #require(try tree.inclusionProof(of: index))
      #expect(proof.hashes == naive.path(index, 0..<size))
      try proof.verify(entry: Sample.entry(index), size: size, root: root)
    }
    for old in [1, 2, 100, 255, 256, 257, 300, 511, 512, 513, 768, 1024, 1025, size - 1] where old < size {
      let proof = try #require(try tree.consistencyProof(from: old))
      #expect(proof.hashes == naive.subproof(old, 0..<size, true))
      try proof.verify(oldRoot: naive.root(0..<old), newSize: size, newRoot: root)
    }
  }

  @Test func `appending gives the hash of each block of 256 when it is complete`() {
    var (frontier, blocks): (MerkleFrontier, [Digest]) = (MerkleFrontier(), [])
    for index in 0..<1000 {
      guard let block = frontier.append(Sample.entry(index)) else { continue }
      #expect(index % 256 == 255)
      blocks.append(block)
    }
    #expect(blocks == (0..<3).map { TreeHashing.root(ofEntries: Sample.entries($0 * 256..<($0 + 1) * 256)) })
    let resumed = MerkleFrontier(subtrees: blocks, entries: Sample.entries(768..<1000))
    #expect(resumed.size == 1000)
    #expect(resumed.root == frontier.root)
  }

  @Test func `what a tree does not reach has no proof`() throws {
    #expect(try Sample.tree(0).inclusionProof(of: 0) == nil)
    #expect(try Sample.tree(5).inclusionProof(of: 5) == nil)
    #expect(try Sample.tree(5).inclusionProof(of: -1) == nil)
    #expect(try Sample.tree(5).consistencyProof(from: 6) == nil)
    #expect(try Sample.tree(5).consistencyProof(from: -1) == nil)
  }

  @Test func `a source that fails is an error and no hash`() {
    let tree = MerkleTree(
      size: 300, subtrees: { range throws(Sample.SourceFailure) in throw Sample.SourceFailure() },
      entries: { range throws(Sample.SourceFailure) in throw Sample.SourceFailure() })
    #expect(throws: Sample.SourceFailure.self) { try tree.root() }
    #expect(throws: Sample.SourceFailure.self) { try tree.inclusionProof(of: 3) }
    #expect(throws: Sample.SourceFailure.self) { try tree.consistencyProof(from: 299) }
  }
}
