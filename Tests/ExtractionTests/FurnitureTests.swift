import Extraction
import Model
import Testing

/// What stands around and between an article's paragraphs and is not it.
struct FurnitureTests {
  private let page = FixturePage.english

  private func texts(_ body: String) -> [String] {
    page.response(page.markup(body: body)).text?.blocks.map(\.text) ?? []
  }

  private var paragraphs: [String] { page.paragraphs.map { "<p>\($0)</p>" } }

  @Test(arguments: [
    "<ul class='follow-topic'><li>Recevoir tous les articles sur ce sujet.</li><li>Vous suivez désormais les articles en lien avec ce sujet.</li></ul>",
    "<ul><li>Recevoir tous les articles sur ce sujet.</li><li>Ce thème a bien été retiré de votre compte</li></ul>",
    "<p>Download on the App Store</p><div class='app-badge'>Download_on_the_App_Store_Badge_FR_RGB_blk_100517</div>",
    "<p><strong>À lire aussi — <a href=/x>8 choses à savoir sur le pont</a></strong></p>",
    "<p>Baca Juga: <a href=/x>Jembatan lain ditutup</a></p>",
    "<p>Selanjutnya: <a href=/x>Feri baru datang</a></p>", "<p>Leggi anche</p>",
    "<div><b>Related Articles</b></div><ul><li><a href=/x>Another bridge</a></ul>",
    "<p>Spotted a mistake? Mail us. We are grateful to you.</p>", "<p>Reply to article:</p>",
    "<p>0 Commenti</p><p>Inline Feedbacks</p><p>View all comments</p>",
    "<div class='ticker'><p>Ultima ora: il porto apre, dice il sindaco.</p></div>",
    "<p>Découvrir plus d'articles sur :</p>",
    "<div class=newsletter-signup><p>Get our best stories, every morning, in your inbox.</p></div>",
    "<aside><h4>More on this</h4><p>Some teaser text, which says little, but at length.</p></aside>",
    "<p style='display: none'>Hidden words, which nobody sees, on purpose.</p>",
    "<p hidden>Hidden words, which nobody sees, on purpose.</p>",
    "<div aria-hidden=true><p>Hidden words, which nobody sees, on purpose.</p></div>",
    "<noscript><p>Turn scripts on, please, to see this.</p></noscript>",
    "<button>Share</button><select><option>One</select><textarea>Two</textarea><iframe>Three</iframe><svg><text>Four</text></svg>",
    "<div class='related'><p>Teaser of another article, which is long enough to look like prose.</p></div>",
  ])
  func `furniture between paragraphs is left out`(furniture: String) {
    #expect(texts(paragraphs[0] + paragraphs[1] + furniture + paragraphs[2] + paragraphs[3]) == page.paragraphs)
    #expect(texts(paragraphs.joined() + furniture) == page.paragraphs)
  }

  @Test func `a sentence printed twice in earnest stays twice`() {
    let refrain = "<p>Nobody answered the telephone at the port.</p>"
    #expect(texts(paragraphs[0] + refrain + paragraphs[1] + refrain + paragraphs[2]).count == 5)
  }

