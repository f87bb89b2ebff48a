import Answers
import ArgumentParser
import JSON
import Model
import Storage

struct Same: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "same",
    abstract: "Other articles that share sentences with one.",
    discussion: """
      Who was seen with each sentence first, and which of them followed when this article changed a shared one. Sentences of \
      fewer than \(Store.sharedSentenceOctets) bytes do not count: they are often said by chance.

      EXAMPLE
        stet same ferry-contract
        stet same ferry-contract --json
      """)

  @Argument(help: "Article: URL, part of it, or number.") var name: String
  @Option(name: .long, help: ArgumentHelp("No more than so many articles.", valueName: "n")) var limit: Int?
  @OptionGroup var options: ArchiveOptions

  func validate() throws {
    try checkLimit(limit)
  }

  func run() async throws {
    let doing = "looking for what shares sentences with \(name)"
    try await reporting(doing, json: options.json) {
      let store = try options.open(.read)
      let article = try store.named(name, doing: doing)
      let found = try store.sharing(article.id, limit: limit ?? .max).found
      if options.json {
        for other in found { Terminal.print(other.json.description) }
        return
      }
      Terminal.print(Style.bold(article.url))
      for other in found { show(other) }
      if found.isEmpty { Terminal.error("no other article shares a sentence with it\n") }
    }
  }

  private func show(_ other: SharingArticle) {
    let here = other.sentences.count { $0.here.by < $0.there.by }
    let there = other.sentences.count { $0.there.by < $0.here.by }
    Terminal.print("\n" + Style.bold(other.url))
    Terminal.print(
      "  shares \(count(other.sentences.count, "sentence")): \(here) seen here first, \(there) seen there first, "
        + "\(other.sentences.count - here - there) at the same instant")
    for change in other.changes {
      let what =
        switch change.following {
        case .same: Style.green("followed")
        case .otherwise: Style.yellow("changed otherwise")
        case .no: Style.red("did not follow")
        }
      Terminal.print("  \(what): \(EditsOutput.rewording(from: change.before, to: change.after))")
      Terminal.print(
        "    " + Style.dim("here \(change.here.words)" + (change.there.map { "; there \($0.words)" } ?? "")))
    }
  }
}
