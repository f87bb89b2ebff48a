import Model
import Storage

/// What an article said in one revision.
struct RevisionPage {
  let article: ArticleCard
  let revision: RevisionText
  let capture: Digest?
  let block: Int

  private static let limit = 70_000

  static func load(_ store: Store, _ article: ArticleCard, _ ordinal: Int, block: Int) throws(PageError) -> RevisionPage
  {
    do throws(StorageError) {
      if let text = try store.text(article.id, .ordinal(ordinal)) {
        return RevisionPage(
          article: article, revision: text, capture: try store.firstCapture(article.id, .ordinal(ordinal)), block: block
        )
      }
    } catch { throw .storage(error) }
    throw .bad(
      BadQuestion(
        "This article has no revision \(ordinal).",
        hint: article.revisions == 0
          ? "No capture of it reads as an article yet." : "They are numbered 1 to \(article.revisions).", status: 404))
  }

  /// The block with which the text goes on; nil when this is its end.
  var next: Int? {
    var used = 0
    for (i, part) in revision.text.blocks.enumerated() where i >= block {
      if used > Self.limit { return i }
      used += part.sentences.reduce(40) { $0 + $1.text.utf8.count + 1 }
    }
    return nil
  }

  func html(_ site: Site) -> HTML {
    let (id, text, ordinal) = (article.id, revision.text, revision.ordinal)
    let language = EditsHTML.language(text.language)
    let links: [HTML?] = [
      ordinal > 1
        ? site.optional(.revision(id, ordinal - 1, block: 0), "← Revision \(ordinal - 1)", className: "step") : nil,
      ordinal < article.revisions
        ? site.optional(.revision(id, ordinal + 1, block: 0), "Revision \(ordinal + 1) →", className: "step") : nil,
      ordinal > 1
        ? site.optional(
          .compare(id, from: .ordinal(ordinal - 1), to: .ordinal(ordinal), isSideBySide: false, block: 0),
          "What it changed") : nil,
      site.optional(.blame(id, ordinal, block: 0), "Blame"),
      capture.flatMap { site.optional(.capture($0), "Evidence") },
    ]
    var body = HTML()
    for (i, part) in text.blocks.enumerated() where i >= block && i < next ?? .max {
      body +=
        "\(BlockHTML.open(part.kind, id: " id=\"b\(i + 1)\""))\(EditsHTML.lines(part.text))\(BlockHTML.close(part.kind))"
    }
    var meta: [HTML] = []
    if !text.byline.isEmpty { meta.append("by <b dir=\"auto\">\(text.byline.joined(separator: ", "))</b>") }
    if let published = text.published { meta.append("published \(Words.stamp(published))") }
    return """
      <div class="crumbs">\(site.link(.article(id), "\(outlet(article.url))")) <span aria-hidden="true">/</span> \
      \(site.link(.article(id), "article \(id)")) <span aria-hidden="true">/</span> revision \(ordinal)</div>
      <p class="kicker">What it said, first captured \(site.time(revision.firstCapture))</p>
      <h1 dir="auto"\(language)>\(text.headline.isEmpty ? "(no headline)" : text.headline)</h1>
      <div class="toolbar">\(links.compactMap(\.self).joined(separator: " "))</div>
      <article class="reading" aria-label="The text" dir="auto"\(language)>
      \(block == 0 ? text.lead.map { "<p class=\"lead\">\($0)</p>\n" as HTML } : nil)\(block == 0 && !meta.isEmpty ? "<p class=\"byline\" lang=\"en\" dir=\"ltr\">\(meta.joined(separator: " · "))</p>\n" as HTML : "")\(body)\
      \(text.blocks.isEmpty ? "<p class=\"quiet\" lang=\"en\" dir=\"ltr\">It had no text besides.</p>" as HTML : "")
      </article>
      \(pager([block > 0 ? site.optional(.revision(id, ordinal, block: 0), "← Beginning of the text") : nil, next.flatMap { site.optional(.revision(id, ordinal, block: $0), "Rest of the text →") }]))
      <section class="cite" aria-labelledby="cite"><h2 id="cite">To quote this</h2>
      <dl><dt>Article</dt><dd>\(site.outside(article.url))</dd>
      <dt>First captured</dt><dd><time datetime="\(revision.firstCapture.description)">\(revision.firstCapture.description)</time></dd>
      <dt>Text</dt><dd><code>\(revision.digest.description)</code></dd>
      \(capture.map { "<dt>Capture</dt><dd>\(site.link(.capture($0), "<code>\($0.description)</code>"))</dd>" as HTML })</dl></section>
      """
  }
}
