import Model

/// A WARC record's lasting name, made from what the record holds: two exports name the same record alike, without a clock or
/// randomness.
public enum RecordID {
  /// `<urn:uuid:…>`, a version 8 UUID (RFC 9562 §5.8) of the first 16 octets of a SHA-256.
  /// - Parameters:
  ///   - type: the record's WARC-Type.
  ///   - parts: what tells it apart from all others of its type.
  public static func make(_ type: String, _ parts: [String]) -> String {
    let text = (["stet record 1", type] + parts).map { $0 + "\n" }.joined()
    var octets = Array(Digest(ofUTF8: text).bytes.prefix(16))
    octets[6] = octets[6] & 0x0F | 0x80
    octets[8] = octets[8] & 0x3F | 0x80
    let hex = Array(octets.hexadecimal.utf8)
    var out: [UInt8] = []
    for (i, digit) in hex.enumerated() {
      if [8, 12, 16, 20].contains(i) { out.append(UInt8(ascii: "-")) }
      out.append(digit)
    }
    return "<urn:uuid:\(String(decoding: out, as: UTF8.self))>"
  }
}
