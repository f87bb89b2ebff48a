import Model

/// What an address tells of itself: that of an article names it by a headline's words, a number, or a day; that of a section,
/// an author or a login has other words. No language is assumed, but for the words that site software puts into paths.
struct AddressShape {
  /// The path's segments, percent-encoding as it stands.
  let segments: [Substring]
  let query: Substring
  /// Words of the last segment of three letters or bytes or more, file extension left out.
  let slugWords: Int
  /// A year with a month in the path, `/2026/11/`, or as digits in a segment.
  let hasDate: Bool
  /// A number of five digits or more in the last two segments or a parameter, or a long identifier of letters and digits.
  let hasIdentifier: Bool
  /// `.html`, `.php` and the like.
  let hasPageExtension: Bool
  let fileExtension: Substring?

  init(_ url: WebURL) {
    let target = url.target[...]
    let path = target.prefix { $0 != "?" }
    query = target.dropFirst(path.count + 1)
    segments = path.split(separator: "/")
    let last = segments.last ?? ""
    let dot = last.lastIndex(of: ".")
    let suffix = dot.map { last[last.index(after: $0)...] }
    fileExtension = suffix.flatMap {
      (1...7).contains($0.utf8.count) && $0.utf8.allSatisfy(Self.isAlphanumeric) ? $0 : nil
    }
    hasPageExtension = fileExtension.map { Self.pageExtensions.contains($0.lowercased()) } ?? false
    // `/2026/11/20/words-of-it/index.html`: the name is the segment before.
    let isIndex = ["index", "default"].contains(last.prefix { $0 != "." }.lowercased())
    let name =
      isIndex ? (segments.dropLast().last ?? "") : fileExtension == nil ? last : last[..<(dot ?? last.endIndex)]
    var words = Self.words(of: name)
    // A slug may be followed by its number as a segment of its own: `/words-of-it/1234567/`.
    if words < 3, let before = segments.dropLast().last, name.utf8.allSatisfy({ (48...57).contains($0) }) {
      words = max(words, Self.words(of: before))
    }
    slugWords = words
    hasDate = Self.hasDate(segments)
    let parameters = query.split(separator: "&").compactMap { $0.split(separator: "=", maxSplits: 1).dropFirst().first }
    hasIdentifier =
      segments.suffix(2).contains(where: Self.holdsIdentifier)
      || parameters.contains { $0.utf8.count >= 4 && $0.utf8.allSatisfy { (48...57).contains($0) } }
  }

  var isRoot: Bool { segments.isEmpty }

  /// Whether a segment says that the page is no article: a tag, an author, an account.
  var isOfOtherKind: Bool {
    if let fileExtension, Self.otherExtensions.contains(fileExtension.lowercased()) { return true }
    return segments.contains { Self.otherSegments.contains($0.lowercased()) }
  }

  /// 0-9: how much the address alone looks like an article's.
  var score: Int {
    guard !isRoot, !isOfOtherKind else { return 0 }
    let slug = slugWords >= 5 ? 4 : slugWords >= 3 ? 3 : 0
    return slug + (hasDate ? 2 : 0) + (hasIdentifier ? 2 : 0)
      + (hasPageExtension && segments.count + slugWords > 1 ? 1 : 0)
  }

  private static func isAlphanumeric(_ byte: UInt8) -> Bool {
    (97...122).contains(byte | 32) || (48...57).contains(byte)
  }

