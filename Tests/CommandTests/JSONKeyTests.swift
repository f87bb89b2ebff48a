import CommandRunner
import JSON
import Testing

/// The keys that scripts rely on.
struct JSONKeyTests {
  private static let report = [
    "checked", "unchanged", "revisits", "captures", "new_articles", "revisions", "edits", "not_articles", "failures",
    "sources", "listed", "joined", "held_back", "bytes_received", "elapsed_ms", "passed",
  ]

  @Test func `init, add, sources and the watch list`() throws {
    let desk = try Desk()
    let made = try desk.stet("init", "--json").json()
    #expect(made["archive"]?.string == desk.stet.archive)
    #expect(made["origin"]?.string?.hasPrefix("ed25519:") == true)
    #expect(made["key"]?.string?.hasPrefix("stet/") == true)
    let added = try desk.stet(
      "add", Desk.ferry, Desk.ferry + "#top", "ftp://a.example/", "nonsense", "--every", "30m", "--json")
    #expect(added.status == 3)
    let value = try added.json()
    #expect(value["added"] == [.string(Desk.ferry)])
    #expect(value["known"] == [.string(Desk.ferry)])
    #expect(value["rejected"]?.array?.map(\.keys) == [["url", "reason"], ["url", "reason"]])
    let sources = try desk.stet("sources", "--json").jsonLines()
    #expect(sources.count == 1)
    #expect(
      sources[0].has([
        "article", "url", "kind", "every_ms", "added_at", "paused", "due_at", "last_check", "failures", "revisions",
      ]))
    #expect(sources[0]["every_ms"]?.int == 1_800_000)
    #expect(try desk.stet("pause", "ferry", "--json").json()["paused"] == true)
    #expect(try desk.stet("sources", "--json").jsonLines().first?["paused"] == true)
    #expect(try desk.stet("sync", "--dry-run").output.isEmpty)
    #expect(try desk.stet("resume", "ferry", "--json").json()["resumed"] == true)
    #expect(try desk.stet("sync", "--dry-run").lines == [Desk.ferry])
    #expect(try desk.stet("remove", "ferry", "--json").json()["removed"] == true)
    #expect(try desk.stet("sources", "--json").output.isEmpty)
    #expect(try desk.stet("remove", "ferry").status == 1)
    #expect(try desk.stet("add", Desk.ferry, "--json").json()["added"] == [.string(Desk.ferry)])
  }

  @Test func `sync, import and status`() throws {
    let desk = try Desk.filled()
    #expect(try desk.stet("sync", "--json").json().keys == Self.report)
    let again = try desk.stet("import", "jsonl", desk.folder.file("history.jsonl"), "--json").json()
    #expect(again.keys == Self.report)
    #expect(again["unchanged"]?.int == 9 && again["captures"]?.int == 0 && again["revisions"]?.int == 0)
    let status = try desk.stet("status", "--json").json()
    #expect(
      status.has([
        "archive", "origin", "sources", "due", "next_due", "articles", "captures", "bodies", "revisions", "edits",
        "checks",
        "body_bytes", "stored_bytes", "file_bytes", "last_sync", "failing",
      ]))
    #expect(status["captures"]?.int == 9 && status["articles"]?.int == 2 && status["revisions"]?.int == 5)
    #expect(status["last_sync"]?["report"]?.keys == Self.report)
  }

  @Test func `import counts each article once whatever the order`() throws {
    let desk = try Desk.empty()
    let lines = try Desk.history().split(separator: "\n")
    for line in lines.reversed() {
      let file = try desk.folder.write(line + "\n", to: "one.jsonl")
      let report = try desk.stet("import", "jsonl", file, "--json").json()
      let isFirst = line == lines[6] || line == lines[7]
      #expect(report["new_articles"]?.int == (isFirst ? 1 : 0), "\(line.prefix(120))")
    }
    #expect(try desk.stet("status", "--json").json()["revisions"]?.int == 5)
  }

  @Test func `log and captures`() throws {
    let desk = try Desk.filled()
    let log = try desk.stet("log", "ferry", "--json").jsonLines()
    #expect(log.map { $0["revision"]?.int } == [4, 3, 2, 1])
    for entry in log {
      #expect(
        entry.has([
          "revision", "snapshot", "first_capture", "last_capture", "since", "headline", "edits", "words_added",
          "words_removed",
        ]))
      #expect(entry["since"]?.keys == ["after", "by"])
    }
    #expect(log[2]["since"]?["after"] == "2026-11-20T10:15:00.000Z")
    #expect(log[2]["since"]?["by"] == "2026-11-20T10:30:00.000Z")
    #expect(log[3]["since"]?["after"] == .null)
    #expect(log[0]["snapshot"] == log[3]["snapshot"])
    let captures = try desk.stet("captures", "ferry", "--json").jsonLines()
    #expect(captures.count == 7)
    for capture in captures {
      #expect(capture.has(["capture", "at", "status", "payload", "bytes", "kind", "verdict", "revision"]))
    }
    #expect(
      captures.map { $0["kind"] } == ["response", "revisit", "response", "response", "response", "response", "revisit"])
    #expect(
      captures.map { $0["verdict"] } == [
        "article", "article", "article", "error", "consent-wall", "article", "article",
      ])
    #expect(captures.map { $0["revision"]?.int } == [1, 1, 2, nil, nil, 3, 4])
  }

  @Test func `captures are limited to the newest`() throws {
    let desk = try Desk.filled()
    let all = try desk.stet("captures", "ferry", "--json").lines
    #expect(try desk.stet("captures", "ferry", "--limit", "2", "--json").lines == Array(all.suffix(2)))
    #expect(try desk.stet("captures", "ferry", "--limit", "99", "--json").lines == all)
    #expect(try desk.stet("captures", "ferry", "--limit", "0").status == 64)
  }

  @Test func `show and extract`() throws {
    let desk = try Desk.filled()
    let keys = [
      "url", "headline", "lead", "byline", "published", "modified", "language", "site", "paragraphs", "text", "digest",
      "extractor",
    ]
    let shown = try desk.stet("show", "ferry@2", "--json").json()
    #expect(shown.has(keys))
    #expect(shown["url"]?.string == Desk.ferry)
    #expect(shown["language"] == "en")
    #expect(shown["paragraphs"]?.array?.count == 3)
    let html = try desk.stet("show", "ferry@2", "--html").output
    let file = try desk.folder.write(html, to: "page.html")
    let extracted = try desk.stet("extract", file, "--url", Desk.ferry, "--json").json()
    #expect(extracted.has(keys))
    #expect(extracted["digest"] == shown["digest"])
    let fields = try desk.stet("show", "ferry", "--fields", "--json").json()
    #expect(fields["fields"] == [["Content-Type", "text/html; charset=utf-8"]])
    #expect(try desk.stet("show", "ferry", "--fields").text == "Content-Type: text/html; charset=utf-8\n")
    #expect(try desk.stet("show", "ferry@1", "--text").lines.count == 3)
  }

  @Test func `diff and compare`() throws {
    let desk = try Desk.filled()
    let diff = try desk.stet("diff", "ferry@2", "--json").json()
    #expect(diff.has(["from", "to", "edits"]))
    let edit = try #require(diff["edits"]?.array?.first)
    #expect(edit.has(["action", "class", "part", "before", "after", "words"]))
    #expect(edit["action"] == "rewording" && edit["class"] == "number" && edit["part"] == "paragraph")
    let words = try #require(edit["words"]?.array)
    func joined(_ ops: [String]) -> String {
      words.filter { ops.contains($0["op"]?.string ?? "") }.compactMap { $0["text"]?.string }.joined()
    }
    #expect(joined(["same", "deleted"]) == edit["before"]?.string)
    #expect(joined(["same", "inserted"]) == edit["after"]?.string)
    for n in [1, 2] { try desk.folder.write(try desk.stet("show", "ferry@\(n)", "--html").output, to: "\(n).html") }
    let compared = try desk.stet("compare", desk.folder.file("1.html"), desk.folder.file("2.html"), "--json").json()
    #expect(compared["edits"] == diff["edits"])
    #expect(
      try desk.stet("compare", desk.folder.file("1.html"), desk.folder.file("1.html"), "--json").json()["edits"] == [])
  }

  @Test func `verify, rebuild and export`() throws {
    let desk = try Desk.filled()
    let verify = try desk.stet("verify", "--deep", "--json").json()
    #expect(verify.has(["bodies", "captures", "revisions", "problems"]))
    #expect(verify["problems"] == [])
    #expect(try desk.stet("rebuild", "--json").json()["revisions"]?.int == 5)
    let out = desk.folder.file("out.jsonl")
    let file = try #require(try desk.stet("export", "jsonl", "-o", out, "--json").json()["files"]?.array?.first)
    #expect(file["path"]?.string == out && file["records"]?.int == 9)
    #expect(file["bytes"]?.int == Int64(try desk.folder.bytes(of: "out.jsonl").count))
    for line in try desk.folder.bytes(of: "out.jsonl").split(separator: 10) {
      let value = try JSONValue(parsing: Array(line))
      #expect(value.has(["url", "captured_at", "status", "fields", "body"]))
    }
  }
}
