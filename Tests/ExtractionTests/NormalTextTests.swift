import Model
import Testing

@testable import Extraction

/// Normalisation of text.
struct NormalTextTests {
  @Test(arguments: [
    ("  a \n\t b ", "a b"), ("a\u{A0}\u{2009}b\u{3000}c", "a b c"), ("wo\u{AD}rd\u{200B}s\u{FEFF}", "words"),
    ("a\u{0}\u{1}b\u{85}c\u{9F}", "ab c"), ("e\u{301}te\u{301}", "été"), ("\u{1112}\u{1161}\u{11AB}", "한"),
    ("می\u{200C}خواهم", "می\u{200C}خواهم"), ("👩\u{200D}🚀", "👩\u{200D}🚀"), ("क\u{94D}\u{200D}ष", "क\u{94D}\u{200D}ष"),
    ("", ""), (" \u{A0}\u{200B} ", ""),
    ("\u{2028}x\u{2029}", "x"), ("日本 語", "日本 語"), ("\u{FFFD}", "\u{FFFD}"),
  ])
  func `text is composed, white space is one space, what cannot be seen is gone`(text: String, normal: String) {
    #expect(Array(NormalText.of(text).utf8) == Array(normal.utf8))
    #expect(Array(NormalText.of(normal).utf8) == Array(normal.utf8))
  }

  @Test(.timeLimit(.minutes(1))) func `a long decomposed text takes little time`() {
    let text = String(repeating: "e\u{301}", count: 200_000)
    #expect(NormalText.of(text).unicodeScalars.count == 200_000)
  }

  @Test func `a block joined again is what it was cut from`() throws {
    for text in ["One. Two! Three?", "他说了。“真的吗？”是的。", "Mr. A. said 3.5. Done.", "x"] {
      let block = try #require(Block(kind: .paragraph, normalised: Array(text.utf8)))
      #expect(block.text == text)
    }
    #expect(Block(kind: .paragraph, normalised: []) == nil)
  }
}
