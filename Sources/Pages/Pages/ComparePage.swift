import Diffing
import Model
import Storage

/// Two revisions of an article beside each other, or as one text with the edits in it.
struct ComparePage {
  let article: ArticleCard
  let old, new: RevisionText
  let edits: [Edit]
  let isCoarse: Bool
  let isSideBySide: Bool
  /// The first unit shown; what comes before it stands on an earlier page.
  let block: Int
  /// How many revisions there are.
  let last: Int

  /// More edits than so many are not listed in the margin.
  private static let listed = 120

  static func load(
    _ store: Store, _ article: ArticleCard, from: RevisionPoint, to: RevisionPoint, isSideBySide: Bool, block: Int
  ) throws(PageError) -> ComparePage {
    func text(_ point: RevisionPoint) throws(PageError) -> RevisionText {
      let selector: RevisionSelector =
        switch point {
        case .ordinal(let ordinal): .ordinal(ordinal)
        case .at(let instant): .at(instant)
        }
      do throws(StorageError) { if let text = try store.text(article.id, selector) { return text } } catch {
        throw .storage(error)
      }
      let name = clipped("\(point)", to: 40)
      let isEarly = if case .at = point { article.revisions > 0 } else { false }
      throw .bad(
        BadQuestion(
          isEarly ? "Nothing was captured of this article by \(name)." : "This article has no revision \(name).",
          hint: article.revisions == 0
            ? "No capture of it reads as an article yet." : "Its revisions are numbered 1 to \(article.revisions).",
          status: 404))
    }
    let (old, new) = (try text(from), try text(to))
    // Of neighbours the edits are kept; others are worked out, with less work than a command may take.
    if new.ordinal == old.ordinal + 1 {
      do throws(StorageError) {
        if let change = try store.change(article.id, .ordinal(new.ordinal)) {
          return ComparePage(
            article: article, old: old, new: new, edits: inOrder(change.edits, old, new), isCoarse: false,
            isSideBySide: isSideBySide, block: block, last: article.revisions)
        }
      } catch { throw .storage(error) }
    }
    let (edits, isCoarse) = compare(old.text, new.text, steps: 3_000_000)
    return ComparePage(
      article: article, old: old, new: new, edits: inOrder(edits, old, new), isCoarse: isCoarse,
      isSideBySide: isSideBySide, block: block, last: article.revisions)
  }

  /// The edits as one comes by them on the page, so that their numbers rise.
  private static func inOrder(_ edits: [Edit], _ old: RevisionText, _ new: RevisionText) -> [Edit] {
    let placed = CompareFlow(from: old.text, to: new.text, edits: edits).units.flatMap { unit in
      unit.pieces.compactMap { $0.kind == .movedAway ? nil : $0.edit }
    }
    let isPlaced = Set(placed)
    return edits.indices.filter { !isPlaced.contains($0) }.map { edits[$0] } + placed.map { edits[$0] }
  }

  private var language: HTML { EditsHTML.language(new.text.language ?? old.text.language) }

  /// Where the text goes on; nil when this is its end.
  var next: Int? { CompareWindow(CompareFlow(from: old.text, to: new.text, edits: edits), from: block).next }

