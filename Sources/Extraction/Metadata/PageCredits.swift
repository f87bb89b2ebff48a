import Markup
import Model

/// The credits of a page: what its data declare, the credit lines around its body, and what its captions say.
extension Credits {
  init(outline: Outline, region: Region, fields: PageFields) {
    self.init()
    for (role, names) in fields.linked.credits { add(names, as: role) }
    section = fields.linked.section ?? fields.meta.first(Self.sectionNames)
    let home = fields.home(of: region)
    guard let start = region.ranges.first?.lowerBound, let end = region.ranges.last?.upperBound else { return }
    let prose = outline.blocks.indices.filter { outline.blocks[$0].isProse && region.contains(outline.blocks[$0].node) }
    for (index, block) in outline.blocks.enumerated()
    where block.node >= home && block.node < max(end, outline.tree.nodes[home].end)
      && block.marks.isDisjoint(with: [.related, .comments, .hidden, .advertisement, .sidebar, .navigation])
    {
      if block.kind == .caption || block.marks.contains(.caption) {
        guard photos.count < 12, block.node >= home else { continue }
        add(CreditLine.ofPhoto(caption: String(decoding: NormalText.composed(block.text), as: UTF8.self)), as: .photo)
        continue
      }
      // Between paragraphs a source is that of a table or a chart.
      let isOutside = index < (prose.first ?? 0) || index > (prose.last ?? 0) || block.node < start
      guard isOutside, block.weight < 160, block.level == 0 else { continue }
      for (role, names) in CreditLine.read(String(decoding: NormalText.composed(block.text), as: UTF8.self)) {
        add(names, as: role)
      }
    }
  }

  private static let sectionNames = [
    "article:section", "og:article:section", "og:section", "parsely-section", "section", "articlesection",
    "cxenseparse:section", "sailthru.section", "category",
  ]
}
