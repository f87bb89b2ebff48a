import Markup
import Model

/// A page's visible text as blocks, and what each element says that it is for. Linear in the nodes.
struct Outline {
  let tree: MarkupTree
  let blocks: [TextBlock]
  /// An element's own marks, not those around it.
  let marks: [Marks]
  /// Bytes of text in the subtree, as `proseBytes` counts them.
  let prose: [Int32]

  /// `rules` are what is known of this page: what they drop is not there, and what they keep is no furniture.
  init(of tree: MarkupTree, rules: RuleMatches? = nil) {
    self.tree = tree
    var reader = MarkReader()
    var skipped = Self.skippedNodes(of: tree)
    for node in rules?.drop ?? [] { for inside in node..<tree.nodes[node].end { skipped[inside] = true } }
    var marks = [Marks](repeating: [], count: tree.nodes.count)
    guard !tree.nodes.isEmpty else {
      (self.marks, prose, blocks) = ([], [], [])
      return
    }
    for index in tree.nodes.indices where tree.nodes[index].tag != .text && !skipped[index] {
      marks[index] = Self.ownMarks(of: index, in: tree, reader: &reader)
    }
    // Names that rarely lie are doubted first, against all the page; the others against what is then left of it.
    let all = Self.proseBytes(of: tree, skipped: skipped, marks: marks, without: [])
    var holdsHeadline = [Bool](repeating: false, count: marks.count)
    for index in marks.indices.reversed().dropLast() {
      if tree.nodes[index].tag == .h1 || holdsHeadline[index] { holdsHeadline[tree.nodes[index].parent] = true }
      let isArticle = holdsHeadline[index] && all[index] > max(300, all[0] / 10)
      if isArticle || Double(all[index]) > 0.85 * Double(all[0]) { marks[index].subtract(.certain) }
    }
    let prose = Self.proseBytes(of: tree, skipped: skipped, marks: marks, without: .certain)
    Self.unmarkTooLarge(&marks, tree: tree, prose: prose)
    for node in rules?.keep ?? [] {
      var at = node
      while marks[at] != [] || tree.nodes[at].parent != at {
        marks[at].subtract(.doubtful.union(.certain))
        if tree.nodes[at].parent == at { break }
        at = tree.nodes[at].parent
      }
    }
    var builder = BlockBuilder(tree: tree, marks: marks, skipped: skipped, prose: prose)
    builder.run()
    (self.marks, self.prose, blocks) = (marks, prose, builder.blocks)
  }

  /// Elements whose text is never part of what an article says, each with its subtree.
  private static func skippedNodes(of tree: MarkupTree) -> [Bool] {
    var skipped = [Bool](repeating: false, count: tree.nodes.count)
    var index = 0
    while index < tree.nodes.count {
      let node = tree.nodes[index]
      switch node.tag {
      case .head, .script, .style, .noscript, .template, .svg, .math, .iframe, .select, .textarea, .button, .object,
        .audio,
        .video, .canvas, .map, .datalist, .nav, .title, .dialog, .menu, .rp, .rt:
        for inside in index..<node.end { skipped[inside] = true }
        index = node.end
      default: index += 1
      }
    }
    return skipped
  }

  private static func ownMarks(of index: Int, in tree: MarkupTree, reader: inout MarkReader) -> Marks {
    var marks: Marks = []
    switch tree.nodes[index].tag {
    case .aside: marks = .sidebar
    case .footer: marks = .footer
    case .form: marks = .form
    case .header: marks = .header
    case .figcaption, .caption: marks = .caption
    case .time: marks = .details
    case .html, .body: return []
    default: break
    }
    for attribute in tree.nodes[index].attributes {
      let (name, value) = (tree.bytes[tree.attributes[attribute].name], tree.bytes[tree.attributes[attribute].value])
      switch name.count {
      case 2 where name.elementsEqual("id".utf8), 5 where name.elementsEqual("class".utf8):
        marks.formUnion(reader.marks(of: value))
      case 3 where name.elementsEqual("rel".utf8): if value.elementsEqual("author".utf8) { marks.insert(.byline) }
      case 4 where name.elementsEqual("role".utf8): marks.formUnion(role(value))
      case 5 where name.elementsEqual("style".utf8): if hides(value) { marks.insert(.hidden) }
      case 6 where name.elementsEqual("hidden".utf8): marks.insert(.hidden)
      case 8 where name.elementsEqual("itemprop".utf8): marks.formUnion(property(value))
      case 11 where name.elementsEqual("aria-hidden".utf8):
        if value.elementsEqual("true".utf8) { marks.insert(.hidden) }
      default: break
      }
    }
    return marks
  }

