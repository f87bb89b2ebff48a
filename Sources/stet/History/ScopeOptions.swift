import ArgumentParser
import Model
import Storage

/// `--since`, `--until`, `--source`, `--language`, `--limit`: which part of the archive a question is about.
struct ScopeOptions: ParsableArguments {
  @Option(
    name: .long,
    help: ArgumentHelp(
      "What came at this time or later: 2026-11-20, 2026-11-20T10:00Z, yesterday, 7d (ago).", valueName: "time"))
  var since: TypedTime?
  @Option(
    name: .long, help: ArgumentHelp("What came before this instant, or up to the end of this day.", valueName: "time"))
  var until: TypedTime?
  @Option(name: .long, help: ArgumentHelp("Articles that this source named: URL or part of it.", valueName: "source"))
  var source: String?
  @Option(name: .long, help: ArgumentHelp("Texts that declare this language, such as de.", valueName: "tag"))
  var language: String?
  @Option(name: .long, help: ArgumentHelp("No more than so many.", valueName: "n")) var limit: Int?

  func validate() throws {
    try checkLimit(limit)
  }

  func scope(_ articles: [String], in store: Store, doing: String) throws -> Scope {
    var scope = Scope()
    scope.articles = try articles.map { try store.named($0, doing: doing).id }
    (scope.since, scope.until, scope.language) = (since?.start, until?.end, language)
    scope.source = try source.map { try store.sourceNamed($0, doing: doing) }
    return scope
  }
}

extension ParsableArguments {
  /// Throws for a `--limit` that would let nothing through.
  func checkLimit(_ limit: Int?) throws {
    if let limit, limit < 1 { throw ValidationError("--limit must be at least 1") }
  }
}

extension ChangeInterval {
  /// `after …, by …`, to the second where that tells the two apart.
  var words: String {
    guard let after else { return "by \(by.second), the first capture" }
    return after.second == by.second ? "after \(after), by \(by)" : "after \(after.second), by \(by.second)"
  }
}

extension TimeSpan {
  var words: String { "came \(from.words); " + (to.map { "went \($0.words)" } ?? "still there") }
}
