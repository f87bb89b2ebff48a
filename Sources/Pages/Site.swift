import Model

/// How the pages of one place link to each other, and what they may tell: the same functions make the pages of a server and
/// of a folder of files.
struct Site: Sendable {
  /// Nil in an export, where nothing may depend on the time of asking.
  let now: Instant?
  /// Scheme, host and port, no slash at the end; nil in an export.
  let base: String?
  /// Whether forms that change the watch list are shown.
  let takesWrites: Bool
  /// Where a page is, as a link on the page at hand has it; nil when there is no such page here.
  let href: @Sendable (Route) -> String?

  var isExport: Bool { base == nil }

  /// A link; where there is no such page, its text alone.
  func link(_ route: Route, _ text: HTML, className: String? = nil, label: String? = nil) -> HTML {
    let attributes: HTML =
      "\(className.map { " class=\"\($0)\"" as HTML })\(label.map { " aria-label=\"\($0)\"" as HTML })"
    guard let href = href(route) else { return "<span\(attributes)>\(text)</span>" }
    return "<a href=\"\(href)\"\(attributes)>\(text)</a>"
  }

  /// A link where there is such a page, else nothing.
  func optional(_ route: Route, _ text: HTML, className: String? = nil) -> HTML? {
    href(route).map { href in "<a href=\"\(href)\"\(className.map { " class=\"\($0)\"" as HTML })>\(text)</a>" }
  }

  /// A link to a place outside. Only http and https are ever linked; any other URL is text.
  func outside(_ url: String, _ text: HTML? = nil) -> HTML {
    let shown = text ?? HTML(text: url)
    guard let read = try? WebURL(url), read.scheme == "http" || read.scheme == "https" else {  // no URL is no link
      return "<span class=\"url\">\(shown)</span>"
    }
    return "<a class=\"url\" href=\"\(url)\" rel=\"noreferrer nofollow external\">\(shown)</a>"
  }
}

/// The outlet that a URL is of: its host without `www.`; the scheme and what follows it when there is no host.
func outlet(_ url: String) -> String {
  guard let host = (try? WebURL(url))?.host, !host.isEmpty else {  // what is no URL has no host to show
    return clipped(url, to: 40)
  }
  return host.hasPrefix("www.") ? String(host.dropFirst(4)) : host
}
