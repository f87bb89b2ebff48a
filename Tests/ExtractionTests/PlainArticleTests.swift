import Extraction
import Model
import Testing

/// Articles that are not HTML.
struct PlainArticleTests {
  private func article(_ text: String, _ type: String?) -> ArticleText? {
    readArticle(markup: Array(text.utf8), contentType: type, url: nil)
  }

  @Test func `Markdown gives headline, headings, items and quotes`() throws {
    let text = try #require(
      article(
        """
        # The harbour bridge

        First paragraph, on
        two lines.

        ## Why

        - one thing
        - another thing
        1. a third

        > Said someone,
        > at length.

        Last paragraph.
        """, "text/markdown; charset=utf-8"))
    #expect(text.headline == "The harbour bridge")
    #expect(
      text.blocks.map(\.text) == [
        "First paragraph, on two lines.", "Why", "one thing", "another thing", "a third", "Said someone, at length.",
        "Last paragraph.",
      ])
    #expect(text.blocks.map(\.kind) == [.paragraph, .heading, .item, .item, .item, .quote, .paragraph])
  }

  @Test func `front matter names the headline and is not part of the body`() throws {
    let text = try #require(
      article("---\nTitle: \"Terms: of use\"\ndate: 2021-02-13\nlayout: page\n---\nWe may change them.\n", nil))
    #expect(text.headline == "Terms: of use")
    #expect(text.published?.description == "2021-02-13")
    #expect(text.blocks.map(\.text) == ["We may change them."])
  }

  @Test func `headings underlined are headings`() throws {
    let text = try #require(article("Title\n=====\n\nBody here.\n\nPart\n----\nMore.\n", "text/markdown"))
    #expect(text.headline == "Title")
    #expect(text.blocks.map(\.kind) == [.paragraph, .heading, .paragraph])
  }

  @Test func `a plain text's first short line is its headline and marks in it are only marks`() throws {
    let text = try #require(
      article("Harbour news\r\n\r\n# not a heading\r\nand more.\r\n\r\n- not an item\r\n", "text/plain"))
    #expect(text.headline == "Harbour news")
    #expect(text.blocks.map(\.text) == ["# not a heading and more.", "- not an item"])
  }

  @Test func `plain text in a legacy encoding is decoded`() throws {
    let text = try #require(
      readArticle(
        markup: [0xCF, 0xF0, 0xE8, 0xE2, 0xE5, 0xF2], contentType: "text/plain; charset=windows-1251", url: nil))
    #expect(text.blocks.map(\.text) == ["Привет"])
  }

  @Test func `without a type the bytes tell`() {
    #expect(article("<!DOCTYPE html><h1>A</h1><p>Some words, at least.</p>", nil)?.headline == "A")
    #expect(article("Some words, at least.", nil)?.blocks.count == 1)
    #expect(article("%PDF-1.7 and so on", nil) == nil)
    #expect(article("{\"a\": \"some words, at least.\"}", nil) == nil)
    #expect(readArticle(markup: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A], contentType: "text/html", url: nil) == nil)
  }
}
