import JSON
import Markup
import Model

/// A body that a page holds only as the state of its script (`<script type="application/json">`, as `__NEXT_DATA__`): a list
/// of paragraphs as content systems write them, each an object that says its kind, with its text in it or in its children;
/// or one string of HTML.
enum StateText {
  /// The body, where the page shows less than a third of it: a text that begins as what is shown does, or any where next to
  /// nothing is shown. Nil when there is none.
  static func blocks(of tree: MarkupTree, shown: [BodySelection.Choice]) -> [Block]? {
    let prose = shown.filter { $0.kind == .paragraph && $0.block.isProse }
    let weight = prose.reduce(0) { $0 + $1.block.weight }
    guard weight < mostShown else { return nil }
    var best = Body()
    for bytes in states(of: tree) {
      // A state that cannot be parsed holds no body; nor does one much shorter than what is asked for.
      guard bytes.count >= max(400, weight * 3), let state = try? JSONValue(parsing: bytes) else { continue }
      var search = Search(most: budget)
      search.look(in: state, depth: 0)
      if search.best.weight > best.weight { best = search.best }
    }
    guard best.weight >= max(400, weight * 3) else { return nil }
    if let first = prose.first, weight >= 250 {
      let opening = letters(first.block.text).prefix(60)
      guard best.paragraphs.contains(where: { letters($0.text).starts(with: opening) }) else { return nil }
    }
    let blocks = best.paragraphs.compactMap { Block(kind: $0.kind, normalised: NormalText.composed($0.text)) }
    return blocks.isEmpty ? nil : blocks
  }

  /// The first instant of publication in a state that stands beside a headline: `{"headline": …, "publishedAt": …}`. `agrees`
  /// says whether a text is the page's headline.
  static func published(of tree: MarkupTree, agrees: (String) -> Bool) -> String? {
    for bytes in states(of: tree) {
      // A state that cannot be parsed holds no date.
      guard bytes.count >= 40, let state = try? JSONValue(parsing: bytes) else { continue }
      var most = budget
      if let found = published(in: state, agrees: agrees, depth: 0, most: &most) { return found }
    }
    return nil
  }

  private static func published(in value: JSONValue, agrees: (String) -> Bool, depth: Int, most: inout Int) -> String? {
    most -= 1
    guard most > 0, depth < 32 else { return nil }
    if let items = value.array {
      for item in items {
        if let found = published(in: item, agrees: agrees, depth: depth + 1, most: &most) { return found }
      }
      return nil
    }
    guard case .object(let members) = value else { return nil }
    let date = members.first { member in
      let letters = member.key.lowercased().filter(\.isLetter)
      return member.value.string != nil && letters.contains("publi") && !letters.contains("publisher")
        && ["date", "time", "at", "on", "published"].contains(where: letters.hasSuffix)
    }?.value.string
    let isArticle =
      date != nil
      && members.contains { member in
        ["headline", "title", "name", "headlines", "basic"].contains(member.key)
          && (member.value.string ?? member.value["basic"]?.string).map(agrees) == true
      }
    if isArticle { return date }
    for member in members {
      if let found = published(in: member.value, agrees: agrees, depth: depth + 1, most: &most) { return found }
    }
    return nil
  }

  /// The texts of scripts that hold JSON and no linked data.
  private static func states(of tree: MarkupTree) -> some Sequence<[UInt8]> {
    tree.nodes.indices.lazy.filter { index in
      guard tree.nodes[index].tag == .script, let type = tree.value(of: "type", at: index)?.lowercased() else {
        return false
      }
      return type.contains("json") && !type.contains("ld+json")
    }.map { tree.textBytes(of: $0) }
  }

  /// What shows more than this many characters of prose is taken to show all.
  private static let mostShown = 1500
  /// Values looked at in one state.
  private static let budget = 300_000

  private struct Body {
    var paragraphs: [(kind: Block.Kind, text: [UInt8])] = []
    var weight = 0
  }

  private static func letters(_ text: [UInt8]) -> [UInt8] {
    text.filter { $0 >= 0x80 || (48...57).contains($0) || (97...122).contains($0 | 32) }
  }

  private struct Search {
    /// Values that may still be looked at.
    private var most: Int
    private(set) var best = Body()

    init(most: Int) { self.most = most }

    mutating func look(in value: JSONValue, depth: Int) {
      most -= 1
      guard most > 0, depth < 32 else { return }
      if let items = value.array {
        consider(body(of: items))
        for item in items { look(in: item, depth: depth + 1) }
      } else if case .object(let members) = value {
        for member in members { look(in: member.value, depth: depth + 1) }
      } else if let text = value.string, text.utf8.count > 600, text.contains("<p") {
        consider(body(ofMarkup: text))
      }
    }

    private mutating func consider(_ body: Body) { if body.weight > best.weight { best = body } }

    /// A list whose members are paragraphs, headings and the like; those of other kinds are pictures, offers, players.
    private mutating func body(of items: [JSONValue]) -> Body {
      var body = Body()
      for item in items {
        guard case .object = item, let kind = Self.kind(of: item) else { continue }
        var text: [UInt8] = []
        gather(item, into: &text, depth: 0)
        guard let plain = LinkedData.plain(String(decoding: text, as: UTF8.self)) else { continue }
        let bytes = Array(plain.utf8)
        let (weight, punctuation) = TextBlock.measure(bytes)
        body.paragraphs.append((kind, bytes))
        if kind != .heading, weight >= 40, punctuation > 0 { body.weight += weight }
      }
      return body.paragraphs.count >= 3 ? body : Body()
    }

    private func body(ofMarkup text: String) -> Body {
      var body = Body()
      // Out of memory is the only way to fail; then no body is found here.
      guard let tree = try? MarkupTree(parsing: Array(text.utf8)), !tree.nodes.isEmpty else { return body }
      for block in Outline(of: tree).blocks where !block.isFurniture && block.linkShare < 0.5 {
        body.paragraphs.append((block.level > 0 ? .heading : block.kind, block.text))
        if block.isProse { body.weight += block.weight }
      }
      return body
    }

    private static func kind(of item: JSONValue) -> Block.Kind? {
      let names = ["type", "_type", "nodeType", "kind", "name", "component", "__typename", "style", "tag"]
      for name in names {
        guard let word = item[name]?.string?.lowercased().split(separator: "/").last.map(String.init) else { continue }
        switch word {
        case "paragraph", "p", "text", "block", "normal", "unstyled", "html", "paragraphblock", "textblock", "body":
          return .paragraph
        case "heading", "header", "subheading", "subheadline", "h2", "h3", "h4", "heading-2", "heading-3", "header-two",
          "crosshead":
          return .heading
        case "quote", "blockquote": return .quote
        case "list", "list-item", "listitem", "li", "unordered-list", "ordered-list", "ul", "ol": return .item
        default: if name == "type" || name == "_type" || name == "nodeType" { return nil }
        }
      }
      return nil
    }

    /// The strings of an item and its children, in order.
    private mutating func gather(_ value: JSONValue, into text: inout [UInt8], depth: Int) {
      most -= 1
      guard most > 0, depth < 16, text.count < LinkedData.longestField else { return }
      if let string = value.string {
        text += string.utf8
      } else if let items = value.array {
        for item in items { gather(item, into: &text, depth: depth + 1) }
      } else if case .object = value {
        for key in ["text", "value", "html", "content", "children", "nodes", "body", "attributes", "data"] {
          guard let inner = value[key], inner.string != "" else { continue }
          let before = text.count
          gather(inner, into: &text, depth: depth + 1)
          if text.count > before { return }
        }
      }
    }
  }
}
