import Answers
import ArgumentParser
import JSON
import Model
import Storage

struct Log: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "log",
    abstract: "An article's revisions, newest first.",
    discussion: """
      Each with the interval in which it came to stand there: after the last capture that said otherwise, by the first that \
      said so, and how many checks lie in between. A revision is something the article said other than before: the same text \
      again later is another revision.

      EXAMPLE
        stet log ferry-contract
        stet log https://example.org/2026/11/ferry-contract --limit 5 --json
      """)

  @Argument(help: "Article: URL, part of it, or number.") var name: String
  @Option(name: .long, help: ArgumentHelp("No more than so many revisions.", valueName: "n")) var limit: Int?
  @OptionGroup var options: ArchiveOptions

  func validate() throws {
    try checkLimit(limit)
  }

  func run() async throws {
    let doing = "reading the log of \(name)"
    try await reporting(doing, json: options.json) {
      let store = try options.open(.read)
      let article = try store.named(name, doing: doing)
      let entries = try store.log(article.id).prefix(limit ?? .max)
      if options.json {
        for entry in entries { Terminal.print(entry.json.description) }
        return
      }
      Terminal.print(Style.bold(article.url))
      for entry in entries { show(entry) }
      for join in try store.joins(of: article.id) {
        let (this, other) = join.url == article.url ? ("the same as", join.sameAs) : ("also at", join.url)
        Terminal.print(Style.dim("     \(this) \(other), \(join.reason), since \(join.at.minute)"))
      }
      if entries.isEmpty {
        Terminal.error(
          "no revisions: no capture of it is an article yet; `stet captures \(article.url)` shows what came\n")
      }
    }
  }

  private func show(_ entry: LogEntry) {
    let number = Style.bold("@\(entry.ordinal)".padded(to: 5))
    guard let after = entry.after else {
      Terminal.print("\(number)\(entry.firstCapture.second)  first capture")
      return Terminal.print("     \(entry.headline)")
    }
    let between = entry.checksBetween > 0 ? ", \(count(entry.checksBetween, "check"))" : ""
    let misses = entry.misses > 0 ? ", \(entry.misses) without an article" : ""
    let interval =
      after.second == entry.firstCapture.second
      ? "after \(after), by \(entry.firstCapture)" : "after \(after.second), by \(entry.firstCapture.second)"
    Terminal.print("\(number)\(interval)" + Style.dim("\(between)\(misses)"))
    Terminal.print("     \(entry.headline)")
    Terminal.print(
      "     " + Style.cyan("\(Tally(entry.classes))") + Style.dim("  +\(entry.wordsAdded) −\(entry.wordsRemoved) words")
        + (entry.returnsTo.map { Style.yellow("  back to @\($0)") } ?? "")
        + (entry.recurrence.flatMap(\.note).map { Style.yellow("  \($0)") } ?? ""))
  }
}
