import Foundation
import Testing

@testable import stet_demo

/// The site's files: that they make pages, and say what the answer key says they do.
@Suite struct SiteTests {
  @Test func `the site has eleven articles in nine languages of ten newspapers`() throws {
    let (site, key) = try DemoSite.load()
    #expect(site.articles.count == 11)
    #expect(key.articles.map(\.article).sorted() == site.articles.map(\.name))
    #expect(Set(site.articles.compactMap { $0.value("outlet", at: 0) }).count == 10)
    let pages = try site.articles.map { try site.page(of: $0, at: 0, request: 1, base: "", now: "") }
    let languages = ["en", "fr", "it", "id", "zh", "de", "es"]
    for language in languages { #expect(pages.contains { $0.contains("<html lang=\"\(language)\"") }) }
    #expect(pages.filter { !$0.contains("<meta property") && !$0.contains("ld+json") }.count == 2)
  }

  @Test func `a page holds its article's text at every stage`() throws {
    let (site, key) = try DemoSite.load()
    for article in site.articles {
      for stage in key.stages.indices {
        let page = try site.page(of: article, at: stage, request: stage, base: "http://a", now: "now")
        #expect(!page.contains("{{"))
        for block in article.blocks(at: stage) where block.text == block.plain {
          #expect(page.contains(Template.escapedForHTML(block.text)))
        }
      }
    }
  }

  @Test func `two requests for the same words bring different bytes`() throws {
    let (site, _) = try DemoSite.load()
    for article in site.articles {
      let pages = try (1...40).map { try site.page(of: article, at: 0, request: $0, base: "", now: "") }
      #expect(Set(pages).count == pages.count)
    }
  }

  @Test func `the same request number brings the same bytes`() throws {
    let (site, _) = try DemoSite.load()
    let article = try #require(site.articles.first)
    let page = { try site.page(of: article, at: 1, request: 7, base: "", now: "") }
    #expect(try page() == page())
  }

  @Test func `structured data is JSON`() throws {
    let (site, _) = try DemoSite.load()
    var found = 0
    for article in site.articles {
      let page = try site.page(of: article, at: 0, request: 3, base: "http://a", now: "2026-11-20T10:00:00Z")
      guard let open = page.firstRange(of: "<script type=\"application/ld+json\">") else { continue }
      let rest = page[open.upperBound...]
      let end = try #require(rest.firstRange(of: "</script>"))
      let object = try JSONSerialization.jsonObject(with: Data(rest[..<end.lowerBound].utf8))
      #expect(object is [String: Any])
      found += 1
    }
    #expect(found == 6)
  }

  @Test func `the answer key names every change and nothing else`() throws {
    let (site, key) = try DemoSite.load()
    for wanted in key.articles {
      let article = try #require(site.articles.first { $0.name == wanted.article })
      #expect(wanted.revisions.first?.stage == 0)
      for revision in wanted.revisions {
        #expect(article.value("headline", at: revision.stage) == revision.headline)
      }
      var last = 0
      for stage in key.stages.indices.dropFirst() where article.value("answer", at: stage) == nil {
        let revision = wanted.revisions.first { $0.stage == stage }
        var change = Change(from: article, at: last, to: stage)
        for edit in revision?.edits ?? [] {
          let explained = change.take(edit)
          #expect(explained, "\(wanted.article), stage \(stage): nothing in the texts is \(edit)")
        }
        #expect(change.isEmpty, "\(wanted.article), stage \(stage): the key does not name \(change)")
        last = stage
      }
    }
  }
}

/// What differs between two stages of an article, text by text.
private struct Change {
  private var gone: [String]
  private var come: [String]
  private var moved: Bool

  init(from article: StagedArticle, at old: Int, to new: Int) {
    func texts(_ stage: Int) -> [String] {
      ["headline", "lead", "byline", "published", "caption", "credit"].compactMap { article.value($0, at: stage) }
        + article.blocks(at: stage).map(\.plain)
    }
    let (before, after) = (texts(old), texts(new))
    gone = before.filter { !after.contains($0) }
    come = after.filter { !before.contains($0) }
    moved = before.filter { after.contains($0) } != after.filter { before.contains($0) }
  }

  var isEmpty: Bool { gone.isEmpty && come.isEmpty && !moved }

  /// Takes what an edit explains; false when there is no such thing.
  mutating func take(_ edit: AnswerKey.Edit) -> Bool {
    if edit.action == "move" {
      defer { moved = false }
      return moved
    }
    if let before = edit.before {
      guard let at = gone.firstIndex(where: { $0.contains(before) }) else { return false }
      gone.remove(at: at)
    }
    if let after = edit.after {
      guard let at = come.firstIndex(where: { $0.contains(after) }) else { return false }
      come.remove(at: at)
    }
    return true
  }
}
