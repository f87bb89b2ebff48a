import CMyHTML

/// An HTML5 tree in flat arrays, in document order: a subtree is a contiguous range of nodes.
///
/// Comments, the doctype, the contents of `template`, programs and style sheets are left out. Cost: linear in the markup,
/// nesting beyond `NestingGuard`'s limits flattened.
public struct MarkupTree: Sendable {
  /// An element or a text.
  public struct Node: Sendable {
    public let tag: Tag
    /// Index of the parent; the root's own index for the root.
    public let parent: Int
    /// One past the subtree's last node.
    public let end: Int
    /// Range of a text node's bytes in `bytes`; empty for an element.
    public let text: Range<Int>
    /// Range in `attributes`.
    public let attributes: Range<Int>
  }

  /// An attribute; ranges in `bytes`. The name is in lower case.
  public struct Attribute: Sendable {
    public let name: Range<Int>
    public let value: Range<Int>
  }

  /// The first is the `html` element; empty only for markup of no bytes.
  public let nodes: [Node]
  public let attributes: [Attribute]
  /// Well-formed UTF-8.
  public let bytes: [UInt8]

  /// Parses well-formed UTF-8, as `Charset` gives it. Throws `outOfMemory`, `tooLarge` or `parserFailed`.
  public init(parsing markup: [UInt8]) throws(MarkupError) {
    let guarded = NestingGuard.flattening(markup) ?? markup
    var tree = cmyhtml_tree()
    let status = guarded.withUnsafeBufferPointer { cmyhtml_parse($0.baseAddress, $0.count, &tree) }
    switch UInt32(bitPattern: status) {
    case CMYHTML_OK.rawValue: break
    case CMYHTML_OUT_OF_MEMORY.rawValue: throw .outOfMemory
    case CMYHTML_TOO_LARGE.rawValue: throw .tooLarge
    default: throw .parserFailed
    }
    defer { cmyhtml_free(&tree) }
    let tags = Tag.byNumber
    nodes = UnsafeBufferPointer(start: tree.nodes, count: tree.node_count).map { node in
      let (text, first) = (Int(node.text_offset), Int(node.attribute_first))
      return Node(
        tag: node.tag == CMYHTML_TAG_UNKNOWN ? .other : tags[Int(node.tag)], parent: Int(node.parent),
        end: Int(node.end),
        text: text..<text + Int(node.text_length), attributes: first..<first + Int(node.attribute_count))
    }
    attributes = UnsafeBufferPointer(start: tree.attributes, count: tree.attribute_count).map { attribute in
      let (name, value) = (Int(attribute.name_offset), Int(attribute.value_offset))
      return Attribute(
        name: name..<name + Int(attribute.name_length), value: value..<value + Int(attribute.value_length))
    }
    bytes = Array(UnsafeBufferPointer(start: tree.bytes, count: tree.byte_count))
  }
}

extension MarkupTree {
  /// The range of the first attribute's value of that (lower-case ASCII) name; nil when the node has none.
  public func valueRange(of name: StaticString, at node: Int) -> Range<Int>? {
    let wanted = UnsafeBufferPointer(start: name.utf8Start, count: name.utf8CodeUnitCount)
    for index in nodes[node].attributes {
      let range = attributes[index].name
      guard range.count == wanted.count else { continue }
      if bytes[range].elementsEqual(wanted) { return attributes[index].value }
    }
    return nil
  }

  /// The value of the first attribute of that (lower-case ASCII) name; nil when the node has none.
  public func value(of name: StaticString, at node: Int) -> String? {
    valueRange(of: name, at: node).map { String(decoding: bytes[$0], as: UTF8.self) }
  }

  /// The texts inside a node joined as they stand, with nothing put between them.
  public func textBytes(of node: Int) -> [UInt8] {
    var out: [UInt8] = []
    for index in node..<nodes[node].end where nodes[index].tag == .text { out += bytes[nodes[index].text] }
    return out
  }

  /// Indices of a node's children, in order.
  public func children(of node: Int) -> [Int] {
    var (out, next): ([Int], Int) = ([], node + 1)
    while next < nodes[node].end {
      out.append(next)
      next = nodes[next].end
    }
    return out
  }
}
