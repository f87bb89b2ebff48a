import Model

/// Article texts as Markdown (CommonMark 0.31), a sentence a line, so that a line-wise diff of two shows sentences.
///
/// What CommonMark has no block for is marked by a word in brackets: `[lead]`, `[caption]`, `[table]`, `[notice]`. A bracket of
/// the text itself is escaped.
public enum Markdown {
  /// The headline as a heading of the first level, the lead, and the blocks, an empty line between them.
  public static func document(_ text: ArticleText) -> [UInt8] {
    var out: [UInt8] = []
    if !text.headline.isEmpty { append("# ", [Sentence(text.headline, follows: false)], to: &out, oneLine: true) }
    if let lead = text.lead {
      separate(&out)
      append("[lead] ", [Sentence(lead, follows: false)], to: &out)
    }
    var before: Block.Kind?
    for block in text.blocks {
      // Items in a row are one list (§5.3), without empty lines a tight one.
      if !(before == .item && block.kind == .item) { separate(&out) }
      append(block.kind, block.sentences, to: &out)
      before = block.kind
    }
    return out
  }

  private static func separate(_ out: inout [UInt8]) {
    if !out.isEmpty { out.append(10) }
  }

  private static func append(_ kind: Block.Kind, _ sentences: [Sentence], to out: inout [UInt8]) {
    switch kind {
    case .paragraph: append("", sentences, to: &out)
    case .heading: append("## ", sentences, to: &out, oneLine: true)
    case .item: append("- ", sentences, to: &out, next: "  ")
    case .quote: append("> ", sentences, to: &out, next: "> ")
    case .caption, .table, .notice: append("[\(kind.rawValue)] ", sentences, to: &out)
    }
  }

  /// - Parameters:
  ///   - mark: what the first line begins with.
  ///   - next: what the others do.
  ///   - oneLine: a heading may not have others (§4.2).
  private static func append(
    _ mark: String, _ sentences: [Sentence], to out: inout [UInt8], next: String = "", oneLine: Bool = false
  ) {
    out += Array(mark.utf8)
    var startsLine = mark.isEmpty || mark.hasPrefix(">") || mark.hasPrefix("-")
    for sentence in sentences {
      if sentence.follows {
        out += oneLine ? [32] : [10] + Array(next.utf8)
        startsLine = !oneLine
      }
      out += escaped(sentence.text, startsLine: startsLine)
      startsLine = false
    }
    if oneLine, out.last == UInt8(ascii: "#"), mark.utf8.last == 32 {
      out.insert(UInt8(ascii: "\\"), at: out.count - 1)  // else it could be a closing sequence (§4.2)
    }
    out.append(10)
  }

  /// A text as it stands in Markdown, so that a reader shows it to the letter. Backslashes stand before what would else mean
  /// something (§2.4).
  /// - Parameter startsLine: whether it stands at the start of a line, where more signs have a meaning.
  public static func escaped(_ text: String, startsLine: Bool) -> [UInt8] {
    let bytes = Array(text.utf8)
    let start = startsLine ? startSign(bytes) : nil
    var out: [UInt8] = []
    out.reserveCapacity(bytes.count + 8)
    for (i, byte) in bytes.enumerated() {
      if i == start || isSign(byte, at: i, in: bytes) { out.append(UInt8(ascii: "\\")) }
      out.append(byte)
    }
    return out
  }

  /// Whether an octet could mean something wherever it stands. `~` and `|` do in GitHub's dialect.
  private static func isSign(_ byte: UInt8, at i: Int, in bytes: [UInt8]) -> Bool {
    switch byte {
    case UInt8(ascii: "\\"), UInt8(ascii: "`"), UInt8(ascii: "*"), UInt8(ascii: "["), UInt8(ascii: "]"),
      UInt8(ascii: "<"), UInt8(ascii: "~"), UInt8(ascii: "|"):
      return true
    case UInt8(ascii: "_"):  // inside a word it is none (§6.2)
      return !(i > 0 && isWordSign(bytes[i - 1]) && i + 1 < bytes.count && isWordSign(bytes[i + 1]))
    case UInt8(ascii: "&"):  // the start of a character reference (§2.5)
      return i + 1 < bytes.count && (isWordSign(bytes[i + 1]) || bytes[i + 1] == UInt8(ascii: "#"))
    default: return false
    }
  }

  private static func isWordSign(_ byte: UInt8) -> Bool {
    (48...57).contains(byte) || (65...90).contains(byte & 0xDF)
  }

  /// Which octet has to be escaped for the line not to begin a heading (§4.2, §4.3), a break (§4.1), a quote (§5.1), an item
  /// (§5.2) or front matter.
  private static func startSign(_ bytes: [UInt8]) -> Int? {
    guard let first = bytes.first else { return nil }
    if "#>+-=".utf8.contains(first) { return 0 }
    let digits = bytes.prefix { (48...57).contains($0) }.count
    guard digits > 0, digits < bytes.count, bytes[digits] == UInt8(ascii: ".") || bytes[digits] == UInt8(ascii: ")"),
      digits + 1 == bytes.count || bytes[digits + 1] == 32
    else { return nil }
    return digits
  }
}
