// Captures as WARC records, and back.
import CommandRunner
import Foundation
import Formats
import Model
import Testing

@Suite struct CaptureRecordTests {
  private static let at = Instant(milliseconds: 1_795_168_800_123)

  private func input(
    _ status: Int = 200, _ fields: [(String, String)] = [], url: String = "https://post.example/a", body: [UInt8] = []
  ) throws -> CaptureInput {
    CaptureInput(
      article: url, origin: nil,
      response: Response(url: url, at: Self.at, status: status, fields: try #require(HTTPFields(fields)), body: body))
  }

  private func record(
    _ input: CaptureInput, original: CaptureRecord.Original? = nil, level: Int? = nil
  ) throws -> (read: ReadRecord, line: CDXLine) {
    let body = input.response.body
    let written = CaptureRecord(
      input, digest: input.digest, payload: Digest(of: body), payloadSize: body.count, original: original
    ).written(by: RecordWriter(level: level))
    let records = try ReadRecord.all(written.record.octets)
    return (try #require(records.first), written.line)
  }

  private func head(_ record: ReadRecord) -> [String] {
    let end = ReadRecord.find([13, 10, 13, 10], in: record.block, from: 0) ?? 0
    return String(decoding: record.block[..<end], as: UTF8.self).components(separatedBy: "\r\n")
  }

  @Test func `any capture can be restored from its record`() throws {
    var random = SplitMix64(seed: 7)
    let names = [
      "Content-Encoding", "content-length", "CONTENT-LENGTH", "Transfer-Encoding", "X-Orig-Content-Encoding",
      "x-orig-X-ORIG-transfer-encoding", "X-Orig-", "X-Orig-ETag", "Content-Type", "Set-Cookie", "a b", "\u{E4}",
    ]
    let values = ["", "gzip", "0", "3", "12", "chunked", "text/html;charset=utf-8", "a: b", "\u{E4}\u{20AC}", "x\ty"]
    for round in 0..<400 {
      var canonical: [UInt8] = []
      for _ in 0..<Int.random(in: 0...6, using: &random) {
        canonical += Array("\(names.randomElement(using: &random) ?? ""): ".utf8)
        canonical += Array((values.randomElement(using: &random) ?? "").utf8)
        if Int.random(in: 0..<6, using: &random) == 0 { canonical.append(UInt8.random(in: 128...255, using: &random)) }
        // Canonical bytes that no server can have sent must come back too.
        if Int.random(in: 0..<40, using: &random) == 0 { canonical += [10, 13, 32] }
        canonical.append(10)
      }
      let status = [200, 200, 301, 304, 404, 599, 100].randomElement(using: &random) ?? 200
      let body = (0..<Int.random(in: 0...40, using: &random)).map { _ in UInt8.random(in: 0...255, using: &random) }
      let url =
        ["https://post.example/a", "http://post.example/\u{E4} b<c>", "git+https://x.example/A Page.html"]
        .randomElement(using: &random) ?? ""
      let input = CaptureInput(
        article: round % 3 == 0 ? "https://post.example/\u{E4}" : url,
        origin: round % 2 == 0 ? nil : "ed25519:" + String(repeating: "0a", count: 32),
        response: Response(
          url: url, at: Self.at, status: status, fields: HTTPFields(canonicalBytes: canonical),
          body: status == 304 ? [] : body),
        sequence: Int64(round % 4), refersTo: status == 304 && round % 2 == 0 ? Digest(ofUTF8: "kept") : nil,
        via: round % 5 == 0 ? Digest(ofUTF8: "via") : nil)
      let original =
        status == 304 && input.refersTo != nil
        ? CaptureRecord.Original(record: "<urn:uuid:x>", url: url, at: Self.at, payload: Digest(of: body)) : nil
      let read = try record(input, original: original, level: round % 2 == 0 ? 1 : nil).read
      let back = try #require(try read.capture([:]))
      #expect(back.response == input.response)
      #expect(back.article == input.article && back.origin == input.origin && back.sequence == input.sequence)
      #expect(back.refersTo == input.refersTo && back.via == input.via)
      #expect(read["Stet-Capture"] == back.digest.description)
      #expect(read["WARC-Block-Digest"] == Digest(of: read.block).description)
    }
  }

  @Test func `fields that speak of a body as it was sent are renamed`() throws {
    let body = Array("12345".utf8)
    let coded = try record(
      input(200, [("Content-Encoding", "br"), ("transfer-encoding", "chunked"), ("Content-Length", "3")], body: body))
    #expect(
      head(coded.read) == [
        "HTTP/1.1 200 OK", "X-Orig-Content-Encoding: br", "X-Orig-transfer-encoding: chunked",
        "X-Orig-Content-Length: 3",
      ])
    // A length that is right stays; one of two does not, nor one written otherwise.
    #expect(head(try record(input(200, [("Content-Length", "5")], body: body)).read).last == "Content-Length: 5")
    #expect(
      head(try record(input(200, [("Content-Length", "5"), ("content-length", "5")], body: body)).read).dropFirst() == [
        "X-Orig-Content-Length: 5", "X-Orig-content-length: 5",
      ])
    #expect(
      head(try record(input(200, [("Content-Length", "05")], body: body)).read).last == "X-Orig-Content-Length: 05")
    #expect(head(try record(input(304, [("Content-Length", "0")])).read).last == "X-Orig-Content-Length: 0")
    // What looks renamed gets another prefix, so that one can be taken off.
    #expect(
      head(try record(input(200, [("X-Orig-Content-Length", "5")], body: body)).read).last
        == "X-Orig-X-Orig-Content-Length: 5")
    #expect(head(try record(input(299, [])).read) == ["HTTP/1.1 299 "])
  }

  @Test func `a revisit names the record with its payload and has no body`() throws {
    let body = Array("the page".utf8)
    let original = CaptureRecord.Original(
      record: "<urn:uuid:y>", url: "https://post.example/b c", at: Instant(milliseconds: 5), payload: Digest(of: body))
    let (same, line) = try record(
      input(200, [("Content-Length", "8"), ("Content-Type", "text/html")], body: body), original: original)
    #expect(same["WARC-Type"] == "revisit")
    #expect(same["WARC-Profile"] == "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest")
    #expect(same["WARC-Refers-To"] == "<urn:uuid:y>")
    #expect(same["WARC-Refers-To-Target-URI"] == "https://post.example/b%20c")
    #expect(same["WARC-Refers-To-Date"] == "1970-01-01T00:00:00.005Z")
    #expect(same["WARC-Payload-Digest"] == Digest(of: body).description)
    #expect(head(same) == ["HTTP/1.1 200 OK", "Content-Length: 8", "Content-Type: text/html"])
    #expect(line.mime == "warc/revisit" && line.status == "200")
    #expect(try same.capture([Digest(of: body).description: body])?.response.body == body)

    let still = try record(input(304, [("ETag", "\"1\"")]), original: original)
    #expect(still.read["WARC-Profile"] == "http://netpreserve.org/warc/1.1/revisit/server-not-modified")
    #expect(still.read.block.isEmpty && still.line.status == nil)
    #expect(still.read["Stet-Fields"] == "RVRhZzogIjEiCg==")
  }

  @Test func `a line of the index says what the head says`() throws {
    func mime(_ fields: [(String, String)], url: String = "https://post.example/a") throws -> CDXLine {
      try record(input(200, fields, url: url)).line
    }
    #expect(try mime([("content-TYPE", "text/html;charset=x"), ("Content-Type", "b/c")]).mime == "text/html")
    #expect(try mime([("Content-Type", "text/plain charset=x")]).mime == "text/plain")
    #expect(try mime([("Content-Type", "")]).mime == "")
    #expect(try mime([]).mime == nil)
    #expect(try mime([("Content-Type", "a/b")], url: "ftp://post.example/a").mime == nil)
    #expect(try mime([("Content-Type", "a/b")], url: "ftp://post.example/a").status == nil)
    let spaced = try record(input(url: "https://post.example/a b\u{E4}"))
    #expect(spaced.line.url == "https://post.example/a%20b%C3%A4")
    #expect(spaced.read["Stet-URL"] == "https://post.example/a b\u{E4}")
  }

  @Test func `a record's name follows from what it holds`() throws {
    let name = CaptureRecord.id(Digest(ofUTF8: "a"), isRevisit: false)
    #expect(name == CaptureRecord.id(Digest(ofUTF8: "a"), isRevisit: false))
    #expect(name != CaptureRecord.id(Digest(ofUTF8: "a"), isRevisit: true))
    #expect(name != CaptureRecord.id(Digest(ofUTF8: "b"), isRevisit: false))
    // Version 8, the variant of RFC 9562.
    let octets = Array(name.utf8)
    #expect(octets.count == 47 && name.hasPrefix("<urn:uuid:") && octets[24] == UInt8(ascii: "8"))
    #expect("89ab".utf8.contains(octets[29]))
  }

  @Test func `what was derived is not filed under the page's URL`() throws {
    let text = ArticleText(
      headline: "Ferry", blocks: [Block(kind: .paragraph, sentences: [Sentence("It sails.", follows: false)])])
    let writer = RecordWriter(level: 6)
    let said = DerivedRecord.text(
      text, revision: 2, extractor: 9, url: "https://post.example/a", at: Self.at, capture: "<urn:uuid:c>", by: writer)
    let records = try ReadRecord.all(said.record.octets)
    let read = try #require(records.first)
    #expect(read["WARC-Target-URI"] == "urn:stet:text:https://post.example/a")
    #expect(read["WARC-Refers-To"] == "<urn:uuid:c>")
    #expect(read["WARC-Block-Digest"] == text.digest.description && read["Stet-Snapshot"] == text.digest.description)
    #expect(read.block == Array("stet content 1\nheadline Ferry\nparagraph It sails.\n".utf8))
    let edits = DerivedRecord.edits(
      Array("{}".utf8), revision: 2, url: "https://post.example/a", at: Self.at, text: said.id, by: writer)
    let others = try ReadRecord.all(edits.record.octets)
    let metadata = try #require(others.first)
    #expect(metadata["WARC-Type"] == "metadata" && metadata["WARC-Refers-To"] == said.id)
    #expect(edits.line.urlKey == "urn:stet:edits:https://post.example/a" && edits.line.mime == "application/json")
  }
}
