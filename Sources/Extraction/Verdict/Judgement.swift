import Glibc
import Markup
import Model

/// What a response turned out to be: a pure function of it.
enum Judgement {
  /// By the status, and by who refused where that shows; nil for a success, whose body decides.
  static func ofStatus(_ status: Int, fields: FieldSigns, body: [UInt8]) -> (Verdict, String)? {
    switch status {
    case 200..<300: return nil
    case 300..<400:
      return fields.hasLocation ? (.redirect, "status \(status)") : (.error, "status \(status) without Location")
    case 404, 410: return (.gone, "status \(status)")
    case 451: return (.blocked, "status 451: withheld for legal reasons")  // RFC 7725 §3
    case 401, 407: return (.blocked, "status \(status): asks for a login")
    case 402: return (.blocked, "status 402: asks for payment")
    default:
      if status == 403 || status == 429 {
        return (.blocked, "status \(status)\(fields.block.by(body, onlyPresent: false) ?? "")")
      }
      // Guards answer with other errors too (405, 503, 520); then their fields must say so as well as the page.
      if let by = fields.block.by(body, onlyPresent: true) { return (.blocked, "status \(status)\(by)") }
      return (
        .error,
        status == 503 && fields.hasRetryAfter ? "status 503: says to come back later" : "status \(status)"
      )
    }
  }

  /// Of a page that was answered with success.
  static func of(_ page: HTMLArticle, markup: [UInt8], signs: BlockSigns) -> (Verdict, String) {
    let prose = proseLength(page.text)
    if let by = signs.refusing { return (.blocked, "robot check by \(by)") }
    let opening = SignSearch(page.opening)
    let heading = SignSearch((page.title + "\n" + page.text.headline).lowercased().replacing("\u{2019}", with: "'"))
    // Whoever declares an article and shows some of it is not asked for signs of a wall, but for a paywall's.
    let isDeclared = page.declaresArticle && prose >= 80
    if !isDeclared {
      if let refusal = refusal(page, prose: prose, markup: markup, signs: signs, heading: heading, opening: opening) {
        return (.blocked, refusal)
      }
      if prose < 600, let absence = absence(page, prose: prose, opening: opening) { return (.soft404, absence) }
      if let trouble = trouble(page, prose: prose) { return (.error, trouble) }
    }
    if let wall = wall(page, prose: prose, markup: markup, opening: opening) { return (.consentWall, wall) }
    if isIndex(page, prose: prose) {
      return (.notAnArticle, "\(page.linkedHeadings.onPage) linked headings and \(prose) characters of prose")
    }
    let isMarked =
      page.declaresArticle && !page.text.headline.isEmpty && page.text.blocks.contains { $0.kind == .paragraph }
    if prose >= 80 || (isMarked && prose > 0) { return (.article, "") }
    return (.notAnArticle, "\(prose) characters of prose")
  }

  /// A robot check, or a country kept out. The page must be small: what holds an article is none, whatever it quotes.
  private static func refusal(
    _ page: HTMLArticle, prose: Int, markup: [UInt8], signs: BlockSigns, heading: SignSearch, opening: SignSearch
  ) -> String? {
    guard prose < 1500, page.pageWeight < 4000 else { return nil }
    if prose < 800, page.pageWeight < 1500, let sign = WallSigns.country.first(where: opening.holds) {
      return "not offered in this country: \(sign)"
    }
    if prose < 400 {
      let said = WallSigns.robotText.first { heading.holds($0) || opening.holds($0) }
      if let said {
        let by = signs.guardian(in: markup, onlyPresent: true)
        if by != nil || page.pageWeight < 1500 { return "robot check\(by.map { " by \($0)" } ?? ""): \(said)" }
      }
    } else if page.pageWeight < 1500, let said = WallSigns.robotText.first(where: page.title.lowercased().hasPrefix),
      let by = signs.guardian(in: markup)
    {
      // A refusal of many words is titled by its sign and by no more than that.
      return "robot check by \(by): \(said)"
    }
    if page.pageWeight < 500, let by = signs.guardian(in: markup) { return "robot check by \(by)" }
    return nil
  }

  /// A page that says it is not there says little else. An article about such pages says more, or declares itself one.
  private static func absence(_ page: HTMLArticle, prose: Int, opening: SignSearch) -> String? {
    if isTitled(page, by: WallSigns.notFound) { return "says it is not found" }
    guard !page.declaresArticle, page.pageWeight < 6000 else { return nil }
    return WallSigns.notFoundText.first(where: opening.holds).map { "says it is not found: \($0)" }
  }

  /// A site that says it is down, with status 200.
  private static func trouble(_ page: HTMLArticle, prose: Int) -> String? {
    guard prose < 600, page.pageWeight < 1500, isTitled(page, by: WallSigns.trouble) else { return nil }
    return "says that the site is down"
  }

