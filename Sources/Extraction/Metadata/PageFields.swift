import Markup
import Model

/// An article's fields out of what a page declares and shows.
struct PageFields {
  let outline: Outline
  let meta: MetaTags
  let linked: LinkedData
  /// The page's own addresses: the one it was fetched from, and what it calls itself.
  let addresses: [String]

  /// `url` is where the page came from, nil when that is not known.
  init(of outline: Outline, url: String?) {
    self.outline = outline
    meta = MetaTags(of: outline.tree)
    addresses = [url, meta.canonical, meta["og:url"]].compactMap { $0 }
    linked = LinkedData(of: outline.tree, addresses: addresses, title: meta["og:title"] ?? meta.title)
  }

  /// The visible text of an element; nil when it has none.
  func words(of node: Int) -> String? {
    let text = String(decoding: NormalText.composed(outline.tree.textBytes(of: node)), as: UTF8.self)
    let words = NormalText.of(text)
    return words.isEmpty || words.utf8.count > LinkedData.longestField ? nil : words
  }

  /// The date that an element gives in an attribute or in words.
  func date(of node: Int) -> PartialTimestamp? {
    let tree = outline.tree
    return [tree.value(of: "datetime", at: node), tree.value(of: "content", at: node), words(of: node)]
      .lazy.compactMap { $0.flatMap(timestamp) }.first
  }

  var declaresArticle: Bool { linked.isArticle || meta.isArticle }
  var site: String? { meta["og:site_name"] ?? linked.publisher ?? meta["application-name"] }

  /// A visible `h1` that agrees with what is declared, or says much the same in other words; the only `h1`, if it has the
  /// length of a headline; else JSON-LD's headline, og:title, any heading that agrees with the title, the title cut at the
  /// site's name, the first `h1`; empty when there is none.
  var headline: String {
    let headings = outline.blocks.filter {
      $0.level > 0 && $0.marks.isDisjoint(with: [.hidden, .comments, .overlay, .consent]) && $0.weight < 400
    }
    func text(_ block: TextBlock) -> String { String(decoding: NormalText.composed(block.text), as: UTF8.self) }
    let shown = headings.filter { $0.level == 1 }.prefix(20).map(text)
    let title = meta.title.map(withoutSite)
    let declared = [linked.headline, meta["og:title"].map(withoutSite), meta["twitter:title"].map(withoutSite), title]
      .compactMap { $0 }
    for words in shown where declared.contains(where: { Self.agree($0, words) }) { return words }
    if let close = shown.first(where: { words in declared.contains { Self.overlap($0, words) >= 0.5 } }) {
      return close
    }
    let isSite = { (words: String) in self.site.map { Self.agree($0, words) } ?? false }
    if shown.count == 1, let only = shown.first, !isSite(only), Self.words(only).count >= 4 { return only }
    if let declared = linked.headline ?? meta["og:title"].map(withoutSite) { return declared }
    if let title {
      if let heading = headings.prefix(60).first(where: { Self.agree(text($0), title) }) { return text(heading) }
      if Self.words(title).count >= 3, !isSite(title) { return title }
    }
    return shown.first { !isSite($0) } ?? title ?? ""
  }

  /// The distinct words of a text in lower case; of scripts without spaces, pairs of characters.
  private static func words(_ text: String) -> Set<String> {
    var out: Set<String> = []
    for word in text.lowercased().split(whereSeparator: { !$0.isLetter && !$0.isNumber }) {
      let scalars = Array(word.unicodeScalars)
      guard let first = scalars.first, (0x2E80...0xD7A3).contains(first.value) || (0xE00...0xE7F).contains(first.value)
      else {
        out.insert(String(word))
        continue
      }
      for (a, b) in zip(scalars, scalars.dropFirst()) { out.insert("\(a)\(b)") }
    }
    return out
  }

  /// The share of the shorter text's words that the other has too; 0 where there are fewer than three.
  static func overlap(_ a: String, _ b: String) -> Double {
    let (x, y) = (words(a), words(b))
    let fewest = min(x.count, y.count)
    return fewest < 3 ? 0 : Double(x.intersection(y).count) / Double(fewest)
  }

  /// Whether two wordings are of one headline: the same letters, or one holds most of the other.
  static func agree(_ a: String, _ b: String) -> Bool {
    let (x, y) = (letters(a), letters(b))
    let (short, long) = x.count < y.count ? (x, y) : (y, x)
    guard short.count >= 4 else { return !short.isEmpty && short == long }
    return short == long || (long.contains(short) && short.count * 2 >= long.count)
  }

