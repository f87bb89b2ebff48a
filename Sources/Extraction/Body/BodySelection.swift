import Markup
import Model

/// The blocks of a page that the article says, in order: those of its region, furniture left out, and the notices beside it.
struct BodySelection {
  /// A block chosen, and as what.
  struct Choice {
    let block: TextBlock
    let kind: Block.Kind
    /// Whether it is the first prose below a heading that leads to another page.
    var isTeaser = false
  }

  private(set) var choices: [Choice] = []

  /// `headline` is folded as `Phrases.folded` does, to leave its repetition out; `byline` to know what is said of its authors.
  init(of outline: Outline, region: Region, headline: String, byline: [String]) {
    let title = Phrases.folded(Array(headline.utf8))
    let authors = Set(byline.map { Array($0.utf8) })
    let home = Self.home(of: region, in: outline.tree)
    var (seenProse, belowLink) = (false, false)
    for block in outline.blocks {
      let inside = region.contains(block.node)
      guard inside || home.contains(block.node) else { continue }
      let folded = Phrases.folded(block.text)
      if inside, block.level > 1 { belowLink = block.linkShare > 0.5 }
      if Self.isNotice(block, folded: folded) {
        choices.append(Choice(block: block, kind: .notice))
        continue
      }
      guard inside, !block.isFurniture, !Self.isFurniture(block, folded: folded, afterProse: seenProse),
        !(Phrases.isCounter(folded) && !Self.isCell(block, in: outline.tree))
      else { continue }
      if !title.isEmpty, folded == title, block.level > 0 || !seenProse { continue }
      if block.kind == .paragraph, authors.contains(block.text) { continue }  // a byline that says no more
      choices.append(Choice(block: block, kind: Self.kind(of: block), isTeaser: belowLink && block.isProse))
      if block.isProse { (seenProse, belowLink) = (true, false) }
    }
    dropLanguageMenus()
    dropSecondPrinting()
    dropRepeats()
    dropTeasers()
    choices.removeLast(choices.count - Ending.length(of: choices, byline: byline))
    dropStrayHeadings()
  }

  /// Takes the choice out that starts at a node, if there is one.
  mutating func remove(node: Int) { choices.removeAll { $0.block.node == node } }

  /// The article or main element around the region, where a notice may stand outside the body proper.
  private static func home(of region: Region, in tree: MarkupTree) -> Range<Int> {
    guard var at = region.ranges.first?.lowerBound else { return 0..<0 }
    while tree.nodes[at].parent != at, ![.article, .main].contains(tree.nodes[at].tag) { at = tree.nodes[at].parent }
    return at == 0 ? (region.ranges.first ?? 0..<0) : at..<tree.nodes[at].end
  }

  /// Correction, clarification, editor's note, update: by its mark or by its first words.
  private static func isNotice(_ block: TextBlock, folded: [UInt8]) -> Bool {
    guard block.weight >= 20, block.linkShare < 0.6,
      block.marks.isDisjoint(with: [.comments, .related, .advertisement, .hidden, .newsletter])
    else { return false }
    if block.marks.contains(.notice), block.level == 0 { return true }
    guard block.level == 0, !Phrases.isDateLine(block.text), !Phrases.saysHowLongAgo(folded) else { return false }
    for phrase in Phrases.notices where folded.starts(with: phrase) {
      switch Phrases.match(folded, in: [phrase]) {
      case .labelled, .whole: return true
      case .start, nil:
        let rest = folded[phrase.count...].prefix(30)
        if rest.first == 32, phrase.split(separator: 32).count >= 3 { return true }
        // "Correction 12/03: …", "Correction, 21 November: …": a date and then a colon.
        guard let next = rest.first, next == 32 || next == UInt8(ascii: ",") || next == UInt8(ascii: "(") else {
          continue
        }
        if let colon = rest.firstIndex(of: UInt8(ascii: ":")),
          rest[..<colon].contains(where: { (48...57).contains($0) })
        {
          return true
        }
      }
    }
    return false
  }

  private static func isFurniture(_ block: TextBlock, folded: [UInt8], afterProse: Bool) -> Bool {
    let short = block.weight < 200
    if !block.marks.isDisjoint(with: [.byline, .details]), block.weight < 160 { return true }
    if block.marks.contains(.caption), block.kind != .caption { return short || !block.isProse }
    if block.marks.contains(.header), !block.isProse { return true }
    if block.linkShare > 0.5 {
      // A paragraph may be one link, if it reads as a sentence; a list of links or a linked heading is a list of links.
      let sentence = block.kind == .paragraph && block.weight > 80 && block.punctuation > 1
      if !sentence { return true }
    }
    if isAddress(block.text) { return true }
    if folded.isEmpty || Phrases.labels.contains(folded) { return true }  // rules, bullets, arrows; buttons
    if block.weight < 400, Phrases.isPlea(block.text, folded: folded) { return true }
    if short, let match = Phrases.match(folded, in: Phrases.readAlso) {
      switch match {
      case .whole, .labelled: return true
      case .start: if block.linkShare > 0.25 { return true }
      }
    }
    if short, let match = Phrases.match(folded, in: Phrases.furniture) {
      switch match {
      case .whole: return true
      case .labelled: return block.weight < 120
      case .start: return block.weight < 80 || block.linkShare > 0.3
      }
    }
    if block.weight < 60 {
      let isDated = Phrases.match(folded, in: Phrases.dated) != nil
      if isDated, folded.contains(where: { (48...57).contains($0) }) { return true }  // "Updated: 10 May, 10:00"
      // "Update: 10 days ago" says another thing at every request.
      if Phrases.saysHowLongAgo(folded), isDated || Phrases.match(folded, in: Phrases.notices) != nil { return true }
    }
    if Phrases.isDateLine(block.text), !afterProse || Phrases.match(folded, in: Phrases.dated) != nil { return true }
    // Counters, credits and labels before the first paragraph.
    return !afterProse && block.level == 0 && block.kind != .caption && !block.isProse && block.weight < 60
      && block.punctuation == 0
  }

