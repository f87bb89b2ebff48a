import JSON

/// Reads JSON as newsrooms break it: trailing and missing commas, quotation marks and line breaks inside strings, comments,
/// unknown escapes, several values one after another, an end that is missing. One pass, linear, no value nested deeper
/// than `deepest`.
struct LenientJSON {
  static let deepest = 64

  private let bytes: [UInt8]
  private var at = 0

  /// The values found at top level; none when there is nothing like JSON.
  static func values(in bytes: [UInt8]) -> [JSONValue] {
    var reader = LenientJSON(bytes: bytes)
    var out: [JSONValue] = []
    while reader.at < bytes.count {
      reader.skipFiller()
      guard let byte = reader.peek else { break }
      if byte == UInt8(ascii: "{") || byte == UInt8(ascii: "[") {
        if let value = reader.value(depth: 0) { out.append(value) }
      } else {
        reader.at += 1
      }
    }
    return out
  }

  private init(bytes: [UInt8]) { self.bytes = bytes }

  private var peek: UInt8? { at < bytes.count ? bytes[at] : nil }

  /// White space, commas, semicolons and comments.
  private mutating func skipFiller() {
    while let byte = peek {
      if byte <= 32 || byte == UInt8(ascii: ",") || byte == UInt8(ascii: ";") {
        at += 1
      } else if byte == UInt8(ascii: "/"), at + 1 < bytes.count, bytes[at + 1] == UInt8(ascii: "*") {
        at += 2
        while at < bytes.count, !(bytes[at - 1] == UInt8(ascii: "*") && bytes[at] == UInt8(ascii: "/")) { at += 1 }
        at = min(at + 1, bytes.count)
      } else if byte == UInt8(ascii: "/"), at + 1 < bytes.count, bytes[at + 1] == UInt8(ascii: "/") {
        while let byte = peek, byte != 10, byte != 13 { at += 1 }
      } else {
        return
      }
    }
  }

  private mutating func value(depth: Int) -> JSONValue? {
    skipFiller()
    guard let byte = peek, depth < Self.deepest else {
      at = bytes.count
      return nil
    }
    switch byte {
    case UInt8(ascii: "{"): return object(depth: depth)
    case UInt8(ascii: "["): return array(depth: depth)
    case UInt8(ascii: "\""): return .string(string())
    case UInt8(ascii: "}"), UInt8(ascii: "]"), UInt8(ascii: ":"): return nil
    default: return word()
    }
  }

  private mutating func object(depth: Int) -> JSONValue {
    at += 1
    var members: [(key: String, value: JSONValue)] = []
    while true {
      skipFiller()
      guard let byte = peek else { break }
      if byte == UInt8(ascii: "}") {
        at += 1
        break
      }
      guard byte == UInt8(ascii: "\"") else {
        if byte == UInt8(ascii: "]") { break }  // the object was never closed
        at += 1
        continue
      }
      let key = string()
      skipFiller()
      guard peek == UInt8(ascii: ":") else { continue }
      at += 1
      if let value = value(depth: depth + 1) { members.append((key, value)) }
    }
    return .object(members)
  }

  private mutating func array(depth: Int) -> JSONValue {
    at += 1
    var items: [JSONValue] = []
    while true {
      skipFiller()
      guard let byte = peek else { break }
      if byte == UInt8(ascii: "]") {
        at += 1
        break
      }
      if byte == UInt8(ascii: "}") { break }
      if let item = value(depth: depth + 1) { items.append(item) } else { at += 1 }
    }
    return .array(items)
  }

  /// A number, or a word that is no string: up to what may follow a value.
  private mutating func word() -> JSONValue {
    let start = at
    while let byte = peek, byte > 32, !",;:}]{[\"".utf8.contains(byte) { at += 1 }
    if at == start { at += 1 }
    let text = String(decoding: bytes[start..<at], as: UTF8.self)
    switch text {
    case "true": return .bool(true)
    case "false": return .bool(false)
    case _ where text.utf8.allSatisfy({ (48...57).contains($0) || "+-.eE".utf8.contains($0) }): return .number(text)
    default: return .null
    }
  }

  /// From its opening quotation mark past its closing one, which is the first that something follows that may follow a string.
  private mutating func string() -> String {
    at += 1
    var out: [UInt8] = []
    while let byte = peek {
      at += 1
      if byte == UInt8(ascii: "\\") {
        escape(into: &out)
      } else if byte != UInt8(ascii: "\"") {
        out.append(byte < 32 ? 32 : byte)
      } else if endsHere {
        break
      } else {
        out.append(byte)
      }
    }
    return String(decoding: out, as: UTF8.self)
  }

  /// After a quotation mark: whether what follows can stand after a string. A comma must be followed by a new value or key.
  private var endsHere: Bool {
    guard let (next, place) = after(at) else { return true }
    switch next {
    case UInt8(ascii: ":"), UInt8(ascii: "}"), UInt8(ascii: "]"): return true
    case UInt8(ascii: "\""):  // a comma left out
      return place > at && (isKey(at: place) || bytes[at..<place].contains { $0 == 10 || $0 == 13 })
    case UInt8(ascii: ","), UInt8(ascii: ";"):
      guard let (then, _) = after(place + 1) else { return true }
      return "\"{[}]-tfn/".utf8.contains(then) || (48...57).contains(then)
    default: return false
    }
  }

  /// Whether a short string and a colon stand there.
  private func isKey(at place: Int) -> Bool {
    let rest = bytes[(place + 1)...].prefix(40)
    guard let end = rest.firstIndex(of: UInt8(ascii: "\"")) else { return false }
    return after(end + 1)?.0 == UInt8(ascii: ":")
  }

  /// The next byte that is no white space, looked for nearby.
  private func after(_ start: Int) -> (UInt8, Int)? {
    var place = start
    while place < bytes.count, bytes[place] <= 32, place - start < 256 { place += 1 }
    return place < bytes.count ? (bytes[place], place) : nil
  }

  private mutating func escape(into out: inout [UInt8]) {
    guard let byte = peek else { return }
    at += 1
    switch byte {
    case UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"), UInt8(ascii: "b"), UInt8(ascii: "f"): out.append(32)
    case UInt8(ascii: "u"):
      guard let unit = hex() else { return out.append(byte) }
      var scalar = UInt32(unit)
      if (0xD800..<0xDC00).contains(unit), at + 1 < bytes.count, bytes[at] == UInt8(ascii: "\\"),
        bytes[at + 1] == UInt8(ascii: "u")
      {
        at += 2
        if let low = hex(), (0xDC00..<0xE000).contains(low) {
          scalar = 0x10000 + (UInt32(unit) - 0xD800) << 10 + (UInt32(low) - 0xDC00)
        }
      }
      out += Array(String(Unicode.Scalar(scalar) ?? "\u{FFFD}").utf8)
    default: out.append(byte)
    }
  }

  private mutating func hex() -> UInt16? {
    guard at + 4 <= bytes.count else { return nil }
    guard let value = UInt16(String(decoding: bytes[at..<at + 4], as: UTF8.self), radix: 16) else { return nil }
    at += 4
    return value
  }
}
