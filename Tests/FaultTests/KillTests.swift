import CommandRunner
import Glibc
import LoopbackServer
import Testing

/// A process that is killed loses nothing that was stored.
@Suite(.serialized)
struct KillTests {
  @Test func `a hundred syncs killed at random lose nothing`() throws {
    let harbour = try Harbour(articles: 40)
    try harbour.watch()
    var random = SplitMix64(seed: 2026)
    var known: Set<String> = []
    var killed = 0
    var count: Int64 = 0
    // What one takes that is let be, on a machine as busy as this one is.
    let whole = try ContinuousClock().measure { try harbour.stet("sync", "--all") }
    for round in 1...100 {
      let sync = try harbour.stet.start(["sync", "--all"])
      usleep(UInt32(min(.random(in: 0...1.2, using: &random) * (whole / .microseconds(1)), 5_000_000)))
      sync.signal(SIGKILL)
      let end = try sync.end()
      if end.status == 137 { killed += 1 } else { #expect(end.status == 0, "round \(round): \(end.errors)") }
      let captures = try harbour.number("captures")
      #expect(captures >= count, "round \(round)")
      count = captures
      if round % 5 == 0 {
        let now = try harbour.captures()
        #expect(now.isSuperset(of: known), "round \(round) lost \(known.subtracting(now).count) captures")
        #expect(now.count == Int(count))
        known = now
      }
      if round % 10 == 0 {
        let verify = try harbour.stet("verify", "--deep")
        #expect(verify.status == 0, "round \(round): \(verify.text)")
      }
    }
    #expect(killed > 20)
    #expect(known.count > 20)
    let last = try harbour.stet("sync", "--all", "--json")
    #expect(last.status == 0, "\(last.errors)")
    #expect(last.text.contains("\"checked\":40,"))
    #expect(try harbour.captures().count == known.count + 40)
    let verify = try harbour.stet("verify", "--deep")
    #expect(verify.status == 0, "\(verify.text)")
    let status = try harbour.stet("status", "--json")
    #expect(status.text.contains("\"not_derived\":0,"))
  }

  @Test func `imports killed at random go on where they stopped`() throws {
    let folder = try TemporaryFolder()
    let stet = StetCommand(in: folder)
    try stet("init")
    var lines = ""
    for n in 0..<1500 {
      lines += try ImportLine.page(
        .ferry("Edition \(n / 30) of the story says this.", furniture: "\(n)"), url: "https://post.example/\(n % 30)",
        minute: n / 30)
    }
    let file = try folder.write(lines, to: "lines.jsonl")
    var random = SplitMix64(seed: 11)
    var before = 0
    for round in 0..<10 {
      let run = try stet.start(["import", "jsonl", file])
      usleep(UInt32.random(in: 20_000...400_000, using: &random))
      run.signal(SIGKILL)
      _ = try run.end()
      let count = try stet("export", "jsonl", "-o", "-").lines.count
      #expect(count >= before, "round \(round)")
      before = count
    }
    #expect(try stet("import", "jsonl", file).status == 0)
    #expect(try stet("export", "jsonl", "-o", "-").lines.count == 1500)
    let verify = try stet("verify", "--deep", "--json")
    #expect(verify.status == 0, "\(verify.text)")
    #expect(verify.text.contains("\"revisions\":1500,"))
  }

  @Test func `compactions killed at random lose nothing and go on where they stopped`() throws {
    let folder = try TemporaryFolder()
    let stet = StetCommand(in: folder)
    try stet("init")
    var random = SplitMix64(seed: 31)
    var count = 0
    var whole: Set<String> = []
    for round in 0..<12 {
      var lines = ""
      for n in count..<(count + 120) {
        lines += try ImportLine.page(
          .ferry("Edition \(n) of the story says this.", furniture: "\(n * n)"), url: "https://post.example/\(n % 9)",
          minute: n / 9)
      }
      count += 120
      try stet("import", "jsonl", "--store-only", folder.write(lines, to: "lines.jsonl"))
      let before = Set(try stet("export", "jsonl", "-o", "-").lines)
      #expect(before.count == count && before.isSuperset(of: whole), "round \(round)")
      let run = try stet.start(["compact"])
      usleep(UInt32.random(in: 5_000...(round % 2 == 0 ? 60_000 : 400_000), using: &random))
      run.signal(SIGKILL)
      _ = try run.end()
      whole = Set(try stet("export", "jsonl", "-o", "-").lines)
      #expect(whole == before, "round \(round)")
      let verify = try stet("verify")
      #expect(verify.status == 0, "round \(round): \(verify.text)")
    }
    #expect(try stet("compact").status == 0)
    #expect(try stet("compact", "--json").text.contains("\"bodies\":0,"))
    #expect(Set(try stet("export", "jsonl", "-o", "-").lines) == whole)
    let verify = try stet("verify", "--deep")
    #expect(verify.status == 0, "\(verify.text)")
  }

  @Test func `a sync that waits for another ends when it is told to`() throws {
    let harbour = try Harbour(articles: 30, delay: 300)
    try harbour.watch()
    let first = try harbour.stet.start(["sync", "--concurrency", "1"])
    // Once it asks for something it has the archive to itself.
    var waited = 0
    while harbour.server.requests.isEmpty, waited < 20_000 {
      usleep(1000)
      waited += 1
    }
    let second = try harbour.stet.start(["sync", "--wait"])
    usleep(300_000)
    second.signal(SIGTERM)
    #expect(try second.end(within: 4).status == 130)
    first.signal(SIGTERM)
    #expect(try first.end(within: 20).status == 130)
  }

  @Test func `a backup that is told to end takes its draft away`() throws {
    let harbour = try Harbour(articles: 1)
    try harbour.watch()
    try harbour.stet("sync")
    func drafts() throws -> [String] { try harbour.folder.names().filter { $0.hasSuffix(".part") } }
    let backup = try harbour.stet.start(["backup", harbour.folder.file("copy.stet")])
    var waited = 0
    while try drafts().isEmpty, waited < 2000 {
      usleep(1000)
      waited += 1
    }
    backup.signal(SIGTERM)
    _ = try backup.end(within: 20)  // it may have been done by then
    #expect(try drafts() == [])
  }

  @Test(arguments: [SIGINT, SIGTERM])
  func `a sync that is interrupted ends soon, keeps what came and can be taken up again`(signal: Int32) throws {
    let harbour = try Harbour(articles: 30, delay: 150)
    try harbour.watch()
    let sync = try harbour.stet.start(["sync", "--concurrency", "4"])
    var waited = 0
    while try harbour.captures().isEmpty, waited < 200 {
      usleep(10_000)
      waited += 1
    }
    sync.signal(signal)
    let end = try sync.end(within: 4)
    #expect(end.status == 130)
    #expect(end.errors.contains("stet: syncing: interrupted after "))
    let kept = try harbour.captures()
    #expect(!kept.isEmpty && kept.count < 30)
    let status = try harbour.stet("status", "--json")
    #expect(status.status == 0)
    #expect(status.text.contains("\"due\":\(30 - kept.count),"))
    let next = try harbour.stet("sync", "--json")
    #expect(next.status == 0)
    #expect(next.text.hasPrefix("{\"checked\":\(30 - kept.count),"))
    #expect(try harbour.captures().isSuperset(of: kept))
    #expect(try harbour.stet("verify", "--deep").status == 0)
  }

  @Test func `a second sync is refused at once, and with wait takes its turn`() throws {
    let harbour = try Harbour(articles: 8, delay: 300)
    try harbour.watch()
    let first = try harbour.stet.start(["sync", "--json", "--concurrency", "2"])
    var waited = 0
    while harbour.server.requests.isEmpty, waited < 500 {
      usleep(10_000)
      waited += 1
    }
    let refused = try harbour.stet("sync", seconds: 5)
    #expect(refused.status == 11)
    #expect(refused.errors.contains("in use by process \(first.process), stet sync since "))
    #expect(refused.errors.contains("\nhint: "))
    // Readers are not in the way, and nothing is in theirs.
    #expect(try harbour.stet("sources").status == 0)
    let patient = try harbour.stet("sync", "--wait", "--json", seconds: 30)
    #expect(patient.status == 0)
    #expect(patient.text.hasPrefix("{\"checked\":0,"), "what the first fetched is not due any more: \(patient.text)")
    let one = try first.end()
    #expect(one.status == 0)
    #expect(one.text.hasPrefix("{\"checked\":8,"))
    #expect(harbour.server.requests.count { $0.path != "/robots.txt" } == 8)
  }

  @Test func `an init that is killed leaves a path that init can use again or says why not`() throws {
    var random = SplitMix64(seed: 5)
    for _ in 0..<12 {
      let folder = try TemporaryFolder()
      let stet = StetCommand(in: folder)
      let run = try stet.start(["init"])
      usleep(UInt32.random(in: 0...25_000, using: &random))
      run.signal(SIGKILL)
      _ = try run.end()
      let names = try folder.names()
      if names.contains("archive.stet") {
        #expect(try stet("verify").status == 0)
      } else if names.contains("archive.stet-key") {
        let again = try stet("init")
        #expect(again.status == 1 && again.errors.contains("archive.stet-key: already exists"))
      } else {
        #expect(try stet("init").status == 0)
      }
    }
  }
}
