import Testing

@testable import stet_demo

/// The small formats in which the site is written.
@Suite struct FileFormatTests {
  private static let header = """
    outlet: o
    path: /p
    validators: none
    [0-1] headline: Old: one
    [2-] headline: New
    lead: L
    byline: B
    published: 2026-11-16
    section: S
    caption: C
    credit: F
    """

  @Test func `a line or block stands at the stages it names`() throws {
    let text = Self.header + "\n\nFirst.\n\n[0-2] ## Head\n\n[3-] ! Correction: _no_ [[yes]].\n"
    let article = try StagedArticle(name: "a", text: text)
    #expect(article.value("headline", at: 1) == "Old: one")
    #expect(article.value("headline", at: 2) == "New")
    #expect(article.value("nothing", at: 2) == nil)
    #expect(article.blocks(at: 2).map(\.kind) == [.paragraph, .heading])
    #expect(article.blocks(at: 3).map(\.plain) == ["First.", "Correction: no yes."])
    #expect(article.lastChange(upTo: 1) == 0)
    #expect(article.lastChange(upTo: 2) == 2)
    #expect(article.lastChange(upTo: 9) == 3)
  }

  @Test(arguments: ["[2-1] headline: x", "[x-] headline: x", "[1 headline: x", "no colon"])
  func `a line that makes no sense is an error`(line: String) {
    #expect(throws: SiteError.malformed(file: "a", line: line)) {
      try StagedArticle(name: "a", text: line + "\n" + Self.header)
    }
  }

  @Test func `a second value for the same stage is an error`() {
    #expect(throws: SiteError.malformed(file: "a", line: "[1-] headline: again")) {
      try StagedArticle(name: "a", text: Self.header + "\n[1-] headline: again\n\nText.")
    }
  }

  @Test func `an article without a headline is an error`() {
    #expect(throws: SiteError.self) { try StagedArticle(name: "a", text: "outlet: o\n\nText.") }
  }

  @Test func `values are escaped for where they stand`() throws {
    let template = Template(name: "t", text: "<b title=\"{{v}}\">{{json:v}}</b>{{m}}")
    let html = try template.fill("page", texts: ["v": "\"<&\\</"], markup: ["m": "<i>"])
    #expect(html == "<b title=\"&quot;&lt;&amp;\\&lt;/\">\\\"<&\\\\<\\/</b><i>\n")
  }

  @Test func `a template that asks for what nobody gives is an error`() {
    #expect(throws: SiteError.unknownValue(template: "t", key: "who")) {
      try Template(name: "t", text: "{{who}}").fill("page", texts: [:])
    }
  }

  @Test func `an outlet needs a template and a teaser`() {
    #expect(throws: SiteError.missing(what: "teaser", wantedBy: "o")) {
      try Outlet(name: "o", text: "template: t\n")
    }
    #expect(throws: SiteError.malformed(file: "o", line: "what")) { try Outlet(name: "o", text: "what\n") }
  }

  @Test func `a folder that is not there is an error`() {
    #expect(throws: SiteError.self) { try Site(folder: DemoSite.folder + "/nowhere", stages: 1) }
    #expect(throws: SiteError.self) { try AnswerKey(folder: DemoSite.folder + "/nowhere") }
  }
}
