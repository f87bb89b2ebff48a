import Extraction
import Model
import Testing

/// What stands after an article's last words, and what else there is on its page that is not its own.
struct EndingTests {
  private let page = FixturePage.english

  private func texts(_ body: String) -> [String] {
    page.response(page.markup(body: body)).text?.blocks.map(\.text) ?? []
  }

  private var paragraphs: String { page.paragraphs.map { "<p>\($0)</p>" }.joined() }

  @Test(arguments: [
    "<p>Ada Miller is a senior reporter for the Fixture Post. She lives by the sea, with two cats.</p>",
    "<p>Contact Ada Miller at amiller@post.example. Follow her on X, formerly Twitter, at @adamiller.</p>",
    "<p>Sign up for our newsletter, to have the best of it in your inbox every morning.</p>",
    "<p>Follow us on Instagram and Facebook, for pictures of the harbour and the people who work there.</p>",
    "<p>© 2021 Fixture Post. All rights reserved, this text may not be printed elsewhere.</p>",
    "<p>Reporting by Ada Miller in the harbour; Editing by Bo Chen.</p>",
    "<p>More information: A. Miller et al, On cracks in piers, Journal of Bridges (2021). DOI: 10.1000/1.</p>",
    "<h2>About the author</h2><p>She has written on bridges for ten years, most of them on this one, and on ferries.</p>",
    "<h3>More from the harbour</h3><ul><li>Ferries late again, <a href=/a>says the port</a></li></ul>",
    "<p>Abonnieren Sie unseren Newsletter, und Sie wissen mehr.</p>",
    "<p>Thanks for signing up!</p><p>Your subscription has been confirmed. Keep an eye on your inbox!</p>",
  ])
  func `what follows the last words is left out`(ending: String) {
    #expect(texts(paragraphs + ending) == page.paragraphs)
  }

  @Test(arguments: [
    "The port will decide on Monday, its director wrote on Twitter.",
    "“Follow the ferries,” she said, “and you will see how many people need this bridge every day.”",
    "About 300 people came to the quay, and the bridge stayed shut all the same.",
  ])
  func `a last paragraph of its own stays`(last: String) {
    #expect(texts(paragraphs + "<p>\(last)</p>") == page.paragraphs + [last])
  }

  @Test func `a notice at the end stays, whatever follows it`() {
    let notice = "Correction: an earlier version gave a wrong number of piers, and has been changed."
    let out = texts(paragraphs + "<p>\(notice)</p><p>Sign up for our newsletter, it is free of charge.</p>")
    #expect(out == page.paragraphs + [notice])
  }

  @Test func `text of a figure is its caption`() {
    let figure = "<figure><img src=x><div class=x7>The bridge, as the divers saw it on Monday.</div></figure>"
    let blocks = page.response(page.markup(body: figure + paragraphs)).text?.blocks ?? []
    #expect(blocks.first?.kind == .caption)
    #expect(blocks.dropFirst().allSatisfy { $0.kind == .paragraph })
  }

  @Test(arguments: [
    "<div class='oembed'><p>Watch what happened on the quay, in a film of two minutes.</p></div>",
    "<div class='product-card'><p>Rubber boots, as divers wear them, now for 20 only.</p></div>",
    "<p>https://post.example/news/one</p>",
    "<span style='position: absolute; clip: rect(0 0 0 0)'>, opens new tab</span>",
    "<p>Article continues below</p>",
  ])
  func `embeds, offers and words for machines are left out`(furniture: String) {
    #expect(
      texts("<p>\(page.paragraphs[0])</p>" + furniture + paragraphs.dropFirst(0)).dropFirst() == page.paragraphs[...])
  }

  @Test func `the next article on the page is another one`() {
    let other = page.paragraphs.map { "<p>\($0.replacing("bridge", with: "ferry"))</p>" }.joined()
    let markup = """
      <html><head><title>\(page.headline)</title></head><body><main><article><h1>\(page.headline)</h1>\(paragraphs)</article>
      <article><h1>Ferry to stop too</h1>\(other)\(other)</article></main></body></html>
      """
    let text = readArticle(markup: Array(markup.utf8), contentType: "text/html", url: nil)
    #expect(text?.blocks.map(\.text) == page.paragraphs)
  }

  @Test func `a row of teasers below the article is left out`() {
    let teasers = (1...5).map {
      "<div><h3><a href=/\($0)>Another thing happened, number \($0)</a></h3><div>Dec \($0), 17:00</div><div>A teaser says a little of it, and then some more, as teasers do, number \($0).</div></div>"
    }.joined()
    let markup = "<html><body><div><h1>\(page.headline)</h1>\(paragraphs)\(teasers)</div></body></html>"
    let text = readArticle(markup: Array(markup.utf8), contentType: "text/html", url: nil)
    #expect(text?.blocks.map(\.text) == page.paragraphs)
  }

  @Test func `a body that is only in the linked data is read from there`() {
    let body = page.paragraphs.joined(separator: "\\n\\n").replacing("\"", with: "")
    let markup = """
      <html><head><script type="application/ld+json">{"@type":"NewsArticle","headline":"\(page.headline)","articleBody":"\(body)"}</script>
      </head><body><h1>\(page.headline)</h1><p>Loading, please wait.</p></body></html>
      """
    let text = readArticle(markup: Array(markup.utf8), contentType: "text/html", url: nil)
    #expect(text?.blocks.map(\.text) == page.paragraphs)
  }
}
