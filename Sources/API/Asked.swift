import HTTPAnswers
import JSON
import Model
import Storage

/// A question to the API or for a feed: parameters read and checked one by one, each failure naming its parameter.
struct Asked {
  let question: Question
  let store: Store
  /// How the archive is called.
  let archive: String
  let sums: TableSums
  private let values: [String: String]

  /// The longest text a parameter may have, in Unicode scalars, as JSON Schema counts.
  static let longestText = 1000
  /// How many rows a page has unless told, and at most.
  static let (usualRows, mostRows) = (50, 500)

  /// - Parameters:
  ///   - values: what stands in the path, by name.
  ///   - parameters: those of the query that there are.
  init(
    _ question: Question, _ values: [String: String] = [:], parameters: Set<String>, archive: String, store: Store,
    sums: TableSums = TableSums()
  ) throws(Failure) {
    (self.question, self.archive, self.store, self.values, self.sums) = (question, archive, store, values, sums)
    for (name, value) in question.query {
      guard parameters.contains(name) else {
        throw .parameter(name, "there is no such parameter here")
      }
      guard value.utf8.count <= Self.longestText else {
        throw .parameter(name, "longer than \(Self.longestText) bytes")
      }
    }
  }

  static func isShort(_ text: String) -> Bool {
    text.utf8.count <= longestText || text.utf8.count <= 4 * longestText && text.unicodeScalars.count <= longestText
  }

  // MARK: the path

  /// What stands in the path under a name.
  func value(_ name: String) -> String { values[name] ?? "" }

  func article() throws -> ArticleCard {
    guard let number = Self.number(value("article")), let article = try store.articleCard(number) else {
      throw Failure.noSuchArticle
    }
    return article
  }

  func digest() throws(Failure) -> Digest {
    guard value("digest").hasPrefix("sha256:"), let digest = Digest(value("digest")) else {
      throw .parameter("digest", "sha256: and 64 hexadecimal digits are wanted")
    }
    return digest
  }

  func revision(of article: ArticleCard) throws -> RevisionText {
    try revision(selector(value("revision"), as: "revision"), of: article)
  }

  func revision(_ selector: RevisionSelector, of article: ArticleCard) throws -> RevisionText {
    if let found = try store.text(article.id, selector) { return found }
    if case .at = selector, let first = try store.text(article.id, .ordinal(1)) {
      throw Failure(
        404, "no-revision", "nothing was captured of it by then; the first revision was at \(first.firstCapture)")
    }
    throw Failure(
      404, "no-revision",
      article.revisions == 0
        ? "no capture of the article reads as one yet" : "there is no such revision; the last is \(article.revisions)")
  }

  /// `last`, a number (3, -1), or a time, of which a day means its end.
  func selector(_ text: String, as name: String) throws(Failure) -> RevisionSelector {
    if text == "last" { return .last }
    if let number = Self.number(text), let ordinal = Int(exactly: number), ordinal != 0 { return .ordinal(ordinal) }
    guard let time = TypedTime(text, now: question.now) else {
      throw .parameter(name, "a number (3, -1), a day (2026-11-20), an instant (2026-11-20T10:00Z) or last is wanted")
    }
    return .at(time.last)
  }

  /// Digits alone, with a minus perhaps; no plus, no spaces. One beyond 64 bits is as good as the last that is not: nothing
  /// has such a number.
  private static func number(_ text: String) -> Int64? {
    if text.hasPrefix("+") { return nil }
    if let number = Int64(text) { return number }
    let digits = text.utf8.drop { $0 == UInt8(ascii: "-") }
    guard text.utf8.count - digits.count < 2, digits.count > 18, digits.allSatisfy({ (48...57).contains($0) }) else {
      return nil
    }
    return text.hasPrefix("-") ? -.max : .max
  }

  // MARK: the query

  /// The one value of a parameter; nil when it is not given. A parameter that is given empty is given.
  func one(_ name: String) throws(Failure) -> String? {
    let all = question.all(query: name)
    guard all.count <= 1 else { throw .parameter(name, "it is given more than once") }
    return all.first
  }

  func text(_ name: String) throws(Failure) -> String {
    guard let text = try one(name) else { throw .parameter(name, "it is wanted") }
    return text
  }

  func time(_ name: String) throws(Failure) -> TypedTime? {
    guard let text = try one(name) else { return nil }
    guard let time = TypedTime(text, now: question.now) else {
      throw .parameter(name, "it is no time: 2026-11-20, 2026-11-20T10:00Z, yesterday or 7d (ago) is wanted")
    }
    return time
  }

  /// False when it is not given.
  func flag(_ name: String) throws(Failure) -> Bool {
    switch try one(name) {
    case "true": true
    case nil, "false": false
    default: throw .parameter(name, "true or false is wanted")
    }
  }

  func limit() throws(Failure) -> Int {
    guard let text = try one("limit") else { return Self.usualRows }
    guard let number = Self.number(text), (1...Int64(Self.mostRows)).contains(number) else {
      throw .parameter("limit", "a number from 1 to \(Self.mostRows) is wanted")
    }
    return Int(number)
  }

  /// Numbers of articles that are there.
  func articles() throws -> [Int64] {
    try question.all(query: "article").map { text in
      guard let number = Self.number(text) else { throw Failure.parameter("article", "a number is wanted") }
      guard case .one(let id, _) = try store.article(named: "\(number)"), id == number else {
        throw Failure.noSuchArticle
      }
      return id
    }
  }

  func classes() throws(Failure) -> Set<Edit.Class> {
    var classes: Set<Edit.Class> = []
    for text in question.all(query: "class") {
      guard let one = Edit.Class(rawValue: text) else { throw .parameter("class", "there is no such class of edits") }
      classes.insert(one)
    }
    return classes
  }

  /// `article`, `since`, `until`, `source` and `language`.
  func scope() throws -> Scope {
    var scope = Scope()
    scope.articles = try articles()
    (scope.since, scope.until) = (try time("since")?.start, try time("until")?.end)
    scope.language = try one("language")
    scope.source = try source()
    return scope
  }

  /// The source that is meant by its URL or a part of it.
  func source() throws -> Int64? {
    guard let name = try one("source") else { return nil }
    switch try store.everySource(named: name) {
    case .one(let id, _): return id
    case .none: throw Failure(404, "no-such-source", "no source has that as its URL or in it")
    case .several(let urls):
      throw Failure(
        404, "ambiguous", "more than one source has that in its URL: \(urls.joined(separator: " "))",
        hint: "give more of the URL")
    }
  }

  // MARK: pages of lists

  /// A cursor names a place in one list; one that names none leads nowhere.
  static let noSuchPage = Failure(404, "no-such-page", "the cursor names no place in this list")

  /// A cursor that is a number of at least 0.
  func numberCursor() throws(Failure) -> Int64? {
    guard let text = try one("cursor") else { return nil }
    guard let number = Self.number(text), number >= 0 else { throw Self.noSuchPage }
    return number
  }

  /// A cursor of what was said.
  func saidCursor() throws(Failure) -> SaidCursor? {
    guard let text = try one("cursor") else { return nil }
    guard let cursor = SaidCursor(text) else { throw Self.noSuchPage }
    return cursor
  }
}
