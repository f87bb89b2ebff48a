/// Why some bytes are not JSON, and where.
public struct JSONError: Error, Hashable, Sendable, CustomStringConvertible {
  public let reason: String
  /// Offset in bytes from the start of the input.
  public let offset: Int

  public var description: String { "\(reason) at byte \(offset)" }
}

/// A cursor over JSON text that hands out one token or value at a time, so that a reader of large lines need not build a tree.
///
/// Strict as RFC 8259, with two leniencies for input from elsewhere: a lone surrogate escape and malformed UTF-8 in a
/// string become U+FFFD where text is asked for (`string()`), and stay as they are where bytes are (`stringBytes()`).
public struct JSONScanner {
  /// How deep arrays and objects may nest.
  public static let maximumDepth = 512

  private let bytes: [UInt8]
  private var at = 0
  private var depth = 0

  public init(_ bytes: [UInt8]) { self.bytes = bytes }

  private func failure(_ reason: String) -> JSONError { JSONError(reason: reason, offset: at) }

  private mutating func skipSpace() {
    while at < bytes.count, bytes[at] == 32 || bytes[at] == 10 || bytes[at] == 13 || bytes[at] == 9 { at += 1 }
  }

  private mutating func next() throws(JSONError) -> UInt8 {
    skipSpace()
    guard at < bytes.count else { throw failure("unexpected end") }
    return bytes[at]
  }

  /// Takes the character if it comes next.
  private mutating func take(_ byte: UInt8) throws(JSONError) -> Bool {
    guard try next() == byte else { return false }
    at += 1
    return true
  }

  /// Throws unless only white space is left.
  public mutating func end() throws(JSONError) {
    skipSpace()
    guard at == bytes.count else { throw failure("unexpected text after the value") }
  }

  /// Reads an object, giving each key to `member`, which must read or skip exactly one value.
  public mutating func object(_ member: (String, inout JSONScanner) throws(JSONError) -> Void) throws(JSONError) {
    guard try take(UInt8(ascii: "{")) else { throw failure("expected an object") }
    try enter()
    if try !take(UInt8(ascii: "}")) {
      repeat {
        let key = try string()
        guard try take(UInt8(ascii: ":")) else { throw failure("expected a colon") }
        try member(key, &self)
      } while try take(UInt8(ascii: ","))
      guard try take(UInt8(ascii: "}")) else { throw failure("expected a comma or the end of the object") }
    }
    depth -= 1
  }

  /// Reads an array, calling `element` before each of its values, which it must read or skip.
  public mutating func array(_ element: (inout JSONScanner) throws(JSONError) -> Void) throws(JSONError) {
    guard try take(UInt8(ascii: "[")) else { throw failure("expected an array") }
    try enter()
    if try !take(UInt8(ascii: "]")) {
      repeat { try element(&self) } while try take(UInt8(ascii: ","))
      guard try take(UInt8(ascii: "]")) else { throw failure("expected a comma or the end of the array") }
    }
    depth -= 1
  }

  private mutating func enter() throws(JSONError) {
    depth += 1
    guard depth <= Self.maximumDepth else { throw failure("nested more than \(Self.maximumDepth) deep") }
  }

  /// Whether a string comes next.
  public var isString: Bool {
    var rest = self
    rest.skipSpace()
    return rest.at < bytes.count && bytes[rest.at] == UInt8(ascii: "\"")
  }

  /// Reads any value.
  public mutating func value() throws(JSONError) -> JSONValue {
    switch try next() {
    case UInt8(ascii: "{"):
      var members: [(key: String, value: JSONValue)] = []
      try object { (key, scanner) throws(JSONError) in members.append((key, try scanner.value())) }
      return .object(members)
    case UInt8(ascii: "["):
      var items: [JSONValue] = []
      try array { (scanner) throws(JSONError) in items.append(try scanner.value()) }
      return .array(items)
    case UInt8(ascii: "\""): return .string(try string())
    case UInt8(ascii: "t"): return try word("true", .bool(true))
    case UInt8(ascii: "f"): return try word("false", .bool(false))
    case UInt8(ascii: "n"): return try word("null", .null)
    default: return .number(try number())
    }
  }

