import CommandRunner
import JSON
import Testing

/// JSON read and written as RFC 8259 has it.
struct JSONTests {
  private func parse(_ text: String) throws(JSONError) -> JSONValue { try JSONValue(parsing: Array(text.utf8)) }

  @Test(
    arguments: [
      ("null", .null), (" true\n", true), ("false", false), ("0", 0), ("-0", .number("-0")), ("10", 10),
      ("1.50", .number("1.50")),
      ("-1e+9", .number("-1e+9")), ("1E-2", .number("1E-2")), ("\"\"", ""), ("[]", []), ("{}", .object([])),
      ("[1,[2,{}]]", [1, [2, .object([])]]),
      ("{\"a\":1,\"b\":[null]}", ["a": 1, "b": [nil]]), ("\t\r\n [ 1 , 2 ] ", [1, 2]),
      ("\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"", "\"\\/\u{8}\u{C}\n\r\t"),
      ("\"\\u0041\\u00e9\\u4E2D\\u0000\"", "A\u{E9}\u{4E2D}\u{0}"), ("\"\\ud83d\\uDE00\"", "\u{1F600}"),
      ("\"\u{1F600}\u{7F}\u{2028}\"", "\u{1F600}\u{7F}\u{2028}"),
      ("\"\\ud83d\"", "\u{FFFD}"), ("\"\\ude00\\ud83d\"", "\u{FFFD}\u{FFFD}"), ("\"\\ud83dx\\u0041\"", "\u{FFFD}xA"),
      ("\"\\ud83d\\u0041\"", "\u{FFFD}A"),
      ("\"\\ud83d\\ud83d\\ude00\"", "\u{FFFD}\u{1F600}"), ("{\"a\":1,\"a\":2}", .object([("a", 1), ("a", 2)])),
    ] as [(String, JSONValue)])
  func `JSON is read`(text: String, value: JSONValue) throws {
    #expect(try parse(text) == value)
  }

  @Test(arguments: [
    "", " ", "nul", "nulll", "True", "+1", "01", "-", "-a", "1.", ".5", "1e", "1e+", "0x1", "1 2", "NaN", "Infinity",
    "[", "]", "[1", "[1,", "[1,]",
    "[,1]", "[1 2]", "{", "{\"a\"", "{\"a\":", "{\"a\":1", "{\"a\":1,", "{\"a\":1,}", "{a:1}", "{1:1}", "{\"a\" 1}",
    "{\"a\":1 \"b\":2}", "\"", "\"\\",
    "\"\\x\"", "\"\\u12\"", "\"\\u12g4\"", "\"\\u+123\"", "\"\\u-123\"", "\"\u{1}\"", "\"\n\"", "\"\t\"", "'a'", "[1]]",
    "{}{}", "\u{FEFF}1", "//\n1", "\u{A0}1",
    "\"\\ud83d\\u12\"",
  ])
  func `what is not JSON is refused with the place`(text: String) {
    let error = #expect(throws: JSONError.self) { try parse(text) }
    #expect(error.map { $0.offset <= text.utf8.count && !$0.reason.isEmpty } == true)
  }

  @Test func `nesting is limited and its limit is safe`() throws {
    let most = JSONScanner.maximumDepth
    for (open, close) in [("[", "]"), ("{\"a\":", "}")] {
      let inner = open == "[" ? "" : "1"
      let allowed = String(repeating: open, count: most) + inner + String(repeating: close, count: most)
      #expect(try parse(allowed).description == allowed)
      #expect(throws: JSONError.self) { try parse(open + allowed + close) }
      #expect(throws: JSONError.self) { try parse(String(repeating: open, count: 200_000)) }
    }
    #expect(try parse("[" + String(repeating: "[],", count: 5000) + "1]").array?.count == 5001)
  }

