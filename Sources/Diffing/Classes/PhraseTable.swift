/// Fixed phrases, looked for at a place of a text.

/// Phrases in lower case by their first byte.
struct PhraseTable: Sendable {
  private var buckets = [[[UInt8]]](repeating: [], count: 256)
  /// A bit for a hash of the three bytes that a phrase begins with.
  private var heads = [UInt64](repeating: 0, count: 1024)

  private static func head(_ a: UInt8, _ b: UInt8, _ c: UInt8) -> Int {
    Int(((UInt32(a) << 16 | UInt32(b) << 8 | UInt32(c)) &* 0x9E37_79B1) >> 16)
  }

  /// Phrases of three bytes and more, parted by `|`.
  init(_ list: String) {
    for bytes in list.utf8.split(separator: UInt8(ascii: "|")).map(Array.init) {
      guard bytes.count >= 3 else { continue }
      buckets[Int(bytes[0])].append(bytes)
      let head = Self.head(bytes[0], bytes[1], bytes[2])
      heads[head >> 6] |= 1 << UInt64(head & 63)
    }
  }

  /// How long a phrase is that stands at this place; nil when none does.
  func length(at i: Int, of text: [UInt8]) -> Int? {
    guard i + 2 < text.count else { return nil }
    let head = Self.head(text[i], text[i + 1], text[i + 2])
    guard heads[head >> 6] >> UInt64(head & 63) & 1 == 1 else { return nil }
    for phrase in buckets[Int(text[i])] where text.count - i >= phrase.count {
      var k = 1
      while k < phrase.count, text[i + k] == phrase[k] { k += 1 }
      if k == phrase.count { return k }
    }
    return nil
  }

  /// Whether a phrase stands anywhere.
  func isIn(_ text: [UInt8]) -> Bool {
    guard text.count >= 3 else { return false }
    return text.withUnsafeBufferPointer { bytes in
      heads.withUnsafeBufferPointer { heads in
        (0..<(bytes.count - 2)).contains { i in
          let head = Self.head(bytes[i], bytes[i + 1], bytes[i + 2])
          return heads[head >> 6] >> UInt64(head & 63) & 1 == 1 && length(at: i, of: text) != nil
        }
      }
    }
  }
}
