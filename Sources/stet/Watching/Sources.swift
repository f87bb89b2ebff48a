import Answers
import ArgumentParser
import JSON
import Model
import Storage

struct Sources: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sources",
    abstract: "List what is watched: pages by the number of their article, other sources by their kind.",
    discussion: """
      EXAMPLE
        stet sources
        stet sources --json
      """)

  @OptionGroup var options: ArchiveOptions

  func run() async throws {
    try await reporting("listing sources", json: options.json) {
      let sources = try options.open(.read).sources()
      for source in sources {
        if options.json {
          Terminal.print(source.json.description)
        } else {
          Terminal.print(
            "\(source.article.map { "\($0)" } ?? source.kind.rawValue)  \(source.title.map { "\($0)  " } ?? "")\(source.url)"
          )
          Terminal.print("   " + source.summary)
        }
      }
      if sources.isEmpty, !options.json { Terminal.error("nothing is watched yet: `stet add URL`\n") }
    }
  }
}

extension SourceRow {
  fileprivate var summary: String {
    let state = pausedAt != nil ? Style.yellow("paused") : dueAt.map { "due \($0.minute)" } ?? "not scheduled"
    let named = kind == .page ? "" : "\(count(articles, "article")), "
    let trouble = failures > 0 ? Style.red("  \(failures) failed in a row") : ""
    let note = message.map { "  " + Style.yellow($0) } ?? ""
    return Style.dim("\(named)\(count(revisions, "revision")), checked \(lastCheck?.minute ?? "never"), ") + state
      + trouble + note + ways
  }

  /// On a line of its own: `12 failing: 10 × blocked (Cloudflare), 2 × host-not-found`
  private var ways: String {
    if kind == .page || failing.isEmpty { return "" }
    let most = failing.prefix(3).map { "\($0.articles) × \($0.reason)" } + (failing.count > 3 ? ["…"] : [])
    return "\n   " + Style.red("\(failing.reduce(0) { $0 + $1.articles }) failing: ") + most.joined(separator: ", ")
  }
}

extension Instant {
  /// `2026-11-20 10:00Z`, for tables.
  var minute: String { description.prefix(16).replacing("T", with: " ") + "Z" }
  /// `2026-11-20 10:00:05Z`
  var second: String { description.prefix(19).replacing("T", with: " ") + "Z" }
}

/// `1 edit`, `2 edits`
func count(_ n: some BinaryInteger, _ noun: String) -> String { "\(n) \(noun)\(n == 1 ? "" : "s")" }
