import Model
import Storage

/// When a phrase was said, by whom: a chart along time, a row for each outlet, and the same as a table.
struct PhrasePage {
  let phrase: String?
  /// In the order in which they came to say it, or a part of it, the last first.
  let page: SaidPage<PhraseHistory>
  let after: SaidCursor?

  private var found: [PhraseHistory] { page.found }

  private static let limit = 80
  private static let outlets = 24
  /// Most bars of an outlet in the chart, and most times of an article in the table.
  private static let bars = 60
  private static let times = 6
  /// Most rows of the table.
  private static let rows = 120

  static func load(_ store: Store, _ phrase: String?, after: SaidCursor?) throws(PageError) -> PhrasePage {
    guard let phrase, !phrase.isEmpty else { return PhrasePage(phrase: nil, page: .none, after: nil) }
    let query: Query
    do throws(QueryError) { query = try Query(phrase: phrase) } catch { throw .bad(BadQuestion(error)) }
    do throws(StorageError) {
      let page = try store.when(query, after: after, limit: limit, effort: Store.pageEffort)
      return PhrasePage(phrase: phrase, page: page, after: after)
    } catch { throw .storage(error) }
  }

  func html(_ site: Site) -> HTML {
    var out: HTML = """
      <h1>\(phrase == nil ? "A phrase through time" : "When was it said?")</h1>
      <form class="ask" action="/phrase" aria-label="Look for a phrase"><label for="phrase-q">A phrase, word for word</label>
      <input id="phrase-q" name="q" type="search" value="\(phrase ?? "")" dir="auto"> <button>Show</button></form>

      """
    guard let phrase else {
      return out
        + emptyState(
          "When did they begin to say it?",
          "Type a phrase: the chart shows for each outlet when it appeared, vanished and returned. Case, accents and punctuation do not count; Chinese, Japanese and Thai need no spaces."
        )
    }
    let ways = pager([
      after == nil ? nil : site.optional(.phrase(phrase, after: nil), "← Newest"),
      page.next.flatMap { site.optional(.phrase(phrase, after: $0), "More articles →") },
    ])
    guard !found.isEmpty else {
      if page.next != nil {
        return out
          + emptyState("Nothing yet.", "Many sentences have its words, and the newest of them not so. Look further.")
          + "\(ways)"
      }
      return out
        + emptyState(
          after == nil ? "No article ever said that." : "No more articles.",
          "“<span dir=\"auto\">\(phrase)</span>” stands in no \(after == nil ? "" : "other ")revision, word for word. \(site.link(.search(search(phrase)), "Search its words in any order"))"
        ) + "\(ways)"
    }
    let stands = found.count { $0.spans.last?.to == nil }
    let isAll = after == nil && page.next == nil
    out += """
      <p class="standfirst">“<span dir="auto">\(phrase)</span>”: \(isAll ? "" : "here ")\(Words.count(found.count, "article")) said it, \
      \(stands == found.count ? "all still do" : stands == 0 ? "none does now" : "\(Words.number(stands)) still do").\
      \(isAll ? "" : " The chart and the table show these; there are more, and those that came to say it last are first.")</p>
      \(chart(site))
      """
    let times = max(1, min(Self.times, Self.rows / found.count))
    let rows: [HTML] = found.flatMap { history in
      let rest = history.spans.count - times
      return history.spans.prefix(times).enumerated().map { i, span -> HTML in
        let more: HTML = i == times - 1 && rest > 0 ? " and \(Words.count(rest, "time")) more" : ""
        let name = site.link(.article(history.article), HTML(text: clipped(history.url, to: 90)))
        return """
          <tr><th scope="row">\(i == 0 ? name : "<span class=\"aid\">\(clipped(history.url, to: 90))</span>")</th><td>\(site.came(span.from))</td>\
          <td>\(span.to.map { site.came($0) } ?? "<b>still there</b>")\(more)</td></tr>

          """
      }
    }
    return out + """
      <section aria-labelledby="table"><h2 id="table">Article by article</h2>
      <div class="scroll" role="region" aria-label="Article by article" tabindex="0"><table class="list"><thead><tr><th scope="col">Article</th><th scope="col">It came</th><th scope="col">It went</th></tr></thead>
      <tbody>
      \(rows)</tbody></table></div>
      \(ways)</section>
      """
  }

