import Glibc

/// Finds tags as the tokenizer of HTML §13.2.5 does, and nothing else of the markup.
struct TagScanner {
  struct Tag {
    /// From `<` to past `>`, or to the end of the markup.
    let range: Range<Int>
    /// `ElementKind.key` of the name in lower case.
    let name: UInt64
    let isEnd: Bool
    /// Written `<… />`.
    let closesItself: Bool
  }

  let bytes: UnsafeBufferPointer<UInt8>
  var at = 0

  init(bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

  /// The next start or end tag; nil at the end.
  mutating func next() -> Tag? {
    while let start = find(UInt8(ascii: "<"), from: at) {
      var index = start + 1
      guard index < bytes.count else { break }
      if bytes[index] == UInt8(ascii: "!") || bytes[index] == UInt8(ascii: "?") {
        skipComment(at: start)
        continue
      }
      let isEnd = bytes[index] == UInt8(ascii: "/")
      if isEnd { index += 1 }
      guard index < bytes.count, isLetter(bytes[index]) else {
        at = start + 1
        continue
      }
      return tag(from: start, nameAt: index, isEnd: isEnd)
    }
    at = bytes.count
    return nil
  }

  /// Moves past the contents of an element that holds text only.
  mutating func skipRawText(after tag: Tag) {
    if tag.name == Self.plaintext {
      at = bytes.count
    } else if Self.rawText.contains(tag.name) {
      while let start = find(UInt8(ascii: "<"), from: at) {
        at = start + 1
        guard at + 1 < bytes.count, bytes[at] == UInt8(ascii: "/"), isLetter(bytes[at + 1]) else { continue }
        var (end, key) = (at + 1, UInt64(0xCBF2_9CE4_8422_2325))
        while end < bytes.count, isNamePart(bytes[end]) {
          key = (key ^ UInt64(lower(bytes[end]))) &* 0x100_0000_01B3
          end += 1
        }
        if key == tag.name {
          at = start
          return
        }
      }
      at = bytes.count
    }
  }

  private static let rawText: Set<UInt64> = Set(
    ["script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes"].map { ElementKind.key($0.utf8) })
  private static let plaintext = ElementKind.key("plaintext".utf8)

  private mutating func tag(from start: Int, nameAt: Int, isEnd: Bool) -> Tag {
    var (index, key) = (nameAt, UInt64(0xCBF2_9CE4_8422_2325))
    while index < bytes.count, isNamePart(bytes[index]) {
      key = (key ^ UInt64(lower(bytes[index]))) &* 0x100_0000_01B3
      index += 1
    }
    // Attributes: a quote opens a value only after `=`.
    var (quote, afterEquals): (UInt8, Bool) = (0, false)
    scan: while index < bytes.count {
      let byte = bytes[index]
      index += 1
      if quote != 0 {
        if byte == quote { quote = 0 }
        continue
      }
      switch byte {
      case UInt8(ascii: ">"): break scan
      case UInt8(ascii: "="): afterEquals = true
      case UInt8(ascii: "\""), UInt8(ascii: "'"):
        if afterEquals { quote = byte }
        afterEquals = false
      case 9, 10, 12, 13, 32: break
      default: afterEquals = false
      }
    }
    at = index
    let closes =
      index - start >= 2 && index <= bytes.count && bytes[index - 1] == UInt8(ascii: ">")
      && bytes[index - 2] == UInt8(ascii: "/")
    return Tag(range: start..<index, name: key, isEnd: isEnd, closesItself: closes)
  }

  private mutating func skipComment(at start: Int) {
    at = start + 2
    guard at + 1 < bytes.count, bytes[at] == UInt8(ascii: "-"), bytes[at + 1] == UInt8(ascii: "-") else {
      at = find(UInt8(ascii: ">"), from: at).map { $0 + 1 } ?? bytes.count
      return
    }
    // HTML §13.2.5.43: `<!-->` and `<!--->` are whole comments, and `--!>` ends one too.
    var from = start + 2
    while let end = find(UInt8(ascii: ">"), from: from) {
      let dashes = end >= start + 4 && bytes[end - 1] == UInt8(ascii: "-") && bytes[end - 2] == UInt8(ascii: "-")
      let bang =
        end >= start + 7 && bytes[end - 1] == UInt8(ascii: "!") && bytes[end - 2] == UInt8(ascii: "-")
        && bytes[end - 3] == UInt8(ascii: "-")
      if dashes || bang {
        at = end + 1
        return
      }
      from = end + 1
    }
    at = bytes.count
  }

  private func find(_ byte: UInt8, from: Int) -> Int? {
    guard from < bytes.count, let base = bytes.baseAddress,
      let hit = memchr(base + from, Int32(byte), bytes.count - from)
    else { return nil }
    return UnsafeRawPointer(base).distance(to: UnsafeRawPointer(hit))
  }

  private func isLetter(_ byte: UInt8) -> Bool { (97...122).contains(byte | 32) }
  private func lower(_ byte: UInt8) -> UInt8 { (65...90).contains(byte) ? byte | 32 : byte }
  private func isNamePart(_ byte: UInt8) -> Bool {
    byte > 32 && byte != UInt8(ascii: ">") && byte != UInt8(ascii: "/")
  }
}
