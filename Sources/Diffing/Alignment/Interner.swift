/// Small integers for texts, equal when the bytes are equal: what the alignments work on. Swift's own String hashing is
/// not used, for it takes canonically equivalent texts for the same and is seeded anew in each process.

import Model

/// Gives each distinct run of bytes a number, from 0 up in order of first sight.
struct Interner {
  /// Slots of an open hash table, a number plus one each; 0 is free. The count is a power of two.
  private var slots: [Int32]
  /// Each number's hash, and where its bytes stand in `pool`.
  private var known: [(hash: UInt64, start: Int, end: Int)] = []
  private var pool: [UInt8] = []

  /// How many distinct texts there are.
  var count: Int { known.count }

  init(expecting count: Int = 16) {
    var size = 16
    while size < count * 2 { size *= 2 }
    slots = Array(repeating: 0, count: size)
  }

  mutating func number(of text: String) -> Int32 {
    var text = text
    return text.withUTF8 { number(of: $0) }
  }

  mutating func number(of bytes: UnsafeBufferPointer<UInt8>) -> Int32 {
    let hash = Self.hash(bytes)
    var slot = Int(truncatingIfNeeded: hash) & (slots.count - 1)
    while slots[slot] != 0 {
      let number = Int(slots[slot] - 1)
      let text = known[number]
      if text.hash == hash, equals(bytes, text.start..<text.end) { return Int32(number) }
      slot = (slot + 1) & (slots.count - 1)
    }
    let start = pool.count
    pool.append(contentsOf: bytes)
    known.append((hash, start, pool.count))
    slots[slot] = Int32(known.count)
    if known.count * 2 > slots.count { grow() }
    return Int32(known.count - 1)
  }

  private func equals(_ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) -> Bool {
    pool.withUnsafeBytes { equalBytes(UnsafeRawBufferPointer(bytes), UnsafeRawBufferPointer(rebasing: $0[range])) }
  }

  private mutating func grow() {
    slots = Array(repeating: 0, count: slots.count * 2)
    for (number, text) in known.enumerated() {
      var slot = Int(truncatingIfNeeded: text.hash) & (slots.count - 1)
      while slots[slot] != 0 { slot = (slot + 1) & (slots.count - 1) }
      slots[slot] = Int32(number + 1)
    }
  }

  /// Eight bytes at a time, each word mixed by a full 64 by 64 bit multiplication folded onto itself.
  static func hash(_ bytes: UnsafeBufferPointer<UInt8>) -> UInt64 {
    var hash = UInt64(truncatingIfNeeded: bytes.count) &* 0x9E37_79B9_7F4A_7C15
    func mix(_ word: UInt64) {
      let product = (hash ^ word ^ 0xA076_1D64_78BD_642F).multipliedFullWidth(by: 0xE703_7ED1_A0B4_28DB)
      hash = product.high ^ product.low ^ (word &* 0x9E37_79B9_7F4A_7C15)
    }
    let raw = UnsafeRawBufferPointer(bytes)
    var i = 0
    while i + 8 <= raw.count {
      mix(raw.loadUnaligned(fromByteOffset: i, as: UInt64.self))
      i += 8
    }
    var rest: UInt64 = 0
    while i < raw.count {
      rest = rest << 8 | UInt64(raw[i])
      i += 1
    }
    mix(rest)
    return hash ^ (hash >> 32)
  }
}
