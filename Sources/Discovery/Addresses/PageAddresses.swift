import Markup

/// The addresses that a page gives of itself.
public struct PageAddresses: Hashable, Sendable {
  /// Every `link rel=canonical` in page order, absolute, none twice; those that are no web address left out.
  public let canonical: [String]
  /// `og:url`, absolute.
  public let openGraph: String?

  public init(canonical: [String] = [], openGraph: String? = nil) {
    (self.canonical, self.openGraph) = (canonical, openGraph)
  }

  /// `url` is where the page came from. A canonical link that stands in the body counts only if the head has none: it may
  /// come from what readers wrote (RFC 6596 §5).
  public init(of tree: MarkupTree, url: String) {
    let base = Self.base(of: tree, url: url)
    var (inHead, inBody): ([String], [String]) = ([], [])
    var (openGraph, headEnd): (String?, Int) = (nil, 0)
    for index in tree.nodes.indices {
      switch tree.nodes[index].tag {
      case .head: headEnd = tree.nodes[index].end
      case .link:
        let relations = (tree.value(of: "rel", at: index) ?? "").lowercased().split(separator: " ")
        guard relations.contains("canonical"), let href = tree.value(of: "href", at: index),
          let address = NamedAddress.absolute(href, base: base)
        else { continue }
        if index < headEnd { inHead.append(address) } else { inBody.append(address) }
      case .meta:
        let name = tree.value(of: "property", at: index) ?? tree.value(of: "name", at: index)
        guard openGraph == nil, name?.lowercased() == "og:url", let content = tree.value(of: "content", at: index)
        else {
          continue
        }
        openGraph = NamedAddress.absolute(content, base: base)
      default: break
      }
    }
    var seen: Set<String> = []
    canonical = (inHead.isEmpty ? inBody : inHead).filter { seen.insert($0).inserted }
    self.openGraph = openGraph
  }

  /// What references on a page are relative to (HTML §2.4.3): the first `base` element's address, else the page's own.
  static func base(of tree: MarkupTree, url: String) -> String {
    for index in tree.nodes.indices where tree.nodes[index].tag == .base {
      guard let href = tree.value(of: "href", at: index) else { continue }
      return NamedAddress.absolute(href, base: url) ?? url
    }
    return url
  }
}
