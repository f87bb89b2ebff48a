import CommandRunner
import Evidence
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
  private static func zip(_ entries: [(name: String, octets: [UInt8], isDeflated: Bool)], crc: UInt32? = nil) -> [UInt8]
  {
    func number(_ value: Int, _ octets: Int) -> [UInt8] { (0..<octets).map { UInt8(value >> (8 * $0) & 255) } }
    var (out, directory): ([UInt8], [UInt8]) = ([], [])
    for (name, octets, isDeflated) in entries {
      let stored = isDeflated ? Packed.deflate(octets) : octets
      let fields =
        number(20, 2) + number(0, 2) + number(isDeflated ? 8 : 0, 2) + number(0, 4) + number(0, 4)
        + number(stored.count, 4) + number(octets.count, 4) + number(name.utf8.count, 2)
      let head = Array(fields[..<10]) + number(Int(crc ?? ZipWriter.crc(octets)), 4) + fields[14...]
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

  private static func file(
    package: [UInt8]? = package(first, second), seal: String? = nil, more: String = "", crc: UInt32? = nil
  ) -> [UInt8] {
    var entries = [
      (name: "archive/a.warc.gz", octets: first, isDeflated: false),
      (name: "archive/b.warc", octets: second, isDeflated: true),
      (name: "pages/pages.jsonl", octets: Array("{}".utf8), isDeflated: true),
    ]
    if let package { entries.append(("datapackage.json", package, true)) }
    if let seal { entries.append(("datapackage-digest.json", Array(#"{"hash":"\#(seal)"\#(more)}"#.utf8), false)) }
    return zip(entries, crc: crc)
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

  @Test func `checksums of the ZIP file that do not agree are named, and the records still taken`() async throws {
    let outcome = try await Desk().take(wacz: Self.file(crc: 1))
    let reason = "its CRC-32 is not the one in the ZIP directory"
    #expect(outcome.captures == 2)
    #expect(
      outcome.losses == ["datapackage.json", "archive/a.warc.gz", "archive/b.warc"].map { "0.wacz: \($0): \(reason)" })
  }

  /// What signs a package, by the key of RFC 8032 §7.1, test 1.
  private static func note(over package: [UInt8]) throws -> String {
    let secret = try #require(
      [UInt8](hexadecimal: "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60".utf8))
    let note = try SignedNote(
      signing: Array(WACZPackage.noteText(package).utf8), with: [SigningKey(logSecret: secret)])
    return String(decoding: note.octets, as: UTF8.self)
  }

  private static func signed(
    _ note: String, package: [UInt8] = package(first, second)
  ) -> [UInt8] {
    let text = note.split(separator: "\n", omittingEmptySubsequences: false).joined(separator: "\\n")
    return file(package: package, seal: Digest(of: package).description, more: #","stetNote":"\#(text)""#)
  }

  @Test func `a signature is checked, and who made it is told`() async throws {
    let note = try Self.note(over: Self.package(Self.first, Self.second))
    let outcome = try await Desk().take(wacz: Self.signed(note))
    #expect(outcome.captures == 2 && outcome.losses.isEmpty, "\(outcome.losses)")
    let key = "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a"
    #expect(outcome.notes == ["0.wacz: datapackage-digest.json: signed by stet/\(key)"])
  }

  @Test func `nothing is taken where a signature does not hold, unless that is asked for`() async throws {
    let right = try Self.note(over: Self.package(Self.first, Self.second))
    let other = try Self.note(over: [1])
    let forged = right.replacing("\ndatapackage sha256:", with: "\ndatapackage sha256:0", maxReplacements: 1)
    let unsigned = right.split(separator: "\u{2014}")[0] + "\u{2014} somebody.example AAAAAAAA\n"
    for note in [other, forged, String(unsigned), "no note"] {
      let desk = try Desk()
      await #expect(throws: ImportError.self) { try await desk.take(wacz: Self.signed(note)) }
      let outcome = try await desk.take(wacz: Self.signed(note), isUnverified: true)
      #expect(outcome.captures == 2)
      #expect(outcome.losses.count == 1 && outcome.losses[0].contains("its signature does not hold"))
    }
  }

  @Test(
    arguments: [
      (["archive/a.warc.gz"], "it does not cover archive/b.warc", "archive/b.warc: datapackage.json does not name it"),
      (
        ["archive/a.warc.gz", "archive/b.warc", "archive/c.warc"], "archive/c.warc, which it covers, is missing",
        "archive/c.warc: it is missing, and datapackage.json names it"
      ),
    ])
  func `nothing is taken where a signature covers other WARC files than there are`(
    covered: [String], refusal: String, loss: String
  ) async throws {
    let list = covered.map { #"{"path":"\#($0)"}"# }.joined(separator: ",")
    let package = Array(#"{"resources":[\#(list)]}"#.utf8)
    let file = Self.signed(try Self.note(over: package), package: package)
    let desk = try Desk()
    let error = await #expect(throws: ImportError.self) { try await desk.take(wacz: file) }
    guard case .badSignature(_, let detail) = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(detail == refusal)
    let outcome = try await desk.take(wacz: file, isUnverified: true)
    #expect(outcome.captures == 2 && outcome.losses.map { $0.hasSuffix(loss) } == [true], "\(outcome.losses)")
    // Where nobody signed, it is named alone.
    #expect(try await desk.take(wacz: Self.file(package: package)).losses.map { $0.hasSuffix(loss) } == [true])
  }

  @Test func `an index or a list of pages with another digest is named`() async throws {
    let package = Array(
      """
      {"resources":[{"path":"archive/a.warc.gz"},{"path":"archive/b.warc"},
      {"path":"pages/pages.jsonl","hash":"\(Digest(of: []))"}]}
      """.utf8)
    let outcome = try await Desk().take(wacz: Self.file(package: package))
    #expect(outcome.captures == 2)
    #expect(outcome.losses == ["0.wacz: pages/pages.jsonl: its digest is not the one in datapackage.json"])
  }

  @Test func `a signature of another kind is named as not checked`() async throws {
    let more = #","signedData":{"hash":"x","signature":"AAAA","domain":"crawler.example"}"#
    let outcome = try await Desk().take(
      wacz: Self.file(seal: Digest(of: Self.package(Self.first, Self.second)).description, more: more))
    #expect(outcome.captures == 2 && outcome.losses.isEmpty)
    #expect(
      outcome.notes == [
        "0.wacz: datapackage-digest.json: its signature by crawler.example is of a kind not checked here"
      ])
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
