/// Base 64 (RFC 4648 §4), with padding. One text for each series of octets: what is decoded is refused unless encoding
/// it gives the same text again, so that a proof cannot be altered without being another proof.
public enum Base64 {
  private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
  private static let padding = UInt8(ascii: "=")

  public static func encode(_ octets: [UInt8]) -> String {
    var out: [UInt8] = []
    out.reserveCapacity((octets.count + 2) / 3 * 4)
    for start in stride(from: 0, to: octets.count, by: 3) {
      let group = octets[start..<min(start + 3, octets.count)]
      var bits = 0
      for place in 0..<3 { bits = bits << 8 | (place < group.count ? Int(group[start + place]) : 0) }
      for place in 0..<4 { out.append(place <= group.count ? alphabet[bits >> (18 - 6 * place) & 63] : padding) }
    }
    return String(decoding: out, as: UTF8.self)
  }

  /// Nil unless the text is exactly what `encode` would write.
  public static func decode(_ text: some Collection<UInt8>) -> [UInt8]? {
    guard text.count % 4 == 0 else { return nil }
    let digits = text.prefix { $0 != padding }
    guard text.count - digits.count <= 2, text.dropFirst(digits.count).allSatisfy({ $0 == padding }) else { return nil }
    var (out, bits, held): ([UInt8], Int, Int) = ([], 0, 0)
    for digit in digits {
      guard let value = value(digit) else { return nil }
      bits = bits << 6 | value
      held += 6
      if held >= 8 {
        held -= 8
        out.append(UInt8(bits >> held & 0xFF))
        bits &= (1 << held) - 1
      }
    }
    return bits == 0 ? out : nil  // the bits left over must be zero
  }

  private static func value(_ digit: UInt8) -> Int? {
    switch digit {
    case UInt8(ascii: "A")...UInt8(ascii: "Z"): Int(digit) - 65
    case UInt8(ascii: "a")...UInt8(ascii: "z"): Int(digit) - 71
    case UInt8(ascii: "0")...UInt8(ascii: "9"): Int(digit) + 4
    case UInt8(ascii: "+"): 62
    case UInt8(ascii: "/"): 63
    default: nil
    }
  }
}
