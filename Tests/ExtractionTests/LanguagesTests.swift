import Extraction
import Model
import Testing

/// The same kind of page in seven languages.
struct LanguagesTests {
  @Test(arguments: FixturePage.all)
  func `a page says its article and nothing else`(page: FixturePage) throws {
    let reading = page.response(page.markup())
    #expect(reading.verdict == .article)
    #expect(reading.reason == "")
    let text = try #require(reading.text)
    #expect(text.headline == page.headline)
    #expect(text.lead == page.lead)
    #expect(text.byline == [page.author])
    #expect(text.published?.description == "2021-02-13T09:00:00.000Z")
    #expect(text.language == page.language)
    #expect(text.site == "Fixture Post")
    #expect(text.canonicalURL == "https://post.example/news/one")
    let expected = page.paragraphs[..<2] + [page.heading] + page.paragraphs[2...]
    #expect(text.blocks.map(\.text) == Array(expected))
    #expect(text.blocks.map(\.kind) == [.paragraph, .paragraph, .heading, .paragraph, .paragraph])
  }

  @Test(arguments: FixturePage.all)
  func `tickers, related lists, advertisements and counters do not change what was said`(page: FixturePage) throws {
    let digests = try FixturePage.Surroundings.allCases.map { surroundings in
      try #require(page.response(page.markup(surroundings)).text).digest
    }
    #expect(Set(digests).count == 1)
  }

  @Test(arguments: FixturePage.all)
  func `a changed word changes what was said`(page: FixturePage) throws {
    let markup = page.markup()
    let before = try #require(page.response(markup).text)
    let changed = markup.replacing(page.paragraphs[3], with: page.paragraphs[3] + " +")
    #expect(try #require(page.response(changed).text).digest != before.digest)
  }
}
