extension JSONValue: CustomStringConvertible {
  /// Compact JSON on one line, members in order.
  public var description: String { String(decoding: utf8, as: UTF8.self) }

  /// The same as bytes.
  public var utf8: [UInt8] {
    var out: [UInt8] = []
    write(to: &out)
    return out
  }

  private func write(to out: inout [UInt8]) {
    switch self {
    case .null: out += Array("null".utf8)
    case .bool(let flag): out += Array((flag ? "true" : "false").utf8)
    case .number(let digits): out += Array(digits.utf8)
    case .string(let text): out.appendJSONString(Array(text.utf8))
    case .array(let items):
      out.append(UInt8(ascii: "["))
      for (i, item) in items.enumerated() {
        if i > 0 { out.append(UInt8(ascii: ",")) }
        item.write(to: &out)
      }
      out.append(UInt8(ascii: "]"))
    case .object(let members):
      out.append(UInt8(ascii: "{"))
      for (i, member) in members.enumerated() {
        if i > 0 { out.append(UInt8(ascii: ",")) }
        out.appendJSONString(Array(member.key.utf8))
        out.append(UInt8(ascii: ":"))
        member.value.write(to: &out)
      }
      out.append(UInt8(ascii: "}"))
    }
  }
}

extension [UInt8] {
  /// Appends UTF-8 text as a JSON string, quoted, only what RFC 8259 §7 demands escaped.
  public mutating func appendJSONString(_ text: [UInt8]) {
    append(UInt8(ascii: "\""))
    var start = 0
    for (i, byte) in text.enumerated() where byte < 0x20 || byte == 0x22 || byte == 0x5C || byte == 0x7F {
      append(contentsOf: text[start..<i])
      start = i + 1
      switch byte {
      case 0x22: append(contentsOf: [0x5C, 0x22])
      case 0x5C: append(contentsOf: [0x5C, 0x5C])
      case 10: append(contentsOf: [0x5C, UInt8(ascii: "n")])
      case 13: append(contentsOf: [0x5C, UInt8(ascii: "r")])
      case 9: append(contentsOf: [0x5C, UInt8(ascii: "t")])
      default: append(contentsOf: Array("\\u00".utf8) + Array(String(byte, radix: 16).utf8).leftPadded(to: 2))
      }
    }
    append(contentsOf: text[start...])
    append(UInt8(ascii: "\""))
  }

  fileprivate func leftPadded(to width: Int) -> [UInt8] {
    [UInt8](repeating: 48, count: Swift.max(0, width - count)) + self
  }
}
