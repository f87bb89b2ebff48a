/// The encoding that a document declares of itself: `<meta charset>`, `<meta http-equiv … content="…charset=">` or an XML
/// declaration. HTML §13.2.3.2 looks at the first 1024 bytes; one page in eight declares it later, so this looks at 64 KiB.
enum Declaration {
  static let reach = 1 << 16

  /// Nil when nothing known is declared. UTF-16 cannot be declared in ASCII bytes and means UTF-8 there (same section).
  static func encoding(in body: [UInt8]) -> EncodingLabel? {
    let head = body.prefix(reach)
    var at = head.startIndex
    while let start = head[at...].firstIndex(of: UInt8(ascii: "<")) {
      at = start + 1
      let rest = head[at...]
      if rest.starts(with: "!--".utf8) {
        at = commentEnd(in: rest) ?? head.endIndex
      } else if startsWithoutCase(rest, "meta") || rest.starts(with: "?xml".utf8) {
        let close = rest.firstIndex(of: UInt8(ascii: ">")) ?? head.endIndex
        let key = rest.first == UInt8(ascii: "?") ? "encoding" : "charset"
        if let label = value(after: key, in: head[at..<close]), let known = EncodingLabel(label) {
          return known.isUTF16 ? .utf8 : known
        }
        at = close
      } else if startsWithoutCase(rest, "/head") || startsWithoutCase(rest, "body") {
        return nil
      }
    }
    return nil
  }

  /// What follows `key =`, quotes left out.
  private static func value(after key: String, in tag: ArraySlice<UInt8>) -> String? {
    var at = tag.startIndex
    while at < tag.endIndex {
      guard startsWithoutCase(tag[at...], key) else {
        at += 1
        continue
      }
      at += key.utf8.count
      let rest = tag[at...].drop { $0 <= 32 }
      guard rest.first == UInt8(ascii: "=") else { continue }
      let value = rest.dropFirst().drop { $0 <= 32 || $0 == UInt8(ascii: "\"") || $0 == UInt8(ascii: "'") }
      return EncodingLabel.folded(
        value.prefix { $0 > 32 && !"\"';>/?".utf8.contains($0) })
    }
    return nil
  }

  private static func startsWithoutCase(_ bytes: ArraySlice<UInt8>, _ word: String) -> Bool {
    var at = bytes.startIndex
    for letter in word.utf8 {
      guard at < bytes.endIndex, bytes[at] == letter || (65...90).contains(bytes[at]) && bytes[at] | 32 == letter else {
        return false
      }
      at += 1
    }
    return true
  }

  private static func commentEnd(in bytes: ArraySlice<UInt8>) -> Int? {
    var at = bytes.startIndex
    while let hit = bytes[at...].firstIndex(of: UInt8(ascii: ">")) {
      if hit - bytes.startIndex >= 4, bytes[hit - 1] == UInt8(ascii: "-"), bytes[hit - 2] == UInt8(ascii: "-") {
        return hit + 1
      }
      at = hit + 1
    }
    return nil
  }
}
