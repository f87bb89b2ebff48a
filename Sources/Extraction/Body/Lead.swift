import Model

/// The standfirst: what a page shows between its headline and its body, apart from both.
enum Lead {
  /// The standfirst's text, taken out of the selection where it stood in it; nil when the page has none.
  ///
  /// A block counts that is marked so (`standfirst`, `dek`, `chapo`, itemprop description, …), or that stands outside the
  /// body and says what the page's description says, or is the first sentence below the headline. A description that is not
  /// shown is not what the article said.
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
    for (index, block) in zip(start..., outline.blocks[start...]) {
      guard block.node <= limit || block.marks.contains(.lead), block.node <= limit + 400 else { break }
      guard block.weight >= 30, block.linkShare < 0.5, block.level != 1,
        block.marks.isDisjoint(with: Marks.furniture.union([.caption, .byline]))
      else { continue }
      let text = String(decoding: NormalText.composed(block.text), as: UTF8.self)
      if PageFields.agree(text, headline) { continue }
      let isMarked = block.marks.contains(.lead) && (block.kind == .paragraph || block.level > 0)
      let isOutside = !region.contains(block.node) || (block.level > 0 && block.node < limit)
      guard
        isMarked
          || isOutside
            && (descriptions.contains { PageFields.agree($0, text) }
              || outline.blocks[start].level == 1
                && index - start < 3 && !region.contains(block.node)
                && isSentence(block, text: text, language: fields.meta.language))
      else { continue }
      selection.remove(node: block.node)
      return text
    }
    return nil
  }

  /// Whether a block reads as a sentence of an article, and says neither who wrote it nor when.
  private static func isSentence(_ block: TextBlock, text: String, language: String?) -> Bool {
    let folded = Phrases.folded(block.text)
    return block.kind == .paragraph && (40..<500).contains(block.weight) && block.punctuation > 0
      && block.linkBytes == 0
      && block.marks.isDisjoint(with: [.details, .notice]) && ".!?。।؟”»\"".contains(text.last ?? " ")
      && WrittenDate(in: block.text, language: language) == nil && Byline.introduced(text) == nil
      && CreditLine.read(text).isEmpty && Phrases.match(folded, in: Phrases.furniture) == nil
      && Phrases.match(folded, in: Phrases.readAlso) == nil && !Phrases.isPlea(block.text, folded: folded)
      && !Phrases.asksForConsent(block.text) && !Phrases.saysHowLongAgo(folded)
  }
}