  private func random(_ depth: Int, _ random: inout SplitMix64) -> JSONValue {
    func text() -> String {
      let letters: [Unicode.Scalar] = [
        "a", "\"", "\\", "\u{0}", "\u{1F}", "\u{7F}", "\n", "/", "\u{E9}", "\u{2028}", "\u{1F600}", "\u{FFFF}", " ",
      ]
      var text = ""
      for _ in 0..<Int.random(in: 0..<20, using: &random) {
        text.unicodeScalars.append(letters[Int.random(in: 0..<letters.count, using: &random)])
      }
      return text
    }
    switch Int.random(in: 0..<(depth > 0 ? 7 : 5), using: &random) {
    case 0: return .null
    case 1: return .bool(Bool.random(using: &random))
    case 2: return JSONValue(Int64.random(in: .min ... .max, using: &random))
    case 3, 4: return .string(text())
    case 5: return .array((0..<Int.random(in: 0..<5, using: &random)).map { _ in self.random(depth - 1, &random) })
    default:
      return .object((0..<Int.random(in: 0..<5, using: &random)).map { _ in (text(), self.random(depth - 1, &random)) })
    }
  }

  @Test func `what is written reads back as it was`() throws {
    var generator = SplitMix64(seed: 5)
    for _ in 0..<2000 {
      let value = random(4, &generator)
      #expect(try JSONValue(parsing: value.utf8) == value)
      #expect(!value.utf8.contains { $0 < 32 })
    }
  }

  @Test func `a text cut anywhere is refused and never traps`() {
    let bytes = Array("{\"a\":[1.5e+3,-0,\"\\ud83d\\ude00\\n\u{E9}\",true,null],\"b\":{\"c\":\"\\u0041\"}}".utf8)
    for end in 0..<bytes.count { #expect(throws: JSONError.self) { try JSONValue(parsing: Array(bytes[..<end])) } }
    var random = SplitMix64(seed: 6)
    for _ in 0..<20_000 {
      var bad = bytes
      for _ in 0..<Int.random(in: 1...3, using: &random) {
        bad[Int.random(in: 0..<bad.count, using: &random)] = UInt8.random(in: 0...255, using: &random)
      }
      _ = try? JSONValue(parsing: bad)  // either is right; that it returns is what counts
    }
  }

  @Test func `runs of every length before a quote or an escape are copied whole`() throws {
    for length in 0..<40 {
      let run = String(repeating: "x", count: length)
      #expect(try parse("\"\(run)\"").string == run)
      #expect(try parse("\"\(run)\\n\(run)\"").string == run + "\n" + run)
      #expect(throws: JSONError.self) { try parse("\"\(run)\u{1F}\"") }
      #expect(try parse("\"\(run)!#[]\u{80}\u{FF}~\"").string == run + "!#[]\u{80}\u{FF}~")
    }
  }

  @Test func `octets that are not UTF-8 stay as they are where octets are asked for`() throws {
    let bytes: [UInt8] = [0x22, 0xFF, 0x61, 0xC3, 0x22]
    var scanner = JSONScanner(bytes)
    #expect(try scanner.stringBytes() == [0xFF, 0x61, 0xC3])
    #expect(try JSONValue(parsing: bytes).string == "\u{FFFD}a\u{FFFD}")
  }

  @Test func `a string of ten megabytes is read`() throws {
    let text = String(repeating: "The ferry leaves at nine.\n", count: 400_000)
    let written = JSONValue.string(text).utf8
    #expect(try JSONValue(parsing: written).string == text)
  }

  @Test func `members are found by name, the last of equals`() throws {
    let value = try parse(#"{"a":1,"b":"x","a":2,"big":9223372036854775808,"real":1.0}"#)
    #expect(value["a"]?.int == 2)
    #expect(value["b"]?.string == "x" && value["b"]?.int == nil)
    #expect(value["big"]?.int == nil && value["real"]?.int == nil)
    #expect(value["none"] == nil && JSONValue.null["a"] == nil)
  }
}
