import Answers
import ArgumentParser
import JSON
import Model
import Storage

struct Blame: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "blame",
    abstract: "Since when each sentence stands there, and what it said before.",
    discussion: """
      Rewordings and moves are followed back through all revisions. A sentence that vanished and returned stands there since \
      its return.

      EXAMPLE
        stet blame ferry-contract
        stet blame ferry-contract@3 --json
      """)

  @Argument(help: "Revision: URL (the last) or URL@R.") var name: String
  @OptionGroup var options: ArchiveOptions

  func run() async throws {
    let doing = "tracing \(name)"
    try await reporting(doing, json: options.json) {
      let store = try options.open(.read)
      let named = try RevisionName(name, in: store, doing: doing)
      guard named.second == nil else {
        throw CommandFailure(doing, code: "bad-revision", "one revision is wanted, not two", exit: .init(64))
      }
      guard let (ordinal, lines) = try store.blame(named.article.id, named.first ?? .last) else {
        _ = try store.revision(named.article, named.first ?? .last, doing: doing)
        return
      }
      if options.json {
        for line in lines { Terminal.print(line.json.description) }
        return
      }
      Terminal.print(Style.bold("\(named.article.url)@\(ordinal)"))
      for line in lines {
        let field = line.block == nil && line.part != .headline ? Style.dim("\(line.part.rawValue): ") : ""
        Terminal.print("\(Style.bold("@\(line.now.revision)".padded(to: 5)))\(field)\(line.now.text)")
        Terminal.print("     " + Style.dim(line.now.came.words))
        for was in line.was {
          Terminal.print("     was @\(was.revision) \(was.text)" + Style.dim("  \(was.came.words)"))
        }
      }
    }
  }
}
