import Model

/// One WARC record (ISO 28500:2017 §4): its named fields and its block.
public struct WARCRecord: Hashable, Sendable {
  /// As the first line says: `1.1`, `1.0`, or an older draft's number.
  public var version: String
  /// Named fields in order, `Content-Length` included; names count without case.
  public var fields: HTTPFields
  /// The octets of the block: for `response`, status line, header fields and payload as they stood in the file. Mostly a slice
  /// of what was read, which it keeps in memory.
  public var block: ArraySlice<UInt8>

  public init(version: String = "1.1", fields: HTTPFields, block: ArraySlice<UInt8>) {
    (self.version, self.fields, self.block) = (version, fields, block)
  }

  /// With a block of its own, for a record that is kept long after what it was read from.
  public var detached: WARCRecord { WARCRecord(version: version, fields: fields, block: Array(block)[...]) }
}
