/// Header fields by name, whatever its case (RFC 9110 §5.1).
extension [(name: String, value: String)] {
  /// The value of the first field of that name.
  public func first(named name: String) -> String? { first { Self.isSame($0.name, name) }?.value }

  /// The values of all fields of that name.
  public func all(named name: String) -> [String] { filter { Self.isSame($0.name, name) }.map(\.value) }

  private static func isSame(_ a: String, _ b: String) -> Bool {
    guard a.utf8.count == b.utf8.count else { return false }
    return zip(a.utf8, b.utf8).allSatisfy { x, y in
      x == y || x ^ y == 0x20 && (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(x | 0x20)
    }
  }
}
