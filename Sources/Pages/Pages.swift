import HTTPAnswers
import Model
import Storage

/// The archive's pages for people: HTML that is complete without a program in it.
public struct Pages: Answering {
  /// The share of edits expected to be missed, by the URL of the source, 0 to 1; nil leaves it out of the pages. Called for each
  /// page of sources: whoever gives it keeps it at hand.
  public typealias Misses = @Sendable (_ store: Store, _ now: Instant) throws(StorageError) -> [String: Double]

  private let misses: Misses?

  public init(misses: Misses? = nil) { self.misses = misses }

  /// What every page may do: load our own style sheet, program and pictures, show our own frames, and nothing else.
  public static let policy = """
    default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; connect-src 'self'; form-action 'self'; \
    base-uri 'none'; frame-ancestors 'none'
    """
  /// That of a page with the frame of a raw body in it.
  static let framePolicy = policy + "; frame-src 'self'"

  public func answer(_ question: Question, from store: Store) throws(StorageError) -> Answer? {
    let site = Site(
      now: question.now, base: question.base, takesWrites: question.takesWrites, href: { "/" + $0.path })
    do throws(PageError) {
      return try page(question, store, site)
    } catch {
      switch error {
      case .storage(let error): throw error
      case .bad(let bad): return Self.failure(bad, site)
      }
    }
  }

  /// The page that says that there is none such, for paths that nobody answers.
  public static func notFound(_ question: Question) -> Answer {
    failure(
      BadQuestion(
        "There is no page here.", hint: "The address may be mistyped. The menu above leads to all there is.",
        status: 404),
      Site(now: question.now, base: question.base, takesWrites: false, href: { "/" + $0.path }))
  }

  /// The page that tells of a failure: an archive that cannot be read, a question that takes too long.
  public static func failed(_ question: Question, status: Int, message: String, hint: String?) -> Answer {
    failure(
      BadQuestion(message, hint: hint ?? "Try again in a moment.", status: status),
      Site(now: question.now, base: question.base, takesWrites: false, href: { "/" + $0.path }))
  }

  private static func failure(_ bad: BadQuestion, _ site: Site) -> Answer {
    let title: HTML = bad.status == 404 ? "Not found" : bad.status < 500 ? "That cannot be asked" : "That went wrong"
    let contents: HTML = """
      <h1>\(title)</h1>
      <div class="empty"><p class="empty-title">\(bad.message)</p><p>\(bad.hint)</p>\
      <p>\(site.link(.about, "How to ask")) · \(site.link(.home, "Latest edits"))</p></div>
      """
    return answer(
      Frame(title: String(decoding: title.bytes, as: UTF8.self)), contents, site, status: bad.status, validity: .moment)
  }

  static func answer(
    _ frame: Frame, _ contents: HTML, _ site: Site, status: Int = 200, validity: Answer.Validity = .minute,
    route: String? = nil, policy: String = Pages.policy
  ) -> Answer {
    var answer = Answer(
      status: status, type: "text/html; charset=utf-8", body: frame.page(contents, in: site).bytes, validity: validity,
      fields: [
        ("Content-Security-Policy", policy), ("X-Content-Type-Options", "nosniff"), ("Referrer-Policy", "same-origin"),
      ])
    answer.route = route
    return answer
  }

  // MARK: which page

