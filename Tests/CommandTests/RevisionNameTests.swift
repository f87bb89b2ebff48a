import CommandRunner
import JSON
import Testing

/// The ways to name a revision.
struct RevisionNameTests {
  @Test func `by ordinal, from the end, and by instant`() throws {
    let desk = try Desk.filled()
    func worth(_ name: String) throws -> String {
      let text = try desk.stet("show", name, "--text").lines
      return "\(text.count) \(text.count > 1 ? String(text[1].dropFirst(12).prefix(3)) : "-")"
    }
    for (name, wanted) in [
      ("ferry", "3 1.5"), ("ferry@1", "3 1.5"), ("ferry@2", "3 15 "), ("ferry@3", "4 15 "), ("ferry@4", "3 1.5"),
      ("ferry@-1", "4 15 "),
      ("ferry@-3", "3 1.5"), ("ferry@2026-11-20T10:29:59.999Z", "3 1.5"), ("ferry@2026-11-20T10:30Z", "3 15 "),
      ("ferry@2026-11-20T11:20", "4 15 "), ("ferry@2026-11-21", "3 1.5"), ("ferry@2026-11-20", "3 1.5"),
      ("ferry@2026-11-20T10:29:59Z", "3 1.5"),
      ("ferry@today", "3 1.5"), ("1@2", "3 15 "),
      (Desk.ferry + "@2", "3 15 "),
    ] {
      #expect(try worth(name) == wanted, "\(name)")
    }
  }

  @Test(arguments: [
    "ferry@99", "ferry@-4", "ferry@-9223372036854775808", "ferry@9223372036854775807",
  ])
  func `a revision that is not there is refused and the last one named`(name: String) throws {
    let result = try Desk.filled().stet("show", name)
    #expect(result.status == 1)
    #expect(result.errors.contains("there is no such revision; the last is @4"))
  }

  @Test func `an instant before the first capture is refused and that one named`() throws {
    let result = try Desk.filled().stet("show", "ferry@2020-01-01")
    #expect(result.status == 1)
    #expect(result.errors.contains("by then; @1 was first captured 2026-11-20 10:00:00Z"))
  }

  @Test(arguments: ["ferry@0", "ferry@someday", "ferry@", "ferry@1..2..3", "ferry@2026-02-30"])
  func `what is no revision is wrong use`(name: String) throws {
    let result = try Desk.filled().stet("show", name)
    #expect(result.status == 64, "\(result.errors)")
    #expect(result.errors.contains("hint: "))
  }

  @Test func `diff takes two of them`() throws {
    let desk = try Desk.filled()
    func ends(_ name: String) throws -> [Int64?] {
      let value = try desk.stet("diff", name, "--json").json()
      return [value["from"]?["revision"]?.int, value["to"]?["revision"]?.int]
    }
    #expect(try ends("ferry") == [3, 4])
    #expect(try ends("ferry@2") == [1, 2])
    #expect(try ends("ferry@1..3") == [1, 3])
    #expect(try ends("ferry@3..1") == [3, 1])
    #expect(try ends("ferry@1..") == [1, 4])
    #expect(try ends("ferry@2026-11-20T10:05Z..2026-11-20T10:40Z") == [1, 2])
    #expect(try desk.stet("diff", "ferry@1..4").text.hasSuffix("no edits: both say the same\n"))
    #expect(try desk.stet("diff", "ferry@1").status == 1)
    #expect(try desk.stet("show", "ferry@1..2").status == 64)
  }

  @Test func `a URL with an at sign is a URL first`() throws {
    let desk = try Desk.empty()
    let url = "https://post.example/@ada/2"
    let file = try desk.folder.write(
      try ImportLine.page(.ferry("It takes effect in May of next year."), url: url, minute: 0), to: "l")
    #expect(try desk.stet("import", "jsonl", file).status == 0)
    for name in [url, url + "@1", "@ada", "@ada/2@1"] { #expect(try desk.stet("show", name).status == 0, "\(name)") }
  }
}
