import Model

/// What a writing store keeps at hand between transactions, so that an import need not ask SQLite for every sentence again.
///
/// Only ids of committed rows may outlive a transaction: `forget` is called when one is rolled back.
///
/// `@unchecked Sendable`: touched only inside write transactions, which one queue serialises.
final class DerivationMemory: @unchecked Sendable {
  /// A text as its UTF-8: hashed and compared by bytes, not by Unicode equivalence as String is.
  struct Text: Hashable {
    let bytes: [UInt8]
    init(_ text: String) { bytes = Array(text.utf8) }
    static func == (a: Text, b: Text) -> Bool { a.bytes == b.bytes }
    func hash(into hasher: inout Hasher) { bytes.withUnsafeBytes { hasher.combine(bytes: $0) } }
  }

  /// Half of a sentence's SHA-256, which stands for the text: 128 bits, so that no two are found that share it.
  struct SentenceKey: Hashable {
    private let high, low: UInt64

    init(_ digest: Digest) {
      high = digest.bytes.prefix(8).reduce(0) { $0 << 8 | UInt64($1) }
      low = digest.bytes[8..<16].reduce(0) { $0 << 8 | UInt64($1) }
    }
  }

  /// 24 octets each: some 6 MB when full.
  private static let maximumSentences = 150_000

  private(set) var sentences: [SentenceKey: Int64] = [:]
  private var snapshots = RecentlyUsed<Int64, StoredSnapshot>(limit: 24 << 20)

  func remember(_ sentence: SentenceKey, id: Int64) {
    if sentences.count >= Self.maximumSentences { sentences.removeAll(keepingCapacity: true) }
    sentences[sentence] = id
  }

  func snapshot(_ id: Int64) -> StoredSnapshot? { snapshots.value(id) }

  func remember(_ snapshot: StoredSnapshot, id: Int64) {
    snapshots.insert(snapshot, octets: snapshot.memoryOctets, for: id)
  }

  func forget() {
    sentences.removeAll()
    snapshots.removeAll()
  }
}