  /// Whether a block stands in a cell and is no more than that; whole pages stand in cells, too.
  private static func isCell(_ block: TextBlock, in tree: MarkupTree) -> Bool {
    block.kind == .table && [.td, .th].contains(tree.nodes[block.holder].tag)
  }

  /// One address and nothing else, as share boxes show it.
  private static func isAddress(_ text: [UInt8]) -> Bool {
    (text.starts(with: "https://".utf8) || text.starts(with: "http://".utf8)) && !text.contains(32)
  }

  private static func kind(of block: TextBlock) -> Block.Kind {
    block.level > 0 ? .heading : block.kind
  }

  /// No article has more; each is looked for in all the text.
  private static let mostPullQuotes = 24

  /// A pull quote says again what a paragraph says; a block after the last run of prose may be printed twice.
  private mutating func dropRepeats() {
    let quotes = choices.count { $0.block.marks.contains(.pullQuote) }
    if quotes > 0, quotes <= Self.mostPullQuotes {
      let paragraphs = choices.filter { $0.kind == .paragraph && !$0.block.marks.contains(.pullQuote) }.map {
        Self.letters($0.block.text)
      }
      choices.removeAll { choice in
        guard choice.block.marks.contains(.pullQuote), choice.block.text.count > 20 else { return false }
        let words = Self.letters(choice.block.text)
        return paragraphs.contains { Self.contains($0, words) }
      }
    }
    guard let last = choices.lastIndex(where: { $0.block.isProse && $0.kind == .paragraph }) else { return }
    var seen = Set(choices[...last].map(\.block.text))
    var index = last + 1
    while index < choices.count {
      if seen.insert(choices[index].block.text).inserted { index += 1 } else { choices.remove(at: index) }
    }
  }

  /// Short lines in a row of which five or more are languages by their own names: a choice of languages, unmarked.
  private mutating func dropLanguageMenus() {
    var (start, index): (Int, Int) = (0, 0)
    var menus: [Range<Int>] = []
    while index <= choices.count {
      if index < choices.count, choices[index].block.weight < 30, choices[index].kind != .heading {
        index += 1
        continue
      }
      let run = start..<index
      if run.count >= 8, run.count(where: { Phrases.isLanguageName(choices[$0].block.text) }) >= 5 { menus.append(run) }
      index += 1
      start = index
    }
    for menu in menus.reversed() { choices.removeSubrange(menu) }
  }

  /// A body that is printed twice, one printing after the other, of five paragraphs at least: its second printing.
  private mutating func dropSecondPrinting() {
    let prose = choices.indices.filter { choices[$0].block.isProse && choices[$0].kind == .paragraph }
    guard prose.count >= 10, let first = prose.first,
      let second = prose.first(where: { $0 > first && choices[$0].block.text == choices[first].block.text })
    else { return }
    let length = second - first
    guard prose.count(where: { $0 < second }) >= 5, second + length <= choices.count else { return }
    let isSame = (0..<length).allSatisfy { choices[first + $0].block.text == choices[second + $0].block.text }
    if isSame { choices.removeSubrange(second..<(second + length)) }
  }

  /// Three teasers of other articles or more in a row, with nothing said between them, end what is the article's.
  private mutating func dropTeasers() {
    let prose = choices.indices.filter { choices[$0].block.isProse }
    guard let last = prose.lastIndex(where: { !choices[$0].isTeaser }), prose.count - last > 3 else { return }
    // The dates and rubrics between the last paragraph and the first teaser are the teaser's.
    let between = choices[(prose[last] + 1)..<prose[last + 1]]
    let start = between.allSatisfy { $0.block.weight < 60 } ? prose[last] + 1 : prose[last + 1]
    choices = choices[..<start] + choices[start...].filter { $0.kind == .notice }
  }

  /// Headings at the end lead to nothing that was kept.
  private mutating func dropStrayHeadings() {
    while let last = choices.last, last.kind == .heading { choices.removeLast() }
  }

  private static func letters(_ text: [UInt8]) -> [UInt8] {
    text.compactMap { $0 >= 0x80 || (48...57).contains($0) || (97...122).contains($0 | 32) ? $0 : nil }
  }

  static func contains(_ text: [UInt8], _ part: [UInt8]) -> Bool {
    guard let first = part.first, part.count <= text.count else { return false }
    var at = 0
    while at + part.count <= text.count {
      guard let hit = text[at...(text.count - part.count)].firstIndex(of: first) else { return false }
      if text[hit...].starts(with: part) { return true }
      at = hit + 1
    }
    return false
  }
}
