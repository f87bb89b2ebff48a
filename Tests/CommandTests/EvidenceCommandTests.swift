import CommandRunner
import Evidence
import Foundation
import JSON
import LoopbackServer
import Testing

/// What an archive shows to others, and what they check without it.
struct EvidenceCommandTests {
  private static func key(_ desk: Desk) throws -> String {
    let checkpoint = try desk.stet("checkpoint", "--json").json()
    return try #require(checkpoint["key"]?.string)
  }

  private static func more(_ desk: Desk, minutes: Range<Int>) throws {
    let lines = try minutes.map { try ImportLine.page(.ferry("Edition \($0) of the story says this."), minute: $0) }
    #expect(try desk.stet("import", "jsonl", desk.folder.write(lines.joined(), to: "more.jsonl")).status == 0)
  }

  @Test func `init prints the key that others check with`() throws {
    let desk = try Desk()
    let made = try desk.stet("init", "--json").json()
    #expect(made.keys == ["archive", "origin", "key"])
    let (key, origin) = (try #require(made["key"]?.string), try #require(made["origin"]?.string))
    #expect(try VerifierKey(key) == VerifierKey(origin))
    #expect(try desk.stet("init", "--archive", desk.folder.file("b.stet")).text.contains("\nkey stet/"))
  }

  @Test func `a proof file is written, checked, and says what it proves`() throws {
    let desk = try Desk.filled()
    let (proof, body) = (desk.folder.file("ferry.proof"), desk.folder.file("ferry.html"))
    let made = try desk.stet("prove", "ferry@2", "-o", proof)
    #expect(made.status == 0 && made.text == "\(proof): \(Desk.ferry) at 2026-11-20T10:30:00.000Z, entry 2 of 9\n")
    try desk.folder.write(try desk.stet("show", "ferry@2", "--html").output, to: "ferry.html")
    let key = try Self.key(desk)
    // Nothing of the archive is there any more.
    let away = StetCommand(in: desk.folder, archive: desk.folder.file("none.stet"))
    let checked = try away("check-proof", proof, "--key", key, "--body", body, "--json")
    #expect(checked.status == 0)
    let found = try checked.json()
    #expect(
      found.has([
        "holds", "capture", "url", "captured_at", "status", "payload", "own_observation", "log", "index", "size", "key",
        "key_given", "body_checked",
      ]))
    #expect(found["holds"] == true && found["key_given"] == true && found["body_checked"] == true)
    #expect(found["url"]?.string == Desk.ferry && found["captured_at"] == "2026-11-20T10:30:00.000Z")
    #expect(found["status"]?.int == 200 && found["index"]?.int == 2 && found["size"]?.int == 9)
    #expect(found["key"]?.string == key)
    let people = try away("check-proof", proof)
    #expect(people.status == 0)
    #expect(people.lines.first == "holds")
    #expect(people.lines.contains("url      \(Desk.ferry)"))
    #expect(people.lines.contains("log      entry 2 of 9"))
    #expect(people.lines.last?.hasPrefix("no --key was given: this shows that the file agrees with itself") == true)
    #expect(try away("check-proof", "-", input: desk.folder.bytes(of: "ferry.proof")).status == 0)
    #expect(try desk.stet("prove", "ferry@2").output == desk.folder.bytes(of: "ferry.proof"))
  }

  @Test func `the wrong key, body or proof ends with 4 and says why`() throws {
    let (desk, other) = (try Desk.filled(), try Desk.filled())
    let proof = desk.folder.file("a.proof")
    try desk.stet("prove", "bridge@1", "-o", proof)
    let foreign = try desk.stet("check-proof", proof, "--key", try Self.key(other))
    #expect(foreign.status == 4 && foreign.errors.hasPrefix("stet: checking \(proof): it is about the log stet/"))
    let body = try desk.folder.write("another body", to: "body")
    let wrong = try desk.stet("check-proof", proof, "--body", body, "--json")
    #expect(wrong.status == 4)
    #expect(try wrong.json()["error"]?["code"] == "other-body")
    // The key of another archive under this log's name.
    var parts = try Self.key(desk).split(separator: "+").map(String.init)
    parts[2] = String(try Self.key(other).split(separator: "+")[2])
    #expect(try desk.stet("check-proof", proof, "--key", parts.joined(separator: "+")).status == 64)
    #expect(try desk.stet("check-proof", proof, "--key", "nonsense").status == 64)
    #expect(try desk.stet("check-proof", desk.folder.file("none")).status == 1)
    #expect(try desk.stet("check-proof", proof, "--since", proof).status == 4)
  }

