import Model

/// Whether two addresses are of one article, and why: what an archive keeps as the reason for joining them.
public enum Identity: Hashable, Sendable {
  /// The article that was asked for is known by this address, in `ArticleURL`'s normal form.
  case same(as: String, reason: Reason)
  /// It is known by the address that was asked for.
  case itself(reason: Reason)

  public enum Reason: String, Hashable, Sendable, CaseIterable {
    // Of `same`.
    case tracking
    case movedPermanently = "moved-permanently"
    case canonical
    case openGraph = "open-graph"
    // Of `itself`.
    case nothingElse = "nothing-else"
    case movedForNow = "moved-for-now"
    case movedToFront = "moved-to-front"
    case movedToWall = "moved-to-wall"
    case contradiction
    case otherSite = "other-site"
    case frontPage = "front-page"
    case section
    case losesName = "loses-name"
    case otherPage = "other-page"
    case translation

    /// For people.
    public var message: String {
      switch self {
      case .tracking: "the addresses differ in tracking parameters alone"
      case .movedPermanently: "the server moved it there for good"
      case .canonical: "the page names that address as canonical"
      case .openGraph: "the page names that address as og:url"
      case .nothingElse: "nothing names another address"
      case .movedForNow: "the server sent elsewhere, but not for good"
      case .movedToFront: "the server sent to a front or section page instead"
      case .movedToWall: "the server sent to a login or consent page instead"
      case .contradiction: "the page names several addresses that disagree"
      case .otherSite: "the page names an address on another site, as copies do"
      case .frontPage: "the page names the site's front page"
      case .section: "the page names a section"
      case .losesName: "the address the page names lacks what tells articles apart"
      case .otherPage: "the address the page names is that of another page of the same article"
      case .translation: "the address the page names is that of another language"
      }
    }
  }

  /// One answer on the way: the address asked, and the status it was answered with.
  public struct Hop: Hashable, Sendable {
    public let url: String
    /// 100-599.
    public let status: Int

    public init(url: String, status: Int) { (self.url, self.status) = (url, status) }
  }

  /// Decides for an article that was asked for.
  ///
  /// It moves through permanent redirects (301, 308: RFC 9110 §15.4.2, §15.4.9) up to the first other one, and then to what
  /// the page says of itself, if nothing speaks against it. Only an answer with success that was judged an article should
  /// be asked about; the address it names should be fetched once before two archived articles are joined.
  /// - Parameters:
  ///   - hops: in order, the first the address asked for, the last the page. Must not be empty: nil then.
  ///   - page: the addresses that the last one's page gives of itself; nil when it is no HTML.
  public static func of(_ hops: [Hop], page: PageAddresses?) -> Identity? {
    guard let first = hops.first, let asked = ArticleURL(first.url), let last = hops.last,
      let final = ArticleURL(last.url)
    else { return nil }
    var (here, reason) = (asked, asked.dropped.isEmpty ? Reason.nothingElse : .tracking)
    for (hop, next) in zip(hops, hops.dropFirst()) {
      guard let target = ArticleURL(next.url) else { return .itself(reason: .contradiction) }
      // A change of scheme or of `www.` alone is for good whatever the status says.
      if target.loose != here.loose {
        guard hop.status == 301 || hop.status == 308 else {
          return answer(here, reason, asked: asked, otherwise: .movedForNow)
        }
        if let refused = Redirection.refusal(from: here, to: target) {
          return answer(here, reason, asked: asked, otherwise: refused)
        }
      }
      (here, reason) = (target, .movedPermanently)
    }
    guard let page, here == final else { return answer(here, reason, asked: asked) }
    switch declared(by: page, at: final) {
    case .same(let address, let why): return .same(as: address, reason: why)
    case .itself(let why): return answer(here, reason, asked: asked, otherwise: why)
    }
  }

  private static func answer(_ here: ArticleURL, _ reason: Reason, asked: ArticleURL, otherwise: Reason? = nil)
    -> Identity
  {
    let isSame = here != asked || reason == .tracking
    return isSame ? .same(as: here.normalized, reason: reason) : .itself(reason: otherwise ?? reason)
  }

  /// What the page at an address says that its address is.
  static func declared(by page: PageAddresses, at own: ArticleURL) -> Identity {
    let canonical = Set(page.canonical.compactMap { ArticleURL($0) })
    let openGraph = page.openGraph.flatMap { ArticleURL($0) }
    guard canonical.count <= 1 else { return .itself(reason: .contradiction) }
    guard let named = canonical.first ?? openGraph else { return .itself(reason: .nothingElse) }
    if named == own { return .itself(reason: .nothingElse) }
    if let refused = Canonical.refusal(of: named, at: own) { return .itself(reason: refused) }
    if let openGraph, !canonical.isEmpty, openGraph.loose != named.loose {
      // og:url is often left at the front page by a template; but when it says that the page is at home here, the page
      // contradicts itself.
      let isTemplate = Canonical.refusal(of: openGraph, at: own) != nil
      if openGraph.loose == own.loose || !isTemplate { return .itself(reason: .contradiction) }
    }
    return .same(as: named.normalized, reason: canonical.isEmpty ? .openGraph : .canonical)
  }
}

