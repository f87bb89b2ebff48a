import JSON
import Answers
import ArgumentParser
import Model
import Storage

struct When: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "When a phrase appeared, vanished and returned.",
    discussion: """
      For each article that ever said it. Case, accents and punctuation do not count, and neither do the borders of \
      sentences; scripts without spaces need none.

      EXAMPLE
        stet when "ferry contract"
        stet when "1.5 million" ferry-contract --json
      """)

  @Argument(help: "The phrase.") var phrase: String
  @Argument(help: "Only these articles: URL, part of it, or number.") var names: [String] = []
  @OptionGroup var options: ArchiveOptions

  func run() async throws {
    let doing = "looking for when \"\(phrase)\" was said"
    try await reporting(doing, json: options.json) {
      let query = try asked(doing) { () throws(QueryError) in try Query(phrase: phrase) }
      let store = try options.open(.read)
      let articles = try names.map { try store.named($0, doing: doing).id }
      let found = try store.when(query, in: articles)
      for history in found {
        if options.json {
          Terminal.print(history.json(phrase: phrase).description)
        } else {
          Terminal.print(Style.bold(history.url))
          for span in history.spans { Terminal.print("  " + span.words) }
        }
      }
      if found.isEmpty, !options.json { Terminal.error("no article ever said that\n") }
    }
  }
}