  @Test func `no flipped bit of a proof file goes unnoticed`() throws {
    let desk = try Desk.filled()
    let proof = try desk.stet("prove", "ferry@1").output
    let key = try VerifierKey(try Self.key(desk))
    _ = try CaptureProof(proof).verify(against: key)
    for place in proof.indices {
      for bit in 0..<8 {
        var flipped = proof
        flipped[place] ^= 1 << bit
        #expect(throws: ProofError.self, "octet \(place), bit \(bit)") {
          try CaptureProof(flipped).verify(against: key)
        }
      }
    }
    for place in [20, 200, 400, proof.count - 10] {
      var flipped = proof
      flipped[place] ^= 1
      let result = try desk.stet("check-proof", desk.folder.write(flipped, to: "flipped"), "--json")
      #expect(result.status == 4)
      #expect(try result.json()["error"]?["code"]?.string != nil)
    }
    #expect(try desk.stet("check-proof", desk.folder.write("hello", to: "text")).status == 4)
    #expect(try desk.stet("check-proof", desk.folder.write("", to: "empty")).status == 4)
  }

  @Test func `any capture can be proved by its digest`() throws {
    let desk = try Desk.filled()
    let captures = try desk.stet("captures", "ferry", "--json").jsonLines()
    let wall = try #require(captures.first { $0["verdict"] == "consent-wall" }?["capture"]?.string)
    let proof = try desk.stet("prove", "--capture", wall, "--json").json()
    #expect(proof["capture"]?.string == wall && proof["index"]?.int == 4)
    #expect(proof["proof"]?.string?.hasPrefix("stet proof 1\n") == true)
    let none = "sha256:" + String(repeating: "0", count: 64)
    let missing = try desk.stet("prove", "--capture", none, "--json")
    #expect(missing.status == 1)
    #expect(try missing.json()["error"]?["code"] == "no-such-capture")
    #expect(try desk.stet("prove", "ferry@99").status == 1)
    for words in [
      ["prove"], ["prove", "ferry", "--capture", none], ["prove", "--capture", "x"], ["prove", "ferry@1..2"],
    ] {
      #expect(try desk.stet.run(words).status == 64, "\(words)")
    }
  }

  @Test func `a checkpoint published earlier is continued, and the update checked without the archive`() throws {
    let desk = try Desk.filled()
    let old = try desk.folder.write(try desk.stet("checkpoint").output, to: "old")
    try Self.more(desk, minutes: 200..<210)
    let result = try desk.stet("checkpoint", "--since", old)
    #expect(result.status == 0 && result.text.hasPrefix("old 9\n"))
    let update = try desk.folder.write(result.output, to: "update")
    #expect(try desk.stet("checkpoint", "--since", "-", input: desk.folder.bytes(of: "old")).output == result.output)
    let away = StetCommand(in: desk.folder, archive: desk.folder.file("none.stet"))
    let checked = try away("check-proof", update, "--since", old, "--key", try Self.key(desk), "--json").json()
    #expect(checked["holds"] == true && checked["since"]?.int == 9 && checked["size"]?.int == 19)
    #expect(
      try away("check-proof", update, "--since", old).lines.dropFirst().first
        == "log      19 captures, of which the first 9 are as they were")
    #expect(try away("check-proof", update).status == 64)
    let alone = try away("check-proof", old, "--key", try Self.key(desk), "--json").json()
    #expect(alone["holds"] == true && alone["key_given"] == true && alone["size"] == checked["since"])
    #expect(try away("check-proof", old).lines.first == "holds")
    let tampered = try desk.folder.write(
      String(decoding: try desk.folder.bytes(of: "old"), as: UTF8.self).replacing(
        "\n", with: "\n1", maxReplacements: 1),
      to: "tampered")
    #expect(try away("check-proof", tampered).status == 4)
    #expect(try away("check-proof", old, "--body", old).status == 64)
    #expect(try away("check-proof", update, "--since", update).status == 4)
    // What --since printed is itself a checkpoint to go on from.
    try Self.more(desk, minutes: 220..<221)
    let json = try desk.stet("checkpoint", "--since", update, "--json").json()
    #expect(json.keys == ["log", "size", "root", "key", "checkpoint", "since", "update"])
    #expect(json["since"]?.int == 19 && json["size"]?.int == 20)
  }

  @Test func `a checkpoint of another log, or that the archive does not reach, is refused`() throws {
    let (desk, other) = (try Desk.filled(), try Desk.filled())
    let foreign = try desk.folder.write(try other.stet("checkpoint").output, to: "foreign")
    let refused = try desk.stet("checkpoint", "--since", foreign, "--json")
    #expect(refused.status == 1)
    #expect(try refused.json()["error"]?["code"] == "other-log")
    #expect(try desk.stet("checkpoint", "--since", desk.folder.write("hello\n", to: "text")).status == 1)
    // An older copy of the archive, its head copied with it: only what was published shows it.
    for name in ["archive.stet", "archive.stet-head"] { try desk.folder.copy(name, to: "older-" + name) }
    try Self.more(desk, minutes: 200..<203)
    let old = try desk.folder.write(try desk.stet("checkpoint").output, to: "old")
    for name in ["archive.stet", "archive.stet-head"] {
      try desk.folder.write(try desk.folder.bytes(of: "older-" + name), to: name)
    }
    #expect(try desk.stet("verify").status == 0)
    let alarm = try desk.stet("checkpoint", "--since", old)
    #expect(alarm.status == 1 && alarm.output.isEmpty)
    #expect(alarm.errors.contains("3 captures lost since it was signed: it covers 12, and the archive has 9"))
    #expect(alarm.errors.contains("hint: compare the archive with a backup"))
    try Self.more(desk, minutes: 300..<305)
    #expect(
      try desk.stet("checkpoint", "--since", old).errors.contains("the archive's first 12 captures are not those"))
  }

  @Test func `verify names what was lost since the head, and an import refuses to sign over it`() throws {
    let desk = try Desk.filled()
    try desk.folder.copy("archive.stet", to: "older")
    try Self.more(desk, minutes: 200..<203)
    try desk.folder.write(try desk.folder.bytes(of: "older"), to: "archive.stet")
    let verify = try desk.stet("verify", "--json")
    #expect(verify.status == 4)
    let problems = try #require(try verify.json()["problems"]?.array)
    #expect(problems.count == 1 && problems[0]["kind"] == "log" && problems[0]["subject"] == "head")
    #expect(problems[0]["detail"]?.string?.hasPrefix("3 captures lost since it was signed") == true)
    let line = try desk.folder.write(try ImportLine.page(.ferry("Edition 9."), minute: 400), to: "line.jsonl")
    let result = try desk.stet("import", "jsonl", line)
    #expect(result.status == 1 && result.errors.contains("archive.stet-head: 2 captures lost"))
    #expect(try desk.stet("captures", "ferry", "--json").jsonLines().count == 8, "what came is kept")
  }

  @Test func `an archive given away without its key proves what its head covers and signs nothing`() throws {
    let desk = try Desk.filled()
    try FileManager.default.removeItem(atPath: desk.stet.archive + "-key")
    #expect(try desk.stet("verify").status == 0)
    #expect(try desk.stet("prove", "ferry@1").status == 0)
    let refused = try desk.stet("checkpoint")
    #expect(refused.status == 1 && refused.errors.contains("its origin key is not beside it"))
    try Self.more(desk, minutes: 200..<201)
    let beyond = try desk.stet("prove", "ferry", "--json")
    #expect(beyond.status == 1)
    #expect(try beyond.json()["error"]?["code"] == "no-key")
    #expect(beyond.errors.contains("its head covers the first 9 captures and this is number 10"))
  }

  @Test func `a sync seals the head, and a 304 that it was answered can be proved`() throws {
    let page = ArticlePage.ferry("It takes effect on the first of May.").bytes
    let server = try LoopbackServer { request in
      request.headers.contains { $0.0.lowercased() == "if-none-match" }
        ? Reply(status: 304, headers: [("ETag", "\"1\"")])
        : Reply(headers: [("Content-Type", "text/html; charset=utf-8"), ("ETag", "\"1\"")], body: page)
    }
    defer { server.stop() }
    let desk = try Desk.empty()
    try desk.stet("add", server.url("/ferry"), "--allow-private")
    for size in [1, 2] {
      #expect(try desk.stet("sync", "--all").status == 0)
      let head = try SignedCheckpoint(desk.folder.bytes(of: "archive.stet-head"))
      #expect(head.checkpoint.size == size)
    }
    let captures = try desk.stet("captures", "ferry", "--json").jsonLines()
    let last = try #require(captures.last?["capture"]?.string)
    let proof = try desk.folder.write(try desk.stet("prove", "--capture", last).output, to: "304.proof")
    let found = try desk.stet("check-proof", proof, "--json").json()
    #expect(found["status"]?.int == 304 && found["own_observation"] == true)
    #expect(found["refers_to"]?.string == captures.first?["capture"]?.string)
    #expect(try desk.stet("check-proof", proof, "--body", proof).status == 4)
  }
}
