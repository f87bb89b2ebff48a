import HTTPAnswers
import Model
import Testing

/// Targets of requests, well and badly made, as questions.
struct QuestionTests {
  private func ask(_ target: String, fields: [(name: String, value: String)] = [], body: String = "") throws -> Question
  {
    try Question(
      target: target, fields: fields, body: Array(body.utf8), now: Instant(milliseconds: 0), base: "http://127.0.0.1:1")
  }

  @Test func `a path is taken apart and decoded, an encoded slash staying inside its segment`() throws {
    let question = try ask("/articles/a%2Fb/%C3%A9?x=1")
    #expect(question.path == "/articles/a%2Fb/%C3%A9")
    #expect(question.segments == ["articles", "a/b", "é"])
    #expect(try ask("/").segments == [""])
    #expect(try ask("/a/").segments == ["a", ""])
  }

  @Test(arguments: ["", "a", "?x", "/%", "/%4", "/%zz", "/a/%e"])
  func `a malformed path is refused`(_ target: String) {
    #expect(throws: Question.Invalid.path) { try ask(target) }
  }

  @Test(arguments: ["/%FF", "/%00", "/a%C3", "/%ED%A0%80", "/%C0%AF"])
  func `a path that is not text is refused`(_ target: String) {
    #expect(throws: Question.Invalid.encoding) { try ask(target) }
  }

  @Test func `a URL below web need not be UTF-8, and stays encoded then`() throws {
    #expect(try ask("/web/2026/http://a.example/caf%E9/%C3%A9").segments.suffix(2) == ["caf%E9", "é"])
    #expect(throws: Question.Invalid.encoding) { try ask("/web/%00") }
    #expect(throws: Question.Invalid.path) { try ask("/web/%E") }
  }

  @Test func `a time that moves on with the clock is told from one that does not`() throws {
    #expect(try ask("/s?since=7d").isRelative(["since"]))
    #expect(try ask("/s?q=7d&since=2026-11-20").isRelative(["since", "until"]) == false)
    #expect(try ask("/s").isRelative(["since"], "2", "yesterday"))
  }

  @Test func `a query is read as browsers write it`() throws {
    let question = try ask("/s?q=two+words%21&q=%zz&empty&=nameless&bad=%FF%&url=https://a/?b=c")
    #expect(question[query: "q"] == "two words!")
    #expect(question.all(query: "q") == ["two words!", "%zz"])
    #expect(question[query: "empty"] == "")
    #expect(question[query: ""] == "nameless")
    #expect(question[query: "bad"] == "\u{FFFD}%")
    #expect(question[query: "url"] == "https://a/?b=c")
    #expect(question[query: "absent"] == nil)
    #expect(question.rawQuery?.hasPrefix("q=two+words") == true)
    #expect(try ask("/s").rawQuery == nil)
    #expect(try ask("/s?").rawQuery == "")
  }

  @Test func `a query of too many pairs is refused`() throws {
    let pairs = { (count: Int) in Array(repeating: "a=1", count: count).joined(separator: "&") }
    #expect(try ask("/?" + pairs(FormFields.limit)).query.count == FormFields.limit)
    #expect(throws: Question.Invalid.query) { try ask("/?" + pairs(FormFields.limit + 1)) }
  }

  @Test func `fields are found whatever their case, and a form only under its own type`() throws {
    let form = "application/x-www-form-urlencoded; charset=utf-8"
    let question = try ask("/", fields: [("content-type", form)], body: "a=1&b=x+y")
    #expect(question.field("Content-Type") == form)
    #expect(question.form?.map(\.value) == ["1", "x y"])
    #expect(try ask("/", fields: [("Content-Type", "text/plain")], body: "a=1").form == nil)
  }

  @Test(arguments: ["", "a b", "ä&=?/%+", "\u{1F600}~-._", "日本"])
  func `encoding and decoding are inverse`(_ text: String) {
    #expect(PercentCoding.decoded(PercentCoding.encoded(text).utf8) == Array(text.utf8))
    let pairs = FormFields.read(FormFields.written([(text, text)]).utf8)
    #expect(pairs?.first.map { [$0.name, $0.value] } == [text, text])
  }
}