  /// Percent-encoded letters are three bytes of one or two letters each; in scripts without spaces a name of eight letters
  /// counts as words.
  private static func words(of name: Substring) -> Int {
    var count = 0
    for part in name.utf8.split(whereSeparator: {
      $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "_") || $0 == UInt8(ascii: "+") || $0 == UInt8(ascii: ",")
    }) {
      let digits = part.count { (48...57).contains($0) }
      if part.contains(UInt8(ascii: "%")) {
        count += part.count >= 54 ? 3 : 1
      } else if digits * 2 < part.count {
        count += 1
      }
    }
    return count
  }

  private static func hasDate(_ segments: [Substring]) -> Bool {
    func number(_ text: Substring) -> Int? { text.utf8.count <= 8 ? Int(text) : nil }
    for (index, segment) in segments.enumerated() {
      let digits = segment.utf8.prefix { (48...57).contains($0) }.count
      if digits == 4, segment.utf8.count == 4, let year = number(segment), (1990...2100).contains(year),
        index + 1 < segments.count
      {
        let next = segments[index + 1]
        if let month = number(next.prefix(2)), (1...12).contains(month), next.utf8.count <= 5 { return true }
        if next.utf8.count == 3, months.contains(next.lowercased()) { return true }
      }
      // `20261120`, `2026-11-20`, `2026-11`, at the segment's start or end.
      for piece in [segment.prefix(10), segment.suffix(10), segment.prefix(8), segment.suffix(8)] {
        let plain = piece.filter { $0 != "-" && $0 != "_" }
        guard plain.utf8.count == 8, let value = number(Substring(plain)) else { continue }
        if (1990...2100).contains(value / 10_000), (1...12).contains(value / 100 % 100), (1...31).contains(value % 100)
        {
          return true
        }
      }
    }
    return false
  }

  private static let months: Set<String> = [
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
  ]

  private static func holdsIdentifier(_ segment: Substring) -> Bool {
    var run = 0
    for byte in segment.utf8 {
      run = (48...57).contains(byte) ? run + 1 : 0
      if run >= 5 { return true }
    }
    // Hexadecimal and base 36 identifiers, also after a slug.
    let tail = segment.split(whereSeparator: { $0 == "-" || $0 == "_" || $0 == "." }).last ?? ""
    let digits = tail.utf8.count { (48...57).contains($0) }
    return tail.utf8.count >= 8 && digits >= 2 && digits < tail.utf8.count && tail.utf8.allSatisfy(isAlphanumeric)
  }

  private static let pageExtensions: Set<String> = [
    "html", "htm", "shtml", "xhtml", "php", "asp", "aspx", "jsp", "jhtml", "cfm", "ece", "story", "article", "do",
  ]

  private static let otherExtensions: Set<String> = [
    "jpg", "jpeg", "png", "gif", "webp", "svg", "avif", "ico", "pdf", "mp3", "mp4", "m3u8", "m4a", "webm", "mov", "zip",
    "gz",
    "css", "js", "json", "xml", "rss", "atom", "rdf", "doc", "docx", "xls", "xlsx", "ppt", "pptx", "epub", "ics", "apk",
    "txt", "csv",
  ]

  /// The words that publishing systems and newsrooms put into the paths of what is no article. English because the
  /// software is; of other languages those that the sites of these languages share.
  private static let otherSegments: Set<String> = [
    "tag", "tags", "tagged", "topic", "topics", "category", "categories", "cat", "author", "authors", "auteur",
    "auteurs",
    "autor", "autores", "autoren", "autori", "autore", "profile", "profiles", "people", "person", "user", "users",
    "member",
    "members", "login", "log-in", "logout", "signin", "sign-in", "signup", "sign-up", "register", "registration",
    "account",
    "my-account", "subscribe", "subscription", "subscriptions", "abo", "abonnement", "abonnements", "suscripcion",
    "suscripciones", "abbonamenti", "assinatura", "newsletter", "newsletters", "search", "suche", "recherche", "buscar",
    "busca", "ricerca", "cerca", "rss", "feed", "feeds", "podcast", "podcasts", "privacy", "privacy-policy", "terms",
    "terms-of-service", "terms-of-use", "terms-and-conditions", "cookies", "cookie-policy", "impressum", "datenschutz",
    "agb", "mentions-legales", "legal", "contact", "contacts", "contact-us", "kontakt", "contacto", "contatti", "about",
    "about-us", "jobs", "careers", "advertise", "advertising", "help", "faq", "sitemap", "shop", "store", "cart",
    "checkout",
    "games", "puzzles", "crossword", "crosswords", "wp-login.php", "wp-admin", "wp-content", "cdn-cgi", "share",
    "print",
    "comments", "hashtag", "page", "redirect", "apps", "static", "assets", "epaper", "e-paper", "themen", "thema",
    "temas", "tema", "sujet", "argomenti", "horoscope", "horoskop", "weather", "wetter", "meteo",
  ]
}
