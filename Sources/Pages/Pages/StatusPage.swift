import JSON
import Model
import Storage

/// How the archive fares: its sizes, the last passes, what fails, what hides behind a wall.
struct StatusPage {
  let overview: Overview

  static func load(_ store: Store, now: Instant) throws(StorageError) -> StatusPage {
    StatusPage(overview: try store.overview(now: now, limit: 20))
  }

  func html(_ site: Site) -> HTML {
    let all = overview
    func fact(_ count: Int, _ noun: String, _ plural: String? = nil) -> HTML {
      "<li><b>\(Words.number(count))</b> \(count == 1 ? noun : plural ?? noun + "s")</li>"
    }
    var out: HTML = """
      <h1>Status</h1>
      <ul class="figures">\(fact(all.articles, "article"))\(fact(all.revisions, "revision"))\(fact(all.captures, "capture"))\(fact(all.bodies, "body", "bodies"))\(fact(all.checks, "check"))<li><b>\(Words.bytes(all.fileBytes))</b> on disk</li></ul>
      <dl class="facts">
      <dt>Archive since</dt><dd>\(site.time(all.createdAt))</dd>
      <dt>Origin</dt><dd><code>\(all.origin)</code></dd>
      <dt>Watching</dt><dd>\(site.link(.sources(after: 0), HTML(text: Words.count(all.sources, "source"))))\(all.paused > 0 ? ", \(all.paused) paused" : ""); \(Words.count(all.due, "check")) due now\(all.nextDue.map { ", the first due at \(site.time($0))\(site.ago($0))" as HTML })</dd>
      \(all.pending > 0 ? "<dt>Waiting</dt><dd>\(Words.count(all.pending, "capture")) not read yet; the next sync does it</dd>" as HTML : "")
      \(all.owedDeliveries + all.failedDeliveries > 0 ? "<dt>Webhooks</dt><dd>\(Words.count(all.owedDeliveries, "notification")) still to be delivered, \(Words.number(all.failedDeliveries)) given up</dd>" as HTML : "")
      </dl>

      """
    out += failing(site) + walls(site) + resting(site) + passes(site)
    return out
  }

  private func section(_ id: HTML, _ title: HTML, _ contents: HTML) -> HTML {
    "<section aria-labelledby=\"\(id)\"><h2 id=\"\(id)\">\(title)</h2>\n\(contents)</section>\n"
  }

  private func failing(_ site: Site) -> HTML {
    guard !overview.failing.isEmpty else {
      return section("failing", "Failing", "<p class=\"quiet\">Nothing fails: every last check was answered.</p>\n")
    }
    let rows: [HTML] = overview.failing.map { row in
      let name = HTML(text: clipped(row.url, to: 110))
      return
        "<tr><th scope=\"row\">\(row.article.map { site.link(.article($0), name) } ?? name)</th><td class=\"num\">\(row.failures)</td><td>\(clipped(row.message, to: 200))</td></tr>\n"
    }
    return section(
      "failing", "Failing",
      """
      <div class="scroll" role="region" aria-label="Failing" tabindex="0"><table class="list"><thead><tr><th scope="col">What</th><th scope="col" class="num">In a row</th><th scope="col">Last message</th></tr></thead>
      <tbody>
      \(rows)</tbody></table></div>

      """)
  }

  private func walls(_ site: Site) -> HTML {
    guard !overview.walls.isEmpty else { return "" }
    let rows: [HTML] = overview.walls.map { wall in
      "<tr><th scope=\"row\">\(site.link(.article(wall.article), HTML(text: clipped(wall.url, to: 110))))</th><td>\(Words.label(wall.verdict))</td><td>\(clipped(wall.reason ?? "", to: 200))</td></tr>\n"
    }
    return section(
      "walls", "Something else in the article’s place",
      """
      <div class="scroll" role="region" aria-label="Walls" tabindex="0"><table class="list"><thead><tr><th scope="col">Article</th><th scope="col">It answered with</th><th scope="col">Why we think so</th></tr></thead>
      <tbody>
      \(rows)</tbody></table></div>

      """)
  }

  private func resting(_ site: Site) -> HTML {
    guard !overview.resting.isEmpty else { return "" }
    let rows: [HTML] = overview.resting.map { host in
      "<li><b>\(host.name)</b> until \(host.notBefore.map { site.time($0) }), after \(Words.count(host.failures, "refusal"))</li>\n"
    }
    return section("resting", "Hosts left alone for now", "<ul class=\"plain\">\n\(rows)</ul>\n")
  }

  private func passes(_ site: Site) -> HTML {
    guard !overview.passes.isEmpty else {
      return section("passes", "Passes", "<p class=\"quiet\">None ran yet: <code>stet sync</code> is the first.</p>\n")
    }
    let rows: [HTML] = overview.passes.map { pass in
      // a report that is no JSON is shown as none
      let report = pass.report.flatMap { try? JSONValue(parsing: Array($0.utf8)) }
      func count(_ key: String) -> HTML { report?[key]?.int.map { HTML(text: Words.number(Int($0))) } ?? "" }
      let end: HTML =
        pass.finishedAt.map { HTML(text: Words.lasting(pass.startedAt.milliseconds(to: $0))) } ?? "<b>not finished</b>"
      return
        "<tr><th scope=\"row\">\(pass.kind)</th><td>\(site.time(pass.startedAt))\(site.ago(pass.startedAt))</td><td>\(end)</td><td class=\"num\">\(count("checked"))</td><td class=\"num\">\(count("revisions"))</td><td class=\"num\">\(count("edits"))</td><td class=\"num\">\(count("failures"))</td></tr>\n"
    }
    return section(
      "passes", "Passes",
      """
      <div class="scroll" role="region" aria-label="Passes" tabindex="0"><table class="list"><thead><tr><th scope="col">Kind</th><th scope="col">Began</th><th scope="col">Took</th><th scope="col" class="num">Checked</th><th scope="col" class="num">Revisions</th><th scope="col" class="num">Edits</th><th scope="col" class="num">Failures</th></tr></thead>
      <tbody>
      \(rows)</tbody></table></div>

      """)
  }
}
