/// A JSON value (RFC 8259), members in the order they stood and numbers as they were written.
public indirect enum JSONValue: Sendable {
  case null
  case bool(Bool)
  /// Verbatim: `1.50` stays `1.50`.
  case number(String)
  case string(String)
  case array([JSONValue])
  /// A repeated key keeps all its members; looking it up gives the last, as most readers do.
  case object([(key: String, value: JSONValue)])
}

extension JSONValue {
  /// Reads exactly one value, white space around it allowed. Nesting is limited to `JSONScanner.maximumDepth`.
  public init(parsing bytes: [UInt8]) throws(JSONError) {
    var scanner = JSONScanner(bytes)
    self = try scanner.value()
    try scanner.end()
  }

  /// The member of that name; nil when this is no object or has none.
  public subscript(key: String) -> JSONValue? {
    guard case .object(let members) = self else { return nil }
    return members.last { $0.key == key }?.value
  }

  public var string: String? {
    guard case .string(let text) = self else { return nil }
    return text
  }

  public var array: [JSONValue]? {
    guard case .array(let items) = self else { return nil }
    return items
  }

  public var bool: Bool? {
    guard case .bool(let flag) = self else { return nil }
    return flag
  }

  /// A number without fraction or exponent that fits in 64 bits.
  public var int: Int64? {
    guard case .number(let digits) = self else { return nil }
    return Int64(digits)
  }
}

extension JSONValue: Equatable {
  public static func == (a: JSONValue, b: JSONValue) -> Bool {
    switch (a, b) {
    case (.null, .null): true
    case (.bool(let x), .bool(let y)): x == y
    case (.number(let x), .number(let y)): x == y
    case (.string(let x), .string(let y)): x == y
    case (.array(let x), .array(let y)): x == y
    case (.object(let x), .object(let y)):
      x.count == y.count && zip(x, y).allSatisfy { $0.key == $1.key && $0.value == $1.value }
    default: false
    }
  }
}

extension JSONValue: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByBooleanLiteral,
  ExpressibleByNilLiteral, ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
  public init(stringLiteral value: String) { self = .string(value) }
  public init(integerLiteral value: Int64) { self = .number(String(value)) }
  public init(booleanLiteral value: Bool) { self = .bool(value) }
  public init(nilLiteral: ()) { self = .null }
  public init(arrayLiteral items: JSONValue...) { self = .array(items) }
  public init(dictionaryLiteral members: (String, JSONValue)...) {
    self = .object(members.map { (key: $0.0, value: $0.1) })
  }

  public init(_ value: String?) { self = value.map(JSONValue.string) ?? .null }
  public init(_ value: some BinaryInteger) { self = .number(String(value)) }
  public init(_ values: [String]) { self = .array(values.map(JSONValue.string)) }
}
