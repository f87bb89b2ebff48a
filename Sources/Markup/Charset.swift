/// Octets to characters: which encoding a body is in, and its text as well-formed UTF-8.
///
/// The order is: byte order mark; the Content-Type's charset if the bytes decode in it; valid UTF-8; a declaration in the
/// document's head; windows-1252. It differs from the WHATWG encoding sniffing algorithm (HTML §13.2.3) where that would show
/// mojibake: bytes that are valid UTF-8 with characters beyond ASCII are UTF-8 whatever single-byte encoding is declared,
/// and a body that is nearly UTF-8 stays UTF-8, its few bad bytes U+FFFD, so that one bad byte in an advertisement
/// does not change every accent of the article.
public struct Charset: Hashable, Sendable {
  /// Well-formed UTF-8, without a byte order mark.
  public let utf8: [UInt8]
  /// The WHATWG Encoding Standard's name (§4.2), in lower case, such as `windows-1252`.
  public let name: String

  /// Decodes a body. `contentType` is the field's value as sent, nil when there was none. Throws `encodingUnavailable`
  /// when the encoding is known but this system cannot decode it.
  public init(decoding body: [UInt8], contentType: String? = nil) throws(MarkupError) {
    if body.starts(with: [0xEF, 0xBB, 0xBF]) {
      self.init(repairing: Array(body.dropFirst(3)))
      return
    }
    if body.starts(with: [0xFE, 0xFF]) || body.starts(with: [0xFF, 0xFE]) {
      let bigEndian = body[0] == 0xFE
      self.init(
        utf8: UTF16Decoding.utf8(body.dropFirst(2), bigEndian: bigEndian), name: bigEndian ? "utf-16be" : "utf-16le")
      return
    }
    let isUTF8 = (try? UTF8Span(validating: body.span)) != nil  // the error says where; only whether is of use here
    let sent = contentType.flatMap(Self.charsetParameter).flatMap(EncodingLabel.init)
    if let sent, sent != .utf8, !(isUTF8 && sent.isSingleByte && body.contains { $0 >= 0x80 }) {
      let decoded = try sent.decode(body)
      if !decoded.replaced {
        self.init(utf8: decoded.utf8, name: sent.name)
        return
      }
    }
    let declared = Declaration.encoding(in: body)
    if isUTF8, !(declared == .iso2022jp && body.contains(0x1B)) {
      self.init(utf8: body, name: "utf-8")
      return
    }
    if Self.isNearlyUTF8(body, saysSo: declared == .utf8 || sent == .utf8) {
      self.init(repairing: body)
      return
    }
    let choice = [declared, sent].lazy.compactMap { $0 }.first { $0 != .utf8 } ?? .windows1252
    self.init(utf8: try choice.decode(body).utf8, name: choice.name)
  }

  private init(utf8: [UInt8], name: String) { (self.utf8, self.name) = (utf8, name) }

  private init(repairing body: [UInt8]) {
    self.init(utf8: Array(String(decoding: body, as: UTF8.self).utf8), name: "utf-8")
  }

  /// The `charset` parameter of a media type (RFC 9110 §8.3.1), in lower case; nil when there is none.
  public static func charsetParameter(_ contentType: String) -> String? {
    for part in contentType.utf8.split(separator: UInt8(ascii: ";")).dropFirst() {
      let pair = part.split(separator: UInt8(ascii: "="), maxSplits: 1)
      guard pair.count == 2, EncodingLabel.folded(pair[0]) == "charset" else { continue }
      return EncodingLabel.folded(pair[1].filter { $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "'") })
    }
    return nil
  }

  /// Whether well-formed multi-byte characters outnumber the bytes that cannot be UTF-8: where UTF-8 is declared there
  /// must be as many, else four times as many.
  private static func isNearlyUTF8(_ body: [UInt8], saysSo: Bool) -> Bool {
    var (good, bad, at) = (0, 0, 0)
    while at < body.count {
      let lead = body[at]
      at += 1
      if lead < 0x80 { continue }
      let needed = lead >= 0xF0 && lead < 0xF5 ? 3 : lead >= 0xE0 ? 2 : lead >= 0xC2 ? 1 : 0
      var found = 0
      while found < needed, at < body.count, body[at] & 0xC0 == 0x80 { (found, at) = (found + 1, at + 1) }
      if needed > 0, found == needed { good += 1 } else { bad += 1 }
    }
    return good > 0 && good >= bad * (saysSo ? 1 : 4)
  }
}
