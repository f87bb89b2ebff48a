import Diffing
import HTTPAnswers
import Model
import Storage

/// What changed lately, over the whole archive: the newest first, grouped by day and article.
struct TodayPage {
  let filter: TodayFilter
  /// Stealth edits alone, when those go first and have not all been shown.
  let feed: RevisionFeed
  /// What follows the last of the stealth edits, when they go first and end on this page.
  var others: RevisionFeed?
  /// Nil when there is at least one edit to show, or something was asked for.
  let overview: Overview?

  /// Revisions on a page.
  static let limit = 24
  /// Edits shown of one revision.
  private static let shown = 3

  static func load(_ store: Store, _ filter: TodayFilter, now: Instant) throws(PageError) -> TodayPage {
    let scope = try Scope(
      source: filter.source, language: filter.language, since: filter.since, until: filter.until, in: store,
      now: now)
    let classes = Set(filter.classes)
    do throws(StorageError) {
      guard filter.stealthFirst else {
        let feed = try store.revisions(scope, classes: classes, after: filter.cursor, limit: limit)
        let isBlank = feed.changes.isEmpty && filter.pairs.allSatisfy { $0.value == nil }
        return TodayPage(filter: filter, feed: feed, overview: isBlank ? try store.overview(now: now, limit: 1) : nil)
      }
      func others(_ cursor: RevisionCursor?, _ limit: Int) throws(StorageError) -> RevisionFeed {
        try store.revisions(scope, classes: classes, after: cursor, limit: limit) { !$0.isStealth }
      }
      if filter.isPastStealth {
        return TodayPage(filter: filter, feed: try others(filter.cursor, limit), overview: nil)
      }
      let stealth = try store.revisions(
        scope, classes: classes, keepingDate: true, after: filter.cursor, limit: limit, where: { $0.isStealth })
      let room = limit - stealth.changes.count
      return TodayPage(
        filter: filter, feed: stealth, others: stealth.next == nil && room > 0 ? try others(nil, room) : nil,
        overview: nil)
    } catch { throw .storage(error) }
  }

  /// What the page after this one is asked with; nil at the end.
  private var next: TodayFilter? {
    var next = filter
    if let place = (others ?? feed).next {
      (next.cursor, next.isPastStealth) = (place, filter.isPastStealth || others != nil)
      return next
    }
    // The stealth edits end with this page, which they fill.
    guard filter.stealthFirst, !filter.isPastStealth, others == nil else { return nil }
    (next.cursor, next.isPastStealth) = (nil, true)
    return next
  }

  func html(_ site: Site) -> HTML {
    let isFirst = filter.cursor == nil && !filter.isPastStealth
    var out: HTML = """
      <div class="lead-in"><h1>\(filter.isAll && isFirst ? "Latest edits" : "Edits")</h1>\
      \(site.isExport ? "" : "<p id=\"live\" class=\"live\" role=\"status\"></p>" as HTML)</div>
      \(site.isExport ? nil : form(site))
      """
    if feed.changes.isEmpty, others?.changes.isEmpty ?? true {
      out += empty(site)
    } else if filter.stealthFirst {
      out += stealthFirst(site)
    } else {
      out += days(feed.changes, site)
    }
    var first = filter
    (first.cursor, first.isPastStealth) = (nil, false)
    out +=
      "\(pager([isFirst ? nil : site.optional(.today(first), "← Newest"), next.flatMap { site.optional(.today($0), "Earlier edits →") }]))"
    return out
  }

  // MARK: asking

  private func form(_ site: Site) -> HTML {
    let classes: [HTML] = Edit.Class.allCases.map { one in
      """
      <label class="chip"><input type="checkbox" name="class" value="\(one.rawValue)"\
      \(filter.classes.contains(one) ? " checked" as HTML : "")> \(Words.label(one.rawValue))</label>
      """
    }
    var stealth = filter
    (stealth.stealthFirst, stealth.isPastStealth, stealth.cursor) = (true, false, nil)
    var newest = filter
    (newest.stealthFirst, newest.isPastStealth, newest.cursor) = (false, false, nil)
    let order: HTML = """
      <span class="views" role="group" aria-label="Order">\
      \(filter.stealthFirst ? site.link(.today(newest), "Newest first") : "<b aria-current=\"true\">Newest first</b>") \
      \(filter.stealthFirst ? "<b aria-current=\"true\">Stealth edits first</b>" : site.link(.today(stealth), "Stealth edits first"))\
      </span>
      """
    return """
      <div class="toolbar">\(order)</div>
      <details class="filter"\(filter.isAll || isOrderOnly ? "" : " open" as HTML)><summary>Filter</summary>
      <form action="\(site.href(.home) ?? "/")" aria-label="Filter the edits">
      <fieldset><legend>Class of edit</legend>\(classes)</fieldset>
      <div class="fields">
      <label>Source <input name="source" value="\(filter.source)" placeholder="part of its URL" dir="auto"></label>
      <label>Language <input name="language" value="\(filter.language)" placeholder="de, pt-BR" size="8"></label>
      <label>Since <input name="since" value="\(filter.since)" placeholder="2026-11-20" size="18"></label>
      <label>Until <input name="until" value="\(filter.until)" placeholder="2026-11-21" size="18"></label>
      \(filter.stealthFirst ? "<input type=\"hidden\" name=\"order\" value=\"stealth\">" as HTML : "")
      <button>Show</button> \(site.link(.home, "Clear"))
      </div></form></details>

      """
  }

