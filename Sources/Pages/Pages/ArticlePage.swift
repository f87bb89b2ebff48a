import Model
import Storage

/// An article's whole life: timeline, revisions, headlines, byline and dates, and who says the same.
struct ArticlePage {
  let article: ArticleCard
  let text: RevisionText?
  let entries: [LogEntry]
  let next: Int?
  let isFirst: Bool
  let timeline: ArticleTimeline?
  let headlines: [HeadlineSpan]
  let sharing: [(article: ArticleCard, sentences: Int)]
  let watch: ArticleWatch?
  let joins: [JoinRecord]
  let capture: Digest?

  private static let limit = 40
  /// Other articles that are named.
  static let others = 8

  static func load(_ store: Store, _ article: ArticleCard, before: Int?) throws(PageError) -> ArticlePage {
    do throws(StorageError) {
      let id = article.id
      let entries = try store.log(id, before: before, limit: limit)
      let text = try store.text(id, .last)
      let isFirst = before == nil
      return ArticlePage(
        article: article, text: text, entries: entries,
        next: entries.last.flatMap { $0.ordinal > 1 ? $0.ordinal : nil }, isFirst: isFirst,
        timeline: isFirst
          ? try store.timeline(of: id, steps: TimelinePicture.steps, revisions: TimelinePicture.revisions) : nil,
        headlines: isFirst ? try store.headlines(of: id, limit: 20) : [],
        sharing: isFirst
          ? try text.map { text throws(StorageError) in try store.articles(sharing: text.text, with: id, limit: others)
          } ?? [] : [],
        watch: try store.watch(of: id), joins: isFirst ? try store.joins(of: id) : [],
        capture: try store.firstCapture(id, .last))
    } catch { throw .storage(error) }
  }

  func html(_ site: Site) -> HTML {
    let id = article.id
    let language = EditsHTML.language(article.language)
    var out: HTML = """
      <div class="crumbs">\(site.link(.articles(matching: nil, before: nil), "Articles")) <span aria-hidden="true">/</span> article \(id)</div>
      <p class="kicker">\(outlet(article.url))</p>
      <h1 dir="auto"\(language)>\(article.headline ?? article.url)</h1>
      \(byline)
      <p class="address">\(site.outside(article.url))</p>

      """
    guard let text else {
      return out + picture(site)
        + emptyState(
          "No revisions yet.",
          "No capture of it reads as an article so far. The timeline above shows what came instead.")
    }
    let links: [HTML?] = [
      site.optional(.revision(id, text.ordinal, block: 0), "Read what it says"),
      article.revisions > 1
        ? site.optional(
          .compare(id, from: .ordinal(1), to: .ordinal(article.revisions), isSideBySide: false, block: 0),
          "First against last") : nil,
      site.optional(.blame(id, nil, block: 0), "Blame: who came when"),
      capture.flatMap { site.optional(.capture($0), "Evidence") },
      site.isExport ? nil : "<a href=\"/feeds/edits.atom?article=\(id)\">Feed</a>",
    ]
    out +=
      "<nav class=\"actions\" aria-label=\"This article\">\(links.compactMap(\.self).joined(separator: " "))</nav>\n"
    out += picture(site)
    out += log(site)
    if !headlines.isEmpty, headlines.count > 1 { out += headlineHistory(site) }
    if isFirst { out += others(site) }
    return out
  }

  private var byline: HTML? {
    guard let text = text?.text else { return nil }
    var parts: [HTML] = []
    if !text.byline.isEmpty {
      parts.append("by <b dir=\"auto\">\(clipped(text.byline.joined(separator: ", "), to: 300))</b>")
    }
    if let published = text.published { parts.append("published \(Words.stamp(published))") }
    if let modified = text.modified { parts.append("says it was changed \(Words.stamp(modified))") }
    if let language = text.language { parts.append("<span lang=\"en\">language \(clipped(language, to: 35))</span>") }
    return parts.isEmpty ? nil : "<p class=\"byline\">\(parts.joined(separator: " · "))</p>\n"
  }

