// Archives as WACZ files.
import CommandRunner
import Evidence
import Exporting
import Foundation
import Glibc
import Formats
import Model
import Storage
import Testing

@Suite struct WACZExportTests {
  private func export(_ archive: ExportedArchive, _ name: String) async throws -> (zip: ReadZip, WACZExport.Result) {
    let file = try PartialFile(path: archive.folder.file(name))
    let result = try await WACZExport(store: archive.store, archive.options()).run(to: file) { _, _ in }
    _ = try file.finish()
    return (ReadZip(try archive.folder.bytes(of: name)), result)
  }

  private func object(_ octets: [UInt8]?) throws -> [String: Any] {
    let octets = try #require(octets)
    let object = try JSONSerialization.jsonObject(with: Data(octets)) as? [String: Any]
    return try #require(object)
  }

  @Test func `a package holds what its description lists`() async throws {
    let archive = try await ExportedArchive()
    let (zip, result) = try await export(archive, "a.wacz")
    #expect(
      zip.entries.map(\.name) == [
        "archive/data.warc.gz", "indexes/index.cdx.gz", "indexes/index.idx", "pages/pages.jsonl", "stet/checkpoint",
        "datapackage.json", "datapackage-digest.json",
      ])
    #expect(zip.entries.prefix(2).allSatisfy { $0.method == 0 })
    let package = try object(zip.content("datapackage.json"))
    #expect(package["wacz_version"] as? String == "1.1.1" && package["profile"] as? String == "data-package")
    #expect(package["created"] as? String == "2026-11-20T10:08:00Z")
    let resources = try #require(package["resources"] as? [[String: Any]])
    #expect(resources.count == 5)
    for resource in resources {
      let path = try #require(resource["path"] as? String)
      let content = try #require(zip.content(path))
      #expect(resource["hash"] as? String == Digest(of: content).description)
      #expect(resource["bytes"] as? Int == content.count)
    }
    #expect(result.records == 16 && result.pages == 5 && result.isSigned)
    let warc = try #require(zip.content("archive/data.warc.gz"))
    let records = try ReadRecord.all(warc)
    #expect(try ReadRecord.captures(records).map(\.input.digest) == ExportedArchive.history().map(\.digest))
  }

  @Test func `pages are revisions, and captures of what was never read as an article`() async throws {
    let (zip, _) = try await export(try await ExportedArchive(), "a.wacz")
    let text = try #require(zip.content("pages/pages.jsonl"))
    let lines = String(decoding: text, as: UTF8.self).split(separator: "\n")
    #expect(try object(lines.first.map { Array($0.utf8) })["format"] as? String == "json-pages-1.0")
    let pages = try lines.dropFirst().map { try object(Array($0.utf8)) }
    #expect(
      pages.map { "\($0["url"] ?? "") \($0["ts"] ?? "") \($0["title"] ?? "")" } == [
        "https://post.example/2026/11/ferry 2026-11-20T10:00:00.000Z Council approves ferry contract",
        "https://post.example/2026/11/ferry 2026-11-20T10:03:00.000Z Council approves ferry contract",
        "https://post.example/2026/11/ferry 2026-11-20T10:05:00.000Z Council approves ferry contract",
        "https://post.example/new 2026-11-20T10:07:00.000Z Council approves ferry contract",
        "https://post.example/blank 2026-11-20T10:08:00.000Z https://post.example/blank",
      ])
    #expect(Set(pages.compactMap { $0["id"] as? String }).count == 5)
  }

  @Test func `the archive's key signs the description and the log`() async throws {
    let archive = try await ExportedArchive()
    let (zip, _) = try await export(archive, "a.wacz")
    let digest = try object(zip.content("datapackage-digest.json"))
    let description = try #require(zip.content("datapackage.json"))
    #expect(digest["path"] as? String == "datapackage.json")
    #expect(digest["hash"] as? String == Digest(of: description).description)
    let text = try #require(digest["stetNote"] as? String)
    let note = try SignedNote(Array(text.utf8))
    try note.verify(by: [try archive.store.verifierKey()])
    #expect(note.text == Array("stet wacz 1\ndatapackage \(Digest(of: description))\n".utf8))
    let signed = try #require(zip.content("stet/checkpoint"))
    let checkpoint = try SignedCheckpoint(signed)
    try checkpoint.verify(against: try archive.store.verifierKey())
    #expect(checkpoint.checkpoint.size == 9)
  }

  @Test func `the same archive gives the same bytes, with its key and without`() async throws {
    let archive = try await ExportedArchive()
    _ = try await export(archive, "a.wacz")
    _ = try await export(archive, "b.wacz")
    #expect(try archive.folder.bytes(of: "a.wacz") == archive.folder.bytes(of: "b.wacz"))
    try FileManager.default.removeItem(atPath: archive.folder.file("archive.stet-key"))
    let (zip, result) = try await export(archive, "c.wacz")
    #expect(!result.isSigned && !zip.entries.contains { $0.name == "stet/checkpoint" })
    #expect(try object(zip.content("datapackage-digest.json"))["stetNote"] == nil)
  }

  @Test func `a package needs an output that can be gone back in`() async throws {
    let archive = try await ExportedArchive()
    #expect(mkfifo(archive.folder.file("pipe"), 0o600) == 0)
    let reader = open(archive.folder.file("pipe"), O_RDONLY | O_NONBLOCK)
    defer { close(reader) }
    await #expect(throws: ExportError.self) { try await export(archive, "pipe") }
  }
}
