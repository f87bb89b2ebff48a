/// Percent-encoding of octets (RFC 3986 §2.1).
public enum PercentCoding {
  /// Undoes it; nil when a percent sign is not followed by two hexadecimal digits.
  public static func decoded(_ octets: some Collection<UInt8>) -> [UInt8]? {
    var out: [UInt8] = []
    out.reserveCapacity(octets.count)
    var rest = octets.makeIterator()
    while let octet = rest.next() {
      guard octet == UInt8(ascii: "%") else {
        out.append(octet)
        continue
      }
      guard let high = rest.next().flatMap(digit), let low = rest.next().flatMap(digit) else { return nil }
      out.append(high << 4 | low)
    }
    return out
  }

  /// Makes text fit to be one segment of a path or one value of a query: all but the unreserved characters (RFC 3986 §2.3)
  /// is encoded.
  public static func encoded(_ text: String) -> String {
    let digits = Array("0123456789ABCDEF".utf8)
    var out: [UInt8] = []
    for octet in text.utf8 {
      switch octet {
      case 48...57, 65...90, 97...122, UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "~"):
        out.append(octet)
      default: out += [UInt8(ascii: "%"), digits[Int(octet >> 4)], digits[Int(octet & 15)]]
      }
    }
    return String(decoding: out, as: UTF8.self)
  }

  static func digit(_ octet: UInt8) -> UInt8? {
    switch octet {
    case 48...57: octet - 48
    case 65...70: octet - 55
    case 97...102: octet - 87
    default: nil
    }
  }
}
