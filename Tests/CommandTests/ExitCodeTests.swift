import CommandRunner
import JSON
import Testing

/// How commands end, and what they say then.
struct ExitCodeTests {
  private static let commands = [
    "init", "add", "sources", "pause", "resume", "remove", "sync", "status", "log", "captures", "show", "diff",
    "extract",
    "compare", "checkpoint", "prove", "check-proof", "export jsonl", "import jsonl", "verify", "backup", "rebuild",
  ]

  @Test(arguments: commands)
  func `the help of every command shows an example`(command: String) throws {
    let help = try Desk().stet.run(command.split(separator: " ").map(String.init) + ["--help"])
    #expect(help.status == 0)
    #expect(help.text.contains("EXAMPLE"))
    #expect(help.text.contains("stet \(command)"))
    #expect(help.errors.isEmpty)
  }

  @Test func `the help of the whole lists every command and every exit code`() throws {
    let help = try Desk().stet("--help").text
    for command in Self.commands { #expect(help.contains("  \(command.split(separator: " ")[0]) "), "\(command)") }
    for code in [
      "0 done", "1 failed", "3 done", "4 verify", "10 no archive", "11 archive in use", "12 archive", "64 wrong use",
      "130 interrupted",
    ] {
      #expect(help.contains("\n  \(code)") || help.contains("\n    \(code)"), "\(code)")
    }
    #expect(try Desk().stet("--version").text.hasPrefix("0."))
  }

  @Test(arguments: ["bash", "zsh", "fish"])
  func `completion scripts are made for every shell`(shell: String) throws {
    let script = try Desk().stet("--generate-completion-script", shell)
    #expect(script.status == 0)
    #expect(script.text.contains("captures") && script.text.count > 1000)
  }

  @Test(arguments: [
    "frobnicate", "add", "log", "diff", "sync --limit 0", "sync --limit x", "sync --concurrency 0", "sync --all 1",
    "sync --shard 3/2",
    "add --every 5 https://a.example/", "add --kind blog https://a.example/", "show 1 --text --html", "export jsonl",
    "import jsonl", "--nonsense",
  ])
  func `wrong use ends with 64 and says what is right`(line: String) throws {
    let result = try Desk.empty().stet.run(line.split(separator: " ").map(String.init))
    #expect(result.status == 64)
    #expect(result.output.isEmpty)
    #expect(result.errors.contains("Error: "))
    #expect(result.errors.contains("Usage: stet"))
  }

  @Test(arguments: [
    "add https://a.example/", "sources", "pause 1", "resume 1", "remove 1", "sync", "status", "log 1", "captures 1",
    "show 1",
    "diff 1", "checkpoint", "prove 1", "export jsonl -o -", "import jsonl x", "verify", "rebuild",
  ])
  func `without an archive every command ends with 10 and makes nothing`(line: String) throws {
    let desk = try Desk()
    let words = line.split(separator: " ").map(String.init)
    let result = try desk.stet.run(words)
    #expect(result.status == 10)
    #expect(result.output.isEmpty)
    #expect(result.errors.hasPrefix("stet: "))
    #expect(
      result.errors.hasSuffix(
        ": \(desk.stet.archive): there is no archive\nhint: make one with `stet init`, or name one with --archive or STET_ARCHIVE\n"
      ))
    let json = try desk.stet.run(words + ["--json"])
    #expect(json.status == 10)
    let error = try #require(try json.json()["error"])
    #expect(error.keys == ["code", "message", "hint"])
    #expect(error["code"] == "no-archive")
    #expect(json.errors == result.errors)
    #expect(try desk.folder.names().isEmpty)
  }

  @Test(arguments: [
    "log tram", "captures tram", "show tram", "diff tram", "sync tram", "pause tram", "export jsonl -o - tram",
  ])
  func `an article that is not there is named with what to do`(line: String) throws {
    let result = try Desk.filled().stet.run(line.split(separator: " ").map(String.init))
    #expect(result.status == 1)
    #expect(result.errors.contains("no article in the archive has that URL, part of a URL, or number\nhint: "))
  }

  @Test func `a name that means several articles is refused with their URLs`() throws {
    let result = try Desk.filled().stet("log", "post.example")
    #expect(result.status == 1)
    #expect(result.errors.contains(":\n  \(Desk.ferry)\n  \(Desk.bridge)\nhint: give more of the URL, or a number"))
  }

  @Test func `init overwrites nothing`() throws {
    let desk = try Desk.filled()
    let before = try desk.folder.bytes(of: "archive.stet")
    let again = try desk.stet("init", "--json")
    #expect(again.status == 1)
    #expect(try again.json()["error"]?["code"] == "already-exists")
    #expect(try desk.folder.bytes(of: "archive.stet") == before)
  }

  @Test func `--archive comes before STET_ARCHIVE`() throws {
    let desk = try Desk.empty()
    let other = desk.folder.file("other.stet")
    #expect(try desk.stet("init", "--archive", other).status == 0)
    #expect(try desk.stet("status", "--archive", other, "--json").json()["archive"]?.string == other)
    #expect(try desk.stet("status", "--json").json()["archive"]?.string == desk.stet.archive)
  }

  @Test func `verify ends with 4 and names what is damaged`() throws {
    let desk = try Desk.filled()
    _ = try desk.stet("verify")
    var bytes = try desk.folder.bytes(of: "archive.stet")
    let wanted = Array("The first boat leaves in May.".utf8)
    let place = try #require(bytes.firstRange(of: wanted)?.lowerBound)
    bytes[place] = UInt8(ascii: "t")
    try desk.folder.write(bytes, to: "archive.stet")
    let verify = try desk.stet("verify", "--deep")
    #expect(verify.status == 4)
    #expect(verify.text.contains("its text has another digest"))
    let json = try desk.stet("verify", "--deep", "--json")
    #expect(json.status == 4)
    let problems = try #require(try json.json()["problems"]?.array)
    #expect(!problems.isEmpty)
    #expect(problems.allSatisfy { $0.has(["kind", "subject", "detail", "affects"]) })
    let show = try desk.stet("show", "ferry@3")
    #expect(show.status == 1)
    #expect(show.errors.contains("damaged"))
    #expect(try desk.stet("show", "ferry@2").status == 0)
  }

  @Test func `a sync in which a source fails ends with 3`() throws {
    let desk = try Desk.empty()
    #expect(try desk.stet("add", "http://127.0.0.1:1/nobody-listens", "--allow-private").status == 0)
    let sync = try desk.stet("sync", "--json")
    #expect(sync.status == 3)
    #expect(sync.errors.contains("fetching http://127.0.0.1:1/nobody-listens: no connection: "))
    #expect(try sync.json()["failures"]?.int == 1)
    let status = try desk.stet("status", "--json").json()
    #expect(status["failing"]?.array?.count == 1)
  }

  @Test func `nothing to do is done`() throws {
    let desk = try Desk.empty()
    let sync = try desk.stet("sync")
    #expect(sync.status == 0 && sync.output.isEmpty && sync.errors.isEmpty)
    #expect(try desk.stet("sources").output.isEmpty)
    #expect(try desk.stet("rebuild").text == "0 revisions with 0 edits\n")
    #expect(try desk.stet("verify", "--deep").status == 0)
    #expect(try desk.stet("export", "jsonl", "-o", "-").output.isEmpty)
  }
}
