import Model
import Testing

/// The texts that digests cover. The digests here were made by sha256sum(1) from the octets, not by this program.
struct CanonicalTextTests {
  private let fields = HTTPFields([("Content-Type", "text/html")]) ?? HTTPFields()

  @Test func `a capture's text and digest`() {
    let capture = Capture(
      origin: nil, url: "https://post.example/2026/11/ferry", at: Instant(milliseconds: 1_795_168_800_000), status: 200,
      fields: fields.digest, payload: Digest(ofUTF8: "Hello"))
    #expect(
      capture.canonicalText == """
        stet capture 1
        origin -
        url https://post.example/2026/11/ferry
        at 2026-11-20T10:00:00.000Z
        seq 0
        status 200
        fields sha256:97230b32826aee75ec7bbe4d5269b27290c8c143d4ae19ca0f29d24cb186b795
        payload sha256:185f8db32271fe25f561a6fc938b2e264306ec304eda518007d1764826381969
        refers-to -

        """)
    #expect(capture.digest.description == "sha256:b27f8bb2da73e63923ffe9ef5d0d42eb7d4db83e80c10ef69dd20396792b5743")
  }

  @Test func `each part of a capture changes its digest`() {
    let digest = Digest(ofUTF8: "x")
    let at = Instant(milliseconds: 0)
    let variants = [
      Capture(origin: nil, url: "u", at: at, status: 200, fields: digest, payload: digest),
      Capture(origin: "ed25519:00", url: "u", at: at, status: 200, fields: digest, payload: digest),
      Capture(origin: nil, url: "v", at: at, status: 200, fields: digest, payload: digest),
      Capture(origin: nil, url: "u", at: at.advanced(byMilliseconds: 1), status: 200, fields: digest, payload: digest),
      Capture(origin: nil, url: "u", at: at, sequence: 1, status: 200, fields: digest, payload: digest),
      Capture(origin: nil, url: "u", at: at, status: 201, fields: digest, payload: digest),
      Capture(origin: nil, url: "u", at: at, status: 200, fields: Digest(ofUTF8: ""), payload: digest),
      Capture(origin: nil, url: "u", at: at, status: 200, fields: digest, payload: nil),
      Capture(origin: nil, url: "u", at: at, status: 200, fields: digest, payload: digest, refersTo: digest),
    ]
    #expect(Set(variants.map(\.digest)).count == variants.count)
  }

  @Test func `an article's text and digest`() {
    var text = ArticleText(
      headline: "H", lead: "L", byline: ["A", "B"], published: PartialTimestamp("2026-11-20T10:00+01:00"),
      blocks: [
        Block(kind: .heading, sentences: [Sentence("Sub", follows: false)]),
        Block(kind: .paragraph, sentences: [Sentence("One.", follows: false), Sentence("Two.", follows: true)]),
        Block(kind: .notice, sentences: [Sentence("Corrected.", follows: false)]),
      ])
    let digest = text.digest
    #expect(digest.description == "sha256:0a4789f578571c1ad48fc0b3a19d218b635597d92cb59201e8c9dd0ecaa2b147")
    // How it was cut into sentences, and what is said about it, is no part of what it said.
    text.blocks[1] = Block(kind: .paragraph, sentences: [Sentence("One. Two.", follows: false)])
    text.modified = PartialTimestamp("2026-11-21")
    (text.language, text.site, text.canonicalURL) = ("en", "The Tidewater Post", "https://post.example/x")
    #expect(text.digest == digest)
    text.blocks[1] = Block(
      kind: .paragraph, sentences: [Sentence("One.", follows: false), Sentence("Two.", follows: false)])
    #expect(text.digest != digest)
    #expect(ArticleText().canonicalText == "stet content 1\n")
  }

  @Test func `digests are read and written`() {
    let empty = Digest(of: [])
    #expect(empty.description == "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
    #expect(Digest(empty.description) == empty)
    #expect(Digest(empty.hexadecimal.uppercased()) == empty)
    for bad in [
      "", "sha256:", "sha256:00", empty.hexadecimal + "0", String(empty.hexadecimal.dropLast()) + "g",
      "md5:" + empty.hexadecimal,
    ] {
      #expect(Digest(bad) == nil, "\(bad)")
    }
    #expect(Digest(bytes: [1, 2, 3]) == nil)
  }
}
