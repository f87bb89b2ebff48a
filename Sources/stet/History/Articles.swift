import Answers
import ArgumentParser
import JSON
import Model
import Storage

struct Articles: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "articles",
    abstract: "What articles there are, with their numbers.",
    discussion: """
      Every article that was ever captured or watched, imported ones too, in the order of their numbers. Any command takes the \
      number as the article's name.

      EXAMPLE
        stet articles
        stet articles /2026/11/
        stet articles --source https://example.org/feed --json
      """)

  @Argument(help: "Only articles with this in their URL.") var part: String?
  @Option(name: .long, help: ArgumentHelp("Articles that this source named: URL or part of it.", valueName: "source"))
  var source: String?
  @Option(name: .long, help: ArgumentHelp("No more than so many.", valueName: "n")) var limit: Int?
  @OptionGroup var options: ArchiveOptions

  func validate() throws {
    try checkLimit(limit)
  }

  func run() async throws {
    let doing = "listing articles"
    try await reporting(doing, json: options.json) {
      let store = try options.open(.read)
      let source = try source.map { try store.sourceNamed($0, doing: doing) }
      let cards = try store.articleCards(after: 0, part: part, source: source, limit: limit ?? .max)
      let width = "\(cards.last?.id ?? 0)".count + 2
      for card in cards { options.json ? Terminal.print(card.json.description) : show(card, width) }
      if cards.isEmpty, !options.json {
        Terminal.error(part == nil && source == nil ? "no articles yet: `stet add URL`\n" : "no such articles\n")
      }
    }
  }

  private func show(_ card: ArticleCard, _ width: Int) {
    Terminal.print(Style.bold("\(card.id)".padded(to: width)) + card.url)
    let edge = String(repeating: " ", count: width)
    if let headline = card.headline, !headline.isEmpty { Terminal.print(edge + headline) }
    let last = [
      card.changedAt.map { "the last first captured \($0.minute)" },
      card.capturedAt.map { "seen \($0.minute)" } ?? "never captured",
    ]
    Terminal.print(
      edge + Style.dim(([count(card.revisions, "revision")] + last.compactMap(\.self)).joined(separator: ", ")))
  }
}
