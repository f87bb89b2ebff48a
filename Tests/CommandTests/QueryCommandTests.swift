import CommandRunner
import JSON
import Testing

/// The commands that ask over the whole archive: their keys, and what they refuse.
struct QueryCommandTests {
  @Test func `edits lists them as JSON Lines, by class, time and number`() throws {
    let desk = try Desk.filled()
    let all = try desk.stet("edits", "--json").jsonLines()
    #expect(!all.isEmpty)
    for edit in all {
      #expect(
        edit.has([
          "article", "url", "revision", "since", "checks_between", "checks_without_article", "returns_to", "headline",
          "language",
          "stealth", "action", "class", "classes", "part", "before", "after", "words",
        ]))
      #expect(edit["since"]?.keys == ["after", "by"])
    }
    #expect(all.first?["revision"]?.int == 4 && all.first?["returns_to"]?.int == 1)
    #expect(try desk.stet("edits", "--json", "--limit", "1").jsonLines() == Array(all.prefix(1)))
    let numbers = try desk.stet("edits", "ferry", "--class", "number", "--json").jsonLines()
    #expect(numbers.count == 2)
    #expect(try desk.stet("edits", "bridge", "--json").output.isEmpty)
    #expect(try desk.stet("edits", "--until", "2001-01-01", "--json").output.isEmpty)
    #expect(try desk.stet("edits", "--class", "nonsense").status == 64)
    #expect(try desk.stet("edits", "--limit", "0").status == 64)
    #expect(
      try desk.stet("edits", "--source", "nowhere", "--json").json()["error"]?["code"]?.string == "no-such-source")
    #expect(try desk.stet("edits", "post.example", "--json").json()["error"]?["code"]?.string == "ambiguous")
  }

  @Test func `stealth edits are those without a new notice, of the classes asked for`() throws {
    let desk = try Desk.filled()
    var page = ArticlePage.ferry("It is worth 1.5 million euros a year.")
    let url = "https://wire.example/ferry"
    var lines = try ImportLine.page(page, url: url, minute: 0)
    page.paragraphs[1] = "It is worth 15 million euros a year."
    lines += try ImportLine.page(page, url: url, minute: 10)
    page.paragraphs[1] = "It is worth 25 million euros a year."
    page.paragraphs.append("Correction: An earlier version of this article gave the worth as 15 million euros.")
    lines += try ImportLine.page(page, url: url, minute: 20)
    #expect(try desk.stet("import", "jsonl", desk.folder.write(lines, to: "wire.jsonl")).status == 0)
    let all = try desk.stet("edits", "wire", "--json").jsonLines()
    #expect(!all.isEmpty && all.allSatisfy { ($0["stealth"] == true) == ($0["revision"]?.int == 2) })
    let stealth = try desk.stet("edits", "wire", "--stealth", "--json").jsonLines()
    #expect(!stealth.isEmpty && stealth == all.filter { $0["stealth"] == true })
    #expect(try desk.stet("edits", "wire", "--stealth", "--class", "quote", "--json").output.isEmpty)
    #expect(try desk.stet("edits", "wire", "--stealth").lines[1].hasSuffix("  stealth"))
    #expect(try desk.stet("export", "csv", "-o", "-", "wire", "--stealth").text.split(separator: "\r\n").count == 2)
  }

  @Test func `articles are listed with their numbers, imported ones too`() throws {
    let desk = try Desk.filled()
    let all = try desk.stet("articles", "--json").jsonLines()
    #expect(all.map { $0["url"]?.string } == [Desk.ferry, Desk.bridge])
    for article in all {
      #expect(
        article.keys == [
          "article", "url", "added_at", "revisions", "headline", "language", "changed_at", "captured_at",
        ])
      let number = try #require(article["article"]?.int)
      #expect(try desk.stet("show", "\(number)", "--json").json()["url"] == article["url"])
    }
    #expect(try desk.stet("articles", "bridge", "--json").jsonLines() == Array(all.suffix(1)))
    #expect(try desk.stet("articles", "--limit", "1", "--json").jsonLines() == Array(all.prefix(1)))
    let none = try desk.stet("articles", "tram")
    #expect(none.status == 0 && none.output.isEmpty && none.errors == "no such articles\n")
    #expect(try desk.stet("articles", "--source", "nowhere", "--json").json()["error"]?["code"] == "no-such-source")
    #expect(try desk.stet("articles", "--limit", "0").status == 64)
  }

  @Test func `instants may be typed as so long ago`() throws {
    let desk = try Desk.filled()
    let all = try desk.stet("edits", "--json").output
    #expect(try desk.stet("edits", "--since", "50000w", "--json").output == all)
    #expect(try desk.stet("edits", "--until", "50000w", "--json").output.isEmpty)
    for typed in ["today", "yesterday", "90m", "12h", "7d"] {
      #expect(try desk.stet("edits", "--since", typed).status == 0)
    }
    #expect(try desk.stet("edits", "--since", "2026-11-20", "--until", "2026-11-20", "--json").output == all)
    #expect(try desk.stet("edits", "--until", "2026-11-19", "--json").output.isEmpty)
    #expect(try desk.stet("edits", "--since", "2026-11-21", "--json").output.isEmpty)
    for typed in ["7", "d", "-7d", "7y", "tomorrow"] { #expect(try desk.stet("edits", "--since", typed).status == 64) }
    #expect(try desk.stet("show", "ferry@50000w", "--json").json()["error"]?["code"]?.string == "no-revision")
  }

  @Test func `blame lists fields and sentences with what they said before`() throws {
    let desk = try Desk.filled()
    let lines = try desk.stet("blame", "ferry@3", "--json").jsonLines()
    #expect(lines.allSatisfy { $0.keys == ["part", "block", "text", "revision", "since", "was"] })
    #expect(lines.first?["part"]?.string == "headline" && lines.first?["revision"]?.int == 3)
    #expect(lines.first?["was"]?.array?.first?["text"]?.string == "Council approves ferry contract")
    #expect(lines.contains { $0["text"]?.string == "It is worth 15 million euros a year." && $0["revision"]?.int == 2 })
    #expect(try desk.stet("blame", "ferry@9", "--json").json()["error"]?["code"]?.string == "no-revision")
    #expect(try desk.stet("blame", "ferry@1..2", "--json").json()["error"]?["code"]?.string == "bad-revision")
    #expect(try desk.stet("blame", "example", "--json").json()["error"]?["code"]?.string == "ambiguous")
  }

  @Test func `search marks what it found, and takes operators as text`() throws {
    let desk = try Desk.filled()
    let found = try desk.stet("search", "\"15 million\"", "WORTH", "--json").jsonLines()
    #expect(found.count == 1)
    #expect(found.first?.keys == ["article", "url", "revision", "text", "matches", "spans"])
    #expect(found.first?["matches"]?.array?.count == 2)
    #expect(found.first?["spans"]?.array?.first?.keys == ["from", "to"])
    #expect(try desk.stet("search", "15 million").lines.contains { $0.contains("[15] [million]") })
    for query in ["worth OR bridge", "NEAR(worth million)", "worth NOT million"] {
      let result = try desk.stet("search", query, "--json")
      #expect(result.status == 0 && result.output.isEmpty, "\(query)")
    }
    for (query, code) in [("", "empty-query"), ("\"*\"", "empty-query"), ("x", "query-too-short")] {
      let result = try desk.stet("search", query, "--json")
      #expect(result.status == 64)
      #expect(try result.json()["error"]?["code"]?.string == code)
    }
  }

  @Test func `when gives the times in which a phrase stood`() throws {
    let desk = try Desk.filled()
    let found = try desk.stet("when", "15 million euros", "--json").jsonLines()
    #expect(found.map(\.keys) == [["article", "url", "phrase", "spans"]])
    #expect(found.first?["spans"]?.array?.map { $0["to"]?.keys } == [["after", "by"]])
    #expect(try desk.stet("when", "15 million euros", "bridge", "--json").output.isEmpty)
    #expect(try desk.stet("when", "x", "--json").json()["error"]?["code"]?.string == "query-too-short")
    #expect(try desk.stet("when", "worth", "nothing", "--json").json()["error"]?["code"]?.string == "no-such-article")
  }

  @Test func `same lists articles that share sentences`() throws {
    let desk = try Desk.filled()
    #expect(try desk.stet("same", "ferry", "--json").output.isEmpty)
    let copy = try ImportLine.page(
      ArticlePage(
        "Ferry contract",
        ["The harbour council approved a new contract for the island ferry on Thursday after a debate of four hours."]),
      url: "https://wire.example/ferry", minute: 40)
    #expect(try desk.stet("import", "jsonl", desk.folder.write(copy, to: "copy.jsonl")).status == 0)
    let found = try desk.stet("same", "post.example/2026/11/ferry", "--json").jsonLines()
    #expect(found.map(\.keys) == [["article", "url", "shared", "first_here", "first_there", "sentences", "changes"]])
    #expect(found.first?["first_here"]?.int == 1)
    #expect(found.first?["sentences"]?.array?.first?.keys == ["text", "here", "there", "first"])
  }

  @Test func `same tells who followed, with the words that differ`() throws {
    let desk = try Desk.empty()
    func said(_ millions: Int) -> ArticlePage {
      ArticlePage.ferry("The new contract for the ferry is worth \(millions) million euros a year to its owners.")
    }
    let (follower, other) = ("https://wire.example/ferry", "https://echo.example/ferry")
    var lines = try ImportLine.page(said(4), url: other, minute: 0)
    for (url, minute) in [(Desk.ferry, 0), (follower, 10)] {
      lines += try ImportLine.page(said(4), url: url, minute: minute)
      lines += try ImportLine.page(said(14), url: url, minute: minute + 5)
    }
    #expect(try desk.stet("import", "jsonl", desk.folder.write(lines, to: "wire.jsonl")).status == 0)
    let found = try desk.stet("same", "post.example").lines
    for what in ["followed", "did not follow"] {
      #expect(
        found.contains(
          "  \(what): The new contract for the ferry is worth [-4-]{+14+} million euros a year to its owners."))
    }
  }

  @Test func `log says which revision a return goes back to`() throws {
    let desk = try Desk.filled()
    let log = try desk.stet("log", "ferry", "--json").jsonLines()
    #expect(log.map { $0["returns_to"]?.int } == [1, nil, nil, nil])
    #expect(try desk.stet("log", "ferry", "--limit", "2", "--json").jsonLines() == Array(log.prefix(2)))
    #expect(try desk.stet("log", "ferry", "--limit", "0").status == 64)
  }
}
