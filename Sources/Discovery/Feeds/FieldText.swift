import Markup

/// Titles and addresses as fields hold them: one line, white space single, markup read away where the format allows it.
enum FieldText {
  /// In bytes. What is longer is no title but, say, a document whose title element was never closed.
  static let longest = 4096

  /// White space runs as one space, none at the ends, controls and zero-width characters left out; cut to `longest`.
  static func line(_ text: some Sequence<UInt8>) -> String {
    var out: [UInt8] = []
    for byte in text {
      if byte > 32, byte != 127 {
        out.append(byte)
        // U+00A0 counts as a space, U+200B and U+FEFF as nothing.
        if byte == 0xA0, out.count >= 2, out[out.count - 2] == 0xC2 {
          out.removeLast(2)
          if out.last != 32, !out.isEmpty { out.append(32) }
        } else if out.count >= 3,
          out.suffix(3).elementsEqual([0xE2, 0x80, 0x8B])
            || out.suffix(3).elementsEqual([0xEF, 0xBB, 0xBF])
        {
          out.removeLast(3)
        }
      } else if out.last != 32, !out.isEmpty {
        out.append(32)
      }
      if out.count >= longest { break }
    }
    while let last = out.last, last & 0xC0 == 0x80 || last >= 0xC0, !isWhole(out) { out.removeLast() }
    if out.last == 32 { out.removeLast() }
    return String(decoding: out, as: UTF8.self)
  }

  /// A line of text that may be HTML.
  static func html(_ text: [UInt8]) -> String {
    guard text.count <= 8 * longest, looksMarkedUp(text) else { return line(text) }
    // Out of memory is the only way this fails; the text as it stands is then the best there is.
    guard let tree = try? MarkupTree(parsing: text), !tree.nodes.isEmpty else { return line(text) }
    return line(tree.textBytes(of: 0))
  }

  /// Whether there is a tag or a reference in it.
  private static func looksMarkedUp(_ text: [UInt8]) -> Bool {
    for at in text.indices.dropLast() {
      let next = text[at + 1]
      if text[at] == UInt8(ascii: "<"),
        (97...122).contains(next | 32) || next == UInt8(ascii: "/") || next == UInt8(ascii: "!")
      {
        return true
      }
      if text[at] == UInt8(ascii: "&"), (97...122).contains(next | 32) || next == UInt8(ascii: "#") { return true }
    }
    return false
  }

  /// Whether the last character is complete.
  private static func isWhole(_ bytes: [UInt8]) -> Bool {
    guard let lead = bytes.lastIndex(where: { $0 & 0xC0 != 0x80 }) else { return false }
    let wanted = bytes[lead] >= 0xF0 ? 4 : bytes[lead] >= 0xE0 ? 3 : bytes[lead] >= 0xC0 ? 2 : 1
    return bytes.count - lead == wanted
  }
}