  private func page(_ question: Question, _ store: Store, _ site: Site) throws(PageError) -> Answer? {
    if question.method == "POST" { return try post(question, store, site) }
    guard question.method == "GET" else { return nil }
    var segments = question.segments
    // With or without a slash at the end: one page.
    if segments.count > 1, segments.last == "" { segments.removeLast() }
    switch segments[0] {
    case "" where segments.count == 1: return try today(question, store, site)
    case "articles" where segments.count == 1: return try articles(question, store, site)
    case "article" where segments.count >= 2:
      guard let id = Int64(segments[1]), "\(id)" == segments[1] else { return nil }
      return try articlePage(id, Array(segments.dropFirst(2)), question, store, site)
    case "compare" where segments.count == 1: return try lasting(question, store, site)
    case "phrase" where segments.count == 1:
      let page = try PhrasePage.load(
        store, question[query: "q"], after: try bad { () throws(BadQuestion) in try question.saidCursor("after") })
      let feeds = page.phrase.map {
        [(title: "“\($0)” through time", path: "feeds/when.atom?" + FormFields.written([("q", $0)]))]
      }
      return Self.answer(
        Frame(
          title: page.phrase.map { "“\($0)” through time" } ?? "Phrase", section: .phrase, feeds: feeds ?? [],
          isWide: true),
        page.html(site), site, validity: .archive, route: "/phrase")
    case "search" where segments.count == 1:
      let filter = try bad { () throws(BadQuestion) in try SearchFilter(question) }
      return Self.answer(
        Frame(title: filter.words.isEmpty ? "Search" : "Search: \(filter.words)", search: filter.words),
        try SearchPage.load(store, filter, now: question.now).html(site), site,
        validity: question.isRelative(["since", "until"]) ? .minute : .archive, route: "/search")
    case "sources" where segments.count == 1: return try sources(question, store, site, done: nil)
    case "capture" where segments.count == 2 || segments.count == 3:
      return try capture(segments[1], segments.count == 3 ? segments[2] : nil, store, site)
    case "status" where segments.count == 1:
      let page: StatusPage
      do { page = try StatusPage.load(store, now: question.now) } catch { throw .storage(error) }
      return Self.answer(
        Frame(title: "Status", section: .status, isWide: true), page.html(site), site, route: "/status")
    case "about" where segments.count == 1:
      return Self.answer(
        Frame(title: "Help", section: .about), AboutPage.html(site), site, validity: .archive, route: "/about")
    case "assets" where segments.count == 2:
      guard let asset = Asset.allCases.first(where: { $0.path == "assets/" + segments[1] }) else { return nil }
      var answer = Answer(
        type: asset.type, body: asset.bytes, validity: .immutable(tag: asset.tag),
        fields: [("X-Content-Type-Options", "nosniff")])
      answer.route = "/assets"
      return answer
    default: return nil
    }
  }

  private func bad<T>(_ body: () throws(BadQuestion) -> T) throws(PageError) -> T {
    do throws(BadQuestion) { return try body() } catch { throw .bad(error) }
  }

  private func today(_ question: Question, _ store: Store, _ site: Site) throws(PageError) -> Answer {
    let filter = try bad { () throws(BadQuestion) in try TodayFilter(question) }
    let page = try TodayPage.load(store, filter, now: question.now)
    var feeds = [(title: "All edits", path: "feeds/edits.atom")]
    if !filter.source.isEmpty {
      feeds.append(
        ("Edits of this source", "feeds/edits.atom?" + FormFields.written([("source", filter.source)])))
    }
    return Self.answer(Frame(title: "Latest edits", section: .today, feeds: feeds), page.html(site), site, route: "/")
  }

  private func articles(_ question: Question, _ store: Store, _ site: Site) throws(PageError) -> Answer {
    let before = question[query: "before"].flatMap { $0.isEmpty ? nil : $0 }
    let number = before.flatMap { Int64($0) }
    guard before == nil || number != nil else { throw .bad(.place) }
    let page = try ArticlesPage.load(store, matching: question[query: "q"], before: number)
    return Self.answer(
      Frame(title: "Articles", section: .articles, isWide: true), page.html(site), site, validity: .archive,
      route: "/articles")
  }

  private func articlePage(
    _ id: Int64, _ rest: [String], _ question: Question, _ store: Store, _ site: Site
  ) throws(PageError) -> Answer? {
    let known = ["compare", "blame", "revision"]
    guard rest.isEmpty || known.contains(rest[0]) else { return nil }
    let found: ArticleCard?
    do { found = try store.articleCard(id) } catch { throw .storage(error) }
    guard let article = found else {
      throw .bad(
        BadQuestion("There is no article number \(id).", hint: "The list of articles has all there are.", status: 404))
    }
    let name = article.headline ?? article.url
    let feeds = [(title: "Edits of this article", path: "feeds/edits.atom?article=\(id)")]
    let block = try bad { () throws(BadQuestion) in try question.count("block") }
    switch (rest.first, rest.count) {
    case (nil, _):
      let before = try bad { () throws(BadQuestion) in try question.count("before") }
      let page = try ArticlePage.load(store, article, before: before == 0 ? nil : before)
      return Self.answer(
        Frame(title: name, section: .articles, feeds: feeds, isWide: true), page.html(site), site,
        route: "/article/{article}")
    case ("revision", 2):
      guard let ordinal = Int(rest[1]), ordinal >= 1, "\(ordinal)" == rest[1] else { return nil }
      let page = try RevisionPage.load(store, article, ordinal, block: block)
      return Self.answer(
        Frame(title: "\(page.revision.text.headline), revision \(ordinal)", section: .articles, feeds: feeds),
        page.html(site), site, validity: .archive, route: "/article/{article}/revision")
    case ("blame", 1):
      let text = question[query: "revision"].flatMap { $0.isEmpty ? nil : $0 }
      let ordinal = text.flatMap { Int($0) }
      guard text == nil || ordinal.map({ $0 >= 1 }) == true else { throw .bad(.revision(text ?? "")) }
      let page = try BlamePage.load(store, article, ordinal, start: block)
      return Self.answer(
        Frame(title: "Blame: \(name)", section: .articles, feeds: feeds), page.html(site), site, validity: .archive,
        route: "/article/{article}/blame")
    case ("compare", 1): return try comparison(article, question, store, site)
    default: return nil
    }
  }

