import Answers
import HTTPAnswers
import JSON
import Model
import Storage

/// What is asked of one article, and the list of them.
extension API {
  static let articleRoutes: [Route] = [
    Route("GET", "/api/v1/articles", ["part", "url", "source", "limit", "cursor"]) { asked in
      let limit = try asked.limit()
      if let url = try asked.one("url") {
        guard case .one(let id, let found) = try asked.store.article(named: url), Self.isSame(url, found),
          let row = try asked.store.articleCard(id)
        else { return .page([], next: nil) }
        return .page([row.json], next: nil)
      }
      let rows = try asked.store.articleCards(
        after: asked.numberCursor() ?? 0, part: asked.one("part"), source: asked.source(), limit: limit + 1)
      let shown = rows.prefix(limit)
      return .page(shown.map(\.json), next: rows.count > limit ? shown.last.map { "\($0.id)" } : nil)
    },
    Route("GET", "/api/v1/articles/{article}") { asked in .json(try asked.article().json) },
    Route("GET", "/api/v1/articles/{article}/log", ["limit", "cursor"]) { asked in
      let limit = try asked.limit()
      let rows = try asked.store.log(
        asked.article().id, before: asked.numberCursor().map(Int.init), limit: limit + 1)
      let shown = rows.prefix(limit)
      return .page(shown.map(\.json), next: rows.count > limit ? shown.last.map { "\($0.ordinal)" } : nil)
    },
    Route("GET", "/api/v1/articles/{article}/captures", ["limit", "cursor"]) { asked in
      let (article, limit) = (try asked.article().id, try asked.limit())
      var place: Int64?
      if let cursor = try asked.one("cursor") {
        guard let digest = Digest(cursor), let found = try asked.store.capture(digest), found.article == article else {
          throw Asked.noSuchPage
        }
        place = found.id
      }
      let rows = try asked.store.captures(article, after: place, limit: limit + 1)
      let shown = rows.prefix(limit)
      return .page(shown.map(\.json), next: rows.count > limit ? shown.last?.digest.description : nil)
    },
    Route("GET", "/api/v1/articles/{article}/revisions/{revision}") { asked in
      let article = try asked.article()
      return .tagged(try asked.revision(of: article).json(url: article.url))
    },
    Route("GET", "/api/v1/articles/{article}/revisions/{revision}/blame") { asked in
      let article = try asked.article()
      let revision = try asked.revision(of: article)
      guard let blamed = try asked.store.blame(article.id, .ordinal(revision.ordinal)) else {
        throw Failure(404, "no-revision", "there is no such revision")
      }
      return .page(blamed.lines.map(\.json), next: nil)
    },
    Route("GET", "/api/v1/articles/{article}/revisions/{revision}/proof") { asked in
      let revision = try asked.revision(of: asked.article())
      guard let digest = try asked.store.firstCapture(asked.article().id, .ordinal(revision.ordinal)) else {
        throw Failure.noSuchCapture
      }
      return try asked.proof(of: digest)
    },
    Route("GET", "/api/v1/articles/{article}/diff", ["from", "to"]) { asked in
      let article = try asked.article()
      let to = try asked.one("to").map { try asked.selector($0, as: "to") } ?? .last
      let new = try asked.revision(to, of: article)
      var from = RevisionSelector.ordinal(new.ordinal - 1)
      if let text = try asked.one("from") {
        from = try asked.selector(text, as: "from")
      } else if new.ordinal == 1 {
        throw Failure(404, "one-revision", "there is nothing before the first revision to compare it with")
      }
      let old = try asked.revision(from, of: article)
      return .tagged(Comparison(url: article.url, ComparedText(old), ComparedText(new)).json)
    },
    Route("GET", "/api/v1/articles/{article}/same", ["limit", "cursor"]) { asked in
      let cursor = try asked.one("cursor").map { text throws(Failure) in
        guard let cursor = SharingCursor(text) else { throw Asked.noSuchPage }
        return cursor
      }
      let page = try asked.store.sharing(asked.article().id, after: cursor, limit: asked.limit())
      return .page(page.found.map(\.json), next: page.next?.description)
    },
  ]

  /// Whether a URL was given in full, as written or in normal form, and not a part of one or a number.
  private static func isSame(_ given: String, _ found: String) -> Bool {
    if given.utf8.elementsEqual(found.utf8) { return true }
    guard let url = try? WebURL(given) else { return false }  // what is no URL is none in full
    return url.normalized.utf8.elementsEqual(found.utf8)
  }
}
