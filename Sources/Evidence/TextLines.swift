/// The lines of a text, each ended by LF, taken from the front.
struct TextLines {
  /// What has not been taken yet.
  private(set) var rest: ArraySlice<UInt8>

  init(_ octets: some Sequence<UInt8>) { rest = Array(octets)[...] }

  /// The next line without its LF; nil when no LF is left.
  mutating func next() -> ArraySlice<UInt8>? {
    guard let end = rest.firstIndex(of: UInt8(ascii: "\n")) else { return nil }
    defer { rest = rest[(end + 1)...] }
    return rest[..<end]
  }
}

extension ArraySlice<UInt8> {
  /// What follows a word and one space; nil when the line does not begin so.
  func after(_ word: String) -> ArraySlice<UInt8>? {
    let start = Array((word + " ").utf8)
    return starts(with: start) ? dropFirst(start.count) : nil
  }

  /// A decimal number from 0 to 2^63 − 1 without sign or leading zeros.
  var decimal: Int? {
    guard let first, allSatisfy({ (48...57).contains($0) }), count == 1 || first != 48 else { return nil }
    return Int(String(decoding: self, as: UTF8.self))  // nil past 2^63 − 1
  }
}