  /// A form in the article's place: for consent, for a login, or for money.
  private static func wall(_ page: HTMLArticle, prose: Int, markup: [UInt8], opening: SignSearch) -> String? {
    if !page.declaresArticle, page.pageWeight < 8000 {
      let count = WallSigns.consentText.count { opening.holds($0) }
      if count >= 3 || (count >= 2 && prose < 600) || (count >= 1 && prose < 80 && page.pageWeight < 1500) {
        return "consent form and \(prose) characters"
      }
      if prose < 400, page.pageWeight < 1500, isTitled(page, by: WallSigns.login),
        holds("type=\"password\"", in: markup)
      {
        return "login form"
      }
    }
    if !page.declaresArticle, prose < 1600, speaksOfCookiesOnly(page.text, prose: prose) {
      return "a consent text and nothing else"
    }
    guard prose < 1000, page.pageWeight < 8000, let sign = WallSigns.payment.first(where: opening.holds) else {
      return nil
    }
    let own = proseLength(page.text, without: WallSigns.payment)
    return own < 80 ? "asks for a subscription: \(sign)" : nil
  }

  /// Whether a text's heading and most of its prose name cookies, as a form does that stands in an article's place. A policy
  /// on them is longer, or named for them; only a form's first heading is a question.
  private static func speaksOfCookiesOnly(_ text: ArticleText, prose: Int) -> Bool {
    func names(_ words: String) -> Bool { SignSearch(words.lowercased()).holds("cookie") }
    let headings = text.blocks.filter { $0.kind == .heading }.map(\.text)
    let asks = headings.first.map { names($0) && $0.hasSuffix("?") && !names(text.headline) } ?? false
    guard asks || (prose < 800 && ([text.headline] + headings).contains(where: names)) else { return false }
    let paragraphs = text.blocks.filter { $0.kind == .paragraph && $0.text.utf8.count > 40 }.map(\.text)
    return !paragraphs.isEmpty && paragraphs.count { names($0) } * 2 >= paragraphs.count
  }

  /// Whether an article is shown only in part to who has not paid: its linked data says that it is not free
  /// (schema.org `isAccessibleForFree`), and there is little of it. It is an article all the same, for what is shown can be
  /// edited too.
  static func isCutByPaywall(_ page: HTMLArticle, markup: [UInt8]) -> Bool {
    guard proseLength(page.text) < 1500 else { return false }
    return markup.withUnsafeBytes { bytes in
      guard let base = bytes.baseAddress else { return false }
      let name = Array("isAccessibleForFree".utf8)
      var at = 12  // where its first F stands: a letter rarer than the name's first
      while at < bytes.count, let hit = memchr(base + at, Int32(UInt8(ascii: "F")), bytes.count - at) {
        let start = base.distance(to: UnsafeRawPointer(hit)) - 12
        at = start + 13
        guard start + name.count < bytes.count, bytes[start..<start + name.count].elementsEqual(name) else { continue }
        // `": false`, `":"False"`, `" content="false"`
        let value = bytes[(start + name.count)...].prefix(24).map { $0 | 32 }
        let word = value.drop { !(97...122).contains($0) }
        let rest = word.starts(with: "content".utf8) ? word.dropFirst(7).drop { !(97...122).contains($0) } : word
        if rest.starts(with: "false".utf8) { return true }
      }
      return false
    }
  }

  /// A front or section page: teasers, each under a heading that is a link; or links with next to no prose between them. A
  /// page with an article in its linked data is none, whatever stands around that; `og:type` alone proves little, for front
  /// pages call themselves articles too.
  private static func isIndex(_ page: HTMLArticle, prose: Int) -> Bool {
    guard !page.hasLinkedArticle, page.longestRun < 3 else { return false }
    let (inBody, onPage) = page.linkedHeadings
    if inBody >= 5 || (inBody >= 1 && onPage >= 20 && prose < 400) { return true }
    if page.declaresArticle { return onPage >= 20 && prose < 150 }
    return prose < 400 && (onPage >= 15 || (prose < 300 && page.linkShare > 0.9 && page.pageWeight > 2000))
  }

  /// Characters of the blocks that read as sentences, those that hold one of the signs left out; counting stops where no
  /// question asks for more.
  static func proseLength(_ text: ArticleText, without signs: [String] = []) -> Int {
    var length = 0
    for block in text.blocks
    where block.kind == .paragraph || block.kind == .quote || block.kind == .item || block.kind == .notice {
      let (weight, punctuation) = TextBlock.measure(Array(block.text.utf8))
      guard punctuation > 0 || weight >= 60 else { continue }
      if !signs.isEmpty {
        let search = SignSearch(block.text.lowercased().replacing("\u{2019}", with: "'"))
        if signs.contains(where: search.holds) { continue }
      }
      length += weight
      if length >= 4000 { break }
    }
    return length
  }

  /// Whether the title or the headline is little more than one of the signs: "404", "Page not found - Site", not "Why 404
  /// errors matter to museums".
  private static func isTitled(_ page: HTMLArticle, by signs: [String]) -> Bool {
    for line in [page.title, page.text.headline] {
      let folded = line.lowercased().replacing("\u{2019}", with: "'")
      let search = SignSearch(folded)
      guard let sign = signs.first(where: search.holds) else { continue }
      if folded.utf8.count <= sign.utf8.count * 2 + 30 { return true }
    }
    return false
  }

  private static func holds(_ sign: String, in markup: [UInt8]) -> Bool {
    let folded = markup.prefix(1 << 16).map { (65...90).contains($0) ? $0 | 32 : $0 }
    return SignSearch(String(decoding: folded, as: UTF8.self)).holds(sign)
  }
}