  @Test func `words are neither glued nor split`() {
    let body =
      "<p><b>W</b>ord by w<i>or</i>d, the port<br>said on Monday, in <a href=/x>a letter</a>, that it was sorry.</p><div>First line, long enough to be kept</div><div>Second line, long enough to be kept.</div>"
    #expect(
      texts(body + paragraphs.joined()).prefix(3)
        == [
          "Word by word, the port said on Monday, in a letter, that it was sorry.",
          "First line, long enough to be kept", "Second line, long enough to be kept.",
        ])
  }

  @Test func `two line breaks end a paragraph`() {
    let first = "The port said on Monday, at length, that it was sorry for this."
    let second = "It said so again on Tuesday, at the same length, to the same few people."
    #expect(texts("\(first)<br><br>\n\(second)") == [first, second])
  }

  @Test func `lists, quotes, tables, headings and captions keep their kinds`() {
    let body =
      paragraphs[0]
      + "<ul><li>One item of the list, as it is</li></ul><blockquote><p>A quotation, at some length.</p></blockquote>"
      + "<table><tr><th>Pier</th><td>Cracks</td></tr></table><figure><img src=x><figcaption>The bridge seen from the quay.</figcaption></figure><h3>Piers</h3>"
      + paragraphs[1]
    let blocks = page.response(page.markup(body: body)).text?.blocks ?? []
    #expect(blocks.map(\.kind) == [.paragraph, .item, .quote, .table, .table, .caption, .heading, .paragraph])
  }

  @Test func `a body in several sibling parts is read whole`() {
    let parts = paragraphs.map { "<section class='chunk'>\($0)</section><div class='ad'>Advertisement</div>" }.joined()
    #expect(texts(parts) == page.paragraphs)
    let unmarked =
      "<title>x</title><h1>\(page.headline)</h1><div id=w>"
      + paragraphs.map { "<div class=part>\($0)\($0.replacing("port", with: "quay"))</div>" }.joined() + "</div>"
    #expect(readArticle(markup: Array(unmarked.utf8), contentType: "text/html", url: nil)?.blocks.count == 8)
  }

  @Test func `a choice of languages is left out, a list of names is not`() {
    let page = FixturePage.english
    let body = page.paragraphs.map { "<p>\($0)</p>" }.joined()
    let menu = ["English (US)", "Deutsch", "Türkçe", "Polski", "Italiano", "Română", "Français (France)", "日本語", "ไทย"]
    let names = (1...9).map { "Ada Miller the \($0)th" }
    func texts(_ lines: [String]) -> [String] {
      let list = lines.map { "<div>\($0)</div>" }.joined()
      return page.response(page.markup(body: body + list + body)).text?.blocks.map(\.text) ?? []
    }
    #expect(!texts(menu).contains("Deutsch"))
    #expect(names.allSatisfy(texts(names).contains))
  }

  @Test func `a body that is printed twice is read once`() {
    let page = FixturePage.english
    let paragraphs = (1...6).map {
      "Paragraph \($0) says what the port had said of the bridge, and of the ships, at noon."
    }
    let body = paragraphs.map { "<p>\($0)</p>" }.joined()
    #expect(page.response(page.markup(body: body + body)).text?.blocks.map(\.text).suffix(6) == paragraphs[...])
    #expect(page.response(page.markup(body: body + body)).text?.blocks.count { $0.text == paragraphs[0] } == 1)
    // A refrain is no second printing.
    let refrain = "<p>\(paragraphs[0])</p>"
    #expect(
      page.response(page.markup(body: body + refrain + "<p>And so it ends, as it began, said the port.</p>")).text?
        .blocks.count { $0.text == paragraphs[0] } == 2)
  }

  @Test func `a mail address that a content network hides reads as it does in a browser`() {
    let page = FixturePage.english
    func says(_ markup: String) -> String? {
      let line = "<p>Whoever saw the ships at noon may write to \(markup) until Friday, said the harbour office.</p>"
      let body = page.paragraphs.map { "<p>\($0)</p>" }
      return page.response(page.markup(body: body[0] + line + body.dropFirst().joined())).text?.blocks
        .first { $0.text.hasPrefix("Whoever") }?.text
    }
    let shown = "Whoever saw the ships at noon may write to desk@post.example until Friday, said the harbour office."
    // "desk@post.example" under the key 0x2a.
    let code = "2a4e4f59416a5a45595e044f524b475a464f"
    let hidden = "[email&#160;protected]"
    #expect(says("<a href=\"mailto:desk@post.example\">desk@post.example</a>") == shown)
    #expect(
      says("<a href=\"/cdn-cgi/l/email-protection\" class=\"__cf_email__\" data-cfemail=\"\(code)\">\(hidden)</a>")
        == shown)
    #expect(
      says("<a href=\"/x#1\"><span class=\"__cf_email__\" data-cfemail=\"\(code)\">\(hidden)</span></a>")
        == shown)
    for damaged in ["", "2", "2a4e4f5", "zz", "2a2b2c", String(repeating: "2a", count: 2000)] {
      #expect(
        says("<a data-cfemail=\"\(damaged)\">\(hidden)</a>")
          == shown.replacing("desk@post.example", with: "[email protected]"))
    }
  }
}
