import CommandRunner
import Formats
import JSON
import Model
import Testing

/// Captures as lines of JSON.
struct CaptureLineTests {
  private func digest(_ input: CaptureInput) -> Digest {
    let response = input.response
    return Capture(
      origin: input.origin, url: response.url, at: response.at, sequence: input.sequence, status: response.status,
      fields: response.fields.digest, payload: response.status == 304 ? nil : Digest(of: response.body),
      refersTo: input.refersTo
    ).digest
  }

  private func same(_ a: CaptureInput, _ b: CaptureInput) -> Bool {
    a.article == b.article && a.origin == b.origin && a.response == b.response && a.sequence == b.sequence
      && a.refersTo == b.refersTo
      && a.via == b.via
  }

  private func input(
    url: String = "https://post.example/a", article: String? = nil, origin: String? = nil, status: Int = 200,
    fields: HTTPFields = HTTPFields(), body: [UInt8] = [], seq: Int64 = 0, refersTo: Digest? = nil, via: Digest? = nil
  ) -> CaptureInput {
    CaptureInput(
      article: article ?? url, origin: origin,
      response: Response(
        url: url, at: Instant(milliseconds: 1_795_168_800_123), status: status, fields: fields, body: body),
      sequence: seq,
      refersTo: refersTo, via: via)
  }

  @Test func `every kind of capture reads back as it was`() throws {
    let key = "ed25519:" + String(repeating: "0a", count: 32)
    let odd = HTTPFields(lines: [Array("X: ".utf8) + [0xFF, 0xFE], Array("Y: \u{E9}".utf8)])
    let inputs = [
      input(), input(body: Array("plain \"text\" \u{0} \u{1F600}\n".utf8)), input(body: [0xFF, 0xD8, 0, 1, 2]),
      input(body: [0xC3]),
      input(fields: HTTPFields([("A", "b"), ("A", ""), ("C", "\u{E9}")]) ?? HTTPFields()), input(fields: odd),
      input(seq: 3), input(seq: -7), input(origin: key),
      input(url: "https://post.example/b", article: "https://post.example/a", via: Digest(ofUTF8: "v")),
      input(status: 304, refersTo: Digest(ofUTF8: "r")), input(status: 304), input(status: 599),
      input(url: "https://post.example/caf\u{E9}", article: "https://post.example/cafe\u{301}"),
    ]
    for input in inputs {
      let line = CaptureLine.encode(input, digest: digest(input))
      #expect(line.last == 10 && line.dropLast().allSatisfy { $0 >= 32 })
      let read = try CaptureLine.decode(Array(line.dropLast()))
      #expect(same(read, input), "\(String(decoding: line, as: UTF8.self))")
      #expect(CaptureLine.encode(read, digest: digest(read)) == line)
      #expect(read.article.utf8.elementsEqual(input.article.utf8))
    }
  }

  @Test func `random octets as body and fields read back as they were`() throws {
    var random = SplitMix64(seed: 12)
    for _ in 0..<500 {
      let body = (0..<Int.random(in: 0..<60, using: &random)).map { _ in UInt8.random(in: 0...255, using: &random) }
      let lines = (0..<3).map { _ in
        Array("X:".utf8)
          + (0..<Int.random(in: 0..<30, using: &random)).map { _ in UInt8.random(in: 0...255, using: &random) }
      }
      let fields = HTTPFields(lines: lines)
      let input = input(fields: fields, body: body)
      #expect(same(try CaptureLine.decode(CaptureLine.encode(input, digest: digest(input))), input))
    }
  }

  private func decode(_ text: String) throws(CaptureLine.Invalid) -> CaptureInput {
    try CaptureLine.decode(Array(text.utf8))
  }

