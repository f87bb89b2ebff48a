import Answers
import ArgumentParser
import Storage

struct Diff: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "diff",
    abstract: "The edits between two revisions.",
    discussion: """
      Without @ the last two revisions; with @A what A changed against the one before it; with @A..B from A to B. \
      What was taken out stands in red or between [- and -], what was put in in green or between {+ and +}.

      EXAMPLE
        stet diff ferry-contract
        stet diff ferry-contract@1..3 --unified
        stet diff ferry-contract@2026-11-20T10:00Z..2026-11-21 --json
        stet diff ferry-contract@1..3 --html > ferry.html
      """)

  @Argument(help: "Revisions: URL, URL@A or URL@A..B.") var name: String
  @OptionGroup var shown: DiffOptions
  @OptionGroup var options: ArchiveOptions

  func validate() throws { try shown.check(json: options.json) }

  func run() async throws {
    let doing = "comparing \(name)"
    try await reporting(doing, json: options.json) {
      let store = try options.open(.read)
      let revisions = try RevisionName(name, in: store, doing: doing)
      let article = revisions.article
      let (old, new): (RevisionText, RevisionText)
      if let first = revisions.first, let second = revisions.second {
        old = try store.revision(article, first, doing: doing)
        new = try store.revision(article, second, doing: doing)
      } else {
        new = try store.revision(article, revisions.first ?? .last, doing: doing)
        guard new.ordinal > 1 else {
          throw CommandFailure(
            doing, code: "one-revision", "@1 is the first revision: there is nothing before it to compare with",
            hint: "`stet show \(article.url)@1` shows what it said")
        }
        old = try store.revision(article, .ordinal(new.ordinal - 1), doing: doing)
      }
      Comparison(url: article.url, ComparedText(old), ComparedText(new)).print(shown, json: options.json)
    }
  }
}