  private static func role(_ value: ArraySlice<UInt8>) -> Marks {
    switch String(decoding: value, as: UTF8.self) {
    case "navigation", "menu", "menubar", "search", "toolbar": .navigation
    case "dialog", "alertdialog": .overlay
    case "contentinfo": .footer
    case "complementary": .sidebar
    case "banner": .header
    default: []
    }
  }

  private static func property(_ value: ArraySlice<UInt8>) -> Marks {
    switch String(decoding: value, as: UTF8.self) {
    case "articleBody": .body
    case "headline": .headline
    case "description", "alternativeHeadline": .lead
    case "author": .byline
    case "caption": .caption
    case "comment": .comments
    case "datePublished", "dateModified": .details
    default: []
    }
  }

  /// `display: none` in an element's own style, or its clipping to nothing, which leaves it to screen readers.
  private static func hides(_ style: ArraySlice<UInt8>) -> Bool {
    guard style.contains(UInt8(ascii: ":")) else { return false }
    let folded = style.filter { $0 > 32 }.map { (65...90).contains($0) ? $0 | 32 : $0 }
    func says(_ words: StaticString) -> Bool {
      BodySelection.contains(folded, Array(UnsafeBufferPointer(start: words.utf8Start, count: words.utf8CodeUnitCount)))
    }
    return says("display:none") || says("visibility:hidden") || (says("position:absolute") && says("clip:rect("))
  }

  /// Bytes that are no white space, of texts of more than a few words outside links; without the subtrees of nodes with
  /// any of the marks, whose size has no bearing on the article.
  private static func proseBytes(of tree: MarkupTree, skipped: [Bool], marks: [Marks], without left: Marks) -> [Int32] {
    var prose = [Int32](repeating: 0, count: tree.nodes.count)
    for index in tree.nodes.indices.reversed() where index > 0 && !skipped[index] {
      let node = tree.nodes[index]
      if node.tag == .text {
        let length = tree.bytes.withUnsafeBufferPointer { bytes in
          var length: Int32 = 0
          for at in node.text where bytes[at] > 32 { length &+= 1 }
          return length
        }
        prose[index] = length > 20 ? length : 0
      }
      if node.tag != .a, marks[index].isDisjoint(with: left) { prose[node.parent] &+= prose[index] }
    }
    return prose
  }

  /// A name may lie: an element that holds most of the page's text, or of the article's, is not its furniture, nor is one
  /// that holds the article's body; and what hides most of a body hides it from those who did not pay.
  private static func unmarkTooLarge(_ marks: inout [Marks], tree: MarkupTree, prose: [Int32]) {
    guard let all = prose.first, all > 0 else { return }
    let home = homes(of: tree, marks: marks)
    var holdsBody = [Bool](repeating: false, count: marks.count)
    var doubted = [Int32](repeating: 0, count: marks.count)  // prose that a body's doubtful parts hold
    for index in marks.indices.reversed().dropLast() {
      if marks[index].contains(.body), prose[index] > all / 7 { holdsBody[tree.nodes[index].parent] = true }
      if holdsBody[index] { holdsBody[tree.nodes[index].parent] = true }
      if marks[index].contains(.hidden), marks[home[index]].contains(.body) { doubted[home[index]] &+= prose[index] }
    }
    for index in marks.indices where !marks[index].isEmpty && prose[index] > 0 {
      let ofPage = Double(prose[index]) / Double(all)
      let ofHome = home[index] == 0 ? 0 : Double(prose[index]) / Double(max(1, prose[home[index]]))
      if ofPage > 0.4 || holdsBody[index] || (ofHome > 0.5 && prose[index] > 400) { marks[index].subtract(.doubtful) }
      if prose[index] > 1200 { marks[index].remove(.embed) }  // what is embedded is short
      if doubted[home[index]] > prose[home[index]] / 2, marks[home[index]].contains(.body) {
        marks[index].remove(.hidden)
      }
    }
  }

  /// The nearest article, main or body container around each node; 0 where there is none.
  private static func homes(of tree: MarkupTree, marks: [Marks]) -> [Int] {
    var home = [Int](repeating: 0, count: marks.count)
    for index in marks.indices.dropFirst() {
      let parent = tree.nodes[index].parent
      let isHome =
        tree.nodes[parent].tag == .article || tree.nodes[parent].tag == .main || marks[parent].contains(.body)
      home[index] = isHome ? parent : home[parent]
    }
    return home
  }
}