  private static func letters(_ text: String) -> String {
    if text.utf8.allSatisfy({ $0 < 0x80 }) {
      let lower = text.utf8.lazy.map { (65...90).contains($0) ? $0 | 32 : $0 }
      return String(decoding: lower.filter { (97...122).contains($0) || (48...57).contains($0) }, as: UTF8.self)
    }
    return String(
      String.UnicodeScalarView(
        text.lowercased().unicodeScalars.filter { $0.properties.isAlphabetic || $0.properties.numericType != nil }))
  }

  /// A title without the site's name at its end or start, and without the rubric between the two.
  private func withoutSite(_ title: String) -> String {
    let bytes = Array(title.utf8)
    for (mark, octets) in Self.titleMarks where BodySelection.contains(bytes, octets) {
      let parts = title.split(separator: mark, omittingEmptySubsequences: true)
      guard parts.count > 1, let first = parts.first, let last = parts.last else { continue }
      if isSite(last) {
        let rest = title.dropLast(last.count + mark.count)
        // "Bridge shut | Harbour | Post"
        let rubric = parts[parts.count - 2]
        guard parts.count > 2, "|_»".contains(where: { mark.contains($0) }), rubric.count * 3 < rest.count else {
          return String(rest)
        }
        return String(rest.dropLast(rubric.count + mark.count))
      }
      if isSite(first) { return String(title.dropFirst(first.count + mark.count)) }
      if mark == " | ", last.count * 2 < title.count { return String(title.dropLast(last.count + mark.count)) }
    }
    if let colon = title.firstRange(of: ": "), isSite(title[..<colon.lowerBound]) {
      return String(title[colon.upperBound...])
    }
    return title
  }

  private static let titleMarks = [
    " | ", " - ", " – ", " — ", " · ", " • ", " :: ", " : ", " » ", " « ", " › ", " ‹ ", "_", " / ",
  ].map { ($0, Array($0.utf8)) }

  /// Whether a part of a title is the site's name, or that of its host.
  private func isSite(_ part: Substring) -> Bool {
    let name = String(part)
    if let site, Self.agree(name, site) { return true }
    let letters = Self.letters(name)
    guard letters.count >= 4 else { return false }
    return addresses.contains { address in
      guard let scheme = address.firstRange(of: "://") else { return false }
      let labels = address[scheme.upperBound...].prefix { !"/:?#".contains($0) }.split(separator: ".")
      return labels.indices.dropLast().contains { index in
        letters == Self.letters(String(labels[index])) || letters == Self.letters(labels[index...].joined())
      }
    }
  }

  /// Persons named by JSON-LD, else by meta elements, else where the page shows a byline; else what is named there that is
  /// the site itself or an agency.
  func byline(near region: Region) -> [String] {
    var others: [String] = []
    for texts in [linked.authors, meta.authors] {
      let names = Byline.names(in: texts)
      let persons = names.filter { !isPublisher($0) }
      if !persons.isEmpty { return persons }
      if others.isEmpty { others = names }
    }
    let shown = namesShown(near: region).filter { !isPublisher($0) }
    if !shown.isEmpty { return shown }
    let labelled = Byline.names(in: [meta.labelledAuthor].compactMap { $0 }).filter { !isPublisher($0) }
    if !labelled.isEmpty { return labelled }
    return others.isEmpty ? Byline.names(in: linked.organisations) : others
  }

  /// Whether a name is that of the site, or of the host it is served from.
  private func isPublisher(_ name: String) -> Bool {
    let folded = Self.letters(name)
    for other in [meta["og:site_name"], linked.publisher, meta["application-name"]].compactMap({ $0 }) {
      let site = Self.letters(other)
      if site == folded || (site.count >= 6 && folded.contains(site)) || (folded.count >= 6 && site.contains(folded)) {
        return true
      }
    }
    guard let address = meta.canonical ?? meta["og:url"], let scheme = address.firstRange(of: "://") else {
      return false
    }
    let host = Self.letters(String(address[scheme.upperBound...].prefix { $0 != "/" }))
    return folded.utf8.count >= 4 && host.contains(folded)
  }

