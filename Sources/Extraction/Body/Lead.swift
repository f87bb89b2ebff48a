import Model

/// The standfirst: what a page shows between its headline and its body, apart from both.
enum Lead {
  /// The standfirst's text, taken out of the selection where it stood in it; nil when the page has none.
  ///
  /// A block counts that is marked so (`standfirst`, `dek`, `chapo`, itemprop description, …), or that stands outside the
  /// body and says what the page's description says. A description that is not shown is not what the article said.
  static func take(
    from selection: inout BodySelection, outline: Outline, region: Region, fields: PageFields, headline: String
  ) -> String? {
    let firstProse = selection.choices.firstIndex {
      $0.block.isProse && $0.kind == .paragraph && !$0.block.marks.contains(.lead)
    }
    let limit = firstProse.map { selection.choices[$0].block.node } ?? region.ranges.first?.upperBound ?? 0
    let start = outline.blocks.lastIndex { $0.level == 1 && $0.node < limit } ?? 0
    let descriptions = [
      fields.linked.description, fields.meta["og:description"], fields.meta["description"],
      fields.meta["twitter:description"],
    ]
    .compactMap { $0 }
    for block in outline.blocks[start...] {
      guard block.node <= limit || block.marks.contains(.lead), block.node <= limit + 400 else { break }
      guard block.weight >= 30, block.linkShare < 0.5, block.level != 1,
        block.marks.isDisjoint(with: Marks.furniture.union([.caption, .byline]))
      else { continue }
      let text = String(decoding: NormalText.composed(block.text), as: UTF8.self)
      if PageFields.agree(text, headline) { continue }
      let isMarked = block.marks.contains(.lead) && (block.kind == .paragraph || block.level > 0)
      let isOutside = !region.contains(block.node) || (block.level > 0 && block.node < limit)
      guard isMarked || (isOutside && descriptions.contains { PageFields.agree($0, text) }) else { continue }
      selection.remove(node: block.node)
      return text
    }
    return nil
  }
}
