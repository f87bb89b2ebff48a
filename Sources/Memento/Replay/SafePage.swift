import Markup
import Model

/// A page written anew from its tree, with nothing but what is on a list: elements that mark up text, and attributes that say
/// how it is to be read. What is not on the list is left out with all in it when it is a program, a form's control, a frame,
/// an embedded object or a drawing; of anything else the text stays. Linear in the page.
enum SafePage {
  /// UTF-8.
  /// - Parameters:
  ///   - url: the page's own.
  ///   - link: given an absolute URL, where it leads to inside the archive; nil for nowhere.
  static func octets(of tree: MarkupTree, url: String, link: (String) -> String?) -> [UInt8] {
    let base = base(of: tree, url: url)
    var out: [UInt8] = []
    out.reserveCapacity(tree.bytes.count + 1024)
    out += Array("<!DOCTYPE html>\n<html".utf8)
    if !tree.nodes.isEmpty { write(["lang", "dir"], of: 0, in: tree, to: &out) }
    out += Array("><head><meta charset=\"utf-8\"><title>".utf8)
    out.appendEscaped(title(of: tree))
    out += Array("</title><style>\(style)</style></head><body>\n".utf8)
    var open: [(end: Int, name: String)] = []
    var at = 0
    while at < tree.nodes.count {
      while let last = open.last, last.end <= at {
        out += Array("</\(last.name)>".utf8)
        open.removeLast()
      }
      let node = tree.nodes[at]
      if node.tag == .text {
        out.appendEscaped(tree.bytes[node.text])
      } else if dropped.contains(node.tag) {
        at = node.end
        continue
      } else if node.tag == .img {
        writePicture(at, in: tree, to: &out)
      } else if kept.contains(node.tag) {
        let name = node.tag.rawValue
        out += Array("<\(name)".utf8)
        write(global + (own[node.tag] ?? []), of: at, in: tree, to: &out)
        if node.tag == .a, let href = href(at, in: tree, base: base, link: link) {
          out += Array(" href=\"".utf8)
          out.appendEscaped(Array(href.utf8))
          out += Array("\" rel=\"nofollow noreferrer\"".utf8)
        }
        out.append(UInt8(ascii: ">"))
        if !void.contains(node.tag) { open.append((node.end, name)) }
      }
      at += 1
    }
    for element in open.reversed() { out += Array("</\(element.name)>".utf8) }
    return out + Array("\n</body></html>\n".utf8)
  }

  /// Enough to read by; the page's own style sheets are not captured.
  private static let style =
    "body{max-width:48rem;margin:2rem auto;padding:0 1rem;font:1rem/1.5 serif}img{max-width:100%}"
    + "table{border-collapse:collapse}td,th{border:1px solid #ccc;padding:.2rem .4rem}pre{white-space:pre-wrap}"

  private static let void: Set<Tag> = [.br, .hr, .wbr, .col]

  private static let kept: Set<Tag> = [
    .a, .abbr, .address, .article, .aside, .b, .bdi, .bdo, .big, .blockquote, .br, .caption, .center, .cite, .code,
    .col,
    .colgroup, .dd, .del, .details, .dfn, .dir, .div, .dl, .dt, .em, .figcaption, .figure, .footer, .h1, .h2, .h3, .h4,
    .h5, .h6, .header, .hgroup, .hr, .i, .ins, .kbd, .li, .main, .mark, .menu, .nav, .ol, .p, .pre, .q, .rb, .rp, .rt,
    .rtc, .ruby, .s, .samp, .section, .small, .span, .strike, .strong, .sub, .summary, .sup, .table, .tbody, .td,
    .tfoot,
    .th, .thead, .time, .tr, .tt, .u, .ul, .var, .wbr,
  ]

