import Markup
import Model

/// What a response turned out to be: a pure function of it.
enum Judgement {
  /// By the status alone; nil for a success, whose body decides.
  static func ofStatus(_ status: Int, hasLocation: Bool) -> (Verdict, String)? {
    switch status {
    case 200..<300: nil
    case 300..<400: hasLocation ? (.redirect, "status \(status)") : (.error, "status \(status) without Location")
    case 404, 410: (.gone, "status \(status)")
    case 401, 402, 403, 407, 429, 451: (.blocked, "status \(status)")
    default: (.error, "status \(status)")
    }
  }

  /// Of a page that was answered with success.
  static func of(_ page: HTMLArticle, markup: [UInt8]) -> (Verdict, String) {
    let prose = proseLength(page.text)
    let opening = SignSearch(page.opening)
    if prose < 1500, !page.declaresArticle || prose < 80, page.pageWeight < 4000 {
      let heading = SignSearch((page.title + "\n" + page.text.headline).lowercased())
      if page.pageWeight < 1500,
        let sign = WallSigns.robotText.first(where: { heading.holds($0) || (prose < 400 && opening.holds($0)) })
      {
        return (.blocked, "robot check: \(sign)")
      }
      if page.pageWeight < 500, let sign = robotSign(in: markup) { return (.blocked, "robot check: \(sign)") }
    }
    // A page that says it is not there says little else. An article about such pages says more, or declares itself one.
    if prose < 600, !(page.declaresArticle && prose >= 80), isNotFound(page) {
      return (.soft404, "says it is not found")
    }
    if !page.declaresArticle, page.pageWeight < 8000 {
      let signs = WallSigns.consentText.count { opening.holds($0) }
      if signs >= 3 || (signs >= 2 && prose < 600) || (signs >= 1 && prose < 80 && page.pageWeight < 1500) {
        return (.consentWall, "consent form and \(prose) characters")
      }
    }
    if isIndex(page, prose: prose) { return (.notAnArticle, "\(page.linkedHeadings.onPage) linked headings") }
    let isMarked =
      page.declaresArticle && !page.text.headline.isEmpty && page.text.blocks.contains { $0.kind == .paragraph }
    if prose >= 80 || (isMarked && prose > 0) { return (.article, "") }
    return (.notAnArticle, "\(prose) characters of prose")
  }

  /// A front or section page: teasers, each under a heading that is a link. A page with an article in its linked data is
  /// none, whatever stands around that; `og:type` alone proves little, for front pages call themselves articles too.
  private static func isIndex(_ page: HTMLArticle, prose: Int) -> Bool {
    guard !page.hasLinkedArticle else { return false }
    let (inBody, onPage) = page.linkedHeadings
    return page.longestRun < 3 && (inBody >= 5 || (inBody >= 1 && onPage >= 20 && prose < 400))
  }

  /// Characters of the blocks that read as sentences; counting stops where no question asks for more.
  static func proseLength(_ text: ArticleText) -> Int {
    var length = 0
    for block in text.blocks
    where block.kind == .paragraph || block.kind == .quote || block.kind == .item || block.kind == .notice {
      let (weight, punctuation) = TextBlock.measure(Array(block.text.utf8))
      if punctuation > 0 || weight >= 60 { length += weight }
      if length >= 4000 { break }
    }
    return length
  }

  private static func isNotFound(_ page: HTMLArticle) -> Bool {
    for line in [page.title, page.text.headline] {
      let folded = line.lowercased().replacing("\u{2019}", with: "'")
      // The words are most of the line: "404", "Page not found - Site", not "Why 404 errors matter to museums".
      guard let sign = WallSigns.notFound.first(where: SignSearch(folded).holds) else { continue }
      if folded.utf8.count <= sign.utf8.count * 2 + 30 { return true }
    }
    return false
  }

  private static func robotSign(in markup: [UInt8]) -> String? {
    let folded = markup.prefix(1 << 16).map { (65...90).contains($0) ? $0 | 32 : $0 }
    return WallSigns.robotMarkup.first(where: SignSearch(String(decoding: folded, as: UTF8.self)).holds)
  }
}
