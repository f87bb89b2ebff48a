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
      punctuation do not count, and neither do the borders of sentences; scripts without spaces need none. \
      --since and --until take the times that reach into what lies between; --limit counts articles. Of a phrase that very many \
      say, the list is cut and says where --after goes on.

      EXAMPLE
        stet when "ferry contract"
        stet when "1.5 million" ferry-contract --json
        stet when "sources say" --source https://example.org/feed --since 30d
      """)

  @Argument(help: "The phrase.") var phrase: String
  @Argument(help: "Only these articles: URL, part of it, or number.") var names: [String] = []
  @OptionGroup var part: ScopeOptions
  @OptionGroup var place: PlaceOptions
  @OptionGroup var options: ArchiveOptions

  func run() async throws {
    let doing = "looking for when \"\(phrase)\" was said"
    try await reporting(doing, json: options.json) {
      let query = try asked(doing) { () throws(QueryError) in try Query(phrase: phrase) }
      let store = try options.open(.read)
      let scope = try part.scope(names, in: store, doing: doing)
      let page = try store.when(
        query, scope, after: place.cursor, limit: part.limit ?? .max, effort: PlaceOptions.effort)
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
