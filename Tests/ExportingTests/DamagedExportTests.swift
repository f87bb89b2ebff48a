// Exports of archives of which something is damaged: all else comes out, and what does not is named.
import CommandRunner
import Exporting
import Formats
import Foundation
import Model
import Storage
import Testing

@Suite struct DamagedExportTests {
  private static let text = "Zeppelins moor by dawn."

  /// Captures of four texts, the third that of the second; the octets of that text are damaged.
  private func damaged() async throws -> (archive: ExportedArchive, store: Store, captures: [CaptureInput]) {
    let texts = ["Fog at the quay.", Self.text, Self.text, "Wharf 9 is shut."]
    let captures = try texts.enumerated().map {
      try ExportedArchive.capture(ExportedArchive.ferry, minute: Int64($0.offset), Array($0.element.utf8))
    }
    let archive = try await ExportedArchive(captures)
    archive.store.close()
    var file = try archive.folder.bytes(of: "archive.stet")
    let place = try #require(file.firstRange(of: Array(Self.text.utf8))?.lowerBound)
    file[place] ^= 1
    try archive.folder.write(file, to: "archive.stet")
    return (archive, try Store.open(archive.folder.file("archive.stet"), .read), captures)
  }

  private func object(_ octets: [UInt8]) throws -> [String: Any] {
    try #require(try JSONSerialization.jsonObject(with: Data(octets)) as? [String: Any])
  }

  @Test func `lines stand for what is left out, and are no captures when they are read back`() async throws {
    let (archive, store, captures) = try await damaged()
    let file = try PartialFile(path: archive.folder.file("out.jsonl"))
    let (written, lost) = try CaptureLinesExport(store: store, Scope()).run(to: file) { _ in }
    _ = try file.finish()
    #expect(written == 2 && lost.map(\.digest) == captures[1...2].map(\.digest))
    #expect(lost.allSatisfy { $0.message.hasPrefix("https://post.example/2026/11/ferry at 2026-11-20T10:0") })
    let lines = try archive.folder.bytes(of: "out.jsonl").split(separator: 10).map { Array($0) }
    #expect(try CaptureLine.decode(lines[0]).digest == captures[0].digest)
    #expect(try CaptureLine.decode(lines[3]).digest == captures[3].digest)
    for line in lines[1...2] {
      let error = #expect(throws: CaptureLine.Invalid.self) { try CaptureLine.decode(line) }
      #expect(error?.reason.hasPrefix("left out when the file was written: https://post.example/") == true)
    }
  }

  @Test(arguments: [1, nil])
  func `a WARC file ends with what it lacks, and never passes for one that is whole`(level: Int?) async throws {
    let (archive, store, captures) = try await damaged()
    let options = archive.options {
      $0.capturesOnly = true
      $0.level = level
    }
    let path = archive.folder.file("out.warc.gz")
    let made = try await WARCExport(store: store, options).run(to: path) { _, _ in }
    let records = try ReadRecord.all(try archive.folder.bytes(of: "out.warc.gz"))
    // A revisit of what is not there would be of nothing.
    #expect(records.map { $0["WARC-Type"] } == ["warcinfo", "response", "response", "metadata"])
    #expect(
      try ReadRecord.captures(Array(records[1...2])).map(\.input.digest) == [captures[0], captures[3]].map(\.digest))
    let last = try #require(records.last)
    #expect(last["Stet-Omitted"] == "2" && last["WARC-Block-Digest"] == Digest(of: last.block).description)
    let omitted = try #require(try object(last.block)["omitted"] as? [[String: Any]])
    #expect(omitted.compactMap { $0["capture"] as? String } == captures[1...2].map(\.digest.description))
    #expect(omitted.allSatisfy { $0["lost"] as? String == "capture" && $0["reason"] as? String != nil })
    #expect(made.map(\.records) == [4] && made.flatMap(\.lost).count == 2)
    let again = try await WARCExport(store: store, options).run(to: path) { _, _ in }
    #expect(again.map(\.wasThere) == [false] && again.flatMap(\.lost).count == 2)

    let index = try PartialFile(path: archive.folder.file("out.cdxj"))
    let (lines, lost) = try await CDXJExport(store: store, options).run(to: index, warc: "out.warc.gz") { _, _ in }
    _ = try index.finish()
    #expect(lines == 3 && lost.count == 2)
    for line in String(decoding: try archive.folder.bytes(of: "out.cdxj"), as: UTF8.self).split(separator: "\n") {
      let entry = try object(Array(line.split(separator: " ", maxSplits: 2)[2].utf8))
      let offset = (entry["offset"] as? String).flatMap { Int($0) }
      #expect(records.contains { $0.offset == offset && "\($0.length)" == entry["length"] as? String })
    }
  }

  @Test func `a package says in what is signed what it lacks`() async throws {
    let (archive, store, captures) = try await damaged()
    let file = try PartialFile(path: archive.folder.file("a.wacz"))
    let result = try await WACZExport(store: store, archive.options()).run(to: file) { _, _ in }
    _ = try file.finish()
    #expect(result.isSigned && result.lost.map(\.digest) == captures[1...2].map(\.digest))
    let zip = ReadZip(try archive.folder.bytes(of: "a.wacz"))
    let package = try object(try #require(zip.content("datapackage.json")))
    let omitted = try #require(package["stetOmitted"] as? [[String: Any]])
    #expect(omitted.compactMap { $0["capture"] as? String } == captures[1...2].map(\.digest.description))
  }

  @Test func `a text that is damaged takes no capture with it`() async throws {
    let archive = try await ExportedArchive()
    archive.store.close()
    var file = try archive.folder.bytes(of: "archive.stet")
    let place = try #require(file.firstRange(of: Array("It is worth 15 million euros a year.".utf8))?.lowerBound)
    file[place] = UInt8(ascii: "t")
    try archive.folder.write(file, to: "archive.stet")
    let store = try Store.open(archive.folder.file("archive.stet"), .read)
    let made = try await WARCExport(store: store, archive.options()).run(to: archive.folder.file("a.warc.gz")) { _, _ in
    }
    let lost = made.flatMap(\.lost)
    #expect(!lost.isEmpty && lost.allSatisfy(\.isDerived))
    let records = try ReadRecord.all(try archive.folder.bytes(of: "a.warc.gz"))
    #expect(try ReadRecord.captures(records).count == 9)
  }
}
