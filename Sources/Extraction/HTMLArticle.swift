import Markup
import Model

/// An article read off an HTML page, with what the verdict asks about the page.
struct HTMLArticle {
  var text: ArticleText
  /// Read when asked for.
  let credits: Credits
  /// Whether the page declares itself an article (JSON-LD, og:type).
  let declaresArticle: Bool
  /// Whether its JSON-LD describes an article.
  let hasLinkedArticle: Bool
  /// The title element's text.
  let title: String
  /// Weight of all visible text, furniture included.
  let pageWeight: Int
  /// The share of its octets that stand in links.
  let linkShare: Double
  /// How many headings in the body's region, and on the page, are links to somewhere else.
  let linkedHeadings: (inBody: Int, onPage: Int)
  /// The most paragraphs of the region's that follow one another with no such heading between them.
  let longestRun: Int
  /// All visible text, at most the first 4 KiB, in lower case.
  let opening: String

  init(
    tree: MarkupTree, url: String?, contentLanguage: String?, rules: SiteRules = SiteRules(), wantsCredits: Bool = false
  ) {
    let known = RuleMatches(rules.rule(for: url), in: tree)
    let outline = Outline(of: tree, rules: known)
    let fields = PageFields(of: outline, url: url)
    let region = known.keep.isEmpty ? Region(of: outline) : Region(elements: known.keep, in: tree)
    let headline = known.headline.flatMap { fields.words(of: $0) } ?? fields.headline
    let named = Byline.names(in: known.byline.compactMap { fields.words(of: $0) })
    let byline = named.isEmpty ? fields.byline(near: region) : named
    var selection = BodySelection(of: outline, region: region, headline: headline, byline: byline)
    let lead = Lead.take(from: &selection, outline: outline, region: region, fields: fields, headline: headline)
    let base = fields.meta.base.flatMap { URLReference.absolute($0, base: url) } ?? url
    let texts = selection.choices.isEmpty ? outline.blocks.map(\.text) : selection.choices.map(\.block.text)
    text = ArticleText(
      headline: headline, lead: lead, byline: byline,
      published: known.date.flatMap { fields.date(of: $0) }
        ?? fields.published(near: region, headline: headline),
      modified: fields.modified(near: region, headline: headline),
      language: fields.language(contentLanguage: contentLanguage, texts: texts),
      site: fields.site,
      canonicalURL: fields.meta.canonical.flatMap { URLReference.absolute($0, base: base) },
      blocks: selection.choices.compactMap { Block(kind: $0.kind, normalised: NormalText.composed($0.block.text)) })
    if let hidden = Self.declaredBody(fields.linked, shown: selection)
      ?? StateText.blocks(of: tree, shown: selection.choices)
    {
      text.blocks = hidden
    }
    credits = wantsCredits ? Credits(outline: outline, region: region, fields: fields) : Credits()
    declaresArticle = fields.declaresArticle
    hasLinkedArticle = fields.linked.isArticle
    title = fields.meta.title ?? ""
    pageWeight = outline.blocks.reduce(0) { $0 + $1.weight }
    let octets = outline.blocks.reduce(0) { $0 + $1.text.count }
    linkShare = Double(outline.blocks.reduce(0) { $0 + $1.linkBytes }) / Double(max(1, octets))
    let linked = outline.blocks.filter { $0.level > 1 && $0.linkShare > 0.5 }
    linkedHeadings = (linked.count { region.contains($0.node) }, linked.count)
    var (run, longest) = (0, 0)
    for block in outline.blocks where region.contains(block.node) {
      if block.level > 1, block.linkShare > 0.5 { run = 0 } else if block.isProse, !block.isFurniture { run += 1 }
      longest = max(longest, run)
    }
    longestRun = longest
    var opening: [UInt8] = []
    for block in outline.blocks where opening.count < 4096 { opening += block.text.prefix(4096) + [32] }
    self.opening = String(decoding: opening, as: UTF8.self).lowercased()
  }

  /// The body that JSON-LD gives, for a page that shows next to nothing of it: as paragraphs, a line each.
  private static func declaredBody(_ linked: LinkedData, shown: BodySelection) -> [Block]? {
    guard let body = linked.body, body.utf8.count >= 400 else { return nil }
    let weight = shown.choices.reduce(0) { $0 + $1.block.weight }
    guard weight < 250, body.utf8.count >= weight * 4 else { return nil }
    var bytes = Array(body.utf8)
    if bytes.contains(UInt8(ascii: "<")), let tree = try? MarkupTree(parsing: bytes), !tree.nodes.isEmpty {
      // Markup in the field: its blocks. Out of memory is the only way to fail, and the text as it stands serves then.
      let blocks = Outline(of: tree).blocks.compactMap {
        Block(kind: $0.level > 0 ? .heading : $0.kind, normalised: NormalText.composed($0.text))
      }
      if !blocks.isEmpty { return blocks }
    }
    bytes = bytes.map { $0 == 13 ? 10 : $0 }
    let blocks = bytes.split(separator: 10).compactMap { Block(kind: .paragraph, normalised: NormalText.bytes($0)) }
    return blocks.isEmpty ? nil : blocks
  }
}
