import Model
import Storage

/// Sentences, of any revision, that have all the words.
struct SearchPage {
  let filter: SearchFilter
  let found: [FoundSentence]
  let hasMore: Bool
  let isComplete: Bool
  let numbers: [String: Int64]

  private static let limit = 30
  /// Nobody reads further; more words are the way.
  private static let reach = 3000

  static func load(_ store: Store, _ filter: SearchFilter) throws(PageError) -> SearchPage {
    guard !filter.words.isEmpty else {
      return SearchPage(filter: filter, found: [], hasMore: false, isComplete: true, numbers: [:])
    }
    guard filter.after <= reach else { throw .bad(.place) }
    let query: Query
    do throws(QueryError) { query = try Query(words: filter.words) } catch { throw .bad(BadQuestion(error)) }
    let scope = try Scope(
      source: filter.source, language: filter.language, since: filter.since, until: filter.until, in: store)
    do throws(StorageError) {
      let (all, isComplete) = try store.search(query, scope, limit: filter.after + limit + 1)
      let found = Array(all.dropFirst(filter.after).prefix(limit))
      var numbers: [String: Int64] = [:]
      for sentence in found where numbers[sentence.url] == nil {
        if case .one(let id, _) = try store.article(named: sentence.url) { numbers[sentence.url] = id }
      }
      return SearchPage(
        filter: filter, found: found, hasMore: all.count > filter.after + limit, isComplete: isComplete,
        numbers: numbers)
    } catch { throw .storage(error) }
  }

  func html(_ site: Site) -> HTML {
    let isScoped = !(filter.source + filter.language + filter.since + filter.until).isEmpty
    var out: HTML = """
      <h1>Search</h1>
      <form class="ask" action="/search" aria-label="Search all that was ever said"><label for="search-q">Words in any order; a phrase between "quotation marks"</label>
      <input id="search-q" name="q" type="search" value="\(filter.words)" dir="auto"> <button>Search</button>
      <details class="filter"\(isScoped ? " open" as HTML : "")><summary>Where and when</summary><div class="fields">
      <label>Source <input name="source" value="\(filter.source)" placeholder="part of its URL" dir="auto"></label>
      <label>Language <input name="language" value="\(filter.language)" placeholder="de, pt-BR" size="8"></label>
      <label>Said since <input name="since" value="\(filter.since)" placeholder="2026-11-20" size="18"></label>
      <label>Said until <input name="until" value="\(filter.until)" placeholder="2026-11-21T10:00Z" size="18"></label>
      </div></details></form>

      """
    guard !filter.words.isEmpty else {
      return out
        + emptyState(
          "Every word ever said.",
          "The search reads all revisions of all articles, also what was deleted since. It knows whole words: <i>port</i> does not find <i>airport</i>."
        )
    }
    guard !found.isEmpty else {
      return out
        + emptyState(
          "Nothing was ever said with that.",
          "All words must stand in one sentence. \(isScoped ? "Perhaps without the limits on where and when?" : "Fewer words find more.")"
        )
    }
    if !isComplete {
      out +=
        "<p class=\"note\">Only the newest \(Words.number(Store.searchedSentences)) sentences with these words were looked at. Another word narrows it down.</p>\n"
    }
    let items: [HTML] = found.map { item($0, site) }
    var (earlier, later) = (filter, filter)
    earlier.after = max(0, filter.after - Self.limit)
    later.after = filter.after + Self.limit
    return out + """
      <ol class="results" start="\(filter.after + 1)">
      \(items)</ol>
      \(pager([filter.after > 0 ? site.optional(.search(earlier), "← Before") : nil, hasMore && later.after <= Self.reach ? site.optional(.search(later), "More →") : nil]))
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
    let place =
      numbers[sentence.url].map { id -> HTML in
        "\(site.link(.article(id), HTML(text: clipped(sentence.url, to: 90)))) · \(site.link(.revision(id, sentence.revision, block: 0), "revision \(sentence.revision)"))"
      } ?? HTML(text: clipped(sentence.url, to: 90))
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
