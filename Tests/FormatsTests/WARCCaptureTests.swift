import CommandRunner
import Formats
import Model
import Testing

/// Captures out of records of many writers.
struct WARCCaptureTests {
  static let url = "https://post.example/2026/11/ferry"
  static let date = "2026-11-20T10:00:00Z"

  private func record(_ octets: [UInt8]) throws -> WARCRecord {
    guard case .record(let record, _, _) = WARCScannerTests.events(octets).first else { throw NoRecord() }
    return record
  }

  private struct NoRecord: Error {}

  private func capture(_ octets: [UInt8]) throws -> CaptureInput { try WARCCapture.decode(try record(octets)) }

  private func reason(_ octets: [UInt8]) -> String? {
    do {
      _ = try capture(octets)
      return nil
    } catch let error as WARCCapture.Invalid { return error.reason } catch { return "\(error)" }
  }

  private func response(
    _ body: [UInt8], _ fields: [(String, String)], status: String = "200 OK", more: [(String, String)] = []
  ) -> [UInt8] {
    WARCText.response(Self.url, Self.date, body, status: status, fields: fields, more: more)
  }

  @Test func `a response is a capture with its fields as they stood`() throws {
    let input = try capture(response(Array("<p>a".utf8), [("Content-Type", "text/html"), ("X-Odd", "  b \t")]))
    #expect(input.article == Self.url && input.response.url == Self.url && input.origin == nil && input.sequence == 0)
    #expect(input.response.at.description == "2026-11-20T10:00:00.000Z" && input.response.status == 200)
    #expect(input.response.fields.pairs.map(\.name) == ["Content-Type", "X-Odd"])
    #expect(input.response.fields["x-odd"] == "b")
    #expect(input.response.body == Array("<p>a".utf8))
  }

  @Test func `angle brackets, fine dates and dates of 14 digits are understood`() throws {
    let block = WARCText.http([])
    func at(_ date: String, _ url: String = Self.url) throws -> Response {
      try capture(WARCText.record([("WARC-Type", "response"), ("WARC-Target-URI", url), ("WARC-Date", date)], block))
        .response
    }
    #expect(try at("2026-11-20T10:00:00.123456789Z").at.description == "2026-11-20T10:00:00.123Z")
    #expect(try at("20261120100000").at.description == "2026-11-20T10:00:00.000Z")
    #expect(try at(Self.date, "<\(Self.url)>").url == Self.url)
    #expect(throws: WARCCapture.Invalid.self) { try at("yesterday") }
    #expect(throws: WARCCapture.Invalid.self) { try at(Self.date, "https://user:secret@post.example/") }
    #expect(throws: WARCCapture.Invalid.self) { try at(Self.date, "") }
  }

  @Test func `codings are undone when the payload has them, and only then`() throws {
    let plain = Array("stored".utf8)
    // One stored block of DEFLATE in zlib's form (RFC 1950, RFC 1951 §3.2.4).
    let zlib: [UInt8] = [0x78, 0x01, 1, 6, 0, 0xF9, 0xFF] + plain + [0x09, 0x3C, 0x02, 0x92]
    let chunked = Array("3\r\nsto\r\n3\r\nred\r\n0\r\n\r\n".utf8)
    func body(_ stored: [UInt8], _ fields: [(String, String)]) throws -> [UInt8] {
      try capture(response(stored, fields)).response.body
    }
    let (coding, chunks) = (("Content-Encoding", "deflate"), ("Transfer-Encoding", "chunked"))
    #expect(try body(zlib, [coding]) == plain)
    #expect(try body(plain, [coding]) == plain)
    #expect(try body(chunked, [chunks]) == plain)
    #expect(try body(plain, [chunks]) == plain)
    #expect(try body(chunked, []) == chunked)
    #expect(try body(plain, [("Content-Encoding", "gzip"), chunks]) == plain)
    #expect(try body(plain, [("Content-Encoding", "br")]) == plain)
    #expect(try body(plain, [("Content-Encoding", "sdch")]) == plain)
    #expect(try body(plain, [("Content-Encoding", "gzip"), ("Content-Length", "2000")]) == plain)
    // The fields tell what the server sent, not what is stored.
    #expect(try capture(response(zlib, [coding])).response.fields["content-encoding"] == "deflate")
  }

