import Markup
import Model

/// Where in the page the article's body stands: ranges of nodes, in order and apart.
struct Region {
  let ranges: [Range<Int>]

  func contains(_ node: Int) -> Bool { ranges.contains { $0.contains(node) } }

  /// Elements that are known to hold it, in order and apart.
  init(elements: [Int], in tree: MarkupTree) { ranges = elements.map { $0..<tree.nodes[$0].end } }

  /// Prose scores for the elements around it, less the further out (as in Arc90's Readability); known containers of bodies
  /// are believed where they hold enough of the page's prose; else the best element is widened over siblings that
  /// hold more of the same. Every step is linear in the nodes.
  init(of outline: Outline) {
    let measure = Measure(of: outline)
    guard let all = measure.live.first, all > 0 else {
      ranges = []
      return
    }
    let top = measure.best()
    if let marked = measure.marked(atLeast: measure.live[top] * 2 / 5) {
      ranges = marked.map { $0..<outline.tree.nodes[$0].end }
    } else {
      let root = measure.firstArticle(in: measure.widened(top))
      ranges = [root..<outline.tree.nodes[root].end]
    }
  }
}

/// Sums over subtrees, from which the region is chosen.
private struct Measure {
  let outline: Outline
  /// Weight of prose that is not furniture, a subtree each.
  var live: [Int]
  /// How many blocks of it.
  var count: [Int]
  /// Weight of furniture and of link lists, a subtree each.
  var junk: [Int]
  var score: [Double]

  init(of outline: Outline) {
    self.outline = outline
    let nodes = outline.tree.nodes
    live = [Int](repeating: 0, count: nodes.count)
    junk = live
    count = live
    score = [Double](repeating: 0, count: nodes.count)
    // A text on cookies says much of them; what asks for consent to them beside another text says little.
    let consents = outline.blocks.map { $0.isProse && Phrases.asksForConsent($0.text) }
    let weights = zip(outline.blocks, consents).reduce(into: (all: 0, asking: 0)) { sums, pair in
      if pair.0.isProse { sums.all += pair.0.weight }
      if pair.1 { sums.asking += pair.0.weight }
    }
    let isBeside = weights.asking * 3 < weights.all && consents.count { $0 } < 4
    var followsLink = false  // a paragraph right below a heading that is a link is another article's teaser
    for (block, asks) in zip(outline.blocks, consents) {
      defer { followsLink = block.level > 1 && block.linkShare > 0.5 }
      if followsLink, block.isProse {
        junk[block.holder] += block.weight
      } else if block.isFurniture || !block.marks.isDisjoint(with: [.byline, .caption, .details]) {
        junk[block.holder] += block.weight / 4
      } else if asks, isBeside {
        junk[block.holder] += block.weight
      } else if block.isProse {
        live[block.holder] += block.weight
        count[block.holder] += 1
        spread(block)
      } else if block.linkShare >= 0.5 {
        junk[block.holder] += block.weight + (block.level > 0 ? 100 : 20)
      }
    }
    for index in nodes.indices.reversed() where index > 0 {
      live[nodes[index].parent] += live[index]
      count[nodes[index].parent] += count[index]
      junk[nodes[index].parent] += junk[index]
    }
  }

  /// The elements around a paragraph: the nearest fully, those further out less.
  private mutating func spread(_ block: TextBlock) {
    let nodes = outline.tree.nodes
    var points = 1 + Double(min(block.punctuation, 10)) + min(Double(block.weight) / 100, 4)
    points *= 1 - block.linkShare
    if block.kind == .item || block.kind == .table { points *= 0.5 }
    var at = block.holder
    if nodes[at].tag != .body, nodes[at].tag != .article { at = nodes[at].parent }
    for divisor in [1.0, 2, 3, 4, 5] {
      score[at] += points / divisor
      guard nodes[at].tag != .body, nodes[at].parent != at else { return }
      at = nodes[at].parent
    }
  }

  func best() -> Int {
    var (best, most) = (0, -1.0)
    for index in score.indices where score[index] > 0 {
      var value = score[index] * Double(live[index] + 1) / Double(live[index] + junk[index] + 1)
      if outline.marks[index].contains(.body) { value *= 1.5 }
      if outline.tree.nodes[index].tag == .article || outline.tree.nodes[index].tag == .main { value *= 1.2 }
      if value > most { (best, most) = (index, value) }
    }
    return best
  }

  /// The outermost elements marked as bodies, all of one article, when they hold that much prose together.
  func marked(atLeast enough: Int) -> [Int]? {
    let nodes = outline.tree.nodes
    var (found, index): ([Int], Int) = ([], 0)
    while index < nodes.count {
      if outline.marks[index].contains(.body), live[index] > 0 {
        found.append(index)
        index = nodes[index].end
      } else {
        index += 1
      }
    }
    guard let largest = found.map({ live[$0] }).max(), let first = found.first(where: { live[$0] * 4 >= largest })
    else {
      return nil
    }
    let home = article(around: first)
    let chosen = found.filter {
      article(around: $0) == home && (live[$0] * 8 >= largest || nodes[$0].parent == nodes[first].parent)
    }
    return chosen.reduce(0) { $0 + live[$1] } >= enough ? chosen : nil
  }

  /// The nearest `article` around a node; the root when there is none.
  private func article(around node: Int) -> Int {
    var at = node
    while nodes(at).parent != at, nodes(at).tag != .article { at = nodes(at).parent }
    return at
  }

  private func nodes(_ index: Int) -> MarkupTree.Node { outline.tree.nodes[index] }

  /// Of several articles that follow one another on one page, each with a headline of its own that leads nowhere, the first.
  func firstArticle(in root: Int) -> Int {
    let tree = outline.tree
    var (found, index): ([Int], Int) = ([], root + 1)
    while index < tree.nodes[root].end {
      guard tree.nodes[index].tag == .article else {
        index += 1
        continue
      }
      let range = index..<tree.nodes[index].end
      let hasHeadline = range.contains { node in
        tree.nodes[node].tag == .h1 && !(node..<tree.nodes[node].end).contains { tree.nodes[$0].tag == .a }
      }
      if hasHeadline, live[index] > 0 { found.append(index) }
      index = range.upperBound
    }
    guard found.count > 1, let first = found.first, live[first] >= 200 else { return root }
    return first
  }

  /// Climbs as long as an element further out adds clearly more prose, and more prose than furniture with it. Out of the
  /// article or where there is none, one or two more paragraphs are boxes beside the body, unless they are long.
  func widened(_ start: Int) -> Int {
    var (chosen, at, home) = (start, start, start)
    while nodes(home).parent != home, nodes(home).tag != .article, nodes(home).tag != .main {
      home = nodes(home).parent
    }
    while nodes(at).tag != .body, nodes(at).parent != at {
      let inner = at
      at = nodes(at).parent
      let (more, other) = (live[at] - live[inner], junk[at] - junk[inner])
      let isOutside = at < home || home == 0
      let isBox = isOutside && count[at] - count[inner] < 3 && more * 3 < live[chosen]
      if more * 8 > live[chosen], more > other, !isBox { chosen = at }
    }
    return chosen
  }
}
