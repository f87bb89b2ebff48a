import Model

/// Status line and header fields of a response as they stand in a WARC record, before the body.
///
/// Bodies are kept with codings undone. Fields that speak of the body as it was sent (Content-Encoding, Transfer-Encoding, a
/// Content-Length of other octets) would have readers undo them again, so they are renamed, and can be named back.
public struct ResponseHead: Sendable {
  /// Status line, field lines and the empty line, each ended by CR LF.
  public let octets: [UInt8]
  /// Whether the field lines give the fields back, octet for octet. When not, they are the nearest that do.
  public let isExact: Bool
  /// The media type as indexers read it: the first Content-Type up to a semicolon or a space. Nil: there is none.
  public let mediaType: String?

  /// - Parameter payloadSize: octets of the payload; nil for a 304, whose fields speak of one that did not come.
  public init(status: Int, fields: HTTPFields, payloadSize: Int?) {
    let lines = fields.canonicalBytes.split(separator: 10, omittingEmptySubsequences: false).dropLast()
    let read = HTTPFields(lines: lines.map { Array($0) })
    isExact = read == fields
    let kept = isExact ? Array(lines) : read.canonicalBytes.split(separator: 10)
    let lengths = kept.filter { Self.name(of: $0).equals("content-length") }
    let isLengthRight =
      lengths.count == 1 && payloadSize != nil
      && lengths.allSatisfy { $0.dropFirst(16).elementsEqual("\(payloadSize ?? -1)".utf8) }
    var out = Array("HTTP/1.1 \(status) \(ReasonPhrase.of(status))\r\n".utf8)
    var mediaType: String?
    for line in kept {
      let name = Self.name(of: line)
      if !(isLengthRight && name.equals("content-length")), Self.speaksOfCoding(name) { out += Self.prefix.utf8 }
      out += line
      out += [13, 10]
      if mediaType == nil, name.equals("content-type") { mediaType = Self.mediaType(line[(name.endIndex + 1)...]) }
    }
    out += [13, 10]
    (octets, self.mediaType) = (out, mediaType)
  }

  static let prefix = "X-Orig-"

  private static func name(of line: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    line.prefix { $0 != UInt8(ascii: ":") }
  }

  /// Whether a field is, after any number of prefixes, one of the three that speak of a body as it was sent.
  private static func speaksOfCoding(_ name: ArraySlice<UInt8>) -> Bool {
    var rest = name
    while rest.count > prefix.utf8.count, rest.prefix(prefix.utf8.count).equals("x-orig-") {
      rest = rest.dropFirst(prefix.utf8.count)
    }
    return rest.equals("content-encoding") || rest.equals("transfer-encoding") || rest.equals("content-length")
  }

  /// Octets that are not UTF-8 are read as ISO 8859-1, as indexers do.
  private static func mediaType(_ value: ArraySlice<UInt8>) -> String {
    let text =
      String(validating: value, as: UTF8.self) ?? String(String.UnicodeScalarView(value.map { Unicode.Scalar($0) }))
    let start = text.unicodeScalars.drop(while: \.properties.isWhitespace)
    return String(String.UnicodeScalarView(start.prefix { $0 != ";" && !$0.properties.isWhitespace }))
  }
}

extension ArraySlice<UInt8> {
  /// Whether these octets are a text of lower-case ASCII, whatever their case.
  func equals(_ text: String) -> Bool {
    count == text.utf8.count
      && zip(self, text.utf8).allSatisfy { $0 == $1 || ((65...90).contains($0) && $0 | 0x20 == $1) }
  }
}
