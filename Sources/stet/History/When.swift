import JSON
import Answers
import ArgumentParser
import Model
import Storage

struct When: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "when",
    abstract: "When a phrase appeared, vanished and returned.",
    discussion: """
      For each article that ever said it: those first that came to say it, or a part of it, last. Case, accents and \
      punctuation do not count, and neither do the borders of sentences; scripts without spaces need none. Of a phrase that \
      very many say, the list is cut and says where --after goes on.

      EXAMPLE
        stet when "ferry contract"
        stet when "1.5 million" ferry-contract --json
      """)

  @Argument(help: "The phrase.") var phrase: String
  @Argument(help: "Only these articles: URL, part of it, or number.") var names: [String] = []
  @OptionGroup var place: PlaceOptions
  @Option(name: .long, help: ArgumentHelp("No more than so many articles.", valueName: "n")) var limit: Int?
  @OptionGroup var options: ArchiveOptions

  func validate() throws {
    if let limit, limit < 1 { throw ValidationError("--limit must be at least 1") }
  }

  func run() async throws {
    let doing = "looking for when \"\(phrase)\" was said"
    try await reporting(doing, json: options.json) {
      let query = try asked(doing) { () throws(QueryError) in try Query(phrase: phrase) }
      let store = try options.open(.read)
      let articles = try names.map { try store.named($0, doing: doing).id }
      let page = try store.when(
        query, in: articles, after: place.cursor, limit: limit ?? .max, effort: PlaceOptions.effort)
      for history in page.found {
        if options.json {
          Terminal.print(history.json(phrase: phrase).description)
        } else {
          Terminal.print(Style.bold(history.url))
          for span in history.spans { Terminal.print("  " + span.words) }
        }
      }
      if page.found.isEmpty, page.next == nil, !options.json { Terminal.error("no article ever said that\n") }
      PlaceOptions.tell(page.next)
    }
  }
}
