/// The many ways of writing an IPv4 address (inet_aton(3)): one number, two, three or four parts, octal after a zero.
enum IPv4Form {
  /// The address in four decimal parts; nil for any other name.
  static func canonical(_ name: [UInt8]) -> [UInt8]? {
    let parts = name.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    guard (1...4).contains(parts.count), parts.allSatisfy({ !$0.isEmpty && $0.allSatisfy(SURT.isDigit) }) else {
      return nil
    }
    // One number alone is decimal, whatever it begins with, and cut to 32 bits.
    if parts.count == 1 {
      return text(name.reduce(UInt32(0)) { $0 &* 10 &+ UInt32($1 - 48) })
    }
    var address: UInt32 = 0
    for (i, part) in parts.enumerated() {
      let radix = part.count > 1 && part.first == UInt8(ascii: "0") ? 8 : 10
      guard let value = UInt32(String(decoding: part, as: UTF8.self), radix: radix) else { return nil }
      let isLast = i == parts.count - 1
      // The last part fills what the others leave.
      let bits = isLast ? 8 * (4 - i) : 8
      guard bits == 32 || value < 1 << bits else { return nil }
      address = bits == 32 ? value : address << bits | value
    }
    return text(address)
  }

  private static func text(_ address: UInt32) -> [UInt8] {
    Array([24, 16, 8, 0].map { "\(address >> UInt32($0) & 255)" }.joined(separator: ".").utf8)
  }
}
