import ArgumentParser
import JSON
import Storage
import Syncing

struct Rebuild: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rebuild",
    abstract: "Drop derived state and make it again.",
    discussion: """
      Snapshots, revisions and edits follow from the captures alone. This makes them again with today's extractor. When it is \
      interrupted, the next sync or rebuild goes on where it stopped.

      EXAMPLE
        stet rebuild
      """)

  @Flag(name: .long, help: "Wait for a sync to end.") var wait = false
  @OptionGroup var options: ArchiveOptions

  func run() async throws {
    try await reporting("rebuilding", json: options.json) {
      let store = try options.open(.write)
      defer { store.close() }
      let pass = try store.beginPass(holder: "stet rebuild since \(Clock.now().second)", wait: wait ? .max : 0)
      defer { withExtendedLifetime(pass) {} }
      let number = try store.startPass(.rebuild, now: Clock.now())
      let counts = try Derivation.rebuild(store) { Terminal.progress("\($0) captures") }
      Terminal.endProgress()
      let report: JSONValue = ["revisions": JSONValue(counts.revisions), "edits": JSONValue(counts.edits)]
      try store.finishPass(number, report: report.description, now: Clock.now())
      if options.json {
        Terminal.print(report.description)
      } else {
        Terminal.print("\(count(counts.revisions, "revision")) with \(count(counts.edits, "edit"))")
      }
    }
  }
}