  /// Gone with all in them.
  private static let dropped: Set<Tag> = [
    .head, .title, .script, .style, .template, .iframe, .frame, .frameset, .object, .embed, .audio, .video, .canvas,
    .svg,
    .math, .input, .button, .select, .textarea, .datalist, .option, .optgroup, .progress, .meter, .link, .meta, .base,
    .param, .source, .track,
  ]

  private static let global: [StaticString] = ["id", "lang", "dir", "title", "hidden"]
  private static let own: [Tag: [StaticString]] = [
    .td: ["colspan", "rowspan"], .th: ["colspan", "rowspan"], .col: ["span"], .colgroup: ["span"],
    .ol: ["start", "type", "reversed"], .li: ["value"], .time: ["datetime"], .del: ["datetime"], .ins: ["datetime"],
    .details: ["open"], .a: ["name"],
  ]

  private static func write(_ names: [StaticString], of node: Int, in tree: MarkupTree, to out: inout [UInt8]) {
    guard !tree.nodes[node].attributes.isEmpty else { return }
    for name in names {
      guard let value = tree.valueRange(of: name, at: node) else { continue }
      out += Array(" \(name)=\"".utf8)
      out.appendEscaped(tree.bytes[value])
      out.append(UInt8(ascii: "\""))
    }
  }

  private static func href(_ node: Int, in tree: MarkupTree, base: String, link: (String) -> String?) -> String? {
    guard let value = tree.value(of: "href", at: node) else { return nil }
    if value.utf8.first == UInt8(ascii: "#") { return value }
    return URLReference.absolute(value, base: base).flatMap(link)
  }

  /// A picture that is in the page itself stays; of any other, what is written in its place.
  private static func writePicture(_ node: Int, in tree: MarkupTree, to out: inout [UInt8]) {
    let text = tree.valueRange(of: "alt", at: node).map { tree.bytes[$0] } ?? []
    if let source = tree.valueRange(of: "src", at: node).map({ tree.bytes[$0] }), isPicture(source) {
      out += Array("<img src=\"".utf8) + source + Array("\" alt=\"".utf8)
      out.appendEscaped(text)
      out += Array("\">".utf8)
    } else if !text.isEmpty {
      out += Array("<span>[".utf8)
      out.appendEscaped(text)
      out += Array("]</span>".utf8)
    }
  }

  /// `data:` with pixels in base 64 (RFC 2397); drawings could hold programs.
  private static func isPicture(_ source: ArraySlice<UInt8>) -> Bool {
    let kinds = ["png", "jpeg", "gif", "webp"].map { Array("data:image/\($0);base64,".utf8) }
    guard let kind = kinds.first(where: { source.starts(with: $0) }) else { return false }
    return source.dropFirst(kind.count).allSatisfy {
      (48...57).contains($0) || (97...122).contains($0 | 32) || $0 == 43 || $0 == 47 || $0 == 61
    }
  }

  private static func title(of tree: MarkupTree) -> [UInt8] {
    tree.nodes.indices.first { tree.nodes[$0].tag == .title }.map { tree.textBytes(of: $0) } ?? []
  }

  /// The page's first `base` with a link (HTML §4.2.3), else its own URL.
  private static func base(of tree: MarkupTree, url: String) -> String {
    for index in tree.nodes.indices where tree.nodes[index].tag == .base {
      if let value = tree.value(of: "href", at: index) { return URLReference.absolute(value, base: url) ?? url }
    }
    return url
  }
}

extension [UInt8] {
  /// Appends text so that it means itself, in an element and in a quoted attribute (HTML §13.3).
  fileprivate mutating func appendEscaped(_ text: some Collection<UInt8>) {
    for byte in text {
      switch byte {
      case UInt8(ascii: "&"): self += Array("&amp;".utf8)
      case UInt8(ascii: "<"): self += Array("&lt;".utf8)
      case UInt8(ascii: ">"): self += Array("&gt;".utf8)
      case UInt8(ascii: "\""): self += Array("&quot;".utf8)
      default: append(byte)
      }
    }
  }
}
