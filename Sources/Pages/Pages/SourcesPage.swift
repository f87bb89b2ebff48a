import Model
import Storage

/// The watch list: what is asked, when, and how it fares. With the forms that change it, where writing is allowed.
struct SourcesPage {
  let rows: [SourceRow]
  let next: Int64?
  let after: Int64
  /// The share of edits expected to be missed, by the source's URL, 0 to 1; nil: nobody worked it out.
  let misses: [String: Double]?
  /// What became of a form just sent.
  var done: HTML?

  private static let limit = 60

  static func load(_ store: Store, after: Int64, misses: [String: Double]?) throws(StorageError) -> SourcesPage {
    let rows = try store.sourceRows(after: after, limit: limit + 1)
    let shown = Array(rows.prefix(limit))
    return SourcesPage(
      rows: shown, next: rows.count > limit ? shown.last?.id : nil, after: after, misses: misses)
  }

  func html(_ site: Site) -> HTML {
    var out: HTML = "<h1>Sources</h1>\n\(done.map { "<p class=\"note\" role=\"status\">\($0)</p>\n" as HTML })"
    if site.takesWrites { out += add }
    guard !rows.isEmpty else {
      return out
        + emptyState(
          "The watch list is empty.",
          "Add a page, a feed, a sitemap or a section front: <code>stet add https://example.org/feed</code>. What a feed names is watched as it appears."
        )
    }
    let lines: [HTML] = rows.map { row($0, site) }
    out += """
      <div class="scroll" role="region" aria-label="Sources" tabindex="0"><table class="list sources"><caption class="aid">Sources</caption>
      <thead><tr><th scope="col">Source</th><th scope="col">State</th><th scope="col">Last check</th><th scope="col">Next</th>\
      <th scope="col" class="num">Articles</th>\(misses == nil ? "" : "<th scope=\"col\" class=\"num\">Expected misses</th>" as HTML)\
      \(site.takesWrites ? "<th scope=\"col\">Change</th>" as HTML : "")</tr></thead>
      <tbody>
      \(lines)</tbody></table></div>

      """
    if misses != nil {
      out +=
        "<p class=\"quiet\">Expected misses: of the edits made at the present pace of checking, how many are overwritten before a check can see them, as the articles’ histories let expect.</p>\n"
    }
    return out
      + "\(pager([after > 0 ? site.optional(.sources(after: 0), "← First") : nil, next.flatMap { site.optional(.sources(after: $0), "More sources →") }]))"
  }

  private func row(_ row: SourceRow, _ site: Site) -> HTML {
    let state: HTML
    if let paused = row.pausedAt {
      state = "<span class=\"state state-paused\">paused</span> since \(site.time(paused))"
    } else if row.failures > 0 {
      state =
        "<span class=\"state state-failing\">failing</span> \(Words.count(row.failures, "check")) in a row\(row.message.map { "<br><span class=\"quiet\">\(clipped($0, to: 160))</span>" as HTML })"
    } else if row.lastCheck == nil {
      state = "<span class=\"state\">new</span>"
    } else {
      state =
        "<span class=\"state state-fine\">answers</span>\(row.message.map { "<br><span class=\"quiet\">\(clipped($0, to: 160))</span>" as HTML })"
    }
    let shown = HTML(text: clipped(row.title ?? row.url, to: 110))
    let name: HTML =
      row.article.map { site.link(.article($0), shown) } ?? (row.title == nil ? site.outside(row.url, shown) : shown)
    let every: HTML = row.settings.every.map { "every \(Words.lasting($0))" } ?? "by what it finds"
    let missed: HTML? = misses.map { misses in
      "<td class=\"num\">\(misses[row.url].map { HTML(text: Self.percent($0)) } ?? "<span class=\"quiet\">not known</span>")</td>"
    }
    return """
      <tr><th scope="row">\(name) <span class="kicker">\(row.kind.rawValue)</span>\
      \(row.title == nil ? "" : "<br>\(site.outside(row.url, HTML(text: clipped(row.url, to: 90))))" as HTML)</th>\
      <td>\(state)</td><td>\(row.lastCheck.map { "\(site.time($0))\(site.ago($0))" as HTML } ?? "<span class=\"quiet\">never</span>")</td>\
      <td>\(row.pausedAt != nil ? "<span class=\"quiet\">not while paused</span>" as HTML : row.dueAt.map { "\(site.time($0))\(site.ago($0))<br><span class=\"quiet\">\(every)</span>" as HTML })</td>\
      <td class="num">\(Words.number(row.articles))</td>\(missed)\(site.takesWrites ? forms(row) : nil)</tr>

      """
  }

  static func percent(_ share: Double) -> String {
    let tenths = Int((min(max(share, 0), 1) * 1000).rounded())
    return tenths < 100 ? "\(tenths / 10).\(tenths % 10) %" : "\((tenths + 5) / 10) %"
  }

  // MARK: forms

  private var add: HTML {
    let kinds: [HTML] = SourceKind.allCases.map { "<option value=\"\($0.rawValue)\">\($0.rawValue)</option>" }
    return """
      <details class="filter"\(rows.isEmpty ? " open" as HTML : "")><summary>Watch something new</summary>
      <form class="ask" method="post" action="/sources" aria-label="Watch something new"><input type="hidden" name="do" value="add">
      <div class="fields"><label>URL <input name="name" type="url" required placeholder="https://example.org/feed" size="44"></label>
      <label>Kind <select name="kind"><option value="">by its look</option>\(kinds)</select></label>
      <label>Token <input name="token" type="password" required autocomplete="current-password"></label>
      <button>Watch</button></div></form></details>

      """
  }

  private func forms(_ row: SourceRow) -> HTML {
    let change: HTML =
      row.pausedAt == nil ? "<option value=\"pause\">pause</option>" : "<option value=\"resume\">resume</option>"
    return """
      <td><form class="inline" method="post" action="/sources" aria-label="Change \(row.url)"><input type="hidden" name="name" value="\(row.url)">\
      <select name="do" aria-label="What to do">\(change)<option value="remove">remove</option></select> \
      <input name="token" type="password" required aria-label="Token" placeholder="token" size="8" autocomplete="current-password"> <button>Do it</button></form></td>
      """
  }
}
