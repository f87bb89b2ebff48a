import Model

/// A response as it stands in a record's block: status line, header fields, payload (RFC 9112 §2.1).
public struct HTTPMessage: Hashable, Sendable {
  /// 100-599.
  public let status: Int
  public let fields: HTTPFields
  /// Where in the block the payload begins, by the block's own indices.
  public let payloadStart: Int

  /// Nil when the block does not begin with a status line. Lines may end in LF alone; without an empty line all is header, as
  /// some writers end a message that has no payload.
  public init?(_ block: ArraySlice<UInt8>) {
    let parsed = block.withUnsafeBytes { Self.parse($0) }
    guard let parsed else { return nil }
    self.init(status: parsed.status, fields: parsed.fields, payloadStart: block.startIndex + parsed.payloadStart)
  }

  init(status: Int, fields: HTTPFields, payloadStart: Int) {
    (self.status, self.fields, self.payloadStart) = (status, fields, payloadStart)
  }

  private static func parse(_ block: UnsafeRawBufferPointer) -> HTTPMessage? {
    var section = HTTPFields.Section()
    var (at, status) = (0, 0)
    while at < block.count {
      let end = block[at...].firstIndex(of: 10) ?? block.count
      var line = UnsafeRawBufferPointer(rebasing: block[at..<end])
      while line.last == 13 { line = UnsafeRawBufferPointer(rebasing: line.dropLast()) }
      if status == 0 {
        guard let found = self.status(line) else { return nil }
        status = found
      } else if line.isEmpty {
        return HTTPMessage(status: status, fields: section.fields, payloadStart: min(end + 1, block.count))
      } else {
        section.append(line)
      }
      at = end + 1
    }
    return status == 0 ? nil : HTTPMessage(status: status, fields: section.fields, payloadStart: block.count)
  }

  /// `HTTP/`, a version, blanks, three digits, and then nothing or a blank.
  private static func status(_ line: UnsafeRawBufferPointer) -> Int? {
    guard line.starts(with: "HTTP/".utf8) else { return nil }
    let rest = line.drop { $0 != 32 }.drop { $0 == 32 }
    let digits = rest.prefix { (48...57).contains($0) }
    guard digits.count == 3, rest.count == 3 || rest[digits.endIndex] == 32 else { return nil }
    let status = digits.reduce(0) { $0 * 10 + Int($1) - 48 }
    return (100...599).contains(status) ? status : nil
  }
}
