import ArgumentParser
import Diffing
import JSON
import Model
import Storage

struct Diff: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "The edits between two revisions.",
    discussion: """
      Without @ the last two revisions; with @A what A changed against the one before it; with @A..B from A to B. \
      What was taken out stands in red or between [- and -], what was put in in green or between {+ and +}.

      EXAMPLE
        stet diff ferry-contract
        stet diff ferry-contract@1..3 --unified
        stet diff ferry-contract@2026-11-20T10:00Z..2026-11-21 --json
      """)

  @Argument(help: "Revisions: URL, URL@A or URL@A..B.") var name: String
  @Flag(name: .long, help: "Words marked inside sentences (the default).") var words = false
  @Flag(name: .long, help: "Old and new sentences under each other, as diff -u.") var unified = false
  @OptionGroup var options: ArchiveOptions

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
      let edits = edits(from: old.text, to: new.text)
      if options.json {
        return Terminal.print(
          JSONValue.object([
            ("url", .string(article.url)), ("from", Self.end(old)), ("to", Self.end(new)),
            ("edits", .array(edits.map(EditsOutput.json))),
          ]).description)
      }
      Terminal.print(Style.bold(article.url))
      Terminal.print(
        Style.dim("@\(old.ordinal) \(old.firstCapture.second) → @\(new.ordinal) \(new.firstCapture.second)"))
      for edit in edits {
        Terminal.print("")
        Terminal.print(unified ? EditsOutput.unified(edit) : EditsOutput.words(edit))
      }
      if edits.isEmpty { Terminal.print("\nno edits: both say the same") }
    }
  }

  private static func end(_ revision: RevisionText) -> JSONValue {
    [
      "revision": JSONValue(revision.ordinal), "snapshot": .string(revision.digest.description),
      "at": .string(revision.firstCapture.description),
    ]
  }
}
