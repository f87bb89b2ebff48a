/// Numbers as derived blobs hold them: unsigned LEB128, 7 bits an octet, the lowest first, the high bit set on all but the
/// last; signed ones by zigzag, which takes 0, −1, 1, −2 to 0, 1, 2, 3.
struct VarintWriter {
  var bytes: [UInt8] = []

  mutating func append(_ value: UInt64) {
    var rest = value
    while rest >= 0x80 {
      bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(rest))
  }

  mutating func append(_ value: Int) { append(UInt64(max(0, value))) }

  mutating func append(text: String) {
    append(text.utf8.count)
    bytes += text.utf8
  }

  static func zigzag(_ value: Int64) -> UInt64 { UInt64(bitPattern: (value << 1) ^ (value >> 63)) }
}

/// Reads what `VarintWriter` wrote; every answer is nil where the octets end or are no such thing.
struct VarintReader {
  let bytes: [UInt8]
  private(set) var at = 0

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  var isAtEnd: Bool { at == bytes.count }

  mutating func octet() -> UInt8? {
    guard at < bytes.count else { return nil }
    defer { at += 1 }
    return bytes[at]
  }

  mutating func varint() -> UInt64? {
    var next = at
    defer { at = next }
    return Self.varint(in: bytes.span, at: &next)
  }

  /// The number that begins there; moves on behind it.
  @inline(__always)
  static func varint(in bytes: Span<UInt8>, at: inout Int) -> UInt64? {
    var (value, shift): (UInt64, UInt64) = (0, 0)
    while at < bytes.count, shift < 64 {
      let byte = bytes[at]
      at += 1
      value |= UInt64(byte & 0x7F) << shift
      if byte < 0x80 { return value }
      shift += 7
    }
    return nil
  }

  /// A number of things each of which takes an octet or more of what is left.
  mutating func count() -> Int? { varint().flatMap { $0 <= UInt64(bytes.count - at) ? Int($0) : nil } }

  mutating func text() -> String? {
    guard let count = count() else { return nil }
    defer { at += count }
    return String(validating: bytes[at..<(at + count)], as: UTF8.self)
  }

  static func signed(_ zigzag: UInt64) -> Int64 { Int64(bitPattern: (zigzag >> 1) ^ (0 &- (zigzag & 1))) }
}
