import ArgumentParser
import Evidence
import JSON
import Storage

struct Init: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "init",
    abstract: "Make an archive.",
    discussion: """
      Makes the archive and its origin key, which lies beside it in ARCHIVE-key and is this archive's identity: keep it, \
      and keep it private. Nothing is ever overwritten. The key that it prints is the public one: publish it, so that \
      others can check what this archive signs.

      EXAMPLE
        stet init --archive news.stet
      """)

  @OptionGroup var options: ArchiveOptions

  func run() async throws {
    try await reporting("making an archive", json: options.json) {
      let store = try Store.create(options.path, now: Clock.now())
      let (origin, key) = (try store.origin(), try store.verifierKey().description)
      if options.json {
        let members = [("archive", options.path), ("origin", origin), ("key", key)].map { ($0, JSONValue.string($1)) }
        Terminal.print(JSONValue.object(members).description)
      } else {
        Terminal.print("made \(options.path)\norigin \(origin)\nkey \(key)")
      }
    }
  }
}
