/// The chunked transfer coding (RFC 9112 §7.1), as archives keep it in stored responses.
public enum ChunkedCoding: Hashable, Sendable {
  /// All chunks up to the last, empty one.
  case whole([UInt8])
  /// The octets do not begin with a chunk: they were stored without the coding, whatever a field says.
  case absent
  /// They begin with a chunk, and stop or go wrong before the last.
  case broken

  /// - Parameter octets: a stored payload. What follows the last chunk (trailer fields, RFC 9112 §7.1.2) is passed over.
  public init(decoding octets: ArraySlice<UInt8>) {
    self = octets.withUnsafeBufferPointer { Self.decode($0) }
  }

  private static func decode(_ octets: UnsafeBufferPointer<UInt8>) -> ChunkedCoding {
    var (out, at, chunks): ([UInt8], Int, Int) = ([], 0, 0)
    out.reserveCapacity(octets.count)
    while let (size, start) = size(in: octets, at: at) {
      if size == 0 { return .whole(out) }
      // A text may begin with a number: a chunk is one when its end is where it should be.
      guard size <= octets.count - start, let next = end(in: octets, at: start + size) else {
        return chunks == 0 && size <= octets.count - start ? .absent : .broken
      }
      out += UnsafeBufferPointer(rebasing: octets[start..<(start + size)])
      (at, chunks) = (next, chunks + 1)
    }
    return chunks == 0 ? .absent : .broken
  }

  /// A chunk's size and where its data begins; nil when no size line is there.
  private static func size(in octets: UnsafeBufferPointer<UInt8>, at: Int) -> (size: Int, start: Int)? {
    var (size, i) = (0, at)
    while i < octets.count, let digit = digit(octets[i]) {
      guard i - at < 15 else { return nil }
      size = size << 4 | digit
      i += 1
    }
    guard i > at else { return nil }
    // Blanks, and chunk extensions, which nobody needs: a line of them has an end.
    if i < octets.count, [32, 9, UInt8(ascii: ";")].contains(octets[i]) {
      let limit = min(octets.count, i + 4096)
      while i < limit, octets[i] != 13, octets[i] != 10 { i += 1 }
    }
    return end(in: octets, at: i).map { (size, $0) }
  }

  /// Where a line end that should be there ends; nil when there is none.
  private static func end(in octets: UnsafeBufferPointer<UInt8>, at: Int) -> Int? {
    if at < octets.count, octets[at] == 10 { return at + 1 }
    return at + 1 < octets.count && octets[at] == 13 && octets[at + 1] == 10 ? at + 2 : nil
  }

  private static func digit(_ octet: UInt8) -> Int? {
    switch octet {
    case 48...57: Int(octet) - 48
    case 97...102: Int(octet) - 87
    case 65...70: Int(octet) - 55
    default: nil
    }
  }
}
