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

  /// About 200 octets each with its text: some 40 MB when full.
  private static let maximumSentences = 200_000
  private static let maximumSnapshots = 256

  private(set) var sentences: [Text: Int64] = [:]
  private(set) var snapshots: [Int64: Snapshot] = [:]

  func remember(_ text: Text, id: Int64) {
    if sentences.count >= Self.maximumSentences { sentences.removeAll(keepingCapacity: true) }
    sentences[text] = id
  }

  func remember(_ snapshot: Snapshot, id: Int64) {
    if snapshots.count >= Self.maximumSnapshots { snapshots.removeAll(keepingCapacity: true) }
    snapshots[id] = snapshot
  }

  func forget() {
    sentences.removeAll()
    snapshots.removeAll()
  }
}
