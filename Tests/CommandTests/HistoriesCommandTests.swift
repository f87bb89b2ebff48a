import CommandRunner
import Foundation
import JSON
import LoopbackServer
import Testing

/// `export markdown`, `export csv`, `import git`, `import ota` and `import wayback` as they are typed.
struct HistoriesCommandTests {
  @Test func `export markdown writes a file a revision and leaves alone what is there`() throws {
    let desk = try Desk.filled()
    let out = desk.folder.file("out")
    #expect(try desk.stet("export", "markdown", "-o", out).lines == ["\(out): 5 files written, 0 there already"])
    let json = try desk.stet("export", "markdown", "-o", out, "--json").json()
    #expect(json["path"]?.string == out && json["files"]?.int == 0 && json["unchanged"]?.int == 5)
    #expect(try desk.folder.names().contains("out"))
    let one = try desk.stet("export", "markdown", "bridge", "-o", desk.folder.file("one"), "--json").json()
    #expect(one["files"]?.int == 1)
    let late = try desk.stet(
      "export", "markdown", "-o", desk.folder.file("late"), "--since", "2026-11-20T11:00Z", "--json"
    ).json()
    #expect(late["files"]?.int == 2)
  }

  @Test func `export markdown wants a folder or git`() throws {
    let desk = try Desk.filled()
    for form in ["markdown", "html"] { #expect(try desk.stet("export", form, "-o", "-").status == 64) }
    #expect(try desk.stet("export", "markdown").status == 64)
    let unknown = try desk.stet("export", "markdown", "-o", desk.folder.file("x"), "--source", "nobody", "--json")
    #expect(unknown.status == 1)
    #expect(try unknown.json()["error"]?["code"] == "no-such-source")
    let denied = try desk.stet("export", "markdown", "-o", "/proc/none", "--json")
    #expect(denied.status == 1)
    #expect(try denied.json()["error"]?["code"] == "unwritable")
  }

  @Test func `export markdown without git on the way says what to do`() throws {
    let desk = try Desk.filled()
    let result = try desk.stet.run(
      ["export", "markdown", "--git", "-o", desk.folder.file("out")], environment: ["PATH": desk.folder.path])
    #expect(result.status == 1)
    #expect(result.errors.contains("git could not be started: No such file or directory"))
    let stream = try desk.stet.run(
      ["export", "markdown", "--git", "-o", "-"], environment: ["PATH": desk.folder.path])
    #expect(stream.status == 0 && stream.text.hasPrefix("feature done\ncommit refs/heads/main\n"))
    #expect(stream.text.hasSuffix("\ndone\n"))
  }

  @Test func `export csv writes a table of edits`() throws {
    let desk = try Desk.filled()
    let path = desk.folder.file("edits.csv")
    let result = try desk.stet("export", "csv", "-o", path)
    #expect(result.status == 0 && result.lines.first?.hasPrefix("\(path): ") == true)
    let rows = String(decoding: try desk.folder.bytes(of: "edits.csv"), as: UTF8.self).split(separator: "\r\n")
    #expect(rows.count == (try desk.stet("edits", "--json").lines.count) + 1)
    #expect(
      rows.contains {
        $0.hasSuffix(",It is worth 1.5 million euros a year.,It is worth 15 million euros a year.,1,1,1")
      })
    let numbers = try desk.stet("export", "csv", "-o", "-", "--class", "number", "--limit", "1")
    #expect(numbers.text.split(separator: "\r\n").count == 2)
    #expect(try desk.stet("export", "csv", "-o", "-", "--class", "nonsense").status == 64)
  }

  @Test(.enabled(if: Self.hasGit)) func `a history goes out to git and comes back in`() throws {
    let desk = try Desk.filled()
    let repository = desk.folder.file("history")
    #expect(
      try desk.stet("export", "markdown", "--git", "-o", repository).lines == [
        "\(repository): 5 new commits, 0 there already"
      ])
    let json = try desk.stet("export", "markdown", "--git", "-o", repository, "--json").json()
    #expect(json["commits"]?.int == 0 && json["unchanged"]?.int == 5)
    let other = StetCommand(in: desk.folder, archive: desk.folder.file("other.stet"))
    try other("init")
    let back = try other("import", "git", repository, "--url", "https://{stem}")
    #expect(back.status == 0)
    #expect(
      back.text.hasPrefix("5 changes: 5 new captures, 0 known, 0 bad changes; 2 new articles, 5 revisions with "),
      "\(back.text)")
    let elsewhere = ["GIT_DIR": "/nowhere", "GIT_WORK_TREE": "/nowhere"]
    let again = try other(
      "import", "git", repository, "--url", "https://{stem}", "--json", environment: elsewhere
    ).json()
    #expect(again["captures"]?.int == 0 && again["unchanged"]?.int == 5)
    #expect(try desk.stet("import", "ota", repository, "--json").json()["checked"]?.int == 0)
    let refused = try desk.stet("export", "markdown", "--git", "bridge", "-o", repository)
    #expect(refused.status == 1 && refused.errors.contains("does not go on as the archive's does"))
  }

  static let hasGit = (try? StetCommand(in: TemporaryFolder()).shell("git --version").status) == 0  // else left out

  @Test func `import git wants a URL for each file`() throws {
    let desk = try Desk.empty()
    for arguments in [
      ["."], [".", "--url", "https://a.example/x"], [".", "--url", "{path}"],
      [".", "--url", "https://a.example/{path}", "--url-prefix", "https://a.example/"],
      [".", "--url-prefix", "https://a.example/", "--date", "today"],
    ] {
      #expect(try desk.stet.run(["import", "git"] + arguments).status == 64, "\(arguments)")
    }
    let none = try desk.stet("import", "git", desk.folder.file("none"), "--url-prefix", "https://a.example/", "--json")
    #expect(none.status == 1)
    #expect(try none.json()["error"]?["code"] == "unreadable")
  }

  @Test func `import wayback takes what an archive has, and says what it could not have`() throws {
    let page = ArticlePage.ferry("It is worth 1.5 million euros a year.")
    let server = try LoopbackServer { request in
      if request.path.hasPrefix("/coll/cdx?") {
        return .text(
          """
          {"timestamp": "20261120100000", "url": "\(Desk.ferry)", "status": "200"}
          {"timestamp": "20261120110000", "url": "\(Desk.ferry)", "status": "200"}

          """)
      }
      return request.path == "/coll/20261120100000id_/\(Desk.ferry)"
        ? Reply.html(page.html).with("Memento-Datetime", "Fri, 20 Nov 2026 10:00:00 GMT") : .text("no", status: 404)
    }
    let desk = try Desk.empty()
    let base = server.url("/coll")
    let result = try desk.stet("import", "wayback", Desk.ferry, "--base", base, "--allow-private")
    #expect(result.status == 3)
    #expect(result.text.hasPrefix("2 captures: 1 new capture, 0 known, 1 bad capture; 1 new article, 1 revision"))
    #expect(
      result.errors == "stet: 20261120110000 \(Desk.ferry): the archive answers 404 and not with the capture\n")
    #expect(server.requests.allSatisfy { $0["User-Agent"]?.hasPrefix("stet/") == true })
    let guarded = try desk.stet("import", "wayback", Desk.ferry, "--base", base, "--json")
    #expect(guarded.status == 1)
    #expect(try guarded.json()["error"]?["code"] == "unreadable")
    for wrong in [["ftp://a.example/"], ["nonsense"], [Desk.ferry, "--base", "x"], [Desk.ferry, "--limit", "0"]] {
      #expect(try desk.stet.run(["import", "wayback"] + wrong).status == 64)
    }
  }
}
