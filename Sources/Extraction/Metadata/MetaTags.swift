import Markup
import Model

/// The `meta`, `link` and `html` declarations of a page.
struct MetaTags {
  /// First value of each name or property, names in lower case.
  private var values: [String: String] = [:]
  /// The names that have a value, in the page's order.
  private(set) var names: [String] = []
  /// Every `author` and `article:author`.
  private(set) var authors: [String] = []
  private(set) var canonical: String?
  private(set) var base: String?
  private(set) var language: String?
  private(set) var title: String?
  /// `<html amp>` and the like are no matter; an `og:type` of article is.
  var isArticle: Bool {
    self["og:type"]?.lowercased().hasSuffix("article") == true || self["article:published_time"] != nil
  }

  init(of tree: MarkupTree) {
    for index in tree.nodes.indices {
      switch tree.nodes[index].tag {
      case .html: language = tree.value(of: "lang", at: index) ?? tree.value(of: "xml:lang", at: index)
      case .title: if title == nil { title = Self.text(tree.textBytes(of: index)) }
      case .base: if base == nil { base = tree.value(of: "href", at: index) }
      case .link:
        guard canonical == nil, let rel = tree.value(of: "rel", at: index) else { continue }
        if rel.lowercased().split(separator: " ").contains("canonical") {
          canonical = tree.value(of: "href", at: index)
        }
      case .meta: take(index, in: tree)
      default: break
      }
    }
  }

  /// What a content system tells those who share a page: `<meta name="twitter:label1" content="Written by">`. It is who put the
  /// article up.
  var labelledAuthor: String? {
    (1...2).first { self["twitter:label\($0)"].map(Byline.isLabel) == true }.flatMap { self["twitter:data\($0)"] }
  }

  private mutating func take(_ index: Int, in tree: MarkupTree) {
    // `value` is what some systems and savers of pages write for `content`.
    guard let content = tree.value(of: "content", at: index) ?? tree.value(of: "value", at: index),
      let text = LinkedData.plain(content)
    else { return }
    for name in [
      tree.value(of: "property", at: index), tree.value(of: "name", at: index), tree.value(of: "itemprop", at: index),
      tree.value(of: "http-equiv", at: index),
    ] {
      guard let name = name?.lowercased() else { continue }
      if values[name] == nil {
        values[name] = text
        names.append(name)
      }
      if ["author", "article:author", "byl", "dc.creator", "dcterms.creator", "sailthru.author", "parsely-author"]
        .contains(name)
      {
        authors.append(text)
      }
    }
  }

  subscript(name: String) -> String? { values[name] }

  /// The first of these names that has a value.
  func first(_ names: [String]) -> String? { names.lazy.compactMap { values[$0] }.first }

  private static func text(_ bytes: [UInt8]) -> String? {
    guard bytes.count <= LinkedData.longestField else { return nil }
    let text = String(decoding: NormalText.bytes(bytes[...]), as: UTF8.self)
    return text.isEmpty ? nil : text
  }
}