  @Test func `half an answer is no capture`() {
    let zlib: [UInt8] = [0x78, 0x01, 1, 6, 0, 0xF9, 0xFF] + Array("stored".utf8) + [0x09, 0x3C, 0x02, 0x92]
    #expect(reason(response(Array(zlib.dropLast()), [("Content-Encoding", "deflate")]))?.contains("damaged") == true)
    #expect(reason(response([0x1F, 0x8B, 8, 0], [("Content-Encoding", "gzip")]))?.contains("gzip") == true)
    #expect(
      reason(response(Array("4\r\nhalf\r\n9\r\n".utf8), [("Transfer-Encoding", "chunked")]))?.contains("chunk") == true)
    #expect(reason(response(Array("half".utf8), [("Content-Length", "5")]))?.contains("4 of the 5") == true)
    #expect(reason(response(Array("half".utf8), [], more: [("WARC-Truncated", "length")]))?.contains("length") == true)
    #expect(reason(response([], [("Content-Length", "5")], status: "304 Not Modified")) == nil)
  }

  @Test func `a block digest decides; without one any form of the payload may have the payload's`() {
    let stored = Array("3\r\nsto\r\n3\r\nred\r\n0\r\n\r\n".utf8)
    let fields = [("Transfer-Encoding", "chunked")]
    let block = WARCText.http(stored, fields: fields)
    func told(_ more: [(String, String)]) -> String? { reason(response(stored, fields, more: more)) }
    let (right, wrong) = (Digest(of: block).description, Digest(of: []).description)
    #expect(told([("WARC-Block-Digest", right), ("WARC-Payload-Digest", wrong)]) == nil)
    #expect(told([("WARC-Block-Digest", wrong)])?.contains("block has another digest") == true)
    #expect(told([("WARC-Payload-Digest", Digest(of: stored).description)]) == nil)
    #expect(told([("WARC-Payload-Digest", Digest(ofUTF8: "stored").description)]) == nil)
    #expect(told([("WARC-Payload-Digest", wrong)])?.contains("payload has another digest") == true)
    #expect(told([("WARC-Block-Digest", "whirlpool:abc"), ("WARC-Payload-Digest", "x")]) == nil)
  }

  @Test func `what only our records may say is heard of no other`() throws {
    let claims = [("Stet-URL", "https://bank.example/"), ("Stet-Article", "https://bank.example/")]
    let capture = try capture(response(Array("<p>a".utf8), [], more: claims))
    #expect(capture.response.url == capture.article && !capture.article.contains("bank"))
    #expect(
      reason(response([], [], more: claims + [("Stet-Capture", Digest(of: []).description)]))?
        .contains("not the one the record states") == true)
  }

  @Test func `digests are read in every form that writers use`() throws {
    // Of no octets: FIPS 180-4, RFC 1321 §A.5.
    for text in [
      "sha1:3I42H3S6NNFQ2MSVX7XZKYAYSCX5QBYJ", "SHA-1:3i42h3s6nnfq2msvx7xzkyayscx5qbyj",
      "sha1:da39a3ee5e6b4b0d3255bfef95601890afd80709", "sha1:2jmj7l5rSw0yVb/vlWAYkK/YBwk=",
      "md5:d41d8cd98f00b204e9800998ecf8427e",
      "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
      "sha256:4OYMIQUY7QOBJGX36TEJS35ZEQT24QPEMSNZGTFESWMRW6CSXBKQ====",
    ] {
      let digest = try #require(LabelledDigest(text), "\(text)")
      #expect(digest.isDigest(of: []))
      #expect(!digest.isDigest(of: [0]))
    }
    for text in ["", "sha1", "sha1:", "sha1:abc", "crc32:00000000", "sha1:da39a3ee5e6b4b0d3255bfef95601890afd807zz"] {
      #expect(LabelledDigest(text) == nil, "\(text)")
    }
  }

  @Test func `octets from damaged data count only if a digest shows them to be whole`() throws {
    let page = Array("<p>a".utf8)
    let block = Digest(of: WARCText.http(page, fields: [])).description
    let bare = try record(response(page, []))
    let sealed = try record(response(page, [], more: [("WARC-Block-Digest", block)]))
    #expect(throws: WARCCapture.Invalid.self) { try WARCCapture.decode(bare, isCertain: false) }
    #expect(try WARCCapture.decode(sealed, isCertain: false).response.body == page)
  }

  @Test func `a resource is what a server would have answered`() throws {
    let input = try capture(
      WARCText.record(
        [
          ("WARC-Type", "resource"), ("WARC-Target-URI", Self.url), ("WARC-Date", Self.date),
          ("Content-Type", "text/html"),
        ], Array("<p>a".utf8)))
    #expect(input.response.status == 200 && input.response.fields["content-type"] == "text/html")
    #expect(input.response.body == Array("<p>a".utf8))
  }

  @Test func `status lines: none, odd, or no text`() {
    func status(_ line: String) -> Int? { HTTPMessage(Array("\(line)\r\nA: b\r\n\r\nbody".utf8)[...])?.status }
    #expect(status("HTTP/1.1 200 OK") == 200)
    #expect(status("HTTP/2 204") == 204)
    #expect(status("HTTP/1.0 302 ") == 302)
    for line in ["HTTPX/1.1 200 OK", "200 OK", "HTTP/1.1", "HTTP/1.1 20", "HTTP/1.1 2000", "HTTP/1.1 999 x", ""] {
      #expect(status(line) == nil, "\(line)")
    }
    #expect(HTTPMessage(Array("HTTP/1.1 204 No\r\nA: b".utf8)[...])?.payloadStart == 21)
    #expect(HTTPMessage([]) == nil)
  }

  @Test func `a revisit brings its own fields to the body it repeats`() throws {
    let original = try capture(response(Array("<p>a".utf8), [("ETag", "1")])).response
    let revisit = try record(
      WARCText.record(
        [
          ("WARC-Type", "revisit"), ("WARC-Target-URI", Self.url), ("WARC-Date", "2026-11-20T11:00:00Z"),
          ("WARC-Profile", "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest"),
        ], WARCText.http([], fields: [("ETag", "2")])))
    let digest = Digest(of: [])
    let input = try WARCCapture.decode(revisit: revisit, of: (original, digest))
    #expect(input.response.fields["etag"] == "2" && input.response.body == original.body && input.refersTo == nil)
    #expect(throws: WARCCapture.Invalid.self) { try WARCCapture.decode(revisit: revisit, of: nil) }
    let unchanged = try record(
      WARCText.record(
        [
          ("WARC-Type", "revisit"), ("WARC-Target-URI", Self.url), ("WARC-Date", "2026-11-20T12:00:00Z"),
          ("WARC-Profile", "http://netpreserve.org/warc/1.1/revisit/server-not-modified"),
        ], WARCText.http([], status: "304 Not Modified", fields: [])))
    let confirmed = try WARCCapture.decode(revisit: unchanged, of: (original, digest))
    #expect(confirmed.response.status == 304 && confirmed.response.body.isEmpty && confirmed.refersTo == digest)
    #expect(throws: WARCCapture.Invalid.self) { try WARCCapture.decode(revisit: unchanged, of: nil) }
  }

  @Test func `our own records come back as the capture they were, or are named`() throws {
    let origin = "ed25519:" + String(repeating: "ab", count: 32)
    let fields = try #require(
      HTTPFields([("Content-Encoding", "gzip"), ("X-Orig-Content-Length", "7"), ("Content-Type", "text/html")]))
    let body = Array("<p>a".utf8)
    let via = Digest(of: [1])
    let original = Capture(
      origin: origin, url: Self.url, at: try #require(Instant(Self.date)), sequence: 3, status: 200,
      fields: fields.digest, payload: Digest(of: body))
    func written(_ digest: Digest, fields: [(String, String)]) -> [UInt8] {
      response(
        body, fields,
        more: [
          ("Stet-Capture", digest.description), ("Stet-Origin", origin), ("Stet-Article", "https://post.example/f"),
          ("Stet-Seq", "3"), ("Stet-Via", via.description),
        ])
    }
    let renamed = [
      ("X-Orig-Content-Encoding", "gzip"), ("X-Orig-X-Orig-Content-Length", "7"), ("Content-Type", "text/html"),
    ]
    let input = try capture(written(original.digest, fields: renamed))
    #expect(input.response.fields == fields && input.sequence == 3 && input.via == via && input.origin == origin)
    #expect(input.article == "https://post.example/f" && input.response.body == body)
    #expect(reason(written(Digest(of: []), fields: renamed))?.contains("not the one the record states") == true)
    // Fields that no lines give back stand beside them.
    let exact = response(
      body, [],
      more: [
        (
          "Stet-Capture",
          Capture(
            origin: nil, url: Self.url, at: original.at, status: 200, fields: Digest(of: Array("A:  b\n".utf8)),
            payload: Digest(of: body)
          ).digest.description
        ), ("Stet-Fields", "QTogIGIK"),
      ])
    #expect(try capture(exact).response.fields.canonicalBytes == Array("A:  b\n".utf8))
  }

  @Test func `a 304 that we wrote says itself what it confirms and what its fields were`() throws {
    let (fields, confirmed) = (Array("ETag: 1\n".utf8), Digest(of: [1]))
    let original = Capture(
      origin: nil, url: Self.url, at: try #require(Instant(Self.date)), status: 304, fields: Digest(of: fields),
      payload: nil, refersTo: confirmed)
    let revisit = try record(
      WARCText.record(
        [
          ("WARC-Type", "revisit"), ("WARC-Target-URI", Self.url), ("WARC-Date", Self.date),
          ("WARC-Profile", "http://netpreserve.org/warc/1.1/revisit/server-not-modified"),
          ("Stet-Capture", original.digest.description), ("Stet-Refers-To", confirmed.description),
          ("Stet-Fields", "RVRhZzogMQo="),
        ], []))
    let input = try WARCCapture.decode(revisit: revisit, of: nil)
    #expect(input.response.status == 304 && input.refersTo == confirmed)
    #expect(input.response.fields.canonicalBytes == fields)
  }

  @Test func `answers that could be an article's page are told from the rest of a crawl`() {
    func mayHold(_ status: Int, _ type: String?, _ url: String = Self.url) -> Bool {
      ArticlePages.mayHold(status, HTTPFields(type.map { [("Content-Type", $0)] } ?? []) ?? HTTPFields(), url: url)
    }
    for type in ["text/html", "Text/HTML; charset=utf-8", "application/xhtml+xml", "text/plain", nil] {
      #expect(mayHold(200, type) && mayHold(404, type))
    }
    #expect(mayHold(301, "image/png"))
    for type in ["image/png", "application/json", "text/css", "application/javascript"] { #expect(!mayHold(200, type)) }
    #expect(!mayHold(200, "text/plain", "https://post.example/robots.txt?a"))
  }
}
