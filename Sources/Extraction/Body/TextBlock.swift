import Markup
import Model

/// A run of text between two block boundaries, with what is needed to judge it.
struct TextBlock {
  /// The innermost block element that holds it.
  let holder: Int
  /// The first text node of it.
  let node: Int
  let kind: Block.Kind
  /// 1-6 for a heading, else 0.
  let level: Int
  /// White space collapsed; not yet NFC.
  let text: [UInt8]
  /// How many bytes of it stand inside links.
  let linkBytes: Int
  /// The marks of the elements around it, the root's first taken away where they cover too much (see `Outline`).
  let marks: Marks
  /// Characters, those of scripts that write no spaces counted twice.
  let weight: Int
  /// Commas, full stops and their like in any script.
  let punctuation: Int

  var linkShare: Double { text.isEmpty ? 0 : Double(linkBytes) / Double(text.count) }
  var isFurniture: Bool { !marks.isDisjoint(with: .furniture) }

  init(holder: Int, node: Int, kind: Block.Kind, level: Int, text: [UInt8], linkBytes: Int, marks: Marks) {
    (self.holder, self.node, self.kind, self.level, self.text) = (holder, node, kind, level, text)
    (self.linkBytes, self.marks) = (linkBytes, marks)
    (weight, punctuation) = Self.measure(text)
  }

  /// One pass over UTF-8.
  static func measure(_ text: [UInt8]) -> (weight: Int, punctuation: Int) {
    var (weight, marks, at) = (0, 0, 0)
    while at < text.count {
      let byte = text[at]
      switch byte {
      case UInt8(ascii: ","), UInt8(ascii: "."), UInt8(ascii: ";"), UInt8(ascii: "!"), UInt8(ascii: "?"):
        (weight, marks, at) = (weight + 1, marks + 1, at + 1)
      case ..<0x80: (weight, at) = (weight + 1, at + 1)
      case 0xE0..., 0xD8, 0xDB:
        let second = at + 1 < text.count ? text[at + 1] : 0
        let third = at + 2 < text.count ? text[at + 2] : 0
        let isMark: Bool =
          switch (byte, second, third) {
          case (0xE3, 0x80, 0x81), (0xE3, 0x80, 0x82), (0xEF, 0xBC, 0x8C), (0xEF, 0xBC, 0x81), (0xEF, 0xBC, 0x9F),
            (0xEF, 0xBC, 0x9B), (0xEF, 0xBC, 0x8E), (0xE0, 0xA5, 0xA4):
            true
          case (0xD8, 0x8C, _), (0xD8, 0x9B, _), (0xD8, 0x9F, _), (0xDB, 0x94, _): true
          default: false
          }
        if isMark { marks += 1 }
        weight += (0xE3...0xED).contains(byte) ? 2 : 1
        at += byte >= 0xF0 ? 4 : byte >= 0xE0 ? 3 : 2
      default: (weight, at) = (weight + 1, at + 2)
      }
    }
    return (weight, marks)
  }

  /// Whether it reads as prose: long enough, not mostly links.
  var isProse: Bool {
    weight >= 25 && linkShare < 0.5 && (punctuation > 0 || weight >= 80) && level == 0 && kind != .caption
  }
}
