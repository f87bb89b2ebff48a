/// A whole gzip file (RFC 1952) undone: all its members, each with its checksum, at most `limit` octets in all. Throws as
/// for a response's content coding: `.codingMismatch`, `.damagedCoding`, `.bodyTooLarge`.
public func gunzip(_ coded: [UInt8], limit: Int) throws(FetchError) -> [UInt8] {
  try ContentCoding.decode(coded, [.gzip], limit: limit)
}
