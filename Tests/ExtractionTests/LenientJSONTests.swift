import JSON
import Model
import Testing

@testable import Extraction

/// JSON as newsrooms break it.
struct LenientJSONTests {
  @Test(arguments: [
    #"{"a":"b","n":[1,2]}"#, #"{"a":"b","n":[1,2,],}"#, #"{"a":"b" "n":[1 2]}"#, #"{"a":"b",/* x */"n":[1,2]} // y"#,
    #"<![CDATA[{"a":"b","n":[1,2]}]]>"#, #"{"a":"b","n":[1,2]"#, #"{"a":"b","n":[1,2"#, #"x = {"a":"b","n":[1,2]};"#,
    #"{"a":"b";"n":[1,2]}"#, #"{"a":"\u0062","n":[1,2]}"#,
  ])
  func `what is meant is read`(text: String) {
    var values = LenientJSON.values(in: Array(text.utf8))
    while values.count == 1, case .array(let items) = values[0] {
      values = items.filter { $0["a"] != nil || $0.array != nil }
    }
    #expect(values.first?["a"] == "b")
    #expect(values.first?["n"] == [1, 2])
  }

  @Test func `quotation marks and line breaks in a string belong to it`() {
    let text =
      "{\"headline\": \"Mayor calls bridge \"a danger\", shuts it\", \"quote\": \"\"Shut\"\",\n\"body\": \"one\ntwo\"}"
    let value = LenientJSON.values(in: Array(text.utf8)).first
    #expect(value?["headline"] == "Mayor calls bridge \"a danger\", shuts it")
    #expect(value?["body"] == "one two")
  }

  @Test func `several values follow one another`() {
    #expect(LenientJSON.values(in: Array("{\"a\":1}\n{\"b\":2}".utf8)).count == 2)
  }

  @Test(arguments: [
    "", "{", "[", "\"", "}", "{]", "[}", "{\"a\"", "{\"a\":", "{\"\\u12", "\\", "{,,,}", "nonsense",
    "{\"a\":\"\\ud83d\"}",
  ])
  func `nothing is too broken to end`(text: String) {
    #expect(LenientJSON.values(in: Array(text.utf8)).count <= 2)
  }

  @Test func `depth and length do no harm`() {
    for piece in ["[", "{\"a\":", "\"", "{\"a\":\"b\"\"", "/*", ",", "[1", "\\"] {
      #expect(LenientJSON.values(in: Array(String(repeating: piece, count: 50_000).utf8)).count <= 1)
    }
  }

  @Test func `a broken script still gives an article's fields`() throws {
    let page = """
      <html><head><script type="application/ld+json">{"@type":"NewsArticle","headline":"Port calls bridge "unsafe" again",
      "datePublished":"2021-02-13T10:00:00Z","author":[{"@type":"Person","name":"Ada Miller",},],}</script></head>
      <body><p>The harbour bridge was shut at noon, the port said, and nobody knows when it will open.</p></body></html>
      """
    let text = try #require(readArticle(markup: Array(page.utf8), contentType: "text/html", url: nil))
    #expect(text.headline == "Port calls bridge \"unsafe\" again")
    #expect(text.byline == ["Ada Miller"])
    #expect(text.published?.description == "2021-02-13T10:00:00.000Z")
  }
}
