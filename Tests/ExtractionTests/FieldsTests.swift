import Model
import Testing

@testable import Extraction

/// Headline, byline, dates and the rest.
struct FieldsTests {
  private let body = "<p>The harbour bridge was shut at noon, the port said, and nobody knows when it will open.</p>"

  private func article(head: String = "", body: String) throws -> ArticleText {
    try #require(
      readArticle(
        markup: Array("<!doctype html><html><head>\(head)</head><body>\(body)</body></html>".utf8),
        contentType: "text/html", url: "https://post.example/2021/02/13/bridge/"))
  }

  private func data(_ json: String) -> String { "<script type='application/ld+json'>\(json)</script>" }

  @Test func `the visible heading that agrees with what is declared is the headline`() throws {
    let text = try article(
      head: "<title>Bridge shut – Post</title>" + data("{\"@type\":\"NewsArticle\",\"headline\":\"Bridge shut!\"}"),
      body: "<h1>The Post</h1><h1>Bridge shut</h1>" + body)
    #expect(text.headline == "Bridge shut")
  }

  @Test func `without one the linked data, then og title, then the title cut at the site's name speak`() throws {
    #expect(
      try article(
        head: "<title>x</title>" + data("[{\"@type\":\"BlogPosting\",\"headline\":\"It&rsquo;s &quot;shut&quot;\"}]"),
        body: body
      ).headline == "It’s \"shut\"")
    #expect(
      try article(
        head: "<meta property=og:title content='Bridge shut - Post'><meta property=og:site_name content=Post>",
        body: body
      ).headline == "Bridge shut")
    #expect(
      try article(head: "<title>Bridge shut - for now | The Daily Post</title>", body: body).headline
        == "Bridge shut - for now")
  }

  @Test(arguments: [
    ("By Ada Miller and Bo Chen", ["Ada Miller", "Bo Chen"]),
    ("Par Zoé Lefèvre et Luc Roy", ["Zoé Lefèvre", "Luc Roy"]),
    ("Di Nicolò Ferri", ["Nicolò Ferri"]), ("Luigi Di Maio", ["Luigi Di Maio"]), ("Di Maio", ["Di Maio"]),
    ("Oleh: Budi Hartono", ["Budi Hartono"]),
    ("Von Hans Meier, Eva Kurz und Jan Roth", ["Hans Meier", "Eva Kurz", "Jan Roth"]),
    ("Por Ana Ruiz y Leo Paz", ["Ana Ruiz", "Leo Paz"]),
    ("https://post.example/ada", []), ("ada@post.example", []), ("Ada Miller; ada miller", ["Ada Miller"]),
    ("王小明、李雷", ["王小明", "李雷"]), ("", []),
    ("ByAda Miller", ["Ada Miller"]), ("By", []), ("Ada Miller, Chief Technology Officer", ["Ada Miller"]),
    ("Ada Miller, WXYZ", ["Ada Miller"]), ("Ada Miller, adamillerPost", ["Ada Miller"]), ("Byron Lee", ["Byron Lee"]),
    ("Ada Miller The Associated Press", ["Ada Miller"]), ("Staff Reporter", []), ("WXYZ", ["WXYZ"]),
    ("Budi dan Siti", ["Budi", "Siti"]), ("A. B. Mayor & Rosa", ["A. B. Mayor", "Rosa"]),
  ])
  func `names are cleaned and split`(text: String, names: [String]) {
    #expect(Byline.names(in: [text]) == names)
  }

  @Test func `authors are persons, found by reference too`() throws {
    let graph =
      "{\"@graph\":[{\"@type\":\"Person\",\"@id\":\"#a\",\"name\":\"Ada Miller\"},{\"@type\":\"Article\",\"author\":[{\"@id\":\"#a\"},{\"@type\":\"Organization\",\"name\":\"Post\"}]}]}"
    #expect(try article(head: data(graph), body: body).byline == ["Ada Miller"])
    #expect(try article(head: "<meta name=author content='Bo Chen'>", body: body).byline == ["Bo Chen"])
    #expect(
      try article(body: "<article><h1>Bridge shut</h1><p class=byline>By Cy Dee</p>\(body)</article>").byline == [
        "Cy Dee"
      ])
  }

  @Test(
    arguments: [
      ("By Ada Miller | March 9, 2023", ["Ada Miller"]), ("Von Hans Meier und Eva Kurz", ["Hans Meier", "Eva Kurz"]),
      ("Por Ana Ruiz, 3 de mayo de 2022", ["Ana Ruiz"]), ("Текст: Анна Белова", ["Анна Белова"]),
      ("By noon the bridge was shut", nil), ("Bystanders ran", nil), ("Ada Miller", nil), ("By", nil), ("", nil),
    ] as [(String, [String]?)])
  func `a line that introduces names gives them`(line: String, names: [String]?) {
    #expect(Byline.introduced(line) == names)
  }

  @Test func `the site, an agency or a publisher is an author only when nobody else is`() throws {
    let site = "<meta property=og:site_name content='The Daily Post'><meta name=author content='The Daily Post'>"
    let shown = "<article><h1>Bridge shut</h1><div>By Ada Miller</div>\(body)</article>"
    #expect(try article(head: site, body: shown).byline == ["Ada Miller"])
    #expect(try article(head: site, body: body).byline == ["The Daily Post"])
    let agency = data("{\"@type\":\"Article\",\"author\":{\"@type\":\"Organization\",\"name\":\"Port Press Agency\"}}")
    #expect(try article(head: agency, body: body).byline == ["Port Press Agency"])
    #expect(try article(head: agency, body: shown).byline == ["Ada Miller"])
  }

  @Test func `a heading that says the same in other words goes before a title made for searching`() throws {
    let head =
      "<title>Harbour bridge closure: what we know</title><meta property=og:title content='Harbour bridge shut, what we know so far'>"
    #expect(
      try article(head: head, body: "<h1>The Post</h1><h1>The harbour bridge is shut: what we know</h1>" + body)
        .headline
        == "The harbour bridge is shut: what we know")
  }

  @Test func `a title goes before a heading of two words that has nothing to do with it`() throws {
    let page = "<h1>Harbour News</h1><h2>Divers found cracks below the water line</h2>" + body
    let head = "<title>Divers found cracks below the water line | Post</title>"
    #expect(try article(head: head, body: page).headline == "Divers found cracks below the water line")
    #expect(
      try article(head: "<title>Divers found cracks in old piers</title>", body: "<h1>Harbour News</h1>" + body)
        .headline
        == "Divers found cracks in old piers")
  }

  @Test func `of several articles in linked data the page's own is taken`() throws {
    let list = data(
      "[{\"@type\":\"NewsArticle\",\"url\":\"https://post.example/other\",\"headline\":\"Ferries late\",\"datePublished\":\"2020-01-01\"},"
        + "{\"@type\":\"NewsArticle\",\"url\":\"http://post.example/2021/02/13/bridge\",\"headline\":\"Bridge shut\",\"datePublished\":\"2021-02-12\"}]"
    )
    let text = try article(head: list, body: body)
    #expect(text.headline == "Bridge shut")
    #expect(text.published?.description == "2021-02-12")
  }

  @Test func `dates come from linked data, meta elements, time elements and the address, in that order`() throws {
    let linked = data(
      "{\"@type\":\"Article\",\"datePublished\":\"2021-02-14T08:00:00Z\",\"dateModified\":\"2021-02-15\"}")
    let meta = "<meta property='article:published_time' content='2021-02-16T08:00:00+01:00'>"
    let time = "<article><time datetime='2021-02-17'>x</time><h1>Bridge shut</h1>\(body)</article>"
    #expect(try article(head: linked + meta, body: time).published?.description == "2021-02-14T08:00:00.000Z")
    #expect(try article(head: linked, body: time).modified?.description == "2021-02-15")
    #expect(try article(head: meta, body: time).published?.description == "2021-02-16T07:00:00.000Z")
    #expect(try article(body: time).published?.description == "2021-02-17")
    #expect(try article(body: body).published?.description == "2021-02-13")
  }

  @Test(arguments: [
    ("fr_FR", "fr-FR"), ("nb_NO", "no-NO"), ("EN", "en"), ("zh-Hans", "zh-Hans"), ("en, fr", "en"), ("klingonese", nil),
    ("", nil),
  ])
  func `the language is a tag with its primary subtag in lower case`(declared: String, language: String?) {
    #expect(PageFields.tag(declared) == language)
  }

  @Test func `a standfirst is a lead only when it is shown`() throws {
    let description = "<meta name=description content='Divers found two cracks below the water line on Monday.'>"
    let shown =
      "<h1>Bridge shut</h1><p>Divers found two cracks below the water line on Monday.</p><div class='article-body'>\(body)\(body)</div>"
    #expect(
      try article(head: description, body: shown).lead == "Divers found two cracks below the water line on Monday.")
    let unseen = try article(head: description, body: "<h1>Bridge shut</h1><div class='article-body'>\(body)</div>")
    #expect(unseen.lead == nil)
  }
}