/// Where a permanent redirect leads when it does not lead to the article.
enum Redirection {
  static func refusal(from: ArticleURL, to: ArticleURL) -> Identity.Reason? {
    let (before, after) = (AddressShape(from.request), AddressShape(to.request))
    if after.isRoot, after.query.isEmpty { return before.isRoot ? nil : .movedToFront }
    let words = after.segments.map { $0.lowercased() }
    if words.contains(where: walls.contains)
      || to.request.host.split(separator: ".").contains(where: { wallHosts.contains($0) })
    {
      return .movedToWall
    }
    // A section: the start of the path that was asked for, or a single short word where there was a name.
    let isStart = after.segments.count < before.segments.count && before.segments.starts(with: after.segments)
    let keepsName = before.segments.last == after.segments.last
    if isStart, !keepsName, after.query.isEmpty, after.slugWords < 3, !after.hasIdentifier { return .movedToFront }
    if before.score >= 3, after.score == 0, after.segments.count == 1, after.query.isEmpty { return .movedToFront }
    return nil
  }

  private static let walls: Set<String> = [
    "login", "log-in", "signin", "sign-in", "consent", "cookiewall", "cookie-wall", "cmp", "subscribe", "register",
    "account", "404", "error", "notfound", "not-found", "page-not-found",
  ]
  private static let wallHosts: Set<Substring> = [
    "login", "consent", "auth", "accounts", "account", "sso", "signin", "cmp",
  ]
}

/// When not to believe what a page calls its own address (RFC 6596 §5): templates that name the front page or a section on
/// every page, copies that name their source, addresses that lost the parameter by which articles differ.
enum Canonical {
  static func refusal(of named: ArticleURL, at own: ArticleURL) -> Identity.Reason? {
    if named.loose == own.loose { return nil }
    guard SiteName.of(host: named.request.host) == SiteName.of(host: own.request.host) else { return .otherSite }
    let (mine, its) = (AddressShape(own.request), AddressShape(named.request))
    if its.isRoot, its.query.isEmpty { return mine.isRoot && mine.query.isEmpty ? nil : .frontPage }
    if isOtherPage(its, than: mine) { return .otherPage }
    if isTranslation(its, of: mine) { return .translation }
    // AMP's `/words/amp` and a slug's trailing number are the article's own; a shorter path is a section.
    let isStart = its.segments.count < mine.segments.count && mine.segments.starts(with: its.segments)
    if isStart, !mine.segments.dropFirst(its.segments.count).allSatisfy(isVariant),
      its.slugWords < 3 && !its.hasIdentifier
    {
      return .section
    }
    if its.isOfOtherKind, !mine.isOfOtherKind { return .section }
    if losesName(its, mine) { return .losesName }
    return nil
  }

  /// The same path and another query: only if the named one keeps every number that may tell articles apart.
  private static func losesName(_ its: AddressShape, _ mine: AddressShape) -> Bool {
    guard its.segments == mine.segments else {
      // Elsewhere on the site: it must have a name of its own if this has one.
      return mine.score >= 3 && its.score == 0 && its.query.isEmpty
    }
    let kept = Set(its.query.split(separator: "&"))
    let lost = mine.query.split(separator: "&").filter { !kept.contains($0) }
    let hasName =
      mine.slugWords >= 3 || mine.segments.suffix(2).contains { $0.utf8.contains { (48...57).contains($0) } }
    return !hasName && lost.contains { $0.utf8.contains { (48...57).contains($0) } }
  }

  private static func isVariant(_ segment: Substring) -> Bool {
    ["amp", "amp.html", "print", "mobile", "m", "full", "single", "index.html", "amphtml"].contains(
      segment.lowercased())
  }

  private static func isOtherPage(_ its: AddressShape, than mine: AddressShape) -> Bool {
    func page(_ query: Substring) -> Substring? {
      query.split(separator: "&").first { $0.hasPrefix("page=") || $0.hasPrefix("pg=") || $0.hasPrefix("seite=") }
    }
    if its.segments == mine.segments, let own = page(mine.query), own != page(its.query) {
      return !own.hasSuffix("=1") && !own.hasSuffix("=all")
    }
    guard mine.segments.dropLast().elementsEqual(its.segments), let last = mine.segments.last else { return false }
    return last.utf8.count <= 2 && Int(last).map { $0 > 1 } == true
  }

  private static func isTranslation(_ its: AddressShape, of mine: AddressShape) -> Bool {
    guard let a = its.segments.first?.lowercased(), let b = mine.segments.first?.lowercased(), a != b else {
      return false
    }
    return languages.contains(a) && languages.contains(b)
  }

  /// ISO 639-1 codes that sites use as a first segment, but for those that are also words or sections.
  private static let languages: Set<String> = [
    "en", "de", "fr", "es", "it", "pt", "nl", "pl", "ru", "uk", "cs", "sk", "sl", "hr", "sr", "bg", "ro", "hu", "el",
    "tr",
    "ar", "he", "fa", "hi", "bn", "ta", "te", "ur", "zh", "ja", "ko", "vi", "th", "id", "ms", "sv", "da", "fi", "et",
    "lv",
    "lt", "ca", "eu", "gl", "sq", "mk", "ka", "hy", "az", "kk", "en-us", "en-gb", "zh-cn", "zh-tw", "zh-hans",
    "zh-hant",
    "pt-br", "es-mx", "fr-ca",
  ]
}
