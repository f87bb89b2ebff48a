import Model

/// What stands around the contents of every page.
struct Frame {
  let title: String
  /// The page of the main menu it belongs to.
  var section: Section?
  var search = ""
  /// Atom feeds about the same, by their paths below the root.
  var feeds: [(title: String, path: String)] = []
  /// What a resumed export knows a page by.
  var state: String?
  /// The wide measure, for tables and two columns.
  var isWide = false

  enum Section: String, CaseIterable {
    case today = "Today"
    case articles = "Articles"
    case phrase = "Phrase"
    case sources = "Sources"
    case status = "Status"
    case about = "Help"

    var route: Route {
      switch self {
      case .today: .home
      case .articles: .articles(matching: nil, before: nil)
      case .phrase: .phrase(nil, after: nil)
      case .sources: .sources(after: 0)
      case .status: .status
      case .about: .about
      }
    }
  }

  func page(_ contents: HTML, in site: Site) -> HTML {
    let style = site.href(.asset(.style)) ?? ""
    let icon = site.href(.asset(.icon)) ?? ""
    let program: HTML? = site.href(.asset(.program)).map { "<script src=\"\($0)\" defer></script>\n" }
    let alternates: [HTML] =
      site.isExport
      ? []
      : feeds.map {
        "<link rel=\"alternate\" type=\"application/atom+xml\" title=\"\($0.title)\" href=\"/\($0.path)\">\n"
      }
    let menu: [HTML] = Section.allCases.compactMap { entry in
      site.href(entry.route).map { href in
        "<li><a href=\"\(href)\"\(entry == section ? " aria-current=\"page\"" as HTML : "")>\(entry.rawValue)</a></li>"
      }
    }
    let searching: HTML? = site.href(.search(SearchFilter())).map { action in
      """
      <form class="find" role="search" action="\(action)"><label class="aid" for="find">Search all that was ever said</label>\
      <input id="find" type="search" name="q" value="\(search)" placeholder="Search every word ever said" dir="auto">\
      <button>Search</button></form>
      """
    }
    return """
      <!doctype html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      \(state.map { "<meta name=\"stet-state\" content=\"\($0)\">\n" as HTML })<title>\(title) · Stet</title>
      <link rel="stylesheet" href="\(style)">
      <link rel="icon" type="image/svg+xml" href="\(icon)">
      \(alternates)\(program)</head>
      <body>
      <a class="skip" href="#main">Skip to the content</a>
      <header class="masthead">
      \(site.link(.home, "stet", className: "mark", label: "Stet, to the first page"))
      \(searching)
      <nav aria-label="Main"><ul>\(menu)</ul></nav>
      </header>
      <main id="main" tabindex="-1"\(isWide ? " class=\"wide\"" as HTML : "")>
      \(contents)
      </main>
      <footer class="colophon"><p><b>Stet</b>: let it stand. What articles said, and every edit since. All times are UTC; \
      a change has no instant, only an interval between two captures.</p></footer>
      </body>
      </html>

      """
  }
}

/// A passage that says why a page is empty, and what to do.
func emptyState(_ title: HTML, _ text: HTML) -> HTML {
  "<div class=\"empty\"><p class=\"empty-title\">\(title)</p><p>\(text)</p></div>"
}

/// The links from one page of a list to the next.
func pager(_ links: [HTML?]) -> HTML? {
  let links = links.compactMap(\.self)
  return links.isEmpty
    ? nil : "<nav class=\"pager\" aria-label=\"Pages of this list\">\(links.joined(separator: " "))</nav>"
}
