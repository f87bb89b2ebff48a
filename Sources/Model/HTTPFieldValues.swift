/// Looking fields up by name, without making text of the others.
extension HTTPFields {
  /// The values of all fields of one name, in order. The name is given in lower case.
  public func values(of lowercaseName: StaticString) -> [String] {
    octets(of: lowercaseName).map { String(decoding: $0, as: UTF8.self) }
  }

  /// The same as they came: they need not be UTF-8.
  public func octets(of lowercaseName: StaticString) -> [ArraySlice<UInt8>] {
    var (values, start): ([ArraySlice<UInt8>], Int) = ([], 0)
    while let found = next(lowercaseName, from: start) {
      values.append(canonicalBytes[found])
      start = found.upperBound + 1
    }
    return values
  }

  /// The first of them; nil when there is none.
  public func first(_ lowercaseName: StaticString) -> ArraySlice<UInt8>? {
    next(lowercaseName, from: 0).map { canonicalBytes[$0] }
  }

  /// Where the value of the next field of that name stands.
  private func next(_ lowercaseName: StaticString, from: Int) -> Range<Int>? {
    let length = lowercaseName.utf8CodeUnitCount
    return canonicalBytes.withUnsafeBufferPointer { bytes in
      var start = from
      while start < bytes.count {
        let end = bytes[start...].firstIndex(of: 10) ?? bytes.count
        defer { start = end + 1 }
        guard start + length < end, bytes[start + length] == UInt8(ascii: ":") else { continue }
        let same = (0..<length).allSatisfy { i in
          let (byte, wanted) = (bytes[start + i], lowercaseName.utf8Start[i])
          return byte == wanted || byte | 0x20 == wanted && (65...90).contains(byte)
        }
        if same { return (bytes[(start + length + 1)..<end].firstIndex { $0 != 32 } ?? end)..<end }
      }
      return nil
    }
  }
}
