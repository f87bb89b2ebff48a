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

  /// Texts up to so many octets are shown whole; of longer ones only what changed and what is around it.
  private static let whole = 24_000
  /// A page ends after about so many octets of text.
  private static let limit = 60_000
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
      throw .bad(
        BadQuestion(
          "This article has no revision \(clipped("\(point)", to: 40)).",
          hint: article.revisions == 0
            ? "No capture of it reads as an article yet." : "They are numbered 1 to \(article.revisions).", status: 404)
      )
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
  var next: Int? { window(CompareFlow(from: old.text, to: new.text, edits: edits)).next }

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
    let shown = window(flow)
    out += """
      <div class="compare">
      \(index(flow, shown, site))
      <article class="reading" aria-label="The text with its edits" dir="auto"\(language)>
      \(fields)
      \(isSideBySide ? table(flow, shown, site) : text(flow, shown, site))
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
    guard let n = edits.firstIndex(where: { $0.part == .headline }) else { return nil }
    return "<span id=\"e\(n + 1)\">\(EditsHTML.wording(edits[n]))</span>"
  }

  /// Lead, byline and date, as they read now, with what changed in them.
  private var fields: HTML {
    func field(_ part: Edit.Part, _ value: String?, _ name: HTML, className: HTML) -> HTML? {
      if let n = edits.firstIndex(where: { $0.part == part }) {
        return
          "<p class=\"\(className)\" id=\"e\(n + 1)\">\(EditsHTML.aid("\(name): "))\(EditsHTML.wording(edits[n]))</p>\n"
      }
      return value.map { "<p class=\"\(className)\">\(EditsHTML.aid("\(name): "))\($0)</p>\n" }
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
  private func index(_ flow: CompareFlow, _ window: Window, _ site: Site) -> HTML {
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

  // MARK: what of the text is shown

  /// Runs of units, with how many unchanged ones were left out before each; and where the next page begins.
  private struct Window {
    var runs: [(skipped: Int, units: Range<Int>)] = []
    var skippedAtEnd = 0
    var next: Int?
  }

  private func window(_ flow: CompareFlow) -> Window {
    let units = flow.units
    let size = units.reduce(0) { $0 + $1.pieces.reduce(0) { $0 + ($1.new ?? $1.old ?? "").utf8.count } }
    let isWhole = size <= Self.whole
    var window = Window()
    var (used, skipped) = (0, 0)
    for i in units.indices where i >= block {
      let isNear =
        isWhole || units[max(0, i - 1)...min(units.count - 1, i + 1)].contains { $0.isChanged }
      guard isNear else {
        skipped += 1
        continue
      }
      if used > Self.limit {
        window.next = i
        return window
      }
      used += units[i].pieces.reduce(80) { sum, piece in
        sum + 40 + (piece.new?.utf8.count ?? 0) + (piece.kind == .same ? 0 : 160 + (piece.old?.utf8.count ?? 0))
      }
      if skipped == 0, let run = window.runs.last {
        window.runs[window.runs.count - 1].units = run.units.lowerBound..<(i + 1)
      } else {
        window.runs.append((skipped, i..<(i + 1)))
      }
      skipped = 0
    }
    window.skippedAtEnd = skipped
    return window
  }

  private func pages(_ flow: CompareFlow, _ window: Window, _ site: Site) -> HTML? {
    pager([
      block > 0 ? site.optional(route(old.ordinal, new.ordinal), "← Beginning of the text") : nil,
      window.next.flatMap { site.optional(route(old.ordinal, new.ordinal, block: $0), "Rest of the text →") },
    ])
  }

  private func fold(_ count: Int) -> HTML {
    "<p class=\"fold\" lang=\"en\" dir=\"ltr\">\(Words.count(count, "block")) unchanged</p>\n"
  }

  // MARK: inline

  private func text(_ flow: CompareFlow, _ window: Window, _ site: Site) -> HTML {
    var out = HTML()
    for run in window.runs {
      if run.skipped > 0 { out += fold(run.skipped) }
      for i in run.units {
        let unit = flow.units[i]
        out += BlockHTML.open(unit.kind)
        for (n, piece) in unit.pieces.enumerated() {
          if n > 0, piece.follows || unit.pieces[n - 1].new == nil { out += " " }
          out += inline(piece)
        }
        out += BlockHTML.close(unit.kind)
      }
    }
    if window.skippedAtEnd > 0 { out += fold(window.skippedAtEnd) }
    return out
  }

  private func inline(_ piece: CompareFlow.Piece) -> HTML {
    guard let n = piece.edit else { return EditsHTML.lines(piece.new ?? "") }
    let id = n + 1
    let sign: HTML = "<a class=\"sign\" href=\"#e\(id)\" aria-label=\"Edit \(id)\">\(id)</a>"
    switch piece.kind {
    case .same: return EditsHTML.lines(piece.new ?? "")
    case .added: return "<span class=\"edit\" id=\"e\(id)\">\(sign)\(EditsHTML.inserted(piece.new ?? ""))</span>"
    case .deleted: return "<span class=\"edit\" id=\"e\(id)\">\(sign)\(EditsHTML.deleted(piece.old ?? ""))</span>"
    case .reworded:
      let runs = wordRuns(from: piece.old ?? "", to: piece.new ?? "")
      let from: HTML =
        edits[n].isMoved ? "<a class=\"from\" lang=\"en\" dir=\"ltr\" href=\"#from\(id)\">moved from here</a> " : ""
      return "<span class=\"edit\" id=\"e\(id)\">\(sign)\(from)\(EditsHTML.both(runs))</span>"
    case .movedHere:
      return """
        <span class="edit" id="e\(id)">\(sign)<a class="from" lang="en" dir="ltr" href="#from\(id)">moved from elsewhere</a> \
        <span class="moved">\(EditsHTML.lines(piece.new ?? ""))</span></span>
        """
    case .movedAway:
      return """
        <span class="away" id="from\(id)"><a class="from" lang="en" dir="ltr" href="#e\(id)">moved, see edit \(id)</a> \
        <span class="moved">\(clipped(piece.old ?? "", to: 80))</span></span>
        """
    case .layout:
      return
        "<span class=\"edit layout\" id=\"e\(id)\">\(sign)<span lang=\"en\" dir=\"ltr\">¶ cut otherwise</span></span> "
    }
  }

  // MARK: side by side

  private func table(_ flow: CompareFlow, _ window: Window, _ site: Site) -> HTML {
    var rows = HTML()
    for run in window.runs {
      if run.skipped > 0 { rows += "<tr class=\"skipped\"><td colspan=\"2\">\(fold(run.skipped))</td></tr>\n" }
      for i in run.units {
        let unit = flow.units[i]
        rows +=
          "<tr class=\"kind-\(unit.kind.rawValue)\(unit.isChanged ? "" : " same")\"><td>\(side(unit, .deleted))</td><td>\(side(unit, .inserted))</td></tr>\n"
      }
    }
    if window.skippedAtEnd > 0 {
      rows += "<tr class=\"skipped\"><td colspan=\"2\">\(fold(window.skippedAtEnd))</td></tr>\n"
    }
    return """
      <table class="sides"><caption class="aid">Both revisions, block by block</caption>
      <thead><tr><th scope="col" lang="en" dir="ltr">Before: revision \(old.ordinal)</th>\
      <th scope="col" lang="en" dir="ltr">After: revision \(new.ordinal)</th></tr></thead>
      <tbody>
      \(rows)</tbody></table>
      """
  }

  private func side(_ unit: CompareFlow.Unit, _ change: WordRun.Change) -> HTML {
    let isOld = change == .deleted
    var out = HTML()
    for piece in unit.pieces {
      let shown: HTML?
      let id = (piece.edit ?? 0) + 1
      switch piece.kind {
      case .same: shown = EditsHTML.lines(piece.new ?? "")
      case .added:
        shown = isOld ? nil : "<span class=\"edit\" id=\"e\(id)\">\(EditsHTML.inserted(piece.new ?? ""))</span>"
      case .deleted:
        shown = isOld ? "<span class=\"edit\" id=\"e\(id)\">\(EditsHTML.deleted(piece.old ?? ""))</span>" : nil
      case .reworded:
        let runs = EditsHTML.side(wordRuns(from: piece.old ?? "", to: piece.new ?? ""), change)
        let isMoved = edits[id - 1].isMoved
        if isOld {
          shown = isMoved ? nil : runs
        } else {
          shown =
            "<span class=\"edit\" id=\"e\(id)\">\(isMoved ? "<a class=\"from\" lang=\"en\" dir=\"ltr\" href=\"#from\(id)\">moved from here</a> " as HTML : "")\(runs)</span>"
        }
      case .movedHere:
        shown =
          isOld
          ? nil
          : "<span class=\"edit\" id=\"e\(id)\"><a class=\"from\" lang=\"en\" dir=\"ltr\" href=\"#from\(id)\">moved from elsewhere</a> <span class=\"moved\">\(EditsHTML.lines(piece.new ?? ""))</span></span>"
      case .movedAway:
        shown =
          isOld
          ? "<span class=\"away\" id=\"from\(id)\"><a class=\"from\" lang=\"en\" dir=\"ltr\" href=\"#e\(id)\">moved, see edit \(id)</a> <span class=\"moved\">\(EditsHTML.lines(piece.old ?? ""))</span></span>"
          : nil
      case .layout:
        shown = isOld ? nil : "<span class=\"edit layout\" lang=\"en\" dir=\"ltr\" id=\"e\(id)\">¶ cut otherwise</span>"
      }
      guard let shown else { continue }
      if !out.isEmpty { out += " " }
      out += shown
    }
    return out
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
