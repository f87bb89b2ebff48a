import CommandRunner
import JSON
import Testing

/// `extract --batch`: many pages in, as many answers out.
struct ExtractBatchTests {
  private let page = ArticlePage.ferry("It costs 5 million euros a year, the council said.")

  private func line(_ members: [(String, JSONValue)]) -> String {
    JSONValue.object(members.map { (key: $0.0, value: $0.1) }).description
  }

  @Test func `each line is answered by one, in order, with its id and the keys of extract`() throws {
    let desk = try Desk()
    let file = try desk.folder.write(page.html, to: "page.html")
    let lines =
      [line([("id", "file"), ("html_file", .string(file)), ("url", "https://post.example/x")])]
      + (0..<300).map {
        line([("id", JSONValue($0)), ("html", .string(page.html.replacing("5 million", with: "\($0) million")))])
      }
    let result = try desk.stet("extract", "--batch", desk.folder.write(lines.joined(separator: "\n"), to: "in.jsonl"))
    #expect(result.status == 0)
    let answers = try result.lines.map { try JSONValue(parsing: Array($0.utf8)) }
    #expect(answers.count == 301)
    #expect(answers[0]["id"] == "file" && answers[0]["url"] == "https://post.example/x")
    for (index, answer) in answers.dropFirst().enumerated() {
      #expect(answer["id"]?.int == Int64(index))
      #expect(answer["text"]?.string?.contains("It costs \(index) million") == true)
    }
    let single = try desk.stet("extract", file, "--url", "https://post.example/x", "--json").json()
    for key in ["headline", "lead", "byline", "published", "language", "paragraphs", "text", "digest", "extractor"] {
      #expect(answers[0][key] == single[key], "\(key)")
    }
  }

  @Test func `a bad line is answered in its place, and the good ones all the same`() throws {
    let desk = try Desk()
    let good = line([("id", "good"), ("html", .string(page.html))])
    let lines = [
      "nonsense", "[1]", "{}", line([("id", "neither")]), line([("id", "both"), ("html", "x"), ("html_file", "y")]),
      line([("id", "gone"), ("html_file", .string(desk.folder.file("none.html")))]),
      line([("id", "empty"), ("html", "")]),
      line([
        ("id", "torn"), ("html_file", .string(try desk.folder.write([0x1F, 0x8B, 8, 0, 1, 2], to: "torn.html.gz"))),
      ]),
      good,
    ]
    let result = try desk.stet("extract", "--batch", input: Array(lines.joined(separator: "\n").utf8))
    #expect(result.status == 3)
    let answers = try result.lines.map { try JSONValue(parsing: Array($0.utf8)) }
    #expect(
      answers.map { $0["error"]?["code"]?.string } == [
        "bad-line", "bad-line", "bad-line", "bad-line", "bad-line", "unreadable", "no-article", "bad-gzip", nil,
      ])
    #expect(answers.map { $0["id"]?.string } == [nil, nil, nil, "neither", "both", "gone", "empty", "torn", "good"])
  }

  @Test func `a file may be gzip`() throws {
    let desk = try Desk()
    // gzip(1) of "<p>The ferry will run until 2030, the council said on Monday.</p>", stored and not compressed.
    let text = Array("<p>The ferry will run until 2030, the council said on Monday.</p>".utf8)
    let count = UInt8(text.count)
    let checksum = Self.crc(text)
    let member: [UInt8] =
      [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 255, 1, count, 0, ~count, 255] + text
      + (0..<4).map { UInt8(truncatingIfNeeded: checksum >> ($0 * 8)) } + [count, 0, 0, 0]
    let file = try desk.folder.write(member, to: "page.html.gz")
    let input = Array(line([("id", "zipped"), ("html_file", .string(file))]).utf8)
    let result = try desk.stet("extract", "--batch", "-", input: input)
    #expect(result.status == 0)
    #expect(try result.json()["text"] == "The ferry will run until 2030, the council said on Monday.")
  }

  /// RFC 1952 §8.
  private static func crc(_ bytes: [UInt8]) -> UInt32 {
    ~bytes.reduce(UInt32.max) { crc, byte in
      (0..<8).reduce(crc ^ UInt32(byte)) { value, _ in value & 1 == 1 ? value >> 1 ^ 0xEDB8_8320 : value >> 1 }
    }
  }

  @Test func `a published instant keeps the page's offset`() throws {
    let desk = try Desk()
    let html =
      "<meta property=article:published_time content='2026-11-20T00:30:00+02:00'><p>The ferry will run until 2030, the council said.</p>"
    let result = try desk.stet("extract", "--batch", input: Array(line([("id", "a"), ("html", .string(html))]).utf8))
    #expect(try result.json()["published"] == "2026-11-20T00:30:00.000+02:00")
  }

  @Test func `wrong use is told`() throws {
    let desk = try Desk()
    #expect(try desk.stet("extract").status == 64)
    #expect(try desk.stet("extract", "--batch", "-", "--url", "https://post.example/").status == 64)
    #expect(try desk.stet("extract", "--batch", desk.folder.file("none")).status == 1)
  }
}