  /// By URL and instants, which no import shifts.
  private func lasting(_ question: Question, _ store: Store, _ site: Site) throws(PageError) -> Answer {
    let name = question[query: "url"] ?? ""
    var found: ArticleCard?
    do throws(StorageError) {
      if case .one(let id, _) = try store.article(named: name) { found = try store.articleCard(id) }
    } catch { throw .storage(error) }
    if let article = found { return try comparison(article, question, store, site) }
    throw .bad(
      BadQuestion(
        "No article of this archive has the URL “\(clipped(name, to: 120))”.",
        hint: "Another archive may hold it; or look for a part of the URL in the list of articles.", status: 404))
  }

  private func comparison(
    _ article: ArticleCard, _ question: Question, _ store: Store, _ site: Site
  ) throws(PageError) -> Answer {
    func point(_ name: String, _ otherwise: Int) throws(PageError) -> RevisionPoint {
      guard let text = question[query: name], !text.isEmpty else { return .ordinal(max(1, otherwise)) }
      guard let point = RevisionPoint(text, now: question.now) else { throw .bad(.revision(text)) }
      return point
    }
    let to = try point("to", article.revisions)
    var before = article.revisions - 1
    if case .ordinal(let ordinal) = to { before = ordinal - 1 }
    let page = try ComparePage.load(
      store, article, from: try point("from", before), to: to, isSideBySide: question[query: "view"] == "side",
      block: try bad { () throws(BadQuestion) in try question.count("block") })
    return Self.answer(
      Frame(
        title: "Revisions \(page.old.ordinal) and \(page.new.ordinal): \(article.headline ?? article.url)",
        section: .articles,
        feeds: [(title: "Edits of this article", path: "feeds/edits.atom?article=\(article.id)")], isWide: true),
      page.html(site), site, validity: question.isRelative(["from", "to"]) ? .minute : .archive,
      route: "/article/{article}/compare")
  }

  private func sources(_ question: Question, _ store: Store, _ site: Site, done: HTML?) throws(PageError) -> Answer {
    let after = try bad { () throws(BadQuestion) in try question.count("after") }
    do throws(StorageError) {
      var page = try SourcesPage.load(store, after: Int64(after), misses: try misses?(store, question.now))
      page.done = done
      return Self.answer(
        Frame(title: "Sources", section: .sources, isWide: true), page.html(site), site, route: "/sources")
    } catch { throw .storage(error) }
  }

  private func capture(_ name: String, _ part: String?, _ store: Store, _ site: Site) throws(PageError) -> Answer? {
    guard let digest = Digest(name) else { throw .bad(.capture) }
    let found: FiledCapture?
    do { found = try store.filedCapture(digest) } catch { throw .storage(error) }
    guard let record = found else { throw .bad(.capture) }
    switch part {
    case nil:
      return Self.answer(
        Frame(title: "Capture of \(outlet(record.capture.url)), \(record.capture.at)", section: .articles),
        EvidencePage(record: record).html(site), site, validity: .archive, route: "/capture/{digest}",
        policy: Self.framePolicy)
    case "body": return try EvidencePage.body(store, record)
    case "proof": return try EvidencePage.proof(store, digest)
    default: return nil
    }
  }

  private func post(_ question: Question, _ store: Store, _ site: Site) throws(PageError) -> Answer? {
    guard question.segments == ["sources"], question.takesWrites else { return nil }
    return try sources(question, store, site, done: try SourceForms.take(question, store))
  }
}

extension BadQuestion {
  static func revision(_ text: String) -> BadQuestion {
    BadQuestion(
      "“\(clipped(text, to: 60))” is no revision.",
      hint: "Give a number from 1 on, a day such as 2026-11-20, or an instant such as 2026-11-20T10:00Z.")
  }
}
