import CommandRunner
import Formats
import Importing
import Model
import Storage
import Testing

/// WARC files in every compression, whole and damaged, into a real archive.
struct WARCFileTests {
  private static let sentences = (0..<5).map { "The ferry sails at \($0 + 8) in the morning, the harbour master said." }
  private static let records = sentences.enumerated().map { WARCText.ferry($1, minute: $0) }
  private static let warcinfo = WARCText.record([("WARC-Type", "warcinfo")], Array("software: test\r\n".utf8))
  private static let request = WARCText.record(
    [("WARC-Type", "request"), ("WARC-Target-URI", Desk.url)], Array("GET / HTTP/1.1\r\n\r\n".utf8))

  enum Form: CaseIterable {
    case plain, members, oneMember, frames, oneFrame

    /// How records become a file.
    func file(_ records: [[UInt8]]) -> [UInt8] {
      switch self {
      case .plain: Array(records.joined())
      case .members: records.flatMap(Packed.gzip)
      case .oneMember: Packed.gzip(Array(records.joined()))
      case .frames: records.flatMap { Packed.zstd($0) }
      case .oneFrame: Packed.zstd(Array(records.joined()))
      }
    }
  }

  @Test(arguments: Form.allCases)
  func `every form gives the same captures, and none a second time`(form: Form) async throws {
    let desk = try Desk()
    let file = form.file([Self.warcinfo] + Self.records.flatMap { [Self.request, $0] })
    let first = try await desk.take(file)
    #expect(first.captures == 5 && first.passed == 6 && first.losses.isEmpty)
    let captures = try desk.captures()
    #expect(captures.map(\.response.body) == Self.sentences.map { ArticlePage.ferry($0).bytes })
    #expect(captures.allSatisfy { $0.article == Desk.url && $0.origin == nil && $0.response.status == 200 })
    let again = try await desk.take(form.file(Self.records.reversed()), file)
    #expect(again.captures == 0 && again.known == 10 && again.losses.isEmpty)
  }

  @Test(arguments: Form.allCases)
  func `files one after another in one file, and none at all, are read`(form: Form) async throws {
    let desk = try Desk()
    let file = form.file(Array(Self.records[..<2])) + form.file(Array(Self.records[2...]))
    #expect(try await desk.take(file).captures == 5)
    let empty = try await desk.take([], form.file([]), Array("\r\n\r\n".utf8))
    #expect(empty.captures == 0 && empty.losses.isEmpty)
  }

  @Test(arguments: Form.allCases)
  func `a file that is cut keeps what came before, and says where it ends`(form: Form) async throws {
    let whole = form.file(Self.records)
    var most = 0
    for length in [whole.count / 4, whole.count / 2, whole.count - 10] {
      let desk = try Desk()
      let outcome = try await desk.take(Array(whole[..<length]))
      #expect(outcome.losses.count == 1, "\(outcome.losses)")
      #expect(outcome.losses.allSatisfy { $0.hasPrefix("0.warc at offset ") && $0.contains("cut short") })
      most = max(most, outcome.captures)
    }
    // Nothing comes out of a frame of zstd before its block is whole.
    #expect(most >= (form == .oneFrame ? 0 : 2))
  }

  @Test(arguments: [Form.plain, .members, .frames])
  func `damage in one record costs that record and names its place`(form: Form) async throws {
    let desk = try Desk()
    var parts = Self.records.map { form.file([$0]) }
    let place = parts[0].count + parts[1].count
    let middle = parts[2].count / 2
    if form == .plain { parts[2].removeSubrange(middle..<(middle + 50)) } else { parts[2][middle] ^= 0x55 }
    let outcome = try await desk.take(Array(parts.joined()))
    #expect(outcome.captures == 4 && outcome.losses.count == 1)
    #expect(outcome.losses.first?.hasPrefix("0.warc at offset \(place)") == true, "\(outcome.losses)")
  }

