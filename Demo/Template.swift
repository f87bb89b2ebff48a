/// An HTML template: sections that open with `=== name`, with `{{key}}` where a value goes.
///
/// `{{key}}` is escaped for HTML, `{{json:key}}` for a JSON string inside a script.
struct Template: Sendable {
  let name: String
  /// What stands before the first `=== ` line, if any, is the section `page`.
  private let sections: [String: String]

  init(name: String, text: String) {
    var sections: [String: String] = [:]
    var current = "page"
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      if line.hasPrefix("=== ") {
        current = String(line.dropFirst(4))
      } else {
        sections[current, default: ""] += line + "\n"
      }
    }
    (self.name, self.sections) = (name, sections)
  }

  /// Whether it has a section.
  func has(_ section: String) -> Bool { sections[section] != nil }

  /// A section with its values put in: `texts` escaped, `markup` as it is.
  func fill(_ section: String, texts: [String: String], markup: [String: String] = [:]) throws(SiteError) -> String {
    guard let source = sections[section] else { throw .missing(what: "section \(section)", wantedBy: name) }
    var out = ""
    var rest = source[...]
    while let open = rest.firstRange(of: "{{") {
      out += rest[..<open.lowerBound]
      rest = rest[open.upperBound...]
      guard let close = rest.firstRange(of: "}}") else { throw .malformed(file: name, line: String(rest.prefix(60))) }
      let key = String(rest[..<close.lowerBound])
      rest = rest[close.upperBound...]
      if let html = markup[key] {
        out += html
      } else if key.hasPrefix("json:"), let text = texts[String(key.dropFirst(5))] {
        out += Self.escapedForJSON(text)
      } else if let text = texts[key] {
        out += Self.escapedForHTML(text)
      } else {
        throw .unknownValue(template: name, key: key)
      }
    }
    return out + rest
  }

  /// For element content and for attributes in double quotes.
  static func escapedForHTML(_ text: String) -> String {
    text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
      .replacing("\"", with: "&quot;")
  }

  /// For a JSON string in a script element: `</` must not end the script.
  private static func escapedForJSON(_ text: String) -> String {
    text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"").replacing("</", with: "<\\/")
  }
}
