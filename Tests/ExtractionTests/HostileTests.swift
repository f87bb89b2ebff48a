import Extraction
import Model
import Testing

/// Input that means harm or has come to it: always a verdict, never a trap.
struct HostileTests {
  private func verdict(_ body: [UInt8], _ type: String?) -> Reading {
    read(
      url: "https://post.example/a", status: 200,
      fields: type.flatMap { HTTPFields([(name: "Content-Type", value: $0)]) } ?? HTTPFields(), body: body)
  }

  private func isSound(_ reading: Reading) -> Bool {
    guard let text = reading.text else { return reading.verdict != .article && !reading.reason.isEmpty }
    return reading.verdict == .article && !text.blocks.isEmpty && text.blocks.allSatisfy { !$0.text.isEmpty }
  }

  @Test(arguments: [
    [0xEF, 0xBB, 0xBF], [0xFF, 0xFE], [0xFE, 0xFF, 0x00], [0x00], [0x3C], Array("<!--".utf8), Array("<title>".utf8),
  ])
  func `a body of next to nothing gets a verdict`(body: [UInt8]) {
    for type in ["text/html", "text/plain", nil] { #expect(isSound(verdict(body, type))) }
  }

  @Test func `random bytes get a verdict`() {
    var generator = SplitMix(state: 1)
    for round in 0..<300 {
      let body = (0..<(round * 7)).map { _ in UInt8(truncatingIfNeeded: generator.next()) }
      for type in ["text/html", "text/plain", "text/html; charset=gb18030", nil] {
        #expect(isSound(verdict(body, type)))
      }
    }
  }

  @Test func `markup cut off anywhere gets a verdict`() {
    let page = Array(FixturePage.all[1].markup(.busy).utf8)
    for end in stride(from: 0, to: page.count, by: 37) { #expect(isSound(verdict(Array(page[..<end]), "text/html"))) }
  }

  @Test func `markup with bytes changed anywhere gets a verdict`() {
    var generator = SplitMix(state: 2)
    let page = Array(FixturePage.all[5].markup(.busy).utf8)
    let marks = Array("<>/\"'=& \0{}[]a\u{FF}".utf8)
    for _ in 0..<100 {
      var body = page
      for _ in 0..<20 {
        let at = Int(generator.next() % UInt64(body.count))
        body[at] = marks[Int(generator.next() % UInt64(marks.count))]
      }
      #expect(isSound(verdict(body, "text/html; charset=utf-8")))
    }
  }

  @Test func `deep nesting around an article loses none of it`() throws {
    let page = FixturePage.english
    let body = String(repeating: "<div><span>", count: 3000) + page.paragraphs.map { "<p>\($0)</p>" }.joined()
    let text = try #require(verdict(Array("<h1>\(page.headline)</h1>\(body)".utf8), "text/html").text)
    #expect(text.blocks.map(\.text) == page.paragraphs)
  }

  @Test func `linked data that is deep, broken or absurd is passed over`() {
    let page = FixturePage.english
    for data in [
      String(repeating: "[", count: 100_000),
      "{\"@type\":\"NewsArticle\",\"author\":" + String(repeating: "{\"name\":", count: 400),
      "{\"@type\":\"NewsArticle\",\"headline\":[],\"author\":[[[{\"name\":[1,null]}]]],\"datePublished\":{}}",
      "nonsense",
    ] {
      let markup = page.markup().replacing("<head>", with: "<head><script type='application/ld+json'>\(data)</script>")
      #expect(page.response(markup).text?.headline == page.headline)
    }
  }

  /// S. Vigna's SplitMix64, so that every run is the same.
  private struct SplitMix {
    var state: UInt64
    mutating func next() -> UInt64 {
      state &+= 0x9E37_79B9_7F4A_7C15
      var z = state
      z = (z ^ z >> 30) &* 0xBF58_476D_1CE4_E5B9
      z = (z ^ z >> 27) &* 0x94D0_49BB_1331_11EB
      return z ^ z >> 31
    }
  }

  @Test(arguments: [
    (
      "<p>Some text, long enough, I say so.</p><div class=pullquote>Another text, which is not in it, I say.</div>",
      2_000
    ),
    ("<h1>Another heading of four words</h1><p>Some text, long enough, I say so.</p>", 2_000),
    ("<h3><a href=/x>Another heading of four words</a></h3><p>Some text, long enough, I say so.</p>", 2_000),
    ("<article><h1>Four words of it</h1><p>Some text, long enough, I say so.</p></article>", 2_000),
    ("<time>2021-02-13</time> ", 5_000), ("<p>By Ada Miller | March 9, 2023</p>", 3_000),
    ("<script type='application/ld+json'>{\"a\":\"\" \"</script>", 1_000),
  ])
  func `many of what is rarely more than one do no harm`(piece: String, count: Int) {
    let markup = "<title>Some thing or other</title>" + String(repeating: piece, count: count)
    let text = readArticle(markup: Array(markup.utf8), contentType: "text/html", url: nil)
    #expect((text?.blocks.count ?? 0) <= 2 * count)
  }
}
