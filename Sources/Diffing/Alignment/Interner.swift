/// Small integers for texts, equal when the bytes are equal: what the alignments work on. Swift's own String hashing is
/// not used, for it takes canonically equivalent texts for the same and is seeded anew in each process.

import Model

/// Gives each distinct run of bytes a number, from 0 up in order of first sight.
struct Interner {
  /// An open hash table: a number plus one each, below 32 bits of the hash; 0 is free. The count is a power of two.
  private var slots: [UInt64]
  /// Where each number's bytes start in `pool`, and where the last one's end.
  private var starts: [UInt32] = [0]
  private var pool: [UInt8] = []

  /// How many distinct texts there are.
  var count: Int { starts.count - 1 }

  /// - Parameter count: how many texts there may be; many will be the same.
  init(expecting count: Int = 16) {
    let count = min(count, 1024)
    var size = 16
    while size < count * 2 { size *= 2 }
    slots = Array(repeating: 0, count: size)
    starts.reserveCapacity(count + 1)
    pool.reserveCapacity(8 * count)
  }

  mutating func number(of text: String) -> Int32 {
    var text = text
    return text.withUTF8 { number(of: $0) }
  }

  mutating func number(of bytes: UnsafeBufferPointer<UInt8>) -> Int32 {
    let hash = UInt32(truncatingIfNeeded: Self.hash(bytes))
    let slot = slot(of: bytes, hash)
    if slots[slot] != 0 { return Self.number(slots[slot]) }
    pool.append(contentsOf: bytes)
    starts.append(UInt32(truncatingIfNeeded: pool.count))
    slots[slot] = UInt64(hash) << 32 | UInt64(count)
    let number = Int32(truncatingIfNeeded: count - 1)
    if count * 2 > slots.count { grow() }
    return number
  }

  /// The number of a text that has one.
  func known(_ bytes: UnsafeBufferPointer<UInt8>) -> Int32? {
    let found = slots[slot(of: bytes, UInt32(truncatingIfNeeded: Self.hash(bytes)))]
    return found == 0 ? nil : Self.number(found)
  }

  private static func number(_ slot: UInt64) -> Int32 { Int32(truncatingIfNeeded: slot & 0xFFFF_FFFF) - 1 }

  /// Where a text stands, or the free slot where it would.
  private func slot(of bytes: UnsafeBufferPointer<UInt8>, _ hash: UInt32) -> Int {
    var slot = Int(hash) & (slots.count - 1)
    while slots[slot] != 0 {
      if slots[slot] >> 32 == hash, equals(bytes, Int(Self.number(slots[slot]))) { return slot }
      slot = (slot + 1) & (slots.count - 1)
    }
    return slot
  }

  private func equals(_ bytes: UnsafeBufferPointer<UInt8>, _ number: Int) -> Bool {
    let range = Int(starts[number])..<Int(starts[number + 1])
    return pool.withUnsafeBytes {
      equalBytes(UnsafeRawBufferPointer(bytes), UnsafeRawBufferPointer(rebasing: $0[range]))
    }
  }

  private mutating func grow() {
    let old = slots
    slots = Array(repeating: 0, count: old.count * 2)
    for text in old where text != 0 {
      var slot = Int(text >> 32) & (slots.count - 1)
      while slots[slot] != 0 { slot = (slot + 1) & (slots.count - 1) }
      slots[slot] = text
    }
  }

  /// The bytes from a place on, fewer than eight, as a number. What is read twice is the same bits.
  private static func bigEndian(_ raw: UnsafeRawBufferPointer, from i: Int) -> UInt64 {
    let rest = raw.count - i
    func load<T: FixedWidthInteger>(_ type: T.Type, at offset: Int) -> UInt64 {
      UInt64(T(bigEndian: raw.loadUnaligned(fromByteOffset: offset, as: type)))
    }
    switch rest {
    case 0: return 0
    case 1: return UInt64(raw[i])
    case 2, 3: return load(UInt16.self, at: i) << UInt64(8 * (rest - 2)) | load(UInt16.self, at: raw.count - 2)
    default: return load(UInt32.self, at: i) << UInt64(8 * (rest - 4)) | load(UInt32.self, at: raw.count - 4)
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
    mix(bigEndian(raw, from: i))
    return hash ^ (hash >> 32)
  }
}
