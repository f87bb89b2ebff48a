import CommandRunner
import JSON
import Testing

/// What comes from outside: lists, pages, lines, good and bad.
struct InputTests {
  @Test func `a bad line of a list is named and the good ones are added`() throws {
    let desk = try Desk.empty()
    let list = try desk.folder.write(
      "# our list\n\n https://a.example/1 \r\nnonsense\nftp://a.example/2\nhttps://b.example/3\nhttps://u:p@c.example/\nhttps://A.example/1#x\n",
      to: "list.txt")
    let result = try desk.stet("add", "--from", list)
    #expect(result.status == 3)
    #expect(
      result.lines == [
        "added    https://a.example/1", "added    https://b.example/3", "known    https://a.example/1",
        "3 rejected, 2 added",
      ])
    #expect(
      result.errors == """
        stet: \(list):4: it has no scheme such as https://
        stet: \(list):5: scheme ftp is neither http nor https
        stet: \(list):7: it holds a user name or password, which would be kept in the archive

        """)
    #expect(try desk.stet("add", "nonsense").status == 1)
    let piped = try desk.stet("add", "--from", "-", input: Array("https://d.example/\nbad\n".utf8))
    #expect(piped.status == 3 && piped.errors.hasPrefix("stet: standard input:2: "))
    let marked = try desk.stet("add", "--from", "-", input: [0xEF, 0xBB, 0xBF] + Array("https://e.example/".utf8))
    #expect(marked.status == 0 && marked.lines == ["added    https://e.example/"])
    let none = try desk.stet("add", "--from", desk.folder.file("none"))
    #expect(none.status == 1 && none.errors.contains("No such file or directory"))
  }

  @Test(arguments: [
    ("empty.html", []), ("spaces.html", Array(" \n\n ".utf8)), ("nul.html", [UInt8](repeating: 0, count: 500)),
    ("noise.html", (0..<900).map { UInt8(truncatingIfNeeded: $0 &* 167) }), ("tag.html", Array("<".utf8)),
    ("open.html", Array("<!--<script><p".utf8)),
  ])
  func `a file without text is an error in words and not a crash`(name: String, bytes: [UInt8]) throws {
    let desk = try Desk()
    let file = try desk.folder.write(bytes, to: name)
    let result = try desk.stet("extract", file, "--json")
    if result.status == 0 {
      #expect(try result.json()["text"] != nil)
    } else {
      #expect(result.status == 1)
      #expect(try result.json()["error"]?["code"] == "no-article")
      #expect(result.errors == "stet: extracting from \(file): there is no article text in it\n")
    }
  }

  @Test func `invalid UTF-8 and a wrong charset label still give text`() throws {
    let desk = try Desk()
    let page = ArticlePage.ferry("It costs 5 million euros a year, the council said.").html
    let broken = Array(page.utf8).flatMap { $0 == UInt8(ascii: "5") ? [0xFF, 0xC3, $0] : [$0] }
    #expect(try desk.stet("extract", desk.folder.write(broken, to: "a.html")).text.contains("million euros a year"))
    for label in ["utf-16", "x-nonsense", "windows-1252", "\u{1F600}"] {
      let text = page.replacing("charset=\"utf-8\"", with: "charset=\"\(label)\"")
      #expect(
        try desk.stet("extract", desk.folder.write(text, to: "b.html")).text.contains("million euros a year"),
        "\(label)")
    }
    let latin = try desk.stet(
      "extract", desk.folder.write(Array(page.utf8).map { $0 == UInt8(ascii: "5") ? 0xE9 : $0 }, to: "c"), "--type",
      "text/html; charset=iso-8859-1")
    #expect(latin.status == 0)
  }

  @Test func `a page of more than a megabyte is read`() throws {
    let desk = try Desk()
    var page = ArticlePage.ferry("It takes effect in May.")
    page.paragraphs += (0..<15_000).map {
      "Paragraph \($0) of the very long contract is about the island ferry and its harbour."
    }
    let file = try desk.folder.write(page.bytes, to: "long.html")
    let text = try desk.stet("extract", file, "--json")
    #expect(text.status == 0)
    #expect(try text.json()["paragraphs"]?.array?.count == 15_002)
    let other = try desk.folder.write(page.html.replacing("Paragraph 777 ", with: "Section 777 "), to: "other.html")
    let edits = try #require(try desk.stet("compare", file, other, "--json").json()["edits"]?.array)
    #expect(edits.count == 1)
    #expect(edits[0]["before"]?.string?.hasPrefix("Paragraph 777 ") == true)
  }

  @Test func `compare reads plain text and names the file it cannot read`() throws {
    let desk = try Desk()
    let old = try desk.folder.write("The ferry leaves at nine in the morning.\n\nIt returns at noon.\n", to: "old.txt")
    let new = try desk.folder.write("The ferry leaves at ten in the morning.\n\nIt returns at noon.\n", to: "new.txt")
    let result = try desk.stet("compare", old, new)
    #expect(result.status == 0)
    #expect(result.text.contains("[-nine-]{+ten+}"))
    #expect(try desk.stet("compare", old, new, "--unified").text.contains("\n-The ferry leaves at nine"))
    let none = try desk.stet("compare", old, desk.folder.file("none.txt"))
    #expect(none.status == 1)
    #expect(
      none.errors
        == "stet: comparing, reading \(desk.folder.file("none.txt")): there is no such file\nhint: - reads standard input\n"
    )
  }

  @Test func `export and import give the same octets`() throws {
    let desk = try Desk.filled()
    let binary = try desk.folder.write(
      """
      {"url":"https://post.example/image","captured_at":"2026-11-20T10:00:00.123Z","status":200,"fields":[["Content-Type","image/png"],["X","\\u00e9 \\"q\\""]],"body_base64":"/wD+gIE="}
      {"url":"https://post.example/moved","captured_at":"2026-11-20T10:00:00Z","seq":0,"status":301,"fields":[["Location","/2026/11/ferry"]],"body":""}
      {"url":"https://post.example/nul","captured_at":"2026-11-20T10:00:00Z","status":200,"fields":[],"body":"a\\u0000b\\ud83d\\ude00\\u2028"}

      """, to: "more.jsonl")
    #expect(try desk.stet("import", "jsonl", binary).status == 0)
    let first = try desk.stet("export", "jsonl", "-o", "-").output
    let copy = StetCommand(in: desk.folder, archive: desk.folder.file("copy.stet"))
    try copy("init")
    #expect(try copy("import", "jsonl", "-", input: first).status == 0)
    #expect(try copy("export", "jsonl", "-o", "-").output == first)
    #expect(try copy("log", "ferry").output == desk.stet("log", "ferry").output)
    #expect(try copy("verify", "--deep").status == 0)
    let again = try copy("import", "jsonl", "-", "--json", input: first).json()
    #expect(again["captures"]?.int == 0 && again["unchanged"]?.int == 12)
  }

  @Test func `an export takes what is asked for`() throws {
    let desk = try Desk.filled()
    func count(_ more: String...) throws -> Int {
      try desk.stet.run(["export", "jsonl", "-o", "-"] + more).lines.count
    }
    #expect(try count() == 9)
    #expect(try count("bridge") == 2)
    #expect(try count("--since", "2026-11-20T11:00Z") == 3)
    #expect(try count("--until", "2026-11-20T10:15Z") == 2)
    #expect(try count("ferry", "--since", "2026-11-20T10:15Z", "--until", "2026-11-20T10:31Z") == 2)
    #expect(try desk.stet("export", "jsonl", "-o", "-", "--since", "whenever").status == 64)
  }

  @Test func `bad lines are named and the good ones kept`() throws {
    let desk = try Desk.empty()
    let good = try ImportLine.page(.ferry("It takes effect in May of next year."), minute: 0)
    let deep = #"{"url":"https://a.example/","captured_at":"2026-11-20","x":"# + String(repeating: "[", count: 5000)
    let lines = [
      "", "not JSON", good.trimmingSuffix("\n"), "[]", "{}", #"{"url":"https://a.example/"}"#,
      #"{"url":"nonsense","captured_at":"2026-11-20"}"#, #"{"url":"https://a.example/","captured_at":"tomorrow"}"#,
      #"{"url":"https://a.example/","captured_at":"2026-11-20","status":99}"#,
      #"{"url":"https://a.example/","captured_at":"2026-11-20","body":7}"#,
      #"{"url":"https://a.example/","captured_at":"2026-11-20","body_base64":"***"}"#, deep,
    ]
    let file = try desk.folder.write(lines.joined(separator: "\n"), to: "mixed.jsonl")
    let result = try desk.stet("import", "jsonl", file)
    #expect(result.status == 3)
    let named = result.errors.split(separator: "\n").map { $0.split(separator: " ")[1] }
    #expect(named == [2, 4, 5, 6, 7, 8, 9, 10, 11, 12].map { "\(file):\($0):" })
    #expect(result.text.hasPrefix("11 lines: 1 new capture, 0 known, 10 bad lines; 1 new article"))
    #expect(try desk.stet("show", "ferry").status == 0)
    #expect(try desk.stet("import", "jsonl", desk.folder.file("none")).status == 1)
    #expect(try desk.stet("import", "jsonl", desk.folder.path).status == 1)
  }

  @Test func `of several files one that cannot be read is named and the others are taken`() throws {
    let desk = try Desk.empty()
    let good = try desk.folder.write(
      try ImportLine.page(.ferry("It takes effect in May of next year."), minute: 0), to: "good.jsonl")
    let later = try desk.folder.write(
      try ImportLine.page(.ferry("It takes effect in June of next year."), minute: 9), to: "later.jsonl")
    let none = desk.folder.file("none.jsonl")
    let result = try desk.stet("import", "jsonl", good, none, later, "--json")
    #expect(result.status == 3)
    #expect(result.errors == "stet: importing: \(none): No such file or directory\n")
    let report = try result.json()
    #expect(report["captures"]?.int == 2 && report["revisions"]?.int == 2)
    #expect(report["failed_inputs"]?.array?.map { $0["code"] } == ["unreadable"])
    #expect(try desk.stet("import", "jsonl", none, desk.folder.path).status == 1)
    // One alone is the command's own failure, as ever.
    #expect(try desk.stet("import", "jsonl", none, "--json").json()["error"]?["code"] == "unreadable")
    #expect(try desk.stet("import", "archive", none).errors == "stet: importing: \(none): there is no archive\n")
    #expect(try desk.stet("import", "archive", none).status == 10)
  }

  @Test func `captures can be stored now and derived later`() throws {
    let desk = try Desk.empty()
    let file = try desk.folder.write(try Desk.history(), to: "history.jsonl")
    #expect(try desk.stet("import", "jsonl", "--store-only", file).status == 0)
    #expect(try desk.stet("status", "--json").json()["not_derived"]?.int == 9)
    #expect(try desk.stet("log", "ferry").output == Array("\(Desk.ferry)\n".utf8))
    #expect(try desk.stet("sync").status == 0)
    #expect(try desk.stet("log", "ferry").output == Desk.filled().stet("log", "ferry").output)
  }

  @Test func `an export that fails leaves nothing behind and harms no file that is there`() throws {
    let desk = try Desk.filled()
    let missing = try desk.stet("export", "jsonl", "-o", desk.folder.file("no/such/out.jsonl"))
    #expect(missing.status == 1)
    #expect(missing.errors.contains("No such file or directory\nhint: no file was left half-written"))
    let more = try (0..<80).map {
      try ImportLine.page(.ferry("Edition \($0) of the story."), url: "https://post.example/more", minute: $0)
    }
    #expect(try desk.stet("import", "jsonl", desk.folder.write(more.joined(), to: "more.jsonl")).status == 0)
    try desk.folder.write("precious", to: "out.jsonl")
    let before = try desk.folder.names().filter { !$0.hasPrefix("archive.stet") }
    let limited = try desk.stet.shell(
      "trap '' XFSZ; ulimit -f 70; exec \"$STET\" export jsonl -o \"\(desk.folder.file("out.jsonl"))\"")
    #expect(limited.status == 1)
    #expect(limited.errors.contains("File too large"))
    #expect(try desk.folder.names().filter { !$0.hasPrefix("archive.stet") } == before)
    #expect(try desk.folder.bytes(of: "out.jsonl") == Array("precious".utf8))
  }

  @Test func `an export to what is no file writes to it and does not replace it`() throws {
    let desk = try Desk.filled()
    let fifo = desk.folder.file("pipe")
    let result = try desk.stet.shell(
      "mkfifo \"\(fifo)\" && (wc -l < \"\(fifo)\" & \"$STET\" export jsonl -o \"\(fifo)\" >&2; wait; test -p \"\(fifo)\")"
    )
    #expect(result.status == 0)
    #expect(result.text == "9\n")
    #expect(try desk.stet("export", "jsonl", "-o", desk.folder.path).status == 1)
  }

  @Test func `a reader that goes away ends the command quietly`() throws {
    let desk = try Desk.filled()
    let result = try desk.stet.shell("\"$STET\" captures ferry | head -n 1")
    #expect(result.status == 0)
    #expect(result.lines == [Desk.ferry])
    #expect(result.errors.isEmpty)
  }
}

extension String {
  fileprivate func trimmingSuffix(_ suffix: String) -> String {
    hasSuffix(suffix) ? String(dropLast(suffix.count)) : self
  }
}
