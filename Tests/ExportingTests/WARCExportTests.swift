// Archives as WARC files, and the index of these.
import CommandRunner
import Exporting
import Foundation
import Formats
import Model
import Storage
import Testing

@Suite struct WARCExportTests {
  @Test func `every capture can be restored from an export`() async throws {
    let archive = try await ExportedArchive()
    let found = try ReadRecord.captures(try await archive.records())
    let wanted = try ExportedArchive.history()
    #expect(found.map(\.input.digest) == wanted.map(\.digest))
    #expect(found.map(\.stated) == wanted.map(\.digest))
    #expect(found.map(\.input.via) == wanted.map(\.via) && found.map(\.input.article) == wanted.map(\.article))
  }

  @Test func `records come in the order of captures, each with what follows from it`() async throws {
    let archive = try await ExportedArchive()
    let records = try await archive.records()
    #expect(
      records.map { $0["WARC-Type"] } == [
        "warcinfo", "response", "conversion", "revisit", "revisit", "response", "conversion", "metadata", "response",
        "revisit", "conversion", "metadata", "response", "response", "conversion", "response",
      ])
    let original = records[1]["WARC-Record-ID"]
    for i in [3, 4, 9] {
      #expect(records[i]["WARC-Refers-To"] == original)
      #expect(records[i]["WARC-Refers-To-Date"] == "2026-11-20T10:00:00.000Z")
      #expect(records[i]["WARC-Payload-Digest"] == records[1]["WARC-Payload-Digest"])
    }
    #expect(records[3]["WARC-Profile"]?.hasSuffix("server-not-modified") == true)
    #expect(records[4]["WARC-Profile"]?.hasSuffix("identical-payload-digest") == true)
    #expect(records[2]["WARC-Refers-To"] == original && records[7]["WARC-Refers-To"] == records[6]["WARC-Record-ID"])
    #expect(records[10]["WARC-Refers-To"] == records[9]["WARC-Record-ID"])
    #expect(records[2].block == records[10].block, "the last revision says what the first said")
    #expect(records[7].block == Array("{\"url\":\"\(ExportedArchive.ferry)\",\"from\":1,\"edits\":1}".utf8))
    #expect(Set(records.map { $0["WARC-Record-ID"] }).count == records.count)
    #expect(records[0]["WARC-Date"] == "2026-11-20T10:08:00.000Z")
    for record in records { #expect(record["WARC-Block-Digest"] == Digest(of: record.block).description) }
  }

  @Test func `the same archive gives the same bytes, and one more capture others`() async throws {
    let archive = try await ExportedArchive()
    let first = try await archive.export("a.warc.gz")
    _ = try await archive.export("b.warc.gz")
    #expect(try archive.folder.bytes(of: "a.warc.gz") == archive.folder.bytes(of: "b.warc.gz"))
    #expect(first.map(\.records) == [16] && first.map(\.wasThere) == [false])
    #expect(first.map(\.bytes) == [Int64(try archive.folder.bytes(of: "a.warc.gz").count)])
    try await archive.keep([
      try ExportedArchive.capture(ExportedArchive.ferry, minute: 60, Array("x".utf8), status: 500)
    ])
    let again = try await archive.export("a.warc.gz")
    #expect(again.map(\.wasThere) == [false] && again.map(\.records) == [17])
    #expect(try archive.folder.bytes(of: "a.warc.gz") != archive.folder.bytes(of: "b.warc.gz"))
  }

  @Test func `captures alone, and plain records, on request`() async throws {
    let archive = try await ExportedArchive()
    let records = try await archive.records(
      archive.options {
        $0.capturesOnly = true
        $0.level = nil
      })
    #expect(Set(records.compactMap { $0["WARC-Type"] }) == ["warcinfo", "response", "revisit"])
    #expect(try ReadRecord.captures(records).count == 9)
  }

  @Test func `an export goes on with the part that is missing`() async throws {
    let archive = try await ExportedArchive()
    let options = archive.options { $0.maxOctets = 4000 }
    let files = try await archive.export("part.warc.gz", options)
    let names = try archive.folder.names().filter { $0.hasPrefix("part") }
    #expect(names.count > 2 && names.first == "part-00001.warc.gz" && names.count == files.count)
    #expect(files.map(\.path) == names.map { archive.folder.file($0) })
    let before = try names.map { try archive.folder.bytes(of: $0) }
    let records = try before.map { try ReadRecord.all($0) }
    #expect(records.allSatisfy { $0.first?["WARC-Type"] == "warcinfo" } && records.map(\.count) == files.map(\.records))
    #expect(Set(records.compactMap { $0.first?["WARC-Record-ID"] }).count == names.count)
    let restored = try ReadRecord.captures(records.flatMap(\.self)).map(\.input.digest)
    #expect(restored == (try ExportedArchive.history().map(\.digest)))

    try FileManager.default.removeItem(atPath: files[1].path)
    try archive.folder.write(Array("another file".utf8), to: names[2])
    let again = try await archive.export("part.warc.gz", options)
    #expect(again.map(\.wasThere) == names.indices.map { $0 != 1 && $0 != 2 })
    #expect(try names.map { try archive.folder.bytes(of: $0) } == before)
  }

