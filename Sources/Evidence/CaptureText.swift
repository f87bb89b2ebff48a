import Model

/// The canonical text of a capture, read back: nine lines, each a word, a space and a value.
extension Capture {
  static let lineCount = 9
  private static let kind = "capture"

  /// Reads a canonical text. Throws `malformed` unless the capture's own text is the same, octet for octet.
  init(canonical text: ArraySlice<UInt8>) throws(ProofError) {
    var lines = TextLines(text)
    guard let header = lines.next(), header.elementsEqual("stet capture 1".utf8) else {
      throw .malformed(Self.kind, detail: "its first line is not `stet capture 1`")
    }
    func value(_ word: String) throws(ProofError) -> String {
      guard let value = lines.next()?.after(word) else {
        throw .malformed(Self.kind, detail: "a line `\(word) …` is not where it should be")
      }
      return String(decoding: value, as: UTF8.self)
    }
    func read<Value>(_ word: String, _ parse: (String) -> Value?) throws(ProofError) -> Value {
      guard let parsed = parse(try value(word)) else {
        throw .malformed(Self.kind, detail: "the line `\(word) …` has no such value")
      }
      return parsed
    }
    func readOptional<Value>(_ word: String, _ parse: (String) -> Value?) throws(ProofError) -> Value? {
      let text = try value(word)
      if text == "-" { return nil }
      guard let parsed = parse(text) else {
        throw .malformed(Self.kind, detail: "the line `\(word) …` has no such value")
      }
      return parsed
    }
    self.init(
      origin: try readOptional("origin") { $0 }, url: try value("url"), at: try read("at") { Instant($0) },
      sequence: try read("seq") { Int64($0) },
      status: try read("status") { text in Int(text).flatMap { (100...599).contains($0) ? $0 : nil } },
      fields: try read("fields") { Digest($0) }, payload: try readOptional("payload") { Digest($0) },
      refersTo: try readOptional("refers-to") { Digest($0) })
    guard canonicalText.utf8.elementsEqual(text) else {
      throw .malformed(Self.kind, detail: "its text is not written as it should be")
    }
  }
}