  private func picture(_ site: Site) -> HTML {
    guard let timeline else { return "" }
    let due: HTML
    if let watch {
      due =
        watch.stoppedAt.map { "It is not checked any more since \(site.time($0))." }
        ?? (site.isExport
          ? ""
          : "\(site.now.map { watch.dueAt < $0 } == true ? "A check is due since" : "The next check is due at") \(site.time(watch.dueAt))\(site.ago(watch.dueAt))."
            + (watch.failures > 0 ? " The last \(Words.count(watch.failures, "check")) failed." as HTML : ""))
    } else {
      due = "It is not watched: its captures were imported."
    }
    let aliases: [HTML] = joins.map { join in
      "<p class=\"quiet\">\(join.url == article.url ? "The same as" : "Also at") \(site.outside(join.url == article.url ? join.sameAs : join.url)): \(Words.label(join.reason)), since \(site.time(join.at)).</p>"
    }
    return """
      <section aria-labelledby="life"><h2 id="life">Timeline</h2>
      \(TimelinePicture(timeline: timeline, href: { site.href(.revision(article.id, $0, block: 0)) }).html(site))
      <p class="quiet">\(due)</p>\(aliases)</section>

      """
  }

  private func log(_ site: Site) -> HTML {
    let rows: [HTML] = entries.map { entry in
      let number = site.link(
        .revision(article.id, entry.ordinal, block: 0), "\(entry.ordinal)", label: "Revision \(entry.ordinal)")
      let checks: HTML =
        entry.checksBetween > 0
        ? "<br><span class=\"quiet\">\(Words.count(entry.checksBetween, "check"))\(entry.misses > 0 ? ", \(entry.misses) without the article" : "")</span>"
        : ""
      let what: HTML
      if entry.after == nil {
        what = "<span class=\"quiet\">first capture</span>"
      } else {
        let route = Route.compare(
          article.id, from: .ordinal(entry.ordinal - 1), to: .ordinal(entry.ordinal), isSideBySide: false, block: 0)
        let name = entry.edits == 0 ? "no edits" : clipped(Words.tally(entry.classes), to: 160)
        what = """
          \(site.link(route, HTML(text: name)))\(entry.returnsTo.map { " <span class=\"back\">back to revision \($0)</span>" as HTML })
          """
      }
      return """
        <tr id="r\(entry.ordinal)"><th scope="row" class="num">\(number)</th><td>\(site.came(ChangeInterval(after: entry.after, by: entry.firstCapture)))\(checks)</td>\
        <td>\(what)</td><td class="num">\(entry.after == nil ? "" : "<span class=\"plus\">+\(entry.wordsAdded)</span> <span class=\"minus\">−\(entry.wordsRemoved)</span>" as HTML)</td></tr>

        """
    }
    let newest = isFirst ? nil : site.optional(.article(article.id), "← Newest revisions")
    let older = next.flatMap { site.optional(.article(article.id, before: $0), "Older revisions →") }
    return """
      <section aria-labelledby="log"><h2 id="log">\(Words.count(article.revisions, "revision"))</h2>
      <div class="scroll" role="region" aria-label="Revisions" tabindex="0"><table class="list"><caption class="aid">Revisions, newest first</caption>
      <thead><tr><th scope="col" class="num">No.</th><th scope="col">Came</th><th scope="col">What changed</th><th scope="col" class="num">Words</th></tr></thead>
      <tbody>
      \(rows)</tbody></table></div>
      \(pager([newest, older]))</section>

      """
  }

  private func headlineHistory(_ site: Site) -> HTML {
    let items: [HTML] = headlines.map { span in
      """
      <li><span class="headline" dir="auto"\(EditsHTML.language(article.language))>\(span.headline.isEmpty ? "(no headline)" : span.headline)</span>\
      <span class="quiet">\(site.link(.revision(article.id, span.revision, block: 0), "revision \(span.revision)")), \(site.came(span.came))</span></li>

      """
    }
    return
      "<section aria-labelledby=\"headlines\"><h2 id=\"headlines\">Headlines</h2><ol class=\"headlines\" reversed>\n\(items)</ol></section>\n"
  }

  private func others(_ site: Site) -> HTML {
    let items: [HTML] = sharing.map { other in
      """
      <li>\(site.link(.article(other.article.id), HTML(text: clipped(other.article.headline ?? other.article.url, to: 120)))) \
      <span class="kicker">\(outlet(other.article.url))</span> <span class="quiet">\(Words.count(other.sentences, "sentence")) in common</span></li>

      """
    }
    return """
      <section aria-labelledby="same"><h2 id="same">Who else says the same</h2>
      \(items.isEmpty ? "<p class=\"quiet\">No other article in the archive ever said a long sentence of the last revision.</p>" as HTML : "<ul class=\"plain\">\n\(items)</ul>")</section>

      """
  }
}
