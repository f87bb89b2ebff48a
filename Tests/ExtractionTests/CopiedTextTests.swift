import Extraction
import Model
import Testing

/// Plain text that was copied off a page, furniture and all.
struct CopiedTextTests {
  private func read(_ text: String) throws -> PageReading {
    try #require(readPage(markup: Array(text.utf8), contentType: "text/plain", url: nil))
  }

  private let first =
    "The harbour bridge was shut at noon on Friday, the port said in a statement, and nobody there could tell for how long it would be so."
  private let second =
    "Ships went round the island, which takes two hours more, and the ferry to the old town was full before it had even come alongside its quay."

  @Test func `badges, menus and repeated headlines are left out`() throws {
    let reading = try read(
      """
      Store_Badge_EN_blk_10

      Port life

      Harbour bridge shut until further notice

      • Follow us
        Share this article

      Harbour bridge shut until further notice
      The bridge at noon. © A. N. OTHER/Wire

      \(first)

      Read also — Ten bridges that were shut

      Will it open again?

      \(second)

      Version originale : Ada Miller/Post

      Read more: Another bridge

      View all comments
      """)
    #expect(reading.text.headline == "Harbour bridge shut until further notice")
    #expect(reading.text.blocks.map(\.kind) == [.caption, .paragraph, .heading, .paragraph])
    #expect(reading.text.blocks.last?.text == second)
    #expect(reading.credits.originals == ["Ada Miller/Post"])
    #expect(reading.credits.photos == ["A. N. OTHER/Wire"])
    #expect(reading.text.language == "en")
  }

  @Test func `long lines are paragraphs without blank lines between them`() throws {
    let long = first + " " + second
    let reading = try read(
      "Sumber: Harbour Wire | Editor: Ada Miller\n\(long)\n\(second)\nA heading of the text\n\(first)\n")
    #expect(reading.text.blocks.map(\.text) == [long, second, "A heading of the text", first])
    #expect(reading.text.blocks[2].kind == .heading)
    #expect(reading.credits.sources == ["Harbour Wire"])
    #expect(reading.credits.editors == ["Ada Miller"])
  }

  @Test func `what is said twice at the end is about the author`() throws {
    let life =
      "Born by the sea, she went to school on the quay and has written about ships, and about bridges, for ten years."
    let reading = try read(
      """
      Harbour bridge shut until further notice

      \(first)

      \(second)

      \(life)

      Contatti:
      0 Commenti

      Contatti:
      Ada Miller

      \(life)

      Leggi anche

      Ultima ora
      """)
    #expect(reading.text.blocks.map(\.text) == [first, second])
    #expect(reading.text.byline == ["Ada Miller"])
  }

  @Test func `a text that is no news loses nothing`() throws {
    let law =
      "§ 1\n\nScope of this act\n\n(1) This act applies to bridges.\n\n(2) It does not apply to ferries.\n\nSigned\n\nThe minister\n"
    let text = try read(law).text
    #expect(([text.headline] + text.blocks.map(\.text)).filter { !$0.isEmpty }.count == 6)
  }

  @Test func `lines that were broken to fit are joined`() throws {
    let text = try read("Harbour news\n\nThe bridge was shut\nat noon, the port\nsaid.\n\nIt is open now.\n").text
    #expect(text.blocks.map(\.text) == ["The bridge was shut at noon, the port said.", "It is open now."])
  }
}
