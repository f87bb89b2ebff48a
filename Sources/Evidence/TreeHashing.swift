import CCrypto
import Model

/// The hashes of a Merkle tree (RFC 6962 §2.1, RFC 9162 §2.1.1): SHA-256 with a prefix of one octet, so that a leaf can
/// never pass for a node.
public enum TreeHashing {
  /// The root of a tree without leaves: SHA-256 of nothing.
  public static var empty: Digest { Digest(of: []) }

  /// SHA-256(0x00 ‖ entry).
  public static func leaf(_ entry: Digest) -> Digest { Digest(of: [0x00] + entry.bytes) }

  /// SHA-256(0x01 ‖ left ‖ right).
  public static func node(_ left: Digest, _ right: Digest) -> Digest { Digest(of: [0x01] + left.bytes + right.bytes) }

  /// The root of a tree over entries, hashed as leaves first. About 2 hashes an entry.
  public static func root(ofEntries entries: some Collection<Digest>) -> Digest {
    var hasher = NodeHasher()
    return root(hasher.leaves(entries), entries.count, &hasher)
  }

  /// The root over subtrees that are complete and of one height, but for the last, which may be smaller.
  public static func root(ofSubtrees subtrees: some Collection<Digest>) -> Digest {
    var hasher = NodeHasher()
    var flat: [UInt8] = []
    flat.reserveCapacity(subtrees.count * 32)
    for hash in subtrees { flat += hash.bytes }
    return root(flat, subtrees.count, &hasher)
  }

  /// Joins neighbours, level by level; a last one without a neighbour goes up as it is. That is the tree of RFC 9162
  /// §2.1.1, which splits at the largest power of two, seen from below.
  private static func root(_ hashes: [UInt8], _ count: Int, _ hasher: inout NodeHasher) -> Digest {
    var (level, width) = (hashes, count)
    while width > 2 {
      hasher.join(&level, width)
      width = (width + 1) / 2
    }
    switch width {
    case 2: return Digest(of: [0x01] + level[..<64])
    case 1: return Digest(bytes: Array(level[..<32])) ?? empty  // 32 octets make a digest
    default: return empty
    }
  }
}

/// One libcrypto context for many hashes: four times as quick as one for each.
private struct NodeHasher: ~Copyable {
  private let context: OpaquePointer

  init() {
    // As in Digest: without SHA-256 nothing sound is possible.
    guard let context = EVP_MD_CTX_new(), EVP_DigestInit_ex(context, EVP_sha256(), nil) == 1 else {
      preconditionFailure("libcrypto has no SHA-256")
    }
    self.context = context
  }

  deinit { EVP_MD_CTX_free(context) }

  /// The leaf hashes of entries, one after another.
  mutating func leaves(_ entries: some Collection<Digest>) -> [UInt8] {
    var out = [UInt8](repeating: 0, count: entries.count * 32)
    out.withUnsafeMutableBufferPointer { out in
      guard var place = out.baseAddress else { return }
      for entry in entries {
        entry.bytes.withUnsafeBufferPointer { hash(0x00, $0.baseAddress, 32, to: place) }
        place += 32
      }
    }
    return out
  }

  /// Replaces the first `width` hashes of a level by those of the level above, in place.
  mutating func join(_ level: inout [UInt8], _ width: Int) {
    level.withUnsafeMutableBufferPointer { level in
      guard let start = level.baseAddress else { return }
      for pair in 0..<width / 2 { hash(0x01, start + pair * 64, 64, to: start + pair * 32) }
      if width % 2 == 1 { (start + width / 2 * 32).update(from: start + (width - 1) * 32, count: 32) }
    }
  }

  private func hash(_ prefix: UInt8, _ octets: UnsafePointer<UInt8>?, _ count: Int, to out: UnsafeMutablePointer<UInt8>)
  {
    let done =
      EVP_DigestInit_ex(context, nil, nil) == 1
      && withUnsafePointer(to: prefix) { EVP_DigestUpdate(context, $0, 1) == 1 }
      && EVP_DigestUpdate(context, octets, count) == 1 && EVP_DigestFinal_ex(context, out, nil) == 1
    precondition(done, "libcrypto has no SHA-256")
  }
}