  private func namesShown(near region: Region) -> [String] {
    let inLine = namesInLine(near: region)
    if !inLine.isEmpty { return inLine }
    let start = region.ranges.first?.lowerBound ?? 0
    let lines = outline.blocks.filter {
      $0.marks.contains(.byline) && $0.weight < 160
        && $0.marks.isDisjoint(with: [.comments, .related, .hidden, .sidebar, .navigation])
    }
    // Between the headline and the end of the body; or before the body, if it has no headline. Elsewhere stand those of others.
    let end = region.ranges.last?.upperBound ?? 0
    let top = outline.blocks.last { $0.level == 1 && $0.node < start }?.node ?? 0
    let marked = [
      lines.first { region.contains($0.node) }, lines.last { $0.node < start && $0.node >= top },
      lines.first { $0.node >= top && $0.node < end + 60 },
    ].compactMap { $0 }
    for line in marked {
      let names = Byline.names(in: [String(decoding: line.text, as: UTF8.self)])
      if !names.isEmpty { return names }
    }
    let introduced = namesIntroduced(near: region)
    return introduced.isEmpty ? namesLinked(near: region) : introduced
  }

  /// A name that is a link to its author's page, between the headline and the second paragraph.
  private func namesLinked(near region: Region) -> [String] {
    let top = outline.blocks.firstIndex { $0.level == 1 } ?? 0
    let (tree, start) = (outline.tree, region.ranges.first?.lowerBound ?? 0)
    var prose = 0
    for block in outline.blocks[top...].prefix(40) where block.level == 0 {
      if block.isProse, block.node >= start { prose += 1 }
      if prose > 1 { break }
      guard block.weight < 120, block.linkBytes > 0,
        block.marks.isDisjoint(with: [.related, .comments, .navigation, .sidebar])
      else { continue }
      for node in max(block.holder, block.node - 6)..<block.node where tree.nodes[node].tag == .a {
        let path = tree.value(of: "href", at: node)?.lowercased() ?? ""
        guard Self.authorPaths.contains(where: path.contains) else { continue }
        let names = Byline.names(in: [String(decoding: tree.textBytes(of: node), as: UTF8.self)]).filter {
          $0.contains(" ")
        }
        if !names.isEmpty { return names }
      }
    }
    return []
  }

  private static let authorPaths = [
    "/author/", "/authors/", "/autor/", "/autores/", "/autoren/", "/auteur/", "/auteurs/", "/autore/", "/autori/",
    "/profile/", "/contributor/", "/contributors/", "/writers/", "/journalist/", "/journalists/", "/penulis/",
    "/yazar/",
  ]

  /// Short lines from the headline to the second paragraph, or right after the body, that say "by" and a name.
  private func namesIntroduced(near region: Region) -> [String] {
    guard let start = region.ranges.first?.lowerBound, let end = region.ranges.last?.upperBound else { return [] }
    let top = outline.blocks.firstIndex { $0.level == 1 } ?? 0
    var prose = 0
    for block in outline.blocks[top...] {
      if block.node > end || prose > 1 { break }
      if block.isProse, block.node >= start { prose += 1 }
      guard block.weight < 120, block.level == 0,
        block.marks.isDisjoint(with: [.comments, .related, .caption, .sidebar])
      else { continue }
      if let names = Byline.introduced(String(decoding: block.text, as: UTF8.self)) { return names }
    }
    guard let last = outline.blocks.lastIndex(where: { $0.node < end }) else { return [] }
    for block in outline.blocks[max(0, last - 3)...min(last + 3, outline.blocks.count - 1)] where block.weight < 80 {
      if let names = Byline.introduced(String(decoding: block.text, as: UTF8.self)) { return names }
    }
    return []
  }

  /// The names in the first byline that shares its line with other things, in the article before its body:
  /// `<div><time>…</time> <span class="author">…</span></div>`.
  private func namesInLine(near region: Region) -> [String] {
    let tree = outline.tree
    guard let end = region.ranges.first?.lowerBound else { return [] }
    var home = end
    while tree.nodes[home].parent != home, ![.article, .main, .body].contains(tree.nodes[home].tag) {
      home = tree.nodes[home].parent
    }
    let beside: Marks = [.related, .comments, .sidebar, .navigation, .advertisement, .hidden, .footer]
    for index in home..<end {
      let node = tree.nodes[index]
      guard outline.marks[index].contains(.byline), [.span, .a, .b, .strong, .em].contains(node.tag) else { continue }
      var (at, isBeside) = (index, false)
      while at > home, !isBeside {
        isBeside = !outline.marks[at].isDisjoint(with: beside)
        at = tree.nodes[at].parent
      }
      var text: [UInt8] = []
      for inside in index..<node.end where tree.nodes[inside].tag == .text {
        text += tree.bytes[tree.nodes[inside].text] + [32]
        if text.count > 200 { break }
      }
      let names = isBeside || text.count > 200 ? [] : Byline.names(in: [String(decoding: text, as: UTF8.self)])
      if !names.isEmpty { return names }
    }
    return []
  }
}
