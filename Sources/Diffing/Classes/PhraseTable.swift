/// Fixed phrases, looked for at a place of a text.

/// Phrases in lower case by their first byte.
struct PhraseTable: Sendable {
  private var buckets = [[[UInt8]]](repeating: [], count: 256)
  /// A bit for each two bytes that a phrase begins with.
  private var heads = [UInt64](repeating: 0, count: 1024)

  private static func head(_ text: [UInt8], _ i: Int) -> Int { Int(text[i]) << 8 | Int(text[i + 1]) }

  /// Phrases of two bytes and more, parted by `|`.
  init(_ list: String) {
    for phrase in list.split(separator: "|") {
      let bytes = Array(phrase.utf8)
      guard bytes.count >= 2 else { continue }
      buckets[Int(bytes[0])].append(bytes)
      heads[Self.head(bytes, 0) >> 6] |= 1 << UInt64(Self.head(bytes, 0) & 63)
    }
  }

  /// How long a phrase is that stands at this place; nil when none does.
  func length(at i: Int, of text: [UInt8]) -> Int? {
    guard i + 1 < text.count else { return nil }
    let head = Self.head(text, i)
    guard heads[head >> 6] >> UInt64(head & 63) & 1 == 1 else { return nil }
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
