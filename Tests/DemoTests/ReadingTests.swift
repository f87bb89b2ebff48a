import Diffing
import Extraction
import Model
import Testing

@testable import LoopbackServer
@testable import stet_demo

/// The site as Stet's reader and differ see it, without archive and command: each page in furniture of its own is read,
/// and what differs from the page before is held against the answer key.
@Suite struct ReadingTests {
  @Test func `every page reads as the key's verdict says, and the texts differ by the key's edits`() throws {
    let (site, key) = try DemoSite.load()
    let newsroom = Newsroom(site: site)
    var client = Client(newsroom)
    var texts: [String: ArticleText] = [:]
    var found = 0
    for stage in key.stages.indices {
      newsroom.enter(stage: stage)
      for wanted in key.articles {
        let article = try #require(site.articles.first { $0.name == wanted.article })
        let path = try #require(article.value("path", at: stage))
        let reply = try client.get(path)
        guard reply.status != 304 else { continue }
        let fields = try #require(HTTPFields(reply.headers.map { (name: $0.0, value: $0.1) }))
        let reading = read(url: "http://127.0.0.1:8000" + path, status: reply.status, fields: fields, body: reply.body)
        let captures = wanted.captures.filter { !$0.hasSuffix("redirect") }
        #expect(
          "\(reply.status) \(reading.verdict.rawValue)" == captures[stage], "\(wanted.article): \(reading.reason)")
        guard let text = reading.text else { continue }
        let revision = wanted.revisions.first { $0.stage == stage }
        if let revision { #expect(text.headline == revision.headline) }
        if let before = texts.updateValue(text, forKey: wanted.article) {
          #expect((before.digest != text.digest) == (revision != nil), "\(wanted.article), stage \(stage)")
          let made = edits(from: before, to: text)
          let expected = revision?.edits ?? []
          #expect(made.count == expected.count, "\(wanted.article), stage \(stage): \(made)")
          for edit in expected {
            let isThere = made.contains { made in edit.matches(Findings.Edit(made)) }
            #expect(isThere, "\(wanted.article), stage \(stage): \(edit) is not in \(made)")
            if isThere { found += 1 }
          }
        }
      }
    }
    #expect(found == key.editCount)
  }

  @Test func `no word of the furniture is taken for the article, and no paragraph is lost`() throws {
    let (site, _) = try DemoSite.load()
    for article in site.articles {
      let page = try site.page(
        of: article, at: 0, request: 11, base: "http://127.0.0.1:8000", now: "2026-11-20T10:00:00Z")
      let fields = try #require(HTTPFields([(name: "Content-Type", value: "text/html; charset=utf-8")]))
      let url = "http://127.0.0.1:8000" + (article.value("path", at: 0) ?? "/")
      let text = try #require(read(url: url, status: 200, fields: fields, body: Array(page.utf8)).text)
      let blocks = text.blocks.filter { $0.kind != .caption }.map(\.text)
      #expect(blocks == article.blocks(at: 0).map(\.plain), "\(article.name)")
      #expect(text.lead == article.value("lead", at: 0), "\(article.name)")
      #expect(text.byline == [article.value("byline", at: 0) ?? ""], "\(article.name)")
      #expect(text.published == article.value("published", at: 0).flatMap { PartialTimestamp($0) }, "\(article.name)")
    }
  }
}

extension Findings.Edit {
  init(_ edit: Model.Edit) {
    self.init(
      action: edit.action.rawValue, class: edit.classes.first?.rawValue ?? "", part: edit.part.rawValue,
      before: edit.before, after: edit.after)
  }
}
