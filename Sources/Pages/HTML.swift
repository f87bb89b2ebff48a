import Model

/// A piece of markup. Only what is written out in our own source is markup; whatever is put into it with `\( )` is text, and
/// escaped, unless it is markup itself.
///
///     let name = "<script>"
///     let item: HTML = "<li title=\"\(name)\">\(name)</li>"   // both escaped
///
/// Attribute values must stand in double quotes. No URL from outside may become an `href` but through `outside`.
public struct HTML: Sendable, ExpressibleByStringInterpolation {
  public private(set) var bytes: [UInt8]

  public init() { bytes = [] }
  public init(stringLiteral value: StaticString) {
    bytes = Array(UnsafeBufferPointer(start: value.utf8Start, count: value.utf8CodeUnitCount))
  }
  public init(stringInterpolation: Interpolation) { bytes = stringInterpolation.bytes }

  /// Text, escaped.
  public init(text: String) {
    bytes = []
    bytes.reserveCapacity(text.utf8.count)
    Self.escape(text, into: &bytes)
  }

  public var isEmpty: Bool { bytes.isEmpty }

  public static func += (a: inout HTML, b: HTML) { a.bytes += b.bytes }
  public static func + (a: HTML, b: HTML) -> HTML {
    var out = a
    out += b
    return out
  }

  /// The characters that mean something in HTML as references; those that HTML has no place for as U+FFFD.
  static func escape(_ text: String, into bytes: inout [UInt8]) {
    var text = text
    text.withUTF8 { octets in
      for octet in octets {
        switch octet {
        case UInt8(ascii: "&"): bytes += "&amp;".utf8
        case UInt8(ascii: "<"): bytes += "&lt;".utf8
        case UInt8(ascii: ">"): bytes += "&gt;".utf8
        case UInt8(ascii: "\""): bytes += "&quot;".utf8
        case UInt8(ascii: "'"): bytes += "&#39;".utf8
        case 0...8, 11, 12, 14...31, 127: bytes += [0xEF, 0xBF, 0xBD]
        default: bytes.append(octet)
        }
      }
    }
  }

  public struct Interpolation: StringInterpolationProtocol {
    var bytes: [UInt8] = []

    public init(literalCapacity: Int, interpolationCount: Int) {
      bytes.reserveCapacity(literalCapacity + 32 * interpolationCount)
    }
    public mutating func appendLiteral(_ literal: StaticString) {
      bytes += UnsafeBufferPointer(start: literal.utf8Start, count: literal.utf8CodeUnitCount)
    }
    public mutating func appendInterpolation(_ text: String) { HTML.escape(text, into: &bytes) }
    public mutating func appendInterpolation(_ number: Int) { bytes += String(number).utf8 }
    public mutating func appendInterpolation(_ number: Int64) { bytes += String(number).utf8 }
    public mutating func appendInterpolation(_ html: HTML) { bytes += html.bytes }
    public mutating func appendInterpolation(_ html: HTML?) { if let html { bytes += html.bytes } }
    public mutating func appendInterpolation(_ pieces: [HTML]) { for piece in pieces { bytes += piece.bytes } }
  }
}

extension [HTML] {
  func joined(separator: HTML) -> HTML {
    var out = HTML()
    for (i, piece) in enumerated() {
      if i > 0 { out += separator }
      out += piece
    }
    return out
  }
}
