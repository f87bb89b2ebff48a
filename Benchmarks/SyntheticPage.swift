/// A made-up newspaper: the frame of its pages, which is the bulk of their octets as on real ones, mostly the same for all
/// captures and in part new on each.
struct SyntheticOutlet {
  let number: Int
  let language: SyntheticLanguage
  /// What stands before and after the article on every page: styles, navigation, scripts, a drawing.
  private let head, foot: [UInt8]

  /// With so many style rules, and twice as many functions in its scripts: 300 make a page of some 60 KB.
  init(number: Int, language: SyntheticLanguage, rules: ClosedRange<Int>) {
    (self.number, self.language) = (number, language)
    var dice = Dice(seed: UInt64(number) &* 1_000_003)
    var (head, foot) = ("<style>", "<script>")
    let size = dice.number(rules)
    for _ in 0..<size {
      head += ".c\(dice.number(0...99_999))-\(dice.number(0...99)){margin:\(dice.number(0...40))px auto;"
      head +=
        "color:#\(String(dice.number(1_048_576...16_777_215), radix: 16));display:\(dice.one(of: ["flex", "block", "grid"]))}\n"
    }
    head += "</style></head><body><nav class=\"site-navigation\"><ul>"
    for i in 0..<dice.number(20...60) {
      head += "<li class=\"nav-item nav-item-\(i)\"><a href=\"/section/\(i)\">\(language.headline(&dice))</a></li>\n"
    }
    head += "</ul></nav>"
    for i in 0..<(2 * size) {
      foot += "function f\(i)(a,b){var c=\(dice.number(0...999_999));return a.t\(dice.number(0...999))(b,c)}\n"
    }
    foot += "</script><svg viewBox=\"0 0 100 100\"><path d=\"M0 0"
    for _ in 0..<dice.number(100...400) { foot += "L\(dice.number(0...999)) \(dice.number(0...999))" }
    foot += "\"/></svg></body></html>\n"
    (self.head, self.foot) = (Array(head.utf8), Array(foot.utf8))
  }

  /// The page of an article at one moment. What the dice add changes on each: nonces, counters, teasers, advertisements.
  func page(_ article: SyntheticText, _ dice: inout Dice) -> [UInt8] {
    let nonce = String(dice.next(), radix: 36)
    var page = Array(
      """
      <!doctype html>
      <html lang="\(language.code)"><head><meta charset="utf-8"><title>\(article.headline)</title>
      <meta property="og:type" content="article"><meta name="csrf-token" content="\(nonce)">
      <script nonce="\(nonce)">window.state={"session":"\(nonce)","viewers":\(dice.number(1...90_000))}</script>

      """.utf8)
    page += head
    var text =
      "<div class=\"advertisement\" data-slot=\"\(dice.next())\"></div>\n<main><article><h1>\(article.headline)</h1>\n"
    for (i, paragraph) in article.paragraphs.enumerated() {
      text +=
        "<p class=\"article-body__paragraph article-body__paragraph--\(i)\">\(paragraph.joined(separator: " "))</p>\n"
      if i % 4 == 3 { text += "<div class=\"advertisement\" id=\"slot-\(dice.next())\"></div>\n" }
    }
    text += "</article></main><aside class=\"most-read\">\n"
    for i in 0..<12 {
      text +=
        "<div class=\"teaser\" data-rank=\"\(i)\" data-track=\"\(dice.next())\"><a href=\"/a/\(dice.number(1...9_999))\">"
      text += "\(language.headline(&dice))</a><span>\(dice.number(1...59)) min</span></div>\n"
    }
    page += Array((text + "</aside>").utf8)
    return page + foot
  }
}

/// What an article says, as sentences by paragraphs.
struct SyntheticText {
  var headline: String
  var paragraphs: [[String]]

  init(_ language: SyntheticLanguage, _ dice: inout Dice) {
    headline = language.headline(&dice)
    paragraphs = (0..<dice.number(6...30)).map { _ in
      (0..<dice.number(2...5)).map { _ in language.sentence(&dice) }
    }
  }

  /// One edit of those that newsrooms make.
  mutating func edit(_ language: SyntheticLanguage, _ dice: inout Dice) {
    let paragraph = dice.number(0...(paragraphs.count - 1))
    switch dice.number(0...9) {
    case 0: headline = language.headline(&dice)
    case 1...3: paragraphs.insert([language.sentence(&dice), language.sentence(&dice)], at: paragraph)
    case 4 where paragraphs.count > 3: paragraphs.remove(at: paragraph)
    case 5: paragraphs.swapAt(paragraph, 0)
    default:
      let sentence = dice.number(0...(paragraphs[paragraph].count - 1))
      let words = paragraphs[paragraph][sentence].split(separator: " ")
      // A sentence of a script without spaces is replaced; of any other, a word is.
      if words.count < 3 {
        paragraphs[paragraph][sentence] = language.sentence(&dice)
      } else {
        paragraphs[paragraph][sentence] =
          (words[..<1] + [Substring("\(dice.number(2...9_999))")] + words[2...]).joined(separator: " ")
      }
    }
  }
}
