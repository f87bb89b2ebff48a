import Markup

/// A CSS selector, the small part of Selectors Level 4 that site rules need: type (`p`), `*`, `.class`, `#id`, `[name]`,
/// `[name=value]`, `[name^=…]`, `[name$=…]`, `[name*=…]`, `[name~=…]`, descendant (a space), child (`>`), and lists (`,`).
///
/// Types are those of elements that HTML knows. Names of elements and attributes fold case, classes, ids and values do not.
/// Matching a tree is linear in its nodes times the steps of the selector, of which there are at most 32.
public struct Selector: Hashable, Sendable {
  private let alternatives: [[Step]]

  /// Nil when it is empty or uses anything else.
  public init?(_ text: String) {
    var parser = SelectorParser(text)
    guard let alternatives = parser.list() else { return nil }
    self.alternatives = alternatives
  }

  /// One compound, and how it is joined with the one to its left.
  struct Step: Hashable, Sendable {
    var conditions: [Condition] = []
    /// Whether the one to its left must be the parent, and not any ancestor.
    var isChild = false
  }

  enum Condition: Hashable, Sendable {
    case element([UInt8])
    case attribute(name: [UInt8], Comparison, value: [UInt8])
  }

  enum Comparison: Hashable, Sendable { case exists, equals, begins, ends, holds, hasWord }

  /// The outermost elements that match, in document order.
  func outermost(in tree: MarkupTree) -> [Int] {
    var matches = [Bool](repeating: false, count: tree.nodes.count)
    for steps in alternatives { Self.mark(steps, in: tree, &matches) }
    var (out, index): ([Int], Int) = ([], 0)
    while index < tree.nodes.count {
      if matches[index] { out.append(index) }
      index = matches[index] ? tree.nodes[index].end : index + 1
    }
    return out
  }

  /// One pass: a node's bit n says that the first n + 1 steps end in it, or in it or an ancestor.
  private static func mark(_ steps: [Step], in tree: MarkupTree, _ matches: inout [Bool]) {
    var own = [UInt32](repeating: 0, count: tree.nodes.count)
    var around = own
    for (index, node) in tree.nodes.enumerated() where node.tag != .text {
      let isRoot = node.parent == index
      let (parent, above) = isRoot ? (0, 0) : (own[node.parent], around[node.parent])
      for (number, step) in steps.enumerated() {
        let before = number == 0 || (step.isChild ? parent : above) & (1 << (number - 1)) != 0
        if before, step.conditions.allSatisfy({ holds($0, index, tree) }) { own[index] |= 1 << number }
      }
      around[index] = above | own[index]
      if own[index] & (1 << (steps.count - 1)) != 0 { matches[index] = true }
    }
  }

  private static func holds(_ condition: Condition, _ node: Int, _ tree: MarkupTree) -> Bool {
    switch condition {
    case .element(let name):
      return tree.nodes[node].tag.rawValue.utf8.elementsEqual(name)
    case .attribute(let name, let comparison, let wanted):
      for index in tree.nodes[node].attributes {
        guard tree.bytes[tree.attributes[index].name].elementsEqual(name) else { continue }
        let value = tree.bytes[tree.attributes[index].value]
        return switch comparison {
        case .exists: true
        case .equals: value.elementsEqual(wanted)
        case .begins: !wanted.isEmpty && value.starts(with: wanted)
        case .ends: !wanted.isEmpty && value.count >= wanted.count && value.suffix(wanted.count).elementsEqual(wanted)
        case .holds: !wanted.isEmpty && BodySelection.contains(Array(value), wanted)
        case .hasWord: value.split(whereSeparator: { $0 <= 32 }).contains { $0.elementsEqual(wanted) }
        }
      }
      return false
    }
  }

  /// Steps in a selector, and conditions in a step: more than any rule needs, and a bit each in a word.
  static let longest = 32
}

/// Reads the part of Selectors Level 4 (§17) that `Selector` names.
private struct SelectorParser {
  private let bytes: [UInt8]
  private var at = 0

