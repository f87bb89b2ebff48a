import Model
import Storage

/// The archive's articles, to be found by a part of their URL or the words of a headline.
struct ArticlesPage {
  let text: String?
  let rows: [ArticleCard]
  let next: Int64?

  private static let limit = 50

  static func load(_ store: Store, matching text: String?, before: Int64?) throws(PageError) -> ArticlesPage {
    let text = text.flatMap { $0.isEmpty ? nil : $0 }
    // A part of a URL need not have a word in it; then there are no headlines to look for.
    let words = text.flatMap { try? Query(words: $0) }
    do throws(StorageError) {
      var rows = try store.articleCards(matching: text, orHeadline: words, before: before, limit: limit + 1)
      let hasMore = rows.count > limit
      rows = Array(rows.prefix(limit))
      return ArticlesPage(text: text, rows: rows, next: hasMore ? rows.last?.id : nil)
    } catch { throw .storage(error) }
  }

  func html(_ site: Site) -> HTML {
    let form: HTML? =
      site.isExport
      ? nil
      : """
      <form class="ask" action="/articles" aria-label="Find articles"><label for="article-q">Part of a URL, or words of a headline</label>
      <input id="article-q" name="q" type="search" value="\(text ?? "")" dir="auto"> <button>Find</button></form>
      """
    var out: HTML = "<h1>Articles</h1>\n\(form)"
    if rows.isEmpty {
      out +=
        text == nil
        ? emptyState(
          "No articles yet.",
          "Add one with <code>stet add URL</code>, or bring captures in with <code>stet import</code>.")
        : emptyState(
          "No article like that.",
          "Neither a URL nor a headline has “\(text ?? "")” in it. What articles said is found by \(site.link(.search(SearchFilter()), "searching the text"))."
        )
      return out
    }
    return out + Self.table(rows, site)
      + "\(pager([next.flatMap { site.optional(.articles(matching: text, before: $0), "Older articles →") }]))"
  }

  static func table(_ rows: [ArticleCard], _ site: Site) -> HTML {
    let lines: [HTML] = rows.map { row in
      let name = row.headline ?? clipped(row.url, to: 100)
      return """
        <tr><th scope="row"><span class="headline" dir="auto"\(EditsHTML.language(row.language))>\(site.link(.article(row.id), HTML(text: clipped(name, to: 160))))</span> \
        <span class="kicker">\(outlet(row.url))</span></th>\
        <td class="num">\(row.revisions == 0 ? "none" : Words.number(row.revisions))</td>\
        <td>\(row.changedAt.map { site.time($0) } ?? "<span class=\"quiet\">not read yet</span>")</td></tr>

        """
    }
    return """
      <div class="scroll" role="region" aria-label="Articles" tabindex="0"><table class="list articles"><caption class="aid">Articles, those that came last first</caption>
      <thead><tr><th scope="col">Article</th><th scope="col" class="num">Revisions</th><th scope="col">Last revision first seen</th></tr></thead>
      <tbody>
      \(lines)</tbody></table></div>

      """
  }
}
