/// Article texts for the tests.

import CommandRunner
import Diffing
import Model

/// A body of paragraphs, each a list of sentences with spaces between.
func article(_ paragraphs: [[String]], kind: Block.Kind = .paragraph, headline: String = "Headline") -> ArticleText {
  ArticleText(headline: headline, blocks: paragraphs.map { block($0, kind) })
}

func block(_ sentences: [String], _ kind: Block.Kind = .paragraph) -> Block {
  Block(kind: kind, sentences: sentences.enumerated().map { Sentence($1, follows: $0 > 0) })
}

/// One paragraph of one sentence.
func article(_ sentence: String) -> ArticleText { article([[sentence]]) }

extension ArticleText {
  var sentences: [String] { blocks.flatMap { $0.sentences.map(\.text) } }
}

/// Random texts with much in common.
struct ArticleMaker {
  var random: SplitMix64

  private static let words = """
    minister said the of a to in and police budget report on Tuesday Москва договор 中国 外交部 東京 ข่าว الرئيس قال 1.5 -3 % \
    15 ٣٥ “never” "we" «oui» it's https://a.example/b?c=1 , ; café naïve Ärger 🇫🇷 👩‍👩‍👧 e\u{301}x
    """.split(separator: " ").map(String.init)

  mutating func sentence() -> String {
    let count = Int.random(in: 1...12, using: &random)
    let words = (0..<count).compactMap { _ in Self.words.randomElement(using: &random) }
    return words.joined(separator: " ") + (Bool.random(using: &random) ? "." : "?")
  }

  mutating func article() -> ArticleText {
    var text = ArticleText(headline: Bool.random(using: &random) ? sentence() : "")
    for _ in 0..<Int.random(in: 0...8, using: &random) { text.blocks.append(block()) }
    return text
  }

  private mutating func block() -> Block {
    let kind =
      Int.random(in: 0..<4, using: &random) > 0 ? .paragraph : Block.Kind.allCases.randomElement(using: &random)
    let count = Int.random(in: 1...4, using: &random)
    return Block(
      kind: kind ?? .paragraph,
      sentences: (0..<count).map { Sentence(sentence(), follows: $0 > 0 && Int.random(in: 0..<8, using: &random) > 0) })
  }

  /// The text after some edits of any sort.
  mutating func edited(_ text: ArticleText) -> ArticleText {
    var text = text
    for _ in 0..<Int.random(in: 0...5, using: &random) {
      let b = Int.random(in: 0...text.blocks.count, using: &random)
      guard b < text.blocks.count else {
        text.blocks.append(block())
        continue
      }
      var (kind, sentences) = (text.blocks[b].kind, text.blocks[b].sentences)
      let s = Int.random(in: 0..<sentences.count, using: &random)
      switch Int.random(in: 0..<12, using: &random) {
      case 0: sentences[s] = Sentence(sentence(), follows: sentences[s].follows)
      case 1: sentences[s] = Sentence(sentences[s].text + " more", follows: sentences[s].follows)
      case 2: sentences.insert(Sentence(sentence(), follows: true), at: sentences.count)
      case 3: sentences.remove(at: s)
      case 4: kind = Block.Kind.allCases.randomElement(using: &random) ?? kind
      case 5: text.headline = sentence()
      case 6: text.lead = Bool.random(using: &random) ? sentence() : nil
      case 7: (text.headline, text.lead) = (text.lead ?? "", text.headline.isEmpty ? nil : text.headline)
      case 8: text.headline = sentences.remove(at: s).text
      case 9: text.headline += text.headline.isEmpty ? sentences.remove(at: s).text : " " + sentences.remove(at: s).text
      case 10 where !text.headline.isEmpty:
        sentences.insert(Sentence(text.headline, follows: false), at: 0)
        text.headline = ""
      default: text.blocks.shuffle(using: &random)
      }
      guard b < text.blocks.count else { continue }
      text.blocks.remove(at: b)
      if !sentences.isEmpty { text.blocks.insert(Block(kind: kind, sentences: sentences), at: b) }
    }
    return text
  }
}
