/// What a body is, by its Content-Type, or by its bytes when there is none or it says nothing (`application/octet-stream`).
enum BodyKind {
  case html, plain, markdown, other

  init(contentType: String?, body: [UInt8]) {
    let type =
      contentType.map { $0.split(separator: ";").first.map { NormalText.of(String($0)).lowercased() } ?? "" } ?? ""
    switch type {
    case "text/html", "application/xhtml+xml": self = Self.looksBinary(body) ? .other : .html
    case "text/markdown", "text/x-markdown": self = Self.looksBinary(body) ? .other : .markdown
    case "text/plain": self = Self.looksBinary(body) || Self.looksLikeXML(body) ? .other : .plain
    case "", "application/octet-stream", "unknown/unknown", "application/unknown", "*/*", "text/*", "text":
      self = Self.sniffed(body)
    case "application/xml", "text/xml": self = Self.looksLikeHTML(body) ? .html : .other
    default: self = .other
    }
  }

  private static func sniffed(_ body: [UInt8]) -> BodyKind {
    if looksBinary(body) { return .other }
    if looksLikeHTML(body) { return .html }
    if body.first(where: { $0 > 32 }) == UInt8(ascii: "{") { return .other }  // JSON
    return looksLikeXML(body) ? .other : .markdown
  }

  /// A feed or a sitemap, which some servers call text.
  private static func looksLikeXML(_ body: [UInt8]) -> Bool {
    let head = body.prefix(512).drop { $0 <= 32 || [0xEF, 0xBB, 0xBF].contains($0) }
    return xmlStarts.contains { head.starts(with: $0) }
  }

  private static let xmlStarts = ["<?xml", "<rss", "<feed", "<rdf:", "<urlset", "<sitemapindex"].map { Array($0.utf8) }

  /// A doctype or a common tag in the first KiB (cf. WHATWG MIME Sniffing §7.1).
  private static func looksLikeHTML(_ body: [UInt8]) -> Bool {
    let head = body.prefix(1024).map { (65...90).contains($0) ? $0 | 32 : $0 }
    return head.indices.contains { at in
      head[at] == UInt8(ascii: "<") && tellingTags.contains { head[(at + 1)...].starts(with: $0) }
    }
  }

  private static let tellingTags = [
    "!doctype html", "html", "head", "body", "title", "article", "div", "p>", "p ", "h1", "meta", "script", "main",
  ].map { Array($0.utf8) }

  /// Known magic numbers, or more controls than text has. UTF-16 with its mark is text.
  static func looksBinary(_ body: [UInt8]) -> Bool {
    if body.starts(with: [0xFE, 0xFF]) || body.starts(with: [0xFF, 0xFE]) { return false }
    let magic: [[UInt8]] = [
      Array("%PDF-".utf8), [0x89, 0x50, 0x4E, 0x47], [0xFF, 0xD8, 0xFF], Array("GIF8".utf8), Array("PK\u{3}\u{4}".utf8),
      [0x1F, 0x8B], Array("RIFF".utf8), [0x28, 0xB5, 0x2F, 0xFD], Array("wOFF".utf8), Array("wOF2".utf8),
      Array("\u{7F}ELF".utf8),
      Array("OggS".utf8), Array("ID3".utf8), Array("BZh".utf8),
    ]
    if magic.contains(where: { body.starts(with: $0) }) { return true }
    let head = body.prefix(4096)
    let controls = head.reduce(0) { $0 + ($1 < 9 || (14..<27).contains($1) || (28..<32).contains($1) ? 1 : 0) }
    return controls * 50 > head.count
  }
}
