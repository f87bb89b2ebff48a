import Extraction
import Model
import Testing

/// Pages whose text is only in the state of their script.
struct StateTextTests {
  private let opening =
    "The harbour bridge was shut at noon on Friday, the port said, and nobody knows when it will open again."
  private var rest: [String] {
    (1...6).map {
      "Paragraph \($0) says more of the bridge, of the ships that went round, and of those who wait on the quay."
    }
  }

  private func page(_ state: String, shown: String = "") -> String {
    "<html lang=en><head><title>Bridge shut</title></head><body><h1>Bridge shut</h1>\(shown)"
      + "<script id=__NEXT_DATA__ type=\"application/json\">\(state)</script></body></html>"
  }

  private func texts(_ markup: String) -> [String] {
    readArticle(markup: Array(markup.utf8), contentType: "text/html", url: nil)?.blocks.map(\.text) ?? []
  }

  private var paragraphs: String {
    let nodes = ([opening] + rest).map {
      "{\"type\":\"paragraph\",\"content\":[{\"type\":\"text\",\"value\":\"\($0)\"}]}"
    }
    return "[{\"type\":\"ad\",\"content\":\"Buy a bridge, it is cheap, they say.\"}," + nodes.joined(separator: ",")
      + "]"
  }

  @Test func `a list of paragraphs is the body`() {
    #expect(texts(page("{\"props\":{\"story\":{\"body\":{\"content\":\(paragraphs)}}}}")) == [opening] + rest)
  }

  @Test func `a string of HTML is the body`() {
    let html = ([opening] + rest).map { "<p>\($0)</p>" }.joined()
    #expect(texts(page("{\"a\":[{\"b\":\"\(html)\"}]}")) == [opening] + rest)
  }

  @Test func `a page that shows the beginning is completed by the text that begins so`() {
    let shown =
      "<p>\(opening)</p><p>A second paragraph is shown as well, and says a little more of what the port had said, and when.</p>"
    let more =
      "<p>And a third, so that what is shown is more than next to nothing, but far from all that there is to say.</p>"
    #expect(texts(page("{\"x\":\(paragraphs)}", shown: shown)).count >= 7)
    // Another article's state is not its body.
    let other = paragraphs.replacing("The harbour", with: "Another")
    #expect(texts(page("{\"x\":\(other)}", shown: shown + more)).first == opening)
    #expect(texts(page("{\"x\":\(other)}", shown: shown + more)).count == 3)
  }

  @Test func `what a page shows in full is not taken from its state`() {
    let shown = ([opening] + rest + rest + rest).map { "<p>\($0)</p>" }.joined()
    let many = paragraphs.replacing("Paragraph", with: "Other")
    #expect(!texts(page("{\"x\":\(many)}", shown: shown)).contains { $0.hasPrefix("Other") })
  }

  @Test(arguments: ["", "{", "[[[[", "{\"type\":\"paragraph\"}", "[1,2,3]", "null"])
  func `a state that holds no text is passed over`(state: String) {
    #expect(texts(page(state, shown: "<p>\(opening)</p>")) == [opening])
  }
}
