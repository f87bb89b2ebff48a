/// Fixed phrases, looked for at a place of a text.

/// Phrases in lower case by their first byte.
struct PhraseTable: Sendable {
  private var buckets = [[[UInt8]]](repeating: [], count: 256)

  /// Phrases parted by `|`.
  init(_ list: String) {
    for phrase in list.split(separator: "|") {
      let bytes = Array(phrase.utf8)
      if let first = bytes.first { buckets[Int(first)].append(bytes) }
    }
  }

  /// How long a phrase is that stands at this place; nil when none does.
  func length(at i: Int, of text: [UInt8]) -> Int? {
    guard i < text.count else { return nil }
    for phrase in buckets[Int(text[i])] where text.count - i >= phrase.count {
      var k = 1
      while k < phrase.count, text[i + k] == phrase[k] { k += 1 }
      if k == phrase.count { return k }
    }
    return nil
  }

  /// Whether a phrase stands anywhere.
  func isIn(_ text: [UInt8]) -> Bool { text.indices.contains { length(at: $0, of: text) != nil } }
}