  private mutating func word(_ text: StaticString, _ value: JSONValue) throws(JSONError) -> JSONValue {
    let wanted = UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount)
    guard bytes[at...].starts(with: wanted) else { throw failure("unexpected character") }
    at += wanted.count
    return value
  }

  /// A number as written (RFC 8259 §6).
  private mutating func number() throws(JSONError) -> String {
    let start = at
    func digits() -> Int { bytes[at...].prefix { (48...57).contains($0) }.count }
    if bytes[at] == UInt8(ascii: "-") { at += 1 }
    let whole = digits()
    guard whole > 0, whole == 1 || bytes[at] != UInt8(ascii: "0") else { throw failure("unexpected character") }
    at += whole
    if at < bytes.count, bytes[at] == UInt8(ascii: ".") {
      at += 1
      guard digits() > 0 else { throw failure("expected a digit") }
      at += digits()
    }
    if at < bytes.count, bytes[at] | 0x20 == UInt8(ascii: "e") {
      at += 1
      if at < bytes.count, bytes[at] == UInt8(ascii: "+") || bytes[at] == UInt8(ascii: "-") { at += 1 }
      guard digits() > 0 else { throw failure("expected a digit") }
      at += digits()
    }
    return String(decoding: bytes[start..<at], as: UTF8.self)
  }

  /// A string as text.
  public mutating func string() throws(JSONError) -> String { String(decoding: try stringBytes(), as: UTF8.self) }

  /// A string's UTF-8 with the escapes undone. Runs without escapes are copied whole: about a gigabyte a second.
  public mutating func stringBytes() throws(JSONError) -> [UInt8] {
    guard try take(UInt8(ascii: "\"")) else { throw failure("expected a string") }
    var out: [UInt8] = []
    while true {
      let run = plainRun(from: at)
      bytes.withUnsafeBufferPointer { out.append(contentsOf: UnsafeBufferPointer(rebasing: $0[at..<run])) }
      at = run
      guard at < bytes.count else { throw failure("unterminated string") }
      switch bytes[at] {
      case UInt8(ascii: "\""):
        at += 1
        return out
      case UInt8(ascii: "\\"): try escape(into: &out)
      default: throw failure("control character in a string")
      }
    }
  }

  /// Where the run of ordinary characters that starts here ends: at a quote, a backslash, a control or the end.
  private func plainRun(from start: Int) -> Int {
    bytes.withUnsafeBytes { raw in
      var i = start
      // Eight bytes at a time: a byte below 0x20, or equal to a quote or backslash, sets its high bit ("haszero" of
      // S. Anderson, Bit Twiddling Hacks, applied to three differences). A borrow can only raise a false alarm above a true one.
      let ones: UInt64 = 0x0101_0101_0101_0101
      let highs: UInt64 = 0x8080_8080_8080_8080
      while i + 8 <= raw.count {
        let word = raw.loadUnaligned(fromByteOffset: i, as: UInt64.self)
        let quote = word ^ (ones &* 0x22)
        let slash = word ^ (ones &* 0x5C)
        let hit =
          ((quote &- ones) & ~quote) | ((slash &- ones) & ~slash) | ((word &- (ones &* 0x20)) & ~word)
        if hit & highs != 0 { break }
        i += 8
      }
      while i < raw.count, raw[i] >= 0x20, raw[i] != 0x22, raw[i] != 0x5C { i += 1 }
      return i
    }
  }

  private mutating func escape(into out: inout [UInt8]) throws(JSONError) {
    at += 1
    guard at < bytes.count else { throw failure("unterminated string") }
    let code = bytes[at]
    at += 1
    switch code {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): out.append(code)
    case UInt8(ascii: "n"): out.append(10)
    case UInt8(ascii: "t"): out.append(9)
    case UInt8(ascii: "r"): out.append(13)
    case UInt8(ascii: "b"): out.append(8)
    case UInt8(ascii: "f"): out.append(12)
    case UInt8(ascii: "u"):
      var unit = try hex4()
      if unit & 0xFC00 == 0xD800, at + 1 < bytes.count, bytes[at] == UInt8(ascii: "\\"),
        bytes[at + 1] == UInt8(ascii: "u")
      {
        let back = at
        at += 2
        let low = try hex4()
        if low & 0xFC00 == 0xDC00 { unit = 0x10000 + (unit & 0x3FF) << 10 + low & 0x3FF } else { at = back }
      }
      let scalar = Unicode.Scalar(unit) ?? "\u{FFFD}"
      out.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
    default:
      at -= 1
      throw failure("unknown escape")
    }
  }

  private mutating func hex4() throws(JSONError) -> UInt32 {
    guard at + 4 <= bytes.count, let value = UInt32(String(decoding: bytes[at..<at + 4], as: UTF8.self), radix: 16),
      bytes[at] != UInt8(ascii: "+"), bytes[at] != UInt8(ascii: "-")
    else { throw failure("expected four hexadecimal digits") }
    at += 4
    return value
  }
}
