import Answers
import ArgumentParser
import JSON
import Model
import Storage

struct Captures: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "captures",
    abstract: "Every capture of an article, oldest first.",
    discussion: """
      Each with its verdict: what it turned out to be. A revisit brought no new body: the server said "not modified", or sent \
      what the article had sent before.

      EXAMPLE
        stet captures ferry-contract
        stet captures ferry-contract --limit 5
      """)

  @Argument(help: "Article: URL, part of it, or number.") var name: String
  @Option(name: .long, help: ArgumentHelp("No more than so many: the newest.", valueName: "n")) var limit: Int?
  @OptionGroup var options: ArchiveOptions

  func validate() throws {
    try checkLimit(limit)
  }

  func run() async throws {
    let doing = "listing the captures of \(name)"
    try await reporting(doing, json: options.json) {
      let store = try options.open(.read)
      let article = try store.named(name, doing: doing)
      let captures = try store.captures(article.id).suffix(limit ?? .max)
      if options.json {
        for capture in captures { Terminal.print(capture.json.description) }
        return
      }
      Terminal.print(Style.bold(article.url))
      for capture in captures {
        let verdict = capture.verdict ?? "not read yet"
        let shown = verdict == "article" ? "article" : Style.yellow(verdict)
        let revision = capture.revision.map { "@\($0)" } ?? "-"
        let kind = capture.isRevisit ? "revisit" : "response"
        var line =
          "\(capture.at.second)  \(capture.status)  \(kind.padded(to: 9))\("\(Bytes(capture.bytes))".padded(to: 9))\(revision.padded(to: 5))\(shown)"
        if let reason = capture.reason { line += Style.dim(": \(reason)") }
        if capture.url != article.url { line += Style.dim("  from \(capture.url)") }
        Terminal.print(line)
      }
    }
  }
}
