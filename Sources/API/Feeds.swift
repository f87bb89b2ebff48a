import Diffing
import HTTPAnswers
import Model
import Storage

/// Atom feeds: `/feeds/edits.atom`, of all edits or those of articles, a source, a class or a language, and
/// `/feeds/when.atom?q=…`, of a phrase's comings and goings.
///
/// An entry is a revision with its edits, or one coming or going of the phrase. Its id follows from the article's URL and the
/// instant alone, so that a rebuild with a better extractor tells no reader of news.
public struct Feeds: Answering {
  /// How many entries a feed has.
  static let entries = 50
  /// Of how many articles a phrase is followed.
  static let articles = 200
  static let type = "application/atom+xml; charset=utf-8"

  /// The address, below the base, of the page that shows what a revision of an article changed: number of the article,
  /// revision.
  let page: @Sendable (Int64, Int) -> String

  /// - Parameter page: where a revision's edits are shown to people; unless given, the API's answer.
  public init(
    page: @escaping @Sendable (_ article: Int64, _ revision: Int) -> String = {
      $1 > 1 ? "/api/v1/articles/\($0)/diff?to=\($1)" : "/api/v1/articles/\($0)/revisions/1"
    }
  ) { self.page = page }

  public func answer(_ question: Question, from store: Store) -> Answer? {
    guard question.segments.first == "feeds" else { return nil }
    do {
      let feed: AtomFeed
      switch question.path {
      case _ where question.method != "GET":
        var failure = Failure(405, "wrong-method", "\(question.method) is not for this path")
        failure.allowed = "GET, HEAD"
        throw failure
      case "/feeds/edits.atom":
        feed = try edits(
          Asked(question, parameters: ["article", "class", "source", "language", "stealth"], archive: "", store: store))
      case "/feeds/when.atom":
        feed = try phrase(Asked(question, parameters: ["q", "article"], archive: "", store: store))
      default: throw Failure(404, "no-such-path", "there is no such feed")
      }
      var answer = Answer(type: Self.type, body: Array(feed.xml.utf8))
      answer.route = question.path
      return answer
    } catch {
      let failure = Failure(error)
      var answer = Answer.plain("\(failure.message)\n", status: failure.status)
      answer.fields += failure.answer.fields.filter { $0.name != "Content-Type" }
      answer.route = "/feeds"
      return answer
    }
  }

  private func edits(_ asked: Asked) throws -> AtomFeed {
    let scope = try asked.scope()
    var found: [FoundEdits] = []
    _ = try asked.edits(scope) {
      found.append($0)
      return found.count < Self.entries
    }
    let entries = found.map { found in
      // Two revisions may have been captured in the same millisecond, one after the other.
      let isSecond = found.came.after == found.came.by
      return AtomEntry(
        id: AtomXML.name(["revision", found.url, found.came.by.description, isSecond ? "second" : ""]),
        title: found.headline.isEmpty ? found.url : found.headline, updated: found.came.by,
        link: asked.question.base + page(found.change.article, found.ordinal), about: found.url,
        categories: Self.categories(found.edits), content: Self.content(found))
    }
    let title: String
    if let article = scope.articles.first, scope.articles.count == 1 {
      title = "Edits of \(try asked.store.articleCard(article)?.url ?? "an article")"
    } else if let source = try asked.one("source") {
      title = "Edits of what \(source) names"
    } else {
      title = "Edits"
    }
    return try feed(title, entries, asked)
  }

  private func phrase(_ asked: Asked) throws -> AtomFeed {
    let phrase = try asked.text("q")
    // Of a phrase that more articles say, those are looked at that came to say it last.
    let found = try asked.store.when(
      Query(phrase: phrase), Scope(articles: asked.articles()), limit: Self.articles, effort: Store.pageEffort
    ).found
    var entries: [AtomEntry] = []
    for history in found {
      let number = history.article
      func entry(_ what: String, _ interval: ChangeInterval) throws -> AtomEntry {
        let ordinal = try asked.store.text(number, .at(interval.by))?.ordinal ?? 1
        let words = AtomXML.escaped(phrase)
        let after = interval.after.map { "after <time>\($0)</time> and " } ?? ""
        return AtomEntry(
          id: AtomXML.name([what, phrase, history.url, interval.by.description]), title: "“\(phrase)” \(what)",
          updated: interval.by, link: asked.question.base + page(number, ordinal), about: history.url,
          categories: [what],
          content: "<p>“\(words)” \(what) \(after)by <time>\(interval.by)</time> in "
            + "<a href=\"\(AtomXML.escaped(history.url))\">\(AtomXML.escaped(history.url))</a>.</p>")
      }
      for span in history.spans.suffix(Self.entries) {
        entries.append(try entry("came", span.from))
        if let to = span.to { entries.append(try entry("went", to)) }
      }
    }
    entries.sort { ($1.updated, $0.about, $0.id) < ($0.updated, $1.about, $1.id) }
    return try feed("When “\(phrase)” was said", Array(entries.prefix(Self.entries)), asked)
  }

  private func feed(_ title: String, _ entries: [AtomEntry], _ asked: Asked) throws -> AtomFeed {
    let (question, origin) = (asked.question, try asked.store.origin())
    // The same feed under whatever address this server is reached.
    let target = question.path + (question.rawQuery.map { "?\($0)" } ?? "")
    return AtomFeed(
      id: AtomXML.name(["feed", origin, target]), title: title, address: question.base + target,
      author: "Stet archive \(origin)", begun: try asked.store.createdAt(), entries: entries)
  }

  private static func categories(_ edits: [Edit]) -> [String] {
    Set(edits.flatMap(\.classes)).map(\.rawValue).sorted()
  }

  /// The edits as HTML: words that went in `del`, words that came in `ins`.
  private static func content(_ found: FoundEdits) -> String {
    let escaped = AtomXML.escaped
    let after = found.came.after.map { "after <time>\($0)</time>, " } ?? ""
    var out = "<p>\(after)by <time>\(found.came.by)</time></p>\n<ul>\n"
    for edit in found.edits.prefix(100) {
      let wording: String =
        switch (edit.action, edit.before, edit.after) {
        case (.move, _, let text?): escaped(text)
        case (_, let before?, let after?):
          wordRuns(from: before, to: after).map { run in
            switch run.change {
            case .same: escaped(run.text)
            case .deleted: "<del>\(escaped(run.text))</del>"
            case .inserted: "<ins>\(escaped(run.text))</ins>"
            }
          }.joined()
        case (_, let before?, nil): "<del>\(escaped(before))</del>"
        case (_, nil, let after?): "<ins>\(escaped(after))</ins>"
        case (_, nil, nil): ""
        }
      let classes = edit.classes.map(\.rawValue).joined(separator: ", ")
      out += "<li><b>\(classes)</b> \(edit.action.rawValue): \(wording)</li>\n"
    }
    if found.edits.count > 100 { out += "<li>and \(found.edits.count - 100) more</li>\n" }
    return out + "</ul>"
  }
}
