import Answers
import ArgumentParser
import JSON
import Model
import Storage

struct Search: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "search",
    abstract: "Full text over all that was ever said.",
    discussion: """
      Finds sentences, headlines and other fields that hold all the words, in any order; words between quotation marks must \
      stand together. Case, accents and punctuation do not count; Chinese, Japanese, Thai, Lao, Khmer and Burmese need no \
      spaces. Nothing else has a meaning: AND, * and ^ are text as any other. --since and --until take what stood there at \
      some time in between. The sentences that came into the archive last are first; of words that very many have, the list \
      is cut and says where --after goes on.

      EXAMPLE
        stet search ferry contract
        stet search '"ferry contract" council' --since 2026-11-20 --json
        stet search 渡轮合同
      """)

  @Argument(help: "Words, and phrases in quotation marks.") var words: [String]
  @OptionGroup var part: ScopeOptions
  @OptionGroup var place: PlaceOptions
  @OptionGroup var options: ArchiveOptions

  func run() async throws {
    let text = words.joined(separator: " ")
    let doing = "searching for \(text)"
    try await reporting(doing, json: options.json) {
      let query = try asked(doing) { () throws(QueryError) in try Query(words: text) }
      let store = try options.open(.read)
      let scope = try part.scope([], in: store, doing: doing)
      let page = try store.search(
        query, scope, after: place.cursor, limit: part.limit ?? .max, effort: PlaceOptions.effort)
      for sentence in page.found {
        if options.json {
          Terminal.print(sentence.json.description)
        } else {
          Terminal.print(Style.bold("\(sentence.url)@\(sentence.revision)"))
          Terminal.print("  \(sentence.marked)")
          for span in sentence.spans { Terminal.print("  " + Style.dim(span.words)) }
        }
      }
      if page.found.isEmpty, page.next == nil, !options.json { Terminal.error("nothing was ever said with that\n") }
      PlaceOptions.tell(page.next)
    }
  }
}

/// Makes a query; what cannot be asked is a failure.
func asked(_ doing: String, _ make: () throws(QueryError) -> Query) throws -> Query {
  do throws(QueryError) { return try make() } catch {
    throw CommandFailure(doing, code: error.code, error.message, exit: .init(64))
  }
}

extension FoundSentence {
  /// The text with what matches in colour, or between `[` and `]`.
  fileprivate var marked: String {
    let octets = Array(text.utf8)
    var (out, at) = ("", 0)
    func piece(_ range: Range<Int>) -> String { String(decoding: octets[range], as: UTF8.self) }
    for match in matches {
      out += piece(at..<match.lowerBound)
      out += Terminal.hasColor ? Style.yellow(piece(match)) : "[\(piece(match))]"
      at = match.upperBound
    }
    return out + piece(at..<octets.count)
  }
}