  @Test func `a member that fails its checksum gives what has a digest of its own`() async throws {
    let desk = try Desk()
    let block = WARCText.http(ArticlePage.ferry("Sealed.").bytes)
    let sealed = WARCText.ferry("Sealed.", minute: 20, more: [("WARC-Block-Digest", Digest(of: block).description)])
    var bad = Packed.gzip(Self.records[0] + sealed)
    bad[bad.count - 6] ^= 1  // of the CRC
    let outcome = try await desk.take(bad + Packed.gzip(Self.records[1]))
    #expect(
      try desk.captures().map(\.response.body) == [
        ArticlePage.ferry(Self.sentences[1]).bytes, ArticlePage.ferry("Sealed.").bytes,
      ])
    #expect(outcome.losses.count == 2 && outcome.losses[0].contains("no digest that could show it to be whole"))
    #expect(outcome.losses[1].hasSuffix("offset 0: the gzip data is damaged"))
  }

  @Test func `octets between members are named, padding at the end is not`() async throws {
    let desk = try Desk()
    let members = Self.records.map(Packed.gzip)
    let rubbish = Array("some rubbish \u{1F} and more".utf8)
    let outcome = try await desk.take(
      members[0] + rubbish + members[1] + members[2] + [UInt8](repeating: 0, count: 1000))
    #expect(outcome.captures == 3)
    #expect(
      outcome.losses == [
        "0.warc at offset \(members[0].count): \(rubbish.count) octets that belong to no gzip member"
      ])
  }

  @Test func `what looks like a member's beginning inside a member does no harm`() async throws {
    let desk = try Desk()
    // A gzip file in a record that does not compress: its first octets stand in the member as they are.
    var random = SplitMix64(seed: 7)
    var page = ArticlePage.ferry("With a gzip file in it.").bytes
    for _ in 0..<20 { page += [0x1F, 0x8B, 8, 0] + (0..<500).map { _ in UInt8.random(in: 0...255, using: &random) } }
    let odd = WARCText.response(Desk.url, "2026-11-20T11:00:00Z", page)
    let outcome = try await desk.take([Self.records[0], odd, Self.records[1]].flatMap(Packed.gzip))
    #expect(outcome.captures == 3 && outcome.losses.isEmpty, "\(outcome.losses)")
  }

  @Test(arguments: [Form.plain, .members, .oneMember, .frames, .oneFrame])
  func `a record of many megabytes is read, and those around it`(form: Form) async throws {
    let desk = try Desk()
    var random = SplitMix64(seed: 11)
    var noise: [UInt8] = []
    for _ in 0..<(12 << 17) { withUnsafeBytes(of: random.next()) { noise += $0 } }
    let long = WARCText.response(Desk.url, "2026-11-20T12:00:00Z", noise)
    let short = (0..<300).map { i in
      WARCText.response(Desk.url + "/\(i)", "2026-11-20T13:00:00Z", [], status: "404 Not Found")
    }
    let outcome = try await desk.take(form.file(Array(short[..<150]) + [long] + Array(short[150...])))
    #expect(outcome.captures == 301 && outcome.losses.isEmpty)
    #expect(try desk.captures().contains { $0.response.body.count == 12 << 20 })
  }

  @Test func `a file that is no WARC file at all is one loss`() async throws {
    let desk = try Desk()
    let outcome = try await desk.take(Array(repeating: UInt8(ascii: "x"), count: 3 << 20))
    #expect(outcome.losses == ["0.warc at offset 0: \(3 << 20) octets that belong to no record"])
    #expect(throws: ImportError.self) {
      try WARCCaptures(path: desk.folder.file("missing"), archive: desk.store, seen: SeenRecords())
    }
  }

  /// The frame in which a file carries its dictionary.
  private static func dictionaryFrame(_ contents: [UInt8]) -> [UInt8] {
    [0x5D, 0x2A, 0x4D, 0x18] + (0..<4).map { UInt8(contents.count >> (8 * $0) & 255) } + contents
  }

  @Test(arguments: [false, true])
  func `a zstd file is read with the dictionary that it carries`(isCompressed: Bool) async throws {
    let dictionary = WARCText.ferry("Words that all records have.", minute: 30)
    let frames = Self.records.flatMap { Packed.zstd($0, dictionary: dictionary) }
    let carried = isCompressed ? Packed.zstd(dictionary) : dictionary
    let outcome = try await Desk().take(Self.dictionaryFrame(carried) + frames)
    #expect(outcome.captures == 5 && outcome.losses.isEmpty, "\(outcome.losses)")
  }

  @Test func `a dictionary that is cut or damaged is refused with the reason`() async throws {
    let damaged = Array(Packed.zstd(Self.records[0]).dropLast(3))
    let magic: [UInt8] = [0x37, 0xA4, 0x30, 0xEC] + [UInt8](repeating: 9, count: 40)
    for file in [
      Array(Self.dictionaryFrame(Self.records[0]).dropLast()), Self.dictionaryFrame(damaged),
      [0x5D, 0x2A, 0x4D, 0x18, 1],
      [0x5D, 0x2A, 0x4D, 0x18, 255, 255, 255, 255], Self.dictionaryFrame(magic) + Packed.zstd(Self.records[0]),
    ] {
      await #expect(throws: ImportError.self) { try await Desk().take(file) }
    }
  }

  /// The first capture, its block cut into segments.
  private static func segments(_ cuts: [Int], total: Int? = nil) -> [[UInt8]] {
    let block = WARCText.http(ArticlePage.ferry(sentences[0]).bytes)
    let ends = cuts + [block.count]
    return ends.enumerated().map { i, end in
      let part = Array(block[(i == 0 ? 0 : ends[i - 1])..<end])
      let more = [("WARC-Segment-Number", "\(i + 1)"), ("WARC-Block-Digest", Digest(of: part).description)]
      let last = i == ends.count - 1 ? [("WARC-Segment-Total-Length", "\(total ?? block.count)")] : []
      guard i > 0 else {
        return WARCText.record(
          [
            ("WARC-Type", "response"), ("WARC-Record-ID", "<urn:x:1>"), ("WARC-Target-URI", Desk.url),
            ("WARC-Date", "2026-11-20T10:00:00Z"),
          ] + more, part)
      }
      return WARCText.record(
        [("WARC-Type", "continuation"), ("WARC-Segment-Origin-ID", "<urn:x:1>")] + more + last, part)
    }
  }

  @Test(arguments: Form.allCases)
  func `segments of a record are put together, whatever stands between them`(form: Form) async throws {
    let desk = try Desk()
    let parts = Self.segments([30, 90])
    let file = form.file([parts[0], Self.records[1], parts[1], Self.request, parts[2], Self.records[2]])
    let outcome = try await desk.take(file)
    #expect(outcome.captures == 3 && outcome.losses.isEmpty, "\(outcome.losses)")
    #expect(try desk.captures().first?.response.body == ArticlePage.ferry(Self.sentences[0]).bytes)
  }

  @Test func `segments that do not make a whole are named`() async throws {
    func losses(_ parts: [[UInt8]]) async throws -> [String] {
      let outcome = try await Desk().take(Array((parts + [Self.records[1]]).joined()))
      #expect(outcome.captures == 1)
      return outcome.losses.map { String($0.split(separator: ": ", maxSplits: 1)[1]) }
    }
    let parts = Self.segments([30, 90])
    #expect(try await losses([parts[0], parts[1]]) == ["segments of it are missing after number 2"])
    #expect(
      try await losses([parts[1]]) == ["it goes on a record whose beginning is not in the file before it"])
    let skipped = try await losses([parts[0], parts[2]])
    #expect(skipped.count == 1 && skipped[0].hasPrefix("after segment 1 of it comes number 3"))
    let short = try await losses(Self.segments([30], total: 7))
    #expect(short.count == 1 && short[0].hasSuffix("where the last says 7"))
  }

  @Test func `what is no page is passed over unless all is asked for`() async throws {
    let image = WARCText.response(
      "https://post.example/a.png", "2026-11-20T10:00:00Z", [1, 2], fields: [("Content-Type", "image/png")])
    let ftp = WARCText.record(
      [("WARC-Type", "resource"), ("WARC-Target-URI", "ftp://post.example/a"), ("WARC-Date", "2026-11-20T10:00:00Z")],
      [1])
    let dns = WARCText.record(
      [("WARC-Type", "response"), ("WARC-Target-URI", "dns:post.example"), ("WARC-Date", "2026-11-20T10:00:00Z")], [1])
    let redirect = WARCText.response(
      "https://post.example/b", "2026-11-20T10:00:00Z", [], status: "301 Moved",
      fields: [("Location", Desk.url), ("Content-Type", "image/gif")])
    let file = image + ftp + dns + redirect
    let pages = try await Desk().take(file)
    #expect(pages.captures == 1 && pages.passed == 3 && pages.losses.isEmpty)
    let all = try await Desk().take(file, takesAll: true)
    #expect(all.captures == 2 && all.passed == 2)
  }
}
