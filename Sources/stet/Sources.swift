import ArgumentParser
import JSON
import Model
import Storage

struct Sources: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "List what is watched.",
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
          let state =
            source.pausedAt != nil ? Style.yellow("paused") : source.dueAt.map { "due \($0.minute)" } ?? "not scheduled"
          let trouble = source.failures > 0 ? Style.red("  \(source.failures) failed in a row") : ""
          Terminal.print("\(source.article)  \(source.url)")
          Terminal.print(
            Style.dim("   \(count(source.revisions, "revision")), checked \(source.lastCheck?.minute ?? "never"), ")
              + state + trouble)
        }
      }
      if sources.isEmpty, !options.json { Terminal.error("nothing is watched yet: `stet add URL`\n") }
    }
  }
}

extension SourceRow {
  fileprivate var json: JSONValue {
    [
      "article": JSONValue(article), "url": .string(url), "kind": .string(kind),
      "every_ms": every.map { JSONValue($0) } ?? .null, "added_at": .string(addedAt.description),
      "paused": .bool(pausedAt != nil), "due_at": JSONValue(dueAt?.description),
      "last_check": JSONValue(lastCheck?.description),
      "failures": JSONValue(failures), "revisions": JSONValue(revisions),
    ]
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
