/// Rows of comma-separated values (RFC 4180), UTF-8.
public enum CSV {
  /// One record, CR LF included. A field is quoted when it holds a comma, a quote or a line break, or a space at an end;
  /// quotes in it are doubled. Nothing else about it changes.
  public static func row(_ fields: [String]) -> [UInt8] {
    var out: [UInt8] = []
    for (i, field) in fields.enumerated() {
      if i > 0 { out.append(comma) }
      let bytes = Array(field.utf8)
      guard isQuoted(bytes) else {
        out += bytes
        continue
      }
      out.append(quote)
      for byte in bytes {
        if byte == quote { out.append(quote) }
        out.append(byte)
      }
      out.append(quote)
    }
    return out + [13, 10]
  }

  private static let (comma, quote) = (UInt8(ascii: ","), UInt8(ascii: "\""))

  private static func isQuoted(_ field: [UInt8]) -> Bool {
    field.first == 32 || field.last == 32
      || field.contains { $0 == comma || $0 == quote || $0 == 13 || $0 == 10 }
  }
}
