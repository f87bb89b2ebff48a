import CommandRunner
import Formats
import Importing
import Model
import Storage
import Testing

/// WACZ files: a ZIP file of WARC files and what describes them.
struct WACZFileTests {
  private static let first = Packed.gzip(WARCText.ferry("The ferry sails at noon.", minute: 0))
  private static let second = WARCText.ferry("The ferry sails at one.", minute: 1)

  /// A ZIP file of entries stored or deflated.
  private static func zip(_ entries: [(name: String, octets: [UInt8], isDeflated: Bool)]) -> [UInt8] {
    func number(_ value: Int, _ octets: Int) -> [UInt8] { (0..<octets).map { UInt8(value >> (8 * $0) & 255) } }
    var (out, directory): ([UInt8], [UInt8]) = ([], [])
    for (name, octets, isDeflated) in entries {
      let stored = isDeflated ? Packed.deflate(octets) : octets
      let head =
        number(20, 2) + number(0, 2) + number(isDeflated ? 8 : 0, 2) + number(0, 4) + number(0, 4)
        + number(stored.count, 4) + number(octets.count, 4) + number(name.utf8.count, 2)
      directory += number(0x0201_4B50, 4) + number(20, 2) + head + number(0, 12) + number(out.count, 4)
      directory += Array(name.utf8)
      // An extra field that the directory does not have, as Info-ZIP writes it.
      out += number(0x0403_4B50, 4) + head + number(4, 2) + Array(name.utf8) + number(0x7875, 2) + number(0, 2) + stored
    }
    let end = number(0x0605_4B50, 4) + number(0, 4) + number(entries.count, 2) + number(entries.count, 2)
    return out + directory + end + number(directory.count, 4) + number(out.count, 4) + number(0, 2)
  }

  private static func package(_ first: [UInt8], _ second: [UInt8]) -> [UInt8] {
    Array(
      """
      {"profile":"data-package","resources":[{"path":"archive/a.warc.gz","hash":"\(Digest(of: first))"},
      {"path":"archive/b.warc","hash":"\(Digest(of: second))"}]}
      """.utf8)
  }

  private static func file(package: [UInt8]? = package(first, second), seal: String? = nil) -> [UInt8] {
    var entries = [
      (name: "archive/a.warc.gz", octets: first, isDeflated: false),
      (name: "archive/b.warc", octets: second, isDeflated: true),
      (name: "pages/pages.jsonl", octets: Array("{}".utf8), isDeflated: true),
    ]
    if let package { entries.append(("datapackage.json", package, true)) }
    if let seal { entries.append(("datapackage-digest.json", Array(#"{"hash":"\#(seal)"}"#.utf8), false)) }
    return zip(entries)
  }

  @Test func `every WARC file in it is read, stored or deflated`() async throws {
    let desk = try Desk()
    let outcome = try await desk.take(
      wacz: Self.file(seal: Digest(of: Self.package(Self.first, Self.second)).description))
    #expect(outcome.captures == 2 && outcome.losses.isEmpty, "\(outcome.losses)")
    #expect(try await desk.take(wacz: Self.file()).known == 2)
  }

  @Test func `digests that do not agree are named, and the records still taken`() async throws {
    let outcome = try await Desk().take(
      wacz: Self.file(package: Self.package(Self.first, Self.first), seal: Digest(of: []).description))
    #expect(outcome.captures == 2)
    #expect(
      outcome.losses == [
        "0.wacz: datapackage.json: its digest is not the one in datapackage-digest.json",
        "0.wacz: archive/b.warc: its digest is not the one in datapackage.json",
      ])
    let bare = try await Desk().take(wacz: Self.file(package: nil))
    #expect(bare.captures == 2 && bare.losses == ["0.wacz: datapackage.json: it is missing: no digests can be checked"])
  }

  @Test func `what is no WACZ file is refused`() async throws {
    let desk = try Desk()
    for octets in [[], Self.first, Self.zip([("pages/pages.jsonl", [1], false)]), Array(Self.file().dropLast(10))] {
      await #expect(throws: ImportError.self) { try await desk.take(wacz: octets) }
    }
    #expect(throws: ImportError.self) {
      try WARCCaptures(wacz: desk.folder.path, archive: desk.store, seen: SeenRecords())
    }
  }
}