  @Test func `only the URL and the instant are needed`() throws {
    let read = try decode(
      #"{"url":"https://a.example/","captured_at":"2026-11-20","unknown":{"x":[1]},"body":null,"seq":null}"#)
    #expect(
      read.response.status == 200 && read.response.body.isEmpty && read.sequence == 0
        && read.article == "https://a.example/")
    let typed = try decode(
      #"{"url":"https://a.example/","captured_at":"2026-11-20","content_type":"text/plain","body":"x"}"#)
    #expect(typed.response.fields["content-type"] == "text/plain")
  }

  @Test(arguments: [
    ("", "not JSON"), ("[]", "expected an object"), ("{}", "\"url\" is missing"),
    (#"{"url":1}"#, "\"url\" is of the wrong type"),
    (#"{"url":"https://a.example/"}"#, "\"captured_at\" is missing"),
    (#"{"url":"a.example","captured_at":"2026-11-20"}"#, "it has no scheme"),
    (#"{"url":"https://a.example/","captured_at":"now"}"#, "no RFC 3339 instant: \"now\""),
    (#"{"url":"https://a.example/","captured_at":"9999-12-31T24:00Z"}"#, "no RFC 3339 instant"),
    (#"{"url":"https://a.example/","captured_at":"2026-11-20","status":600}"#, "not from 100 to 599"),
    (#"{"url":"https://a.example/","captured_at":"2026-11-20","status":"200"}"#, "\"status\" is of the wrong type"),
    (#"{"url":"https://a.example/","captured_at":"2026-11-20","status":200.5}"#, "\"status\" is of the wrong type"),
    (#"{"url":"https://a.example/","captured_at":"2026-11-20","seq":"1"}"#, "\"seq\" is of the wrong type"),
    (#"{"url":"https://a.example/","captured_at":"2026-11-20","body":["x"]}"#, "\"body\" is of the wrong type"),
    (#"{"url":"https://a.example/","captured_at":"2026-11-20","body_base64":"x"}"#, "not base64"),
    (#"{"url":"https://a.example/","captured_at":"2026-11-20","fields_base64":"x"}"#, "not base64"),
    (
      #"{"url":"https://a.example/","captured_at":"2026-11-20","fields_base64":"bm90LCBhIGZpZWxk"}"#,
      "not in canonical form"
    ),
    (#"{"url":"https://a.example/","captured_at":"2026-11-20","fields":{}}"#, "\"fields\" is of the wrong type"),
    (#"{"url":"https://a.example/","captured_at":"2026-11-20","fields":[["a"]]}"#, "\"fields\" is of the wrong type"),
    (#"{"url":"https://a.example/","captured_at":"2026-11-20","fields":[["a b","c"]]}"#, "HTTP does not allow"),
    (#"{"url":"https://a.example/","captured_at":"2026-11-20","fields":[["a","c\n"]]}"#, "HTTP does not allow"),
    (#"{"url":"https://a.example/","captured_at":"2026-11-20","origin":"me"}"#, "no ed25519 key"),
    (#"{"url":"https://a.example/","captured_at":"2026-11-20","refers_to":"me","status":304}"#, "no SHA-256 digest"),
    (#"{"url":"https://a.example/","captured_at":"2026-11-20","via":"me"}"#, "no SHA-256 digest"),
    (#"{"url":"https://a.example/","captured_at":"2026-11-20","article":"nonsense"}"#, "it has no scheme"),
    (#"{"url":"https://a.example/","captured_at":"2026-11-20"} x"#, "unexpected text"),
  ])
  func `a line that is no capture is refused with the reason`(line: String, reason: String) {
    let error = #expect(throws: CaptureLine.Invalid.self) { try decode(line) }
    #expect(error?.reason.contains(reason) == true, "\(error?.reason ?? "")")
  }

  @Test func `a capture that is not what its line states is refused`() throws {
    let input = input(body: Array("It costs 1.5 million.".utf8))
    let line = String(decoding: CaptureLine.encode(input, digest: digest(input)), as: UTF8.self)
    _ = try decode(line)
    for (old, new) in [
      ("1.5 million", "15 million"), ("10:00", "10:01"), ("\"status\":200", "\"status\":201"),
      ("post.example/a", "post.example/b"),
    ] {
      let error = #expect(throws: CaptureLine.Invalid.self) { try decode(line.replacing(old, with: new)) }
      #expect(error?.reason.contains("not the one the line states") == true)
    }
  }

  @Test func `only a 304 refers to another capture`() {
    let error = #expect(throws: CaptureLine.Invalid.self) {
      try decode(
        #"{"url":"https://a.example/","captured_at":"2026-11-20","status":200,"refers_to":"\#(Digest(ofUTF8: "x"))"}"#)
    }
    #expect(error?.reason == "\"refers_to\" belongs to a 304, not to a 200")
  }

  @Test func `a line cut anywhere is refused and never traps`() {
    let input = input(fields: HTTPFields([("A", "b")]) ?? HTTPFields(), body: Array("caf\u{E9} \"x\"".utf8), seq: 2)
    let line = CaptureLine.encode(input, digest: digest(input)).dropLast()
    for end in 0..<line.count {
      #expect(throws: CaptureLine.Invalid.self) { try CaptureLine.decode(Array(line[..<end])) }
    }
  }
}
