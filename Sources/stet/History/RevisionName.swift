import ArgumentParser
import Model
import Storage

/// A revision as people name it: `URL`, `URL@3`, `URL@-1`, `URL@2026-11-20` (as the day ended),
/// `URL@2026-11-20T10:00Z`, `URL@7d`; for a pair, `URL@A..B`.
struct RevisionName {
  let article: (id: Int64, url: String)
  let first: RevisionSelector?
  let second: RevisionSelector?

  /// Finds what is meant. A URL may hold an `@` itself: the whole text is tried as a name before it is cut at its last `@`.
  init(_ text: String, in store: Store, doing: String) throws {
    if case .one(let id, let url) = try store.article(named: text),
      text.utf8.elementsEqual(url.utf8) || !text.contains("@")
    {
      (article, first, second) = ((id, url), nil, nil)
      return
    }
    guard let at = text.lastIndex(of: "@") else {
      (article, first, second) = (try store.named(text, doing: doing), nil, nil)
      return
    }
    let (name, rest) = (String(text[..<at]), text[text.index(after: at)...])
    let parts = Self.split(String(rest))
    guard let selectors = Self.selectors(parts) else {
      if case .one(let id, let url) = try store.article(named: text) {
        (article, first, second) = ((id, url), nil, nil)
        return
      }
      throw CommandFailure(
        doing, code: "bad-revision", "\"\(rest)\" is no revision",
        hint: "a number (3, -1), the end of a day (2026-11-20), an instant (2026-11-20T10:00Z), or so long ago (7d)",
        exit: .init(64))
    }
    article = try store.named(name, doing: doing)
    first = selectors.first
    second = selectors.count > 1 ? selectors[1] : nil
  }

  private static func split(_ text: String) -> [String] {
    guard let dots = text.firstRange(of: "..") else { return [text] }
    return [String(text[..<dots.lowerBound]), String(text[dots.upperBound...])]
  }

  private static func selectors(_ parts: [String]) -> [RevisionSelector]? {
    let found = parts.compactMap { part -> RevisionSelector? in
      if let n = Int(part) { return n == 0 ? nil : .ordinal(n) }
      if part.isEmpty && parts.count == 2 { return .last }
      return TypedTime(argument: part).map { .at($0.last) }
    }
    return found.count == parts.count ? found : nil
  }
}

extension Store {
  /// The text of a revision, or a failure that says which there are.
  func revision(_ article: (id: Int64, url: String), _ selector: RevisionSelector, doing: String) throws -> RevisionText
  {
    if let found = try text(article.id, selector) { return found }
    guard let last = try text(article.id, .last) else {
      throw CommandFailure(
        doing, code: "no-revision", "it has no revisions: no capture of it is an article yet",
        hint: "`stet captures \(article.url)` shows what came")
    }
    if case .at = selector, let first = try text(article.id, .ordinal(1)) {
      throw CommandFailure(
        doing, code: "no-revision",
        "nothing was captured of it by then; @1 was first captured \(first.firstCapture.second)")
    }
    throw CommandFailure(doing, code: "no-revision", "there is no such revision; the last is @\(last.ordinal)")
  }
}
