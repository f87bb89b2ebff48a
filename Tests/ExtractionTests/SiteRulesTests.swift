import Markup
import Model
import Testing

@testable import Extraction

/// Rules for single sites, and the selectors they are made of.
struct SiteRulesTests {
  private let tree = try? MarkupTree(
    parsing: Array(
      """
      <html><body><div id=a class="x y"><section><p class=one data-k="abc def">1</p><div><p>2</p></div></section></div>
      <div class=X><p lang=de>3</p></div></body></html>
      """.utf8))

  @Test(arguments: [
    ("p", ["1", "2", "3"]), ("P.one", ["1"]), ("#a p", ["1", "2"]), ("#a > p", []), ("section > p", ["1"]),
    ("div > div > p", []), ("section > div > p, .X p", ["2", "3"]), (".x.y p.one", ["1"]), ("[lang]", ["3"]),
    ("[data-k=\"abc def\"]", ["1"]), ("[data-k^=abc]", ["1"]), ("[data-k$=def]", ["1"]), ("[data-k*='c d']", ["1"]),
    ("[data-k~=def]", ["1"]), ("[data-k~=de]", []), ("*[ lang = de ]", ["3"]), (".X > *", ["3"]), (".z p", []),
    ("body div section div p", ["2"]),
  ])
  func `a selector finds what it says`(text: String, found: [String]) throws {
    let selector = try #require(Selector(text))
    let tree = try #require(tree)
    let texts = selector.outermost(in: tree).map { String(decoding: tree.textBytes(of: $0), as: UTF8.self) }
    #expect(texts == found)
  }

  @Test(arguments: [
    "", " ", ",", "p,", "> p", "p >", "p > > a", ".", "#", "p:first-child", "p + a", "p ~ a", "[", "[a", "[a=",
    "[a=\"b]", "p\\a", "a|b",
  ])
  func `what no selector reads is refused`(text: String) { #expect(Selector(text) == nil) }

  @Test func `deep nesting does not make a selector slow`() throws {
    let markup = String(repeating: "<div>", count: 500) + "x"
    let tree = try MarkupTree(parsing: Array(markup.utf8))
    let selector = try #require(Selector(String(repeating: "div ", count: 30) + "> p"))
    #expect(selector.outermost(in: tree).isEmpty)
  }

  private let page = """
    <html lang=en><head><title>Another bridge is shut, says Post</title></head><body>
    <div class=c1><h2 class=t>Harbour bridge shut</h2><i class=w>Ada Miller</i><b class=d>9 March 2023</b>
    <p>The harbour bridge was shut at noon, the port said, and nobody knows when it will open.</p>
    <div class=offer><p>Buy a fine model of the harbour bridge, which is made of oak, at a price that is low.</p></div>
    <p>Ships went round the island, which takes two hours more, as the pilots had said it would.</p></div>
    <div class=c2><p>Other prose that is much longer than the article, so that it would be taken for the body of it, were it
    not for the rule: it goes on and on, with commas, and full stops. And with more of them. And so on, and so forth.</p>
    <p>More of the same kind, with commas, and full stops, and words that say nothing, one after another, to the end.</p></div>
    </body></html>
    """

  private func read(_ rules: String, url: String? = "https://www.post.example/a") throws -> ArticleText {
    let rules = try SiteRules(parsing: Array(rules.utf8))
    return try #require(readPage(markup: Array(page.utf8), contentType: "text/html", url: url, rules: rules)).text
  }

  @Test func `a rule says where the article stands and what is none of it`() throws {
    let rules = """
      {"version": 1, "rules": [{"hosts": ["post.example"], "keep": ".c1", "drop": [".offer"], "headline": "h2.t",
      "byline": ".w", "date": ".d"}]}
      """
    let text = try read(rules)
    #expect(text.headline == "Harbour bridge shut")
    #expect(text.byline == ["Ada Miller"])
    #expect(text.published?.description == "2023-03-09")
    let prose = text.blocks.filter { $0.kind == .paragraph }.map(\.text)
    #expect(prose.first?.hasPrefix("The harbour bridge") == true && prose.last?.hasPrefix("Ships went") == true)
    #expect(!text.text.contains("oak") && !text.text.contains("Other prose"))
    // Another host, or none, is not that site.
    #expect(try read(rules, url: "https://notpost.example/a").text.contains("Other prose"))
    #expect(try read(rules, url: nil).text.contains("Other prose"))
  }

  @Test func `a rule whose selectors find nothing changes nothing`() throws {
    let none = try read("{\"version\": 1, \"rules\": []}")
    #expect(
      try read(
        "{\"version\": 1, \"rules\": [{\"hosts\": [\"post.example\"], \"keep\": \".gone\", \"headline\": \"h6\"}]}")
        == none)
  }

  @Test(arguments: [
    ("nonsense", SiteRules.Invalid.notJSON), ("{\"version\": 2, \"rules\": []}", .unknownVersion),
    ("{\"version\": 1}", .noRules),
    ("{\"version\": 1, \"rules\": [1]}", .badRule(number: 1, "it is not an object")),
    ("{\"version\": 1, \"rules\": [{}]}", .badRule(number: 1, "it names no hosts")),
    (
      "{\"version\": 1, \"rules\": [{\"hosts\": [\"a\"]}, {\"hosts\": [\"b\"], \"kept\": \"p\"}]}",
      .badRule(number: 2, "it has an unknown key, kept")
    ),
    (
      "{\"version\": 1, \"rules\": [{\"hosts\": [\"a\"], \"drop\": \"p:hover\"}]}",
      .badRule(number: 1, "drop has a selector that cannot be read, p:hover")
    ),
    ("{\"version\": 1, \"rules\": [{\"hosts\": [\"a\"], \"drop\": 3}]}", .badRule(number: 1, "drop holds no selector")),
  ])
  func `a file that is wrong is refused with what is wrong`(file: String, error: SiteRules.Invalid) {
    #expect(throws: error) { try SiteRules(parsing: Array(file.utf8)) }
  }

  @Test func `the rules that are shipped can be read`() throws {
    _ = try SiteRules(parsing: Array(ShippedRules.file.utf8))
  }
}
