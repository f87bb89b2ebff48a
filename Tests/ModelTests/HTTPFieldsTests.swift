import Model
import Testing

/// Header fields and their canonical form.
struct HTTPFieldsTests {
  private func canonical(_ lines: String...) -> String {
    String(decoding: HTTPFields(lines: lines.map { Array($0.utf8) }).canonicalBytes, as: UTF8.self)
  }

  @Test func `lines as received become one line a field`() {
    #expect(
      canonical("Content-Type:text/html", "ETag:  \"x\" \t", "X:") == "Content-Type: text/html\nETag: \"x\"\nX: \n")
    #expect(canonical("A: one", "  two", "\tthree ", "B: x") == "A: one two three\nB: x\n")
    #expect(canonical(" stray fold", "no colon here", ": no name", "A: b:c") == "A: b:c\n")
    #expect(canonical("no colon", " folded onto nothing", "A: b") == "A: b\n")
    #expect(canonical("Set-Cookie: a", "Set-Cookie: b") == "Set-Cookie: a\nSet-Cookie: b\n")
    #expect(canonical("A: b\r") == "A: b\n")
    #expect(canonical("A: b\u{0}c", "B: \u{0}d\u{0}", "C\u{0}: e") == "A: b c\nB: d\nC: e\n")
    #expect(canonical("A:", " x", "  ", "B: y", " \t") == "A: x\nB: y\n")
  }

  @Test func `octets that are not UTF-8 are kept`() {
    let fields = HTTPFields(lines: [[UInt8(ascii: "A"), UInt8(ascii: ":"), 0xE9, 0xFF]])
    #expect(fields.canonicalBytes == [UInt8(ascii: "A"), 58, 32, 0xE9, 0xFF, 10])
    #expect(fields["a"] == "\u{FFFD}\u{FFFD}")
  }

  @Test func `a field is found whatever its case, the first one`() {
    let fields = HTTPFields([("ETag", "\"1\""), ("etag", "\"2\""), ("Empty", "")])
    #expect(fields?["ETAG"] == "\"1\"")
    #expect(fields?["empty"] == "")
    #expect(fields?["none"] == nil)
    #expect(fields?.pairs.map(\.name) == ["ETag", "etag", "Empty"])
  }

  @Test func `pairs that could not have come over HTTP are refused`() {
    for pair in [("", "x"), ("a b", "x"), ("a:", "x"), ("a", "x\ny"), ("a", "x\r"), ("a", "x\u{0}"), ("a\u{7F}", "x")] {
      #expect(HTTPFields([pair]) == nil, "\(pair)")
    }
    #expect(HTTPFields([])?.canonicalBytes == [])
  }

  @Test func `validators are taken to the letter`() {
    let validators = Validators(
      of: HTTPFields(lines: [Array("last-modified: yesterday".utf8), Array("ETAG: W/\"a, b\"".utf8)]))
    #expect(validators == Validators(entityTag: "W/\"a, b\"", lastModified: "yesterday"))
    #expect(Validators(of: HTTPFields()).isEmpty)
  }
}