  func html(_ site: Site) -> HTML {
    let headline = new.text.headline.isEmpty ? outlet(article.url) : new.text.headline
    var out: HTML = """
      <div class="crumbs">\(site.link(.article(article.id), "\(outlet(article.url))")) <span aria-hidden="true">/</span> \
      article \(article.id)</div>
      <h1 dir="auto"\(language)>\(headlineRuns ?? HTML(text: headline))</h1>
      <p class="standfirst">What changed between \(revision(old, site)) and \(revision(new, site)): \
      \(Words.count(edits.count, "edit")).\(isStealth ? " <strong class=\"stealth\">Stealth edit</strong>" as HTML : "")</p>

      """
    if isStealth { out += "<p class=\"note\">\(EditsDocument.stealthNote)</p>\n" }
    if isCoarse {
      out +=
        "<p class=\"note\">These texts are so long or so mixed up that not all was compared: moves and rewordings may be shown as deletions and additions.</p>\n"
    }
    out += controls(site)
    if edits.isEmpty {
      out += emptyState(
        "Both say the same.", "Between these two the article was seen, and nothing in it had changed.")
    }
    let flow = CompareFlow(from: old.text, to: new.text, edits: edits)
    let shown = CompareWindow(flow, from: block)
    let text = CompareText(flow: flow, window: shown, edits: edits, old: old.ordinal, new: new.ordinal)
    out += """
      <div class="compare">
      \(index(flow, shown, site))
      <article class="reading" aria-label="The text with its edits" dir="auto"\(language)>
      \(fields)
      \(isSideBySide ? text.table : text.inline)
      \(pages(flow, shown, site))
      </article>
      </div>
      \(citation(site))
      """
    return out
  }

  private var isStealth: Bool { Diffing.isStealth(edits, from: old.text, to: new.text) }

  private func revision(_ text: RevisionText, _ site: Site) -> HTML {
    "\(site.link(.revision(article.id, text.ordinal, block: 0), "revision \(text.ordinal)")) (\(site.time(text.firstCapture)))"
  }

  // MARK: what is above the text

  private func route(_ from: Int, _ to: Int, side: Bool? = nil, block: Int = 0) -> Route {
    .compare(
      article.id, from: .ordinal(from), to: .ordinal(to), isSideBySide: side ?? isSideBySide, block: block)
  }

  private func controls(_ site: Site) -> HTML {
    let views: [HTML?] = [
      isSideBySide
        ? site.optional(route(old.ordinal, new.ordinal, side: false), "Inline") : "<b aria-current=\"true\">Inline</b>",
      isSideBySide
        ? "<b aria-current=\"true\">Side by side</b>"
        : site.optional(route(old.ordinal, new.ordinal, side: true), "Side by side"),
    ]
    let earlier =
      new.ordinal > 2
      ? site.optional(route(new.ordinal - 2, new.ordinal - 1), "← Change before", className: "step") : nil
    let later =
      new.ordinal < last ? site.optional(route(new.ordinal, new.ordinal + 1), "Change after →", className: "step") : nil
    let form: HTML? =
      site.isExport
      ? nil
      : """
      <form class="pair" action="/article/\(article.id)/compare" aria-label="Compare two other revisions">\
      <label>From <input name="from" value="\(old.ordinal)" size="6" inputmode="numeric"></label> \
      <label>to <input name="to" value="\(new.ordinal)" size="6" inputmode="numeric"></label>\
      \(isSideBySide ? "<input type=\"hidden\" name=\"view\" value=\"side\">" as HTML : "") <button>Compare</button></form>
      """
    return """
      <div class="toolbar">\(earlier)\(later)<span class="views" role="group" aria-label="View">\
      \(views.compactMap(\.self).joined(separator: " "))</span>\(form)</div>

      """
  }

  private var headlineRuns: HTML? {
    let spans: [HTML] = edits.indices.filter { edits[$0].part == .headline }.map {
      "<span id=\"e\($0 + 1)\">\(EditsHTML.wording(edits[$0]))</span>"
    }
    return spans.isEmpty ? nil : spans.joined(separator: " ")
  }