  private var isOrderOnly: Bool {
    var other = filter
    other.stealthFirst = false
    return other.isAll
  }

  // MARK: showing

  private func days(_ changes: [RevisionChange], _ site: Site) -> HTML {
    var out = HTML()
    var at = changes.startIndex
    while at < changes.endIndex {
      let day = Words.day(changes[at].came.by)
      let end = changes[at...].firstIndex { Words.day($0.came.by) != day } ?? changes.endIndex
      out += """
        <section class="day" aria-labelledby="d\(changes[at].came.by.description.utf8.prefix(10).compactMap(digit).joined())">\
        <h2 id="d\(changes[at].came.by.description.utf8.prefix(10).compactMap(digit).joined())">\(day)</h2>
        \(articles(Array(changes[at..<end]), site))</section>

        """
      at = end
    }
    return out
  }

  private func digit(_ octet: UInt8) -> String? { octet == 45 ? nil : String(Unicode.Scalar(octet)) }

  private func stealthFirst(_ site: Site) -> HTML {
    var out = HTML()
    if !filter.isPastStealth {
      out += """
        <section class="day" aria-labelledby="stealth"><h2 id="stealth">Stealth edits</h2>
        <p class="quiet">The substance changed, without a notice that is new and without a new date of modification. \
        All of them stand before any other.</p>
        \(feed.changes.isEmpty ? "<p>None.</p>" : articles(feed.changes, site))</section>

        """
    }
    let others = filter.isPastStealth ? feed.changes : self.others?.changes ?? []
    if !others.isEmpty {
      out += """
        <section class="day" aria-labelledby="others"><h2 id="others">All others</h2>
        \(articles(others, site))</section>

        """
    }
    return out
  }

  /// Grouped by article, in the order of their newest.
  private func articles(_ changes: [RevisionChange], _ site: Site) -> HTML {
    var (order, groups) = ([Int64](), [Int64: [RevisionChange]]())
    for change in changes {
      if groups[change.article] == nil { order.append(change.article) }
      groups[change.article, default: []].append(change)
    }
    var out = HTML()
    for id in order {
      guard let group = groups[id], let newest = group.first else { continue }
      let headline = newest.new.headline.isEmpty ? newest.url : newest.new.headline
      out += """
        <article class="story">
        <p class="kicker">\(outlet(newest.url))</p>
        <h3 dir="auto"\(EditsHTML.language(newest.new.language))>\(site.link(.article(id), HTML(text: clipped(headline, to: 200))))</h3>
        \(group.map { revision($0, site) })</article>

        """
    }
    return out
  }

  private func revision(_ change: RevisionChange, _ site: Site) -> HTML {
    // The most telling first: classes are in that order.
    let order = Edit.Class.allCases
    func rank(_ edit: Edit) -> Int { edit.classes.first.flatMap(order.firstIndex) ?? order.count }
    let wanted =
      filter.classes.isEmpty ? change.edits : change.edits.filter { !Set(filter.classes).isDisjoint(with: $0.classes) }
    let ranked = wanted.enumerated().sorted { (rank($0.element), $0.offset) < (rank($1.element), $1.offset) }
      .prefix(Self.shown)
    let route = Route.compare(
      change.article, from: .ordinal(change.ordinal - 1), to: .ordinal(change.ordinal), isSideBySide: false, block: 0)
    let items: [HTML] = ranked.map { _, edit in
      "<li>\(EditsHTML.tag(edit)) <span class=\"wording\" dir=\"auto\"\(EditsHTML.language(change.new.language))>\(EditsHTML.preview(edit, limit: 220))</span></li>\n"
    }
    let more = change.edits.count - ranked.count
    return """
      <div class="change">
      <p class="meta">\(site.link(route, "Revision \(change.ordinal)")) · \(site.came(change.came))\(site.ago(change.came.by)) · \
      <span class="words"><span class="plus">+\(change.wordsAdded)</span> <span class="minus">−\(change.wordsRemoved)</span> words</span>\
      \(change.isStealth ? " · <strong class=\"stealth\">stealth</strong>" as HTML : "")\
      \(change.returnsTo.map { " · <span class=\"back\">back to revision \($0)</span>" as HTML })</p>
      <ul class="edits">
      \(items)</ul>
      \(more > 0 ? "<p class=\"more\">\(site.link(route, "and \(Words.count(more, "more edit", "more edits"))"))</p>" as HTML : "")
      </div>

      """
  }

  private func empty(_ site: Site) -> HTML {
    guard let overview else {
      if next != nil {
        return emptyState("Nothing yet.", "Among the last revisions from here none is like that. Look further back.")
      }
      return emptyState(
        "No such edits.", "Nothing in the archive is like that. \(site.link(.home, "Show all edits"))")
    }
    if overview.articles == 0 {
      return emptyState(
        "Nothing is watched yet.",
        "Put an article, a feed or a sitemap on the watch list with <code>stet add URL</code>, then fetch it with <code>stet sync</code>. The first edit shows here after the second look."
      )
    }
    return emptyState(
      "No edits yet.",
      "\(Words.count(overview.articles, "article")) \(overview.articles == 1 ? "is" : "are") in the archive, with \(Words.count(overview.captures, "capture")), and none has changed so far. \(overview.nextDue.map { "The next check is due at \(site.time($0))." as HTML }) \(site.link(.articles(matching: nil, before: nil), "See the articles"))"
    )
  }
}

extension RevisionChange {
  var isStealth: Bool { Diffing.isStealth(edits, from: old, to: new) }
}
