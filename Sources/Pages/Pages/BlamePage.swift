import Model
import Storage

/// A revision's text, each sentence with when it came to stand there: the older the paler.
struct BlamePage {
  let article: ArticleCard
  let ordinal: Int
  let lines: [BlamedSentence]
  let language: String?
  let start: Int

  private static let limit = 60_000
  /// Earlier wordings shown of one sentence.
  private static let wordings = 8
  /// Shades of age.
  private static let shades = 6

  static func load(_ store: Store, _ article: ArticleCard, _ ordinal: Int?, start: Int) throws(PageError) -> BlamePage {
    do throws(StorageError) {
      if let found = try store.blame(article.id, ordinal.map { .ordinal($0) } ?? .last) {
        return BlamePage(
          article: article, ordinal: found.ordinal, lines: found.lines, language: article.language, start: start)
      }
    } catch { throw .storage(error) }
    throw .bad(
      BadQuestion(
        ordinal.map { "This article has no revision \($0)." } ?? "This article has no revisions.",
        hint: article.revisions == 0
          ? "No capture of it reads as an article yet." : "They are numbered 1 to \(article.revisions).", status: 404))
  }

  /// Sentences in a row of one block that came with one revision.
  private struct Run {
    var lines: [BlamedSentence]
  }

  /// The sentence with which the text goes on; nil when this is its end.
  var next: Int? { runs.next }

  private var runs: (shown: [Run], next: Int?) {
    var (runs, used) = ([Run](), 0)
    for (i, line) in lines.enumerated() where i >= start {
      if let last = runs.last?.lines.last, last.block != nil, last.block == line.block, last.part == line.part,
        last.now.revision == line.now.revision, last.was.isEmpty, line.was.isEmpty
      {
        runs[runs.count - 1].lines.append(line)
        used += line.now.text.utf8.count
        continue
      }
      if used > Self.limit { return (runs, i) }
      runs.append(Run(lines: [line]))
      used += line.was.prefix(Self.wordings).reduce(line.now.text.utf8.count + 320) { $0 + $1.text.utf8.count + 300 }
    }
    return (runs, nil)
  }

  func html(_ site: Site) -> HTML {
    let revisions = Set(lines.map(\.now.revision)).sorted()
    let (runs, next) = runs
    var (rows, last) = (HTML(), -1)
    for run in runs {
      let first = run.lines[0]
      let shade = shade(of: first.now.revision, among: revisions)
      let origin: HTML =
        first.now.revision == last
        ? "<span class=\"aid\">also revision \(first.now.revision)</span>"
        : "\(site.link(.revision(article.id, first.now.revision, block: 0), "rev. \(first.now.revision)", label: "Revision \(first.now.revision)"))<span class=\"quiet\">\(site.came(first.now.came))</span>"
      last = first.now.revision
      let text = run.lines.map(\.now.text).joined(separator: " ")
      rows += """
        <tr class="age-\(shade) part-\(first.part.rawValue)"><th scope="row">\(origin)</th>\
        <td dir="auto"\(EditsHTML.language(language))>\(part(first))\(EditsHTML.lines(text))\(was(first, site))</td></tr>

        """
    }
    return """
      <div class="crumbs">\(site.link(.article(article.id), "\(outlet(article.url))")) <span aria-hidden="true">/</span> \
      \(site.link(.article(article.id), "article \(article.id)")) <span aria-hidden="true">/</span> blame</div>
      <h1 dir="auto"\(EditsHTML.language(language))>\(article.headline ?? article.url)</h1>
      <p class="standfirst">Each sentence of \(site.link(.revision(article.id, ordinal, block: 0), "revision \(ordinal)")), with the revision in which it came to say this. \
      The stronger the line beside it, the newer.</p>
      <div class="legend ages" aria-hidden="true"><span>oldest</span>\((0...Self.shades).map { "<span class=\"swatch age-\($0)\"></span>" as HTML })<span>newest</span></div>
      <table class="blame"><caption class="aid">Sentences and where they come from</caption>
      <thead><tr><th scope="col">Since</th><th scope="col">Sentence</th></tr></thead>
      <tbody>
      \(rows)</tbody></table>
      \(pager([start > 0 ? site.optional(.blame(article.id, ordinal, block: 0), "← Beginning of the text") : nil, next.flatMap { site.optional(.blame(article.id, ordinal, block: $0), "Rest of the text →") }]))
      """
  }

  /// 0 for the oldest there is, `shades` for the newest.
  private func shade(of revision: Int, among revisions: [Int]) -> Int {
    guard revisions.count > 1, let place = revisions.firstIndex(of: revision) else { return 0 }
    return place * Self.shades / (revisions.count - 1)
  }

  private func part(_ line: BlamedSentence) -> HTML? {
    line.block == nil ? "<span class=\"tag\" lang=\"en\">\(line.part.rawValue)</span> " : nil
  }

  private func was(_ line: BlamedSentence, _ site: Site) -> HTML? {
    guard !line.was.isEmpty else { return nil }
    let shown = line.was.prefix(Self.wordings)
    let items: [HTML] = shown.map { wording in
      "<li><span class=\"quiet\" lang=\"en\">\(site.link(.revision(article.id, wording.revision, block: 0), "revision \(wording.revision)")), \(site.came(wording.came))</span><br>\(EditsHTML.lines(wording.text))</li>\n"
    }
    let more: HTML =
      line.was.count > shown.count ? "<li lang=\"en\">and \(line.was.count - shown.count) before that</li>" : ""
    return
      "<details class=\"was\"><summary lang=\"en\">\(Words.count(line.was.count, "earlier wording"))</summary><ol>\n\(items)\(more)</ol></details>"
  }
}
