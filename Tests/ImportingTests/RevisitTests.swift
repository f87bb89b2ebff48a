import CommandRunner
import Formats
import Importing
import Model
import Storage
import Testing

/// Revisits find what they repeat: earlier, later, in another file, in the archive.
struct RevisitTests {
  private static let page = ArticlePage.ferry("The ferry sails at noon.").bytes
  /// A name here: with a block digest nobody works it out.
  private static let digest = "sha1:3I42H3S6NNFQ2MSVX7XZKYAYSCX5QBYJ"

  private static let original = WARCText.response(
    Desk.url, "2026-11-20T10:00:00Z", page,
    more: [
      ("WARC-Record-ID", "<urn:uuid:1>"), ("WARC-Payload-Digest", digest),
      ("WARC-Block-Digest", Digest(of: WARCText.http(page)).description),
    ])

  private static func revisit(
    _ names: [(String, String)], profile: String = "identical-payload-digest", block: [UInt8]? = nil,
    url: String = Desk.url
  ) -> [UInt8] {
    let isUnchanged = profile == "server-not-modified"
    return WARCText.record(
      [
        ("WARC-Type", "revisit"), ("WARC-Target-URI", url), ("WARC-Date", "2026-11-20T11:00:00Z"),
        ("WARC-Profile", "http://netpreserve.org/warc/1.1/revisit/\(profile)"),
      ] + names, block ?? WARCText.http([], status: isUnchanged ? "304 Not Modified" : "200 OK"))
  }

  private static let byDate = revisit([
    ("WARC-Refers-To-Target-URI", Desk.url), ("WARC-Refers-To-Date", "2026-11-20T10:00:00Z"),
  ])

  @Test(arguments: [
    [("WARC-Refers-To-Target-URI", Desk.url), ("WARC-Refers-To-Date", "2026-11-20T10:00:00Z")],
    [("WARC-Refers-To-Date", "2026-11-20T10:00:00.000Z")],
    [("WARC-Refers-To", "<urn:uuid:1>")],
    [("WARC-Payload-Digest", digest)],
  ])
  func `a revisit is resolved by whatever it names, before or behind it`(names: [(String, String)]) async throws {
    let revisit = Self.revisit(names)
    for files in [[Self.original + revisit], [revisit + Self.original], [Self.original, revisit]] {
      let desk = try Desk()
      let outcome = try await files.count == 1 ? desk.take(files[0]) : desk.take(files[0], files[1])
      #expect(outcome.captures == 2 && outcome.losses.isEmpty, "\(outcome.losses)")
      #expect(try desk.captures().map(\.response.body) == [Self.page, Self.page])
    }
  }

  @Test func `a revisit is resolved by what the archive holds since an earlier import`() async throws {
    let desk = try Desk()
    let early = try await desk.take(Self.byDate)
    #expect(early.captures == 0)
    #expect(early.losses.count == 1 && early.losses[0].contains("neither in the file nor in the archive"))
    try await desk.take(Self.original)
    let late = try await desk.take(Self.byDate)
    #expect(late.captures == 1 && late.losses.isEmpty)
    // By its SHA-256, when the payload was stored without codings.
    let other = Self.revisit([("WARC-Payload-Digest", Digest(of: Self.page).description)], url: Desk.url + "/copy")
    #expect(try await desk.take(other).captures == 1)
    #expect(try await desk.take(other, Self.byDate, Self.original).known == 3)
  }

  @Test func `a 304 names the capture that it confirms`() async throws {
    let desk = try Desk()
    let unchanged = Self.revisit(
      [("WARC-Refers-To-Target-URI", Desk.url), ("WARC-Refers-To-Date", "2026-11-20T10:00:00Z")],
      profile: "server-not-modified")
    #expect(try await desk.take(Self.original + unchanged).captures == 2)
    let captures = try desk.captures()
    #expect(captures.map(\.response.status) == [200, 304])
    #expect(try captures[1].refersTo.map { try desk.digests().contains($0) } == true)
    let alone = try await Desk().take(unchanged)
    #expect(alone.captures == 0 && alone.losses.count == 1)
  }

  @Test func `a revisit without a header has the original's, and one of what was passed over is passed over`()
    async throws
  {
    let desk = try Desk()
    let bare = Self.revisit([("WARC-Refers-To", "<urn:uuid:1>")], block: [])
    #expect(try await desk.take(Self.original + bare).captures == 2)
    let image = WARCText.response(
      "https://post.example/a.png", "2026-11-20T10:00:00Z", [1, 2], fields: [("Content-Type", "image/png")],
      more: [("WARC-Record-ID", "<urn:uuid:2>")])
    let repeated = Self.revisit([("WARC-Refers-To", "<urn:uuid:2>")], block: [], url: "https://post.example/a.png")
    let outcome = try await desk.take(image + repeated)
    #expect(outcome.captures == 0 && outcome.passed == 2 && outcome.losses.isEmpty)
  }

  @Test func `a revisit that names a record with another payload is named and not believed`() async throws {
    let wrong = Self.revisit([
      ("WARC-Refers-To", "<urn:uuid:1>"), ("WARC-Payload-Digest", "sha1:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"),
    ])
    let outcome = try await Desk().take(Self.original + wrong)
    #expect(outcome.captures == 1 && outcome.losses.count == 1, "\(outcome)")
  }

  @Test func `a revisit finds an original that was read many batches before`() async throws {
    let desk = try Desk()
    let long = [UInt8](repeating: 65, count: 2 << 20)
    var file = Self.original
    for i in 0..<20 { file += WARCText.response(Desk.url + "/\(i)", "2026-11-20T13:00:00Z", long) }
    let outcome = try await desk.take(file + Self.byDate)
    #expect(outcome.captures == 22 && outcome.losses.isEmpty)
  }
}
