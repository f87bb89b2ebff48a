import CommandRunner
import Formats
import Model
import Testing

/// Article texts as Markdown: what a reader of it shows is the text to the letter.
struct MarkdownTests {
  private func block(_ kind: Block.Kind, _ sentences: String...) -> Block {
    Block(kind: kind, sentences: sentences.enumerated().map { Sentence($1, follows: $0 > 0) })
  }

  private func document(_ text: ArticleText) -> String { String(decoding: Markdown.document(text), as: UTF8.self) }

  @Test func `every kind of block has its mark, and a sentence its line`() {
    let text = ArticleText(
      headline: "Council approves ferry contract", lead: "Four hours of debate.",
      blocks: [
        block(.paragraph, "It costs 4 million.", "Both sail in May."), block(.heading, "What comes next", "And when"),
        block(.item, "A survey.", "Then a vote."), block(.item, "A contract."),
        block(.quote, "A good day.", "At last."),
        block(.caption, "The old ferry."), block(.table, "May 4"), block(.notice, "Correction: it was 4."),
      ])
    #expect(
      document(text) == """
        # Council approves ferry contract

        [lead] Four hours of debate.

        It costs 4 million.
        Both sail in May.

        ## What comes next And when

        - A survey.
          Then a vote.
        - A contract.

        > A good day.
        > At last.

        [caption] The old ferry.

        [table] May 4

        [notice] Correction: it was 4.

        """)
  }

  @Test func `sentences that no space parts stay on one line`() {
    let chinese = Block(
      kind: .paragraph, sentences: [Sentence("渡轮五月启航。", follows: false), Sentence("票价不变。", follows: false)])
    #expect(document(ArticleText(blocks: [chinese])) == "渡轮五月启航。票价不变。\n")
  }

  @Test(arguments: [
    ("# 1 in the list", ##"\# 1 in the list"##), ("1. May", #"1\. May"#), ("2) June", #"2\) June"#),
    ("1.5 million", "1.5 million"),
    ("- or less", #"\- or less"#), ("+ more", #"\+ more"#), ("> all", #"\> all"#), ("=====", #"\====="#),
    ("---", #"\---"#),
    ("***", #"\*\*\*"#), ("a * b", #"a \* b"#), ("snake_case_name", "snake_case_name"), ("_so_", #"\_so\_"#),
    ("[notice] no", #"\[notice\] no"#), ("<b>&amp;</b> & AT&T", #"\<b>\&amp;\</b> & AT\&T"#), (#"C:\dir"#, #"C:\\dir"#),
    ("`code` ~~~ a|b", #"\`code\` \~\~\~ a\|b"#), ("", ""), ("2026", "2026"),
  ])
  func `what would mean something in Markdown is escaped`(text: String, markdown: String) {
    #expect(String(decoding: Markdown.escaped(text, startsLine: true), as: UTF8.self) == markdown)
  }

  @Test func `in the middle of a line a line's signs mean nothing`() {
    #expect(String(decoding: Markdown.escaped("# 1. - >", startsLine: false), as: UTF8.self) == "# 1. - >")
  }

  @Test func `a heading that ends in number signs keeps them`() {
    #expect(document(ArticleText(headline: "We like C#")) == "# We like C\\#\n")
    #expect(document(ArticleText(blocks: [block(.heading, "Ranks ##")])) == "## Ranks #\\#\n")
  }

  @Test func `without the backslashes before signs an escaped text is the text`() {
    var random = SplitMix64(seed: 7)
    let pieces = [
      "#", "*", "_", "`", "\\", "[", "]", "<", ">", "&", "-", "+", "1.", "2)", "=", "~", "|", "é", "a", "B7", " ",
    ]
    let signs = Set("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~".utf8)
    for _ in 0..<2000 {
      let text = (0..<Int.random(in: 0...9, using: &random)).map { _ in pieces.randomElement(using: &random) ?? "" }
        .joined()
      let escaped = Markdown.escaped(text, startsLine: true)
      var (plain, i): ([UInt8], Int) = ([], 0)
      while i < escaped.count {
        if escaped[i] == UInt8(ascii: "\\"), i + 1 < escaped.count, signs.contains(escaped[i + 1]) { i += 1 }
        plain.append(escaped[i])
        i += 1
      }
      #expect(plain == Array(text.utf8), "\(text)")
      #expect(escaped.first.map { !"#>+-=*_`~".utf8.contains($0) } ?? true, "\(text)")
    }
  }
}

/// Front matter: YAML that no text can break out of.
struct FrontMatterTests {
  @Test func `texts are quoted, lists stand on one line and what is missing is null`() {
    var front = FrontMatter()
    front.add("title", #"He said: "no" # \o/"#)
    front.add("number", 3)
    front.add("author", [String]())
    front.add("author", ["A. B"])
    front.add("author", ["A", "B: C"])
    front.add("date", nil as String?)
    front.add("odd", "a\u{85}b\u{2028}c\u{FEFF}d é €\n---\n\u{7F}")
    #expect(
      String(decoding: front.bytes, as: UTF8.self) == #"""
        ---
        title: "He said: \"no\" # \\o/"
        number: 3
        author: null
        author: "A. B"
        author: ["A", "B: C"]
        date: null
        odd: "a\u0085b\u2028c\ufeffd é €\n---\n\u007f"
        ---

        """#)
  }
}