  private func search(_ phrase: String) -> SearchFilter {
    var filter = SearchFilter()
    filter.words = phrase
    return filter
  }

  // MARK: the chart

  private func chart(_ site: Site) -> HTML {
    var (order, rows) = ([String](), [String: [PhraseHistory]]())
    for history in found {
      let name = outlet(history.url)
      if rows[name] == nil { order.append(name) }
      rows[name, default: []].append(history)
    }
    func first(_ name: String) -> Instant {
      rows[name]?.flatMap { $0.spans.map(\.from.by) }.min() ?? .init(milliseconds: 0)
    }
    order.sort { (first($0), $0) < (first($1), $1) }
    let shown = order.prefix(Self.outlets)
    let all = found.flatMap(\.spans)
    let ends = all.flatMap { [$0.from.by, $0.to?.by].compactMap(\.self) }
    let earliest = ends.min() ?? Instant(milliseconds: 0)
    let latest = max(site.now ?? ends.max() ?? earliest, ends.max() ?? earliest)
    let axis = TimeAxis(first: earliest, last: latest, left: 210, right: 948)
    let height = shown.count * 26 + 44
    var out: HTML = """
      <svg class="timeline phrases" viewBox="0 0 960 \(height)" role="img" aria-labelledby="chart-title chart-text">
      <title id="chart-title">When each outlet said it</title><desc id="chart-text">From \(Words.day(earliest)) to \(Words.day(latest)); \(Words.count(order.count, "outlet")), the first to say it on top. The table below says the same.</desc>

      """
    for tick in axis.ticks {
      let x = axis.x(tick.at)
      out +=
        "<path class=\"grid\" d=\"M\(x) 6V\(height - 28)\"/><text class=\"tick\" x=\"\(x)\" y=\"\(height - 10)\" text-anchor=\"middle\">\(tick.label)</text>\n"
    }
    for (n, name) in shown.enumerated() {
      let y = n * 26 + 10
      out +=
        "<text class=\"lane\" x=\"0\" y=\"\(y + 13)\">\(clipped(name, to: 28))</text><path class=\"rule\" d=\"M210 \(y + 9)H948\"/>\n"
      var (sure, perhaps) = ("", "")
      for span in (rows[name] ?? []).flatMap(\.spans).prefix(Self.bars) {
        let start = axis.tenths(span.from.by)
        let end = span.to.map { axis.tenths($0.after ?? $0.by) } ?? axis.tenths(latest)
        sure +=
          "M\(TimeAxis.written(start)) \(y)H\(TimeAxis.written(max(end, start + 30)))V\(y + 18)H\(TimeAxis.written(start))z"
        for (from, to) in [
          (span.from.after.map(axis.tenths) ?? start, start), (end, span.to.map { axis.tenths($0.by) } ?? end),
        ]
        where to > from {
          perhaps += "M\(TimeAxis.written(from)) \(y + 5)H\(TimeAxis.written(to))V\(y + 13)H\(TimeAxis.written(from))z"
        }
      }
      out += "<path class=\"perhaps\" d=\"\(perhaps)\"/><path class=\"said\" d=\"\(sure)\"/>\n"
    }
    let rest: HTML = order.count > shown.count ? " The first \(shown.count) of \(order.count) outlets." : ""
    return """
      <figure class="picture"><div class="scroll" role="region" aria-label="Chart, to be scrolled sideways" tabindex="0">
      \(out + "</svg>")
      </div><figcaption class="legend"><span class="key key-said">said it</span> <span class="key key-perhaps">between two captures: began or ended here</span>\(rest)</figcaption></figure>

      """
  }
}

extension BadQuestion {
  init(_ error: QueryError) {
    self =
      switch error {
      case .empty: BadQuestion("There is nothing to look for: \(error.message).", hint: "Type at least one word.")
      case .tooShort: BadQuestion("That is too short: \(error.message).", hint: "Type a word or two more.")
      }
  }
}
