/// Scalars out of UTF-8 bytes that may be anything, and eight bytes at once.

extension Span<UInt8> {
  /// The scalar that starts at a byte, and its length in bytes. A byte that starts no well-formed sequence
  /// (Unicode 15, table 3-7) is U+FFFD of length 1.
  @inline(__always)
  func scalar(at i: Int) -> (value: UInt32, length: Int) {
    let first = self[i]
    if first < 0x80 { return (UInt32(first), 1) }
    return multibyteScalar(first, at: i)
  }

  @inline(__always)
  private func multibyteScalar(_ first: UInt8, at i: Int) -> (value: UInt32, length: Int) {
    let bad: (value: UInt32, length: Int) = (0xFFFD, 1)
    guard first >= 0xC2, first <= 0xF4, i + 1 < count else { return bad }
    let second = self[i + 1]
    guard second & 0xC0 == 0x80 else { return bad }
    if first < 0xE0 { return (UInt32(first & 0x1F) << 6 | UInt32(second & 0x3F), 2) }
    guard i + 2 < count else { return bad }
    let third = self[i + 2]
    guard third & 0xC0 == 0x80 else { return bad }
    if first < 0xF0 {
      let value = UInt32(first & 0x0F) << 12 | UInt32(second & 0x3F) << 6 | UInt32(third & 0x3F)
      return value < 0x800 || (0xD800...0xDFFF).contains(value) ? bad : (value, 3)
    }
    guard i + 3 < count else { return bad }
    let fourth = self[i + 3]
    guard fourth & 0xC0 == 0x80 else { return bad }
    let value =
      UInt32(first & 0x07) << 18 | UInt32(second & 0x3F) << 12 | UInt32(third & 0x3F) << 6 | UInt32(fourth & 0x3F)
    return (0x10000...0x10FFFF).contains(value) ? (value, 4) : bad
  }

  /// Where the scalar before a byte offset starts; the offset must be above 0 and at the start of a scalar or the end.
  func start(ofScalarBefore i: Int) -> Int {
    for back in 2...4 where i >= back && self[i - 1] >= 0x80 {
      if scalar(at: i - back).length == back { return i - back }
    }
    return i - 1
  }
}

/// Eight bytes of a text at once: what most of it is passed over by.
struct Octets {
  let all: UInt64

  /// - Parameter i: at most eight below the count.
  @inline(__always)
  init(_ bytes: borrowing Span<UInt8>, at i: Int) {
    all = UInt64(littleEndian: bytes.bytes.unsafeLoadUnaligned(fromByteOffset: i, as: UInt64.self))
  }

  /// The high bit of each byte that is above 0x7F.
  @inline(__always)
  var highBits: UInt64 { all & 0x8080_8080_8080_8080 }

  /// The high bit of the first byte that is the given one, and perhaps those of bytes after it (H. S. Warren, "Hacker's
  /// Delight", §6-1).
  @inline(__always)
  func bits(of byte: UInt8) -> UInt64 { Self.zeros(all ^ (0x0101_0101_0101_0101 &* UInt64(byte))) }

  /// The same for a letter of ASCII in either case.
  @inline(__always)
  func bits(ofLetter letter: UInt8) -> UInt64 {
    Self.zeros((all | 0x2020_2020_2020_2020) ^ (0x0101_0101_0101_0101 &* UInt64(letter)))
  }

  /// The same for a byte below the given one, which is at most 0x80.
  @inline(__always)
  func bits(below byte: UInt8) -> UInt64 {
    (all &- 0x0101_0101_0101_0101 &* UInt64(byte)) & ~all & 0x8080_8080_8080_8080
  }

  private static func zeros(_ x: UInt64) -> UInt64 { (x &- 0x0101_0101_0101_0101) & ~x & 0x8080_8080_8080_8080 }
}
