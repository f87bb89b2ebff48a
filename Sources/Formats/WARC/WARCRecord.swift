import Model

/// One WARC record (ISO 28500:2017 §4): its named fields and its block.
public struct WARCRecord: Hashable, Sendable {
  /// As the first line says: `1.1`, `1.0`, or an older draft's number.
  public var version: String
  /// Named fields in order, `Content-Length` included; names count without case.
  public var fields: HTTPFields
  /// The octets of the block: for `response`, status line, header fields and payload as they stood in the file.
  public var block: [UInt8]

  public init(version: String = "1.1", fields: HTTPFields, block: [UInt8]) {
    (self.version, self.fields, self.block) = (version, fields, block)
  }
}
