import Model
import Storage

/// Sentences, of any revision, that have all the words.
struct SearchPage {
  let filter: SearchFilter
  let found: SaidPage<FoundSentence>

  private static let limit = 30

  static func load(_ store: Store, _ filter: SearchFilter, now: Instant) throws(PageError) -> SearchPage {
    guard !filter.words.isEmpty else { return SearchPage(filter: filter, found: .none) }
    let query: Query
    do throws(QueryError) { query = try Query(words: filter.words) } catch { throw .bad(BadQuestion(error)) }
    let scope = try Scope(
      source: filter.source, language: filter.language, since: filter.since, until: filter.until, in: store,
      now: now)
    do throws(StorageError) {
      let page = try store.search(query, scope, after: filter.after, limit: limit, effort: Store.pageEffort)
      return SearchPage(filter: filter, found: page)
    } catch { throw .storage(error) }
  }

  func html(_ site: Site) -> HTML {
    let isScoped = !(filter.source + filter.language + filter.since + filter.until).isEmpty
    let out: HTML = """
      <h1>Search</h1>
      <form class="ask" action="/search" aria-label="Search all that was ever said"><label for="search-q">Words in any order; a phrase between "quotation marks"</label>
      <input id="search-q" name="q" type="search" value="\(filter.words)" dir="auto"> <button>Search</button>
      <details class="filter"\(isScoped ? " open" as HTML : "")><summary>Where and when</summary><div class="fields">
      <label>Source <input name="source" value="\(filter.source)" placeholder="part of its URL" dir="auto"></label>
      <label>Language <input name="language" value="\(filter.language)" placeholder="de, pt-BR" size="8"></label>
      <label>Said since <input name="since" value="\(filter.since)" placeholder="2026-11-20" size="18"></label>
      <label>Said until <input name="until" value="\(filter.until)" placeholder="2026-11-21" size="18"></label>
      </div></details></form>

      """
    guard !filter.words.isEmpty else {
      return out
        + emptyState(
          "Every word ever said.",
          "The search reads all revisions of all articles, also what was deleted since. It knows whole words: <i>port</i> does not find <i>airport</i>."
        )
    }
    var (newest, later) = (filter, filter)
    newest.after = nil
    later.after = found.next
    let ways = pager([
      filter.after == nil ? nil : site.optional(.search(newest), "← Newest"),
      found.next == nil ? nil : site.optional(.search(later), "More →"),
    ])
    guard !found.found.isEmpty else {
      if found.next != nil {
        return out
          + emptyState("Nothing yet.", "Many sentences have these words, and the newest of them not so. Look further.")
          + "\(ways)"
      }
      return out
        + emptyState(
          filter.after == nil ? "Nothing was ever said with that." : "Nothing more.",
          "All words must stand in one sentence. \(isScoped ? "Perhaps without the limits on where and when?" : "Fewer words find more.")"
        ) + "\(ways)"
    }
    let items: [HTML] = found.found.map { item($0, site) }
    return out + """
      <ol class="results">
      \(items)</ol>
      \(ways)
      """
  }

  private func item(_ sentence: FoundSentence, _ site: Site) -> HTML {
    let octets = Array(sentence.text.utf8)
    var (text, at) = (HTML(), 0)
    for match in sentence.matches {
      text += HTML(text: String(decoding: octets[at..<match.lowerBound], as: UTF8.self))
      text += "<mark>\(String(decoding: octets[match], as: UTF8.self))</mark>"
      at = match.upperBound
    }
    text += HTML(text: String(decoding: octets[at...], as: UTF8.self))
    let place: HTML =
      "\(site.link(.article(sentence.article), HTML(text: clipped(sentence.url, to: 90)))) · \(site.link(.revision(sentence.article, sentence.revision, block: 0), "revision \(sentence.revision)"))"
    let spans: [HTML] = sentence.spans.suffix(4).map { span in
      span.to == nil
        ? "<li>\(site.came(span.from)); <b>still there</b></li>"
        : "<li>\(site.came(span.from)); went \(span.to.map { site.came($0) })</li>"
    }
    return """
      <li><p class="wording" dir="auto">\(text)</p><p class="quiet">\(place)</p><ul class="spans">\(spans)</ul></li>

      """
  }
}