  @Test func `a selection takes what was asked for`() async throws {
    let archive = try await ExportedArchive()
    func taken(_ change: (inout RecordOptions) throws -> Void) async throws -> [String] {
      try ReadRecord.captures(try await archive.records(try archive.options(change))).map {
        let (page, at) = ($0.input.response.url.split(separator: "/").last ?? "", $0.input.response.at.description)
        return "\(page)\(at.dropFirst(14).prefix(2))"
      }
    }
    let ferry = try archive.store.articleNumbers(nil)[0]
    #expect(try await taken { $0.scope.articles = [ferry] }.count == 6)
    #expect(
      try await taken {
        $0.scope.since = Instant("2026-11-20T10:05Z")
        $0.scope.until = Instant("2026-11-20T10:08Z")
      } == ["ferry05", "old07", "new07"])
    // Both sides of an edit, and what they stand on: the 304 at :01 is no side of it.
    #expect(try await taken { $0.classes = [.number] } == ["ferry02", "ferry03", "ferry05"])
    #expect(
      try await taken {
        $0.classes = [.number]
        $0.scope.until = Instant("2026-11-20T10:04Z")
      } == ["ferry02", "ferry03"])
    #expect(try await taken { $0.classes = [.headline] }.isEmpty)
  }

  @Test func `a payload whose bearer is not taken along is written whole`() async throws {
    let archive = try await ExportedArchive()
    let records = try await archive.records(
      archive.options { $0.scope.since = Instant("2026-11-20T10:01Z") })
    #expect(records[1]["WARC-Profile"]?.hasSuffix("server-not-modified") == true)
    #expect(records[2]["WARC-Type"] == "response" && records[2]["WARC-Date"] == "2026-11-20T10:02:00.000Z")
    #expect(try ReadRecord.captures(records).map(\.input.digest) == ExportedArchive.history().dropFirst().map(\.digest))
  }

  @Test func `empty payloads and redirects are no revisits`() async throws {
    let url = "https://post.example/a"
    let captures = try (0..<4).map { minute in
      try ExportedArchive.capture(
        url, minute: Int64(minute), minute < 2 ? [] : Array("moved".utf8), status: minute < 2 ? 200 : 302)
    }
    let records = try await ExportedArchive(captures).records()
    #expect(records.dropFirst().allSatisfy { $0["WARC-Type"] == "response" })
  }

  @Test func `an empty archive gives a file with a warcinfo alone`() async throws {
    let records = try await ExportedArchive([]).records()
    #expect(records.map { $0["WARC-Type"] } == ["warcinfo"])
    #expect(records[0]["WARC-Date"] == "1970-01-01T00:00:00.000Z")
  }

  @Test func `a file that cannot be written is an error and leaves nothing`() async throws {
    let archive = try await ExportedArchive()
    let before = try archive.folder.names()
    await #expect(throws: ExportError.self) { try await archive.export("no/such/folder.warc.gz") }
    try FileManager.default.createDirectory(
      atPath: archive.folder.file("taken.warc.gz"), withIntermediateDirectories: true)
    await #expect(throws: ExportError.self) { try await archive.export("taken.warc.gz") }
    #expect(try archive.folder.names() == (before + ["taken.warc.gz"]).sorted())
  }

  @Test(arguments: [true, false]) func `each line of the index leads to its record`(isCompressed: Bool) async throws {
    let archive = try await ExportedArchive()
    let options = archive.options {
      $0.maxOctets = 5000
      $0.level = isCompressed ? 1 : nil
    }
    let files = try await archive.export("x.warc.gz", options)
    let out = try PartialFile(path: archive.folder.file("x.cdxj"))
    let (count, _) = try await CDXJExport(store: archive.store, options).run(to: out, warc: "some/folder/x.warc.gz") {
      _, _ in
    }
    _ = try out.finish()
    let lines = String(decoding: try archive.folder.bytes(of: "x.cdxj"), as: UTF8.self).split(separator: "\n")
    #expect(lines.count == count && lines == lines.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) })
    var wanted: Set<String> = []
    for file in files {
      let name = String(file.path.split(separator: "/").last ?? "")
      for record in try ReadRecord.all(try archive.folder.bytes(of: name)) {
        guard let type = record["WARC-Type"], type != "warcinfo", type != "conversion" else { continue }
        let (url, date) = (
          record["WARC-Target-URI"] ?? "", Instant(record["WARC-Date"] ?? "") ?? Instant(milliseconds: 0)
        )
        wanted.insert("\(SURT.key(of: url)) \(CDXLine.timestamp(date)) \(record.offset) \(record.length) \(name)")
      }
    }
    let found = try lines.map { line in
      let parts = line.split(separator: " ", maxSplits: 2)
      let object = try JSONSerialization.jsonObject(with: Data(parts[2].utf8)) as? [String: String] ?? [:]
      return "\(parts[0]) \(parts[1]) \(object["offset"] ?? "") \(object["length"] ?? "") \(object["filename"] ?? "")"
    }
    #expect(Set(found) == wanted && found.count == wanted.count)
  }
}