  /// Lead, byline and date, as they read now, with what changed in them.
  private var fields: HTML {
    func field(_ part: Edit.Part, _ value: String?, _ name: HTML, className: HTML) -> HTML? {
      func paragraph(_ id: HTML?, _ text: HTML) -> HTML {
        "<p class=\"\(className)\"\(id)>\(EditsHTML.aid("\(name): "))\(text)</p>\n"
      }
      var all = edits.indices.filter { edits[$0].part == part }.map {
        paragraph(" id=\"e\($0 + 1)\"", EditsHTML.wording(edits[$0]))
      }
      // An edit that runs over the headline and this field has said it.
      if let value, !edits.contains(where: { $0.afterFields.contains(part) }) {
        all.append(paragraph(nil, HTML(text: value)))
      }
      return all.isEmpty ? nil : all.joined(separator: "")
    }
    guard block == 0 else { return "" }
    // English, and so with a direction of its own.
    let date: HTML =
      edits.contains { $0.part == .published }
      ? field(.published, nil, "Published", className: "byline") ?? ""
      : new.text.published.map {
        "<p class=\"byline\" lang=\"en\" dir=\"ltr\">Published \(Words.stamp($0))</p>\n"
      } ?? ""
    let byline = new.text.byline.isEmpty ? nil : new.text.byline.joined(separator: ", ")
    return
      "\(field(.lead, new.text.lead, "Standfirst", className: "lead"))\(field(.byline, byline, "Byline", className: "byline"))\(date)"
  }

  /// The edits by number: what can be gone to.
  private func index(_ flow: CompareFlow, _ window: CompareWindow, _ site: Site) -> HTML {
    var here = Set(window.runs.flatMap { flow.units[$0.units].flatMap { $0.pieces.compactMap(\.edit) } })
    here.formUnion(edits.indices.filter { edits[$0].part == .headline || block == 0 && edits[$0].part.kind == nil })
    guard !here.isEmpty else { return "" }
    let items: [HTML] = here.sorted().prefix(Self.listed).map { n in
      let edit = edits[n]
      let title = EditsHTML.title(edit)
      return
        "<li><a href=\"#e\(n + 1)\"><span class=\"number\">\(n + 1)</span> \(EditsHTML.tag(edit)) <span class=\"quiet\">\(title.rest)</span></a></li>\n"
    }
    let more: HTML = here.count > Self.listed ? "<p class=\"quiet\">and \(here.count - Self.listed) more</p>" : ""
    // Shown by the program that listens to them.
    let keys: HTML =
      "<p class=\"quiet keys\" hidden>Keys: <kbd>n</kbd> next edit, <kbd>p</kbd> the one before.</p>"
    return """
      <nav class="index" aria-label="Edits"><details open><summary>\(Words.count(here.count, "edit"))\(here.count < edits.count ? " of \(edits.count) on this page" : "")</summary>
      <ol>
      \(items)</ol>
      \(more)\(keys)</details></nav>
      """
  }

  private func pages(_ flow: CompareFlow, _ window: CompareWindow, _ site: Site) -> HTML? {
    pager([
      block > 0 ? site.optional(route(old.ordinal, new.ordinal), "← Beginning of the text") : nil,
      window.next.flatMap { site.optional(route(old.ordinal, new.ordinal, block: $0), "Rest of the text →") },
    ])
  }

  // MARK: to be quoted

  private func citation(_ site: Site) -> HTML {
    let lasting =
      "/compare?"
      + FormText.query([
        ("url", article.url), ("from", old.firstCapture.description), ("to", new.firstCapture.description),
      ])
    let link: HTML? = site.base.map { base in
      "<dt>Lasting link</dt><dd><a class=\"url\" href=\"\(lasting)\">\(base + lasting)</a></dd>"
    }
    return """
      <section class="cite" aria-labelledby="cite"><h2 id="cite">To quote this</h2>
      <dl>
      <dt>Article</dt><dd>\(site.outside(article.url))</dd>
      <dt>Before</dt><dd>revision \(old.ordinal), first captured <time datetime="\(old.firstCapture.description)">\(old.firstCapture.description)</time>, \
      text <code>\(old.digest.description)</code></dd>
      <dt>After</dt><dd>revision \(new.ordinal), first captured <time datetime="\(new.firstCapture.description)">\(new.firstCapture.description)</time>, \
      text <code>\(new.digest.description)</code></dd>
      \(link)
      </dl></section>
      """
  }
}