  init(_ text: String) { bytes = Array(text.utf8) }

  mutating func list() -> [[Selector.Step]]? {
    guard bytes.count <= 1024 else { return nil }
    var out: [[Selector.Step]] = []
    repeat {
      guard let steps = complex(), !steps.isEmpty else { return nil }
      out.append(steps)
    } while take(UInt8(ascii: ","))
    return at == bytes.count ? out : nil
  }

  private mutating func complex() -> [Selector.Step]? {
    var steps: [Selector.Step] = []
    var isChild = false
    while true {
      skipSpaces()
      guard at < bytes.count, bytes[at] != UInt8(ascii: ",") else { return isChild ? nil : steps }
      if take(UInt8(ascii: ">")) {
        guard !steps.isEmpty, !isChild else { return nil }
        isChild = true
        continue
      }
      guard var step = compound(), steps.count < Selector.longest else { return nil }
      step.isChild = isChild
      isChild = false
      steps.append(step)
    }
  }

  private mutating func compound() -> Selector.Step? {
    var step = Selector.Step()
    let start = at
    if !take(UInt8(ascii: "*")), let name = name() { step.conditions.append(.element(folded(name))) }
    while at < bytes.count, step.conditions.count < Selector.longest {
      if take(UInt8(ascii: ".")) {
        guard let name = name() else { return nil }
        step.conditions.append(.attribute(name: Array("class".utf8), .hasWord, value: name))
      } else if take(UInt8(ascii: "#")) {
        guard let name = name() else { return nil }
        step.conditions.append(.attribute(name: Array("id".utf8), .equals, value: name))
      } else if take(UInt8(ascii: "[")) {
        guard let condition = attribute() else { return nil }
        step.conditions.append(condition)
      } else {
        break
      }
    }
    return at > start ? step : nil
  }

  private mutating func attribute() -> Selector.Condition? {
    skipSpaces()
    guard let name = name() else { return nil }
    skipSpaces()
    if take(UInt8(ascii: "]")) { return .attribute(name: folded(name), .exists, value: []) }
    let marks: [(UInt8, Selector.Comparison)] = [
      (UInt8(ascii: "^"), .begins), (UInt8(ascii: "$"), .ends), (UInt8(ascii: "*"), .holds),
      (UInt8(ascii: "~"), .hasWord),
    ]
    let comparison = marks.first { take($0.0) }?.1 ?? .equals
    guard take(UInt8(ascii: "=")) else { return nil }
    skipSpaces()
    var value: [UInt8]
    if at < bytes.count, bytes[at] == UInt8(ascii: "\"") || bytes[at] == UInt8(ascii: "'") {
      let quote = bytes[at]
      guard let end = bytes[(at + 1)...].firstIndex(of: quote) else { return nil }
      value = Array(bytes[(at + 1)..<end])
      at = end + 1
    } else {
      guard let word = self.name() else { return nil }
      value = word
    }
    skipSpaces()
    return take(UInt8(ascii: "]")) ? .attribute(name: folded(name), comparison, value: value) : nil
  }

  /// Letters, digits, hyphens, underscores and whatever is beyond ASCII; no escapes.
  private mutating func name() -> [UInt8]? {
    let start = at
    while at < bytes.count {
      let byte = bytes[at]
      guard byte >= 0x80 || byte == 45 || byte == 95 || (48...57).contains(byte) || (97...122).contains(byte | 32)
      else {
        break
      }
      at += 1
    }
    return at > start ? Array(bytes[start..<at]) : nil
  }

  private func folded(_ name: [UInt8]) -> [UInt8] { name.map { (65...90).contains($0) ? $0 | 32 : $0 } }

  private mutating func take(_ byte: UInt8) -> Bool {
    guard at < bytes.count, bytes[at] == byte else { return false }
    at += 1
    return true
  }

  private mutating func skipSpaces() { while at < bytes.count, bytes[at] <= 32 { at += 1 } }
}
