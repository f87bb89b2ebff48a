import HTTPAnswers
import Model

/// The blocks of an article as elements.
enum BlockHTML {
  static func open(_ kind: Block.Kind, id: HTML = "") -> HTML {
    switch kind {
    case .paragraph: "<p\(id)>"
    case .heading: "<h2 class=\"sub\"\(id)>"
    case .item: "<p class=\"item\"\(id)><span aria-hidden=\"true\">• </span>"
    case .quote: "<blockquote\(id)><p>"
    case .caption: "<p class=\"caption\"\(id)>\(EditsHTML.aid("Caption: "))"
    case .table: "<p class=\"tabular\"\(id)>"
    case .notice: "<p class=\"notice\"\(id)>\(EditsHTML.aid("Notice: "))"
    }
  }

  static func close(_ kind: Block.Kind) -> HTML {
    switch kind {
    case .heading: "</h2>\n"
    case .quote: "</p></blockquote>\n"
    default: "</p>\n"
    }
  }
}

/// Queries as links write them.
enum FormText {
  /// A colon and a slash mean nothing in a query (RFC 3986 §3.4): left as they are, the link stays legible.
  static func query(_ pairs: [(name: String, value: String)]) -> String {
    FormFields.written(pairs).replacing("%3A", with: ":").replacing("%2F", with: "/")
  }
}
