/// The form in which the path of a URL and the pattern of a rule are compared octet by octet (RFC 9309 §2.2.2, §2.2.3).
enum RobotsPath {
  /// Percent-encodes octets outside ASCII, writes escapes in upper case, undoes those of unreserved characters (RFC 3986
  /// §2.3), and in the query those of `: / ? @ [ ]` too, where they mean the same either way (the RFC's own example).
  ///
  /// A literal `*` or `$` is `%2A` or `%24`; as they stand they are special in a pattern, `$` only as its last octet.
  static func comparable(_ octets: some Collection<UInt8>, isPattern: Bool) -> [UInt8] {
    var out: [UInt8] = []
    out.reserveCapacity(octets.count + 8)
    var (rest, inQuery) = (Array(octets)[...], false)
    while let octet = rest.popFirst() {
      switch octet {
      case UInt8(ascii: "%"):
        guard rest.count >= 2, let high = digit(rest[rest.startIndex]), let low = digit(rest[rest.startIndex + 1])
        else {
          out.append(octet)
          continue
        }
        rest = rest.dropFirst(2)
        let value = high << 4 | low
        if isUnreserved(value) || inQuery && isPlainInQuery(value) {
          out.append(value)
        } else {
          escape(value, into: &out)
        }
      case UInt8(ascii: "*") where isPattern, UInt8(ascii: "$") where isPattern && rest.isEmpty: out.append(octet)
      case UInt8(ascii: "*"), UInt8(ascii: "$"), 128...: escape(octet, into: &out)
      case UInt8(ascii: "?"):
        inQuery = true
        out.append(octet)
      default: out.append(octet)
      }
    }
    return out
  }

  private static func escape(_ octet: UInt8, into out: inout [UInt8]) {
    func hexadecimal(_ value: UInt8) -> UInt8 { value < 10 ? 48 + value : 55 + value }
    out.append(UInt8(ascii: "%"))
    out.append(hexadecimal(octet >> 4))
    out.append(hexadecimal(octet & 15))
  }

  private static func digit(_ octet: UInt8) -> UInt8? {
    switch octet {
    case 48...57: octet - 48
    case 65...70: octet - 55
    case 97...102: octet - 87
    default: nil
    }
  }

  private static func isUnreserved(_ octet: UInt8) -> Bool {
    switch octet {
    case 48...57, 65...90, 97...122, 45, 46, 95, 126: true  // letters, digits, - . _ ~
    default: false
    }
  }

  private static func isPlainInQuery(_ octet: UInt8) -> Bool {
    switch octet {
    case 0x2F, 0x3A, 0x3F, 0x40, 0x5B, 0x5D: true  // / : ? @ [ ]
    default: false
    }
  }
}
