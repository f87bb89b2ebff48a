import CommandRunner
import Foundation
import Testing

/// Archives that are not what they were.
struct DamageTests {
  /// An archive of several articles in one file, nothing left in the WAL, and what it said.
  private func made() throws -> (folder: TemporaryFolder, bytes: [UInt8]) {
    let folder = try TemporaryFolder()
    let stet = StetCommand(in: folder)
    try stet("init")
    var lines = ""
    for n in 0..<120 {
      lines += try ImportLine.page(
        .ferry("Edition \(n / 6) of the story says this.", furniture: "nonce \(n)"),
        url: "https://post.example/\(n % 6)", minute: n)
    }
    try stet("import", "jsonl", folder.write(lines, to: "lines.jsonl"))
    #expect(try !folder.names().contains("archive.stet-wal") || folder.bytes(of: "archive.stet-wal").isEmpty)
    return (folder, try folder.bytes(of: "archive.stet"))
  }

  /// Runs everything that reads on a damaged copy: it must never crash, and never hand out a line of an export that was not
  /// in the whole one. Gives how verify ended.
  private func examine(_ bytes: [UInt8], in folder: TemporaryFolder, whole: Set<String>, _ what: String) throws -> Int32
  {
    let name = "copy-\(UUID().uuidString).stet"
    try folder.write(bytes, to: name)
    let stet = StetCommand(in: folder, archive: folder.file(name))
    for command in [
      ["log", "post.example/3"], ["captures", "1"], ["show", "2"], ["diff", "1"], ["status"], ["sources"],
    ] {
      let result = try stet.run(command)
      #expect(
        [0, 1, 12].contains(result.status),
        "\(what): \(command) ended with \(result.status): \(result.errors.prefix(300))")
    }
    let export = try stet("export", "jsonl", "-o", "-")
    #expect(
      [0, 1, 4, 12].contains(export.status), "\(what): export ended with \(export.status): \(export.errors.prefix(300))"
    )
    let left = export.lines.filter { $0.hasPrefix(#"{"omitted":"#) }
    #expect((export.status == 4) == !left.isEmpty, "\(what): an export tells that it lacks something")
    #expect(
      Set(export.lines.filter { $0.hasSuffix("}") }).subtracting(left).isSubset(of: whole),
      "\(what): an export handed out something else")
    let verify = try stet("verify", "--deep")
    #expect(
      [0, 1, 4, 12].contains(verify.status), "\(what): verify ended with \(verify.status): \(verify.errors.prefix(300))"
    )
    if verify.status == 0 {
      #expect(Set(export.lines) == whole, "\(what): verify saw nothing, and yet the export differs")
    }
    return verify.status
  }

  @Test func `a page overwritten anywhere is found, and nothing wrong is handed out`() throws {
    let (folder, bytes) = try made()
    let whole = Set(try StetCommand(in: folder)("export", "jsonl", "-o", "-").lines)
    #expect(whole.count == 120)
    var random = SplitMix64(seed: 9)
    var (found, named) = (0, 0)
    let rounds = 12
    for round in 0..<rounds {
      let page = Int.random(in: 1..<(bytes.count / 4096), using: &random)
      var bad = bytes
      for i in (page * 4096)..<((page + 1) * 4096) {
        bad[i] = round % 3 == 0 ? 0 : UInt8.random(in: 0...255, using: &random)
      }
      switch try examine(bad, in: folder, whole: whole, "page \(page), round \(round)") {
      case 0: break
      case 4: (found, named) = (found + 1, named + 1)
      default: found += 1  // the tables' own page: nothing can be read
      }
    }
    #expect(found >= rounds - 3)
    #expect(named >= rounds / 2)
  }

  @Test func `a single octet changed anywhere never crashes anything`() throws {
    let (folder, bytes) = try made()
    let whole = Set(try StetCommand(in: folder)("export", "jsonl", "-o", "-").lines)
    var random = SplitMix64(seed: 21)
    for round in 0..<24 {
      var bad = bytes
      let place = Int.random(in: 100..<bytes.count, using: &random)
      bad[place] ^= UInt8.random(in: 1...255, using: &random)
      _ = try examine(bad, in: folder, whole: whole, "octet \(place), round \(round)")
    }
  }

  @Test func `a file that was cut short is an error or named by verify`() throws {
    let (folder, bytes) = try made()
    let whole = Set(try StetCommand(in: folder)("export", "jsonl", "-o", "-").lines)
    for size in [50, 100, 4096, bytes.count / 3, bytes.count - 4096, bytes.count - 10] {
      let status = try examine(Array(bytes.prefix(size)), in: folder, whole: whole, "cut at \(size)")
      #expect(status != 0, "cut at \(size)")
    }
  }

  @Test func `what is no archive is refused with exit code 1`() throws {
    let folder = try TemporaryFolder()
    try folder.write("Dear diary,\n", to: "text")
    try folder.write([], to: "empty")
    for name in ["text", "empty", "."] {
      let stet = StetCommand(in: folder, archive: folder.file(name))
      for command in [["log", "1"], ["sync"], ["status"], ["verify"]] {
        let result = try stet.run(command)
        #expect(result.status == 1, "\(name) \(command)")
        #expect(result.errors.contains("not a Stet archive"), "\(name) \(command): \(result.errors)")
      }
    }
  }

  @Test func `an archive that is newer is refused with exit code 12`() throws {
    let (folder, bytes) = try made()
    var newer = bytes
    newer[63] = 9  // user_version, offset 60, big-endian (sqlite.org/fileformat2.html §1.3)
    try folder.write(newer, to: "newer.stet")
    let stet = StetCommand(in: folder, archive: folder.file("newer.stet"))
    for command in [["log", "1"], ["sync"], ["verify"]] {
      let result = try stet.run(command)
      #expect(result.status == 12)
      #expect(result.errors.contains("archive format 9; this program knows up to 5"))
      #expect(result.errors.contains("hint: update stet"))
    }
    #expect(try folder.bytes(of: "newer.stet") == newer)
  }
}
