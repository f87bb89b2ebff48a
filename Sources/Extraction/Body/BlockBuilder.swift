import Markup
import Model

/// Walks the tree once in document order and cuts its text into blocks.
///
/// A block boundary is always a boundary; inline elements neither glue words nor split them. A `br` is a space, two of
/// them a boundary, as old pages write paragraphs.
struct BlockBuilder {
  private let tree: MarkupTree
  private let marks: [Marks]
  private let skipped: [Bool]
  private let prose: [Int32]
  private(set) var blocks: [TextBlock] = []

  private struct Frame {
    let end: Int
    let isBlock: Bool
    let outer: Context
  }

  /// What the elements around the current place make of it.
  private struct Context {
    var marks: Marks = []
    var kind: Block.Kind = .paragraph
    var level = 0
    var holder = 0
    var inLink = false
  }

  private var frames: [Frame] = []
  private var context = Context()
  private var text: [UInt8] = []
  private var collector = NormalText.Collector()
  private var linkBytes = 0
  private var textContext: Context?
  private var firstNode = 0
  private var breaks = 0

  /// `prose` is as `Outline` counts it: a figure that holds much of it is no picture.
  init(tree: MarkupTree, marks: [Marks], skipped: [Bool], prose: [Int32]) {
    (self.tree, self.marks, self.skipped, self.prose) = (tree, marks, skipped, prose)
  }

  mutating func run() {
    var index = 0
    while index < tree.nodes.count {
      while let frame = frames.last, frame.end <= index { leave(frame) }
      let node = tree.nodes[index]
      if node.tag == .text {
        take(index)
      } else if skipped[index] {
        // A drawing or a program stands within a line; the rest interrupts it.
        if !Self.standsInLine(node.tag) { flush() }
        index = node.end
        continue
      } else if node.tag == .br {
        breaks += 1
        if breaks == 2 { flush() } else { collector.space(to: &text) }
      } else if !Self.isBlock(node.tag), marks[index].contains(.hidden) {
        index = node.end
        continue
      } else if node.end > index + 1 {
        enter(index)
      } else if Self.isBlock(node.tag) {
        flush()
      }
      index += 1
    }
    while let frame = frames.last { leave(frame) }
    flush()
  }

  private mutating func enter(_ index: Int) {
    let node = tree.nodes[index]
    let isBlock = Self.isBlock(node.tag)
    if isBlock { flush() }
    frames.append(Frame(end: node.end, isBlock: isBlock, outer: context))
    context.marks.formUnion(marks[index])
    if isBlock { context.holder = index }
    switch node.tag {
    case .a: context.inLink = true
    case .h1, .h2, .h3, .h4, .h5, .h6:
      context.kind = .heading
      context.level = [.h1, .h2, .h3, .h4, .h5, .h6].firstIndex(of: node.tag).map { $0 + 1 } ?? 0
    case .li, .dd, .dt: if context.kind != .heading { context.kind = .item }
    case .blockquote: context.kind = .quote
    case .figcaption, .caption: context.kind = .caption
    case .figure where context.kind == .paragraph && prose[index] < 600: context.kind = .caption
    case .td, .th: context.kind = .table
    case .p where context.kind == .table: context.kind = .paragraph
    default: break
    }
  }

  private mutating func leave(_ frame: Frame) {
    if frame.isBlock { flush() }
    frames.removeLast()
    context = frame.outer
  }

  private mutating func take(_ index: Int) {
    let before = text.count
    if let address = ProtectedAddress.octets(at: index, in: tree) {
      collector.append(address[...], to: &text)
    } else {
      collector.append(tree.bytes[tree.nodes[index].text], to: &text)
    }
    let added = text.count - before
    guard added > 0, !(added == 1 && text.last == 32) else { return }
    breaks = 0
    if textContext == nil { (textContext, firstNode) = (context, index) }
    // Only what holds for all of a block's text is said of the block: a marked word at its start does not colour it.
    textContext?.marks.formIntersection(context.marks)
    if context.inLink { linkBytes += added }
  }

  private mutating func flush() {
    breaks = 0
    if text.last == 32 { text.removeLast() }
    if !text.isEmpty, let context = textContext {
      blocks.append(
        TextBlock(
          holder: context.holder, node: firstNode, kind: context.kind, level: context.level, text: text,
          linkBytes: min(linkBytes, text.count), marks: context.marks))
    }
    text.removeAll(keepingCapacity: true)
    collector = NormalText.Collector()
    linkBytes = 0
    textContext = nil
  }

  private static func standsInLine(_ tag: Tag) -> Bool {
    switch tag {
    case .script, .style, .svg, .noscript, .template, .math, .rp, .rt, .map: true
    default: false
    }
  }

  /// Whether an element starts and ends a line by the standard's style sheet (HTML §15.3).
  static func isBlock(_ tag: Tag) -> Bool {
    switch tag {
    case .address, .article, .aside, .blockquote, .body, .caption, .center, .dd, .details, .dialog, .dir, .div, .dl,
      .dt,
      .fieldset, .figcaption, .figure, .footer, .form, .h1, .h2, .h3, .h4, .h5, .h6, .header, .hgroup, .hr, .html,
      .legend,
      .li, .main, .menu, .nav, .ol, .optgroup, .option, .p, .pre, .section, .summary, .table, .tbody, .td, .tfoot,
      .th, .thead, .tr, .ul:
      true
    default: false
    }
  }
}
