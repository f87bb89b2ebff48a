import ArgumentParser
import JSON
import Storage

struct Init: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Make an archive.",
    discussion: """
      Makes the archive and its origin key, which lies beside it in ARCHIVE-key and is this archive's identity: keep it, \
      and keep it private. Nothing is ever overwritten.

      EXAMPLE
        stet init --archive news.stet
      """)

  @OptionGroup var options: ArchiveOptions

  func run() async throws {
    try await reporting("making an archive", json: options.json) {
      let store = try Store.create(options.path, now: Clock.now())
      let origin = try store.origin()
      if options.json {
        Terminal.print(JSONValue.object([("archive", .string(options.path)), ("origin", .string(origin))]).description)
      } else {
        Terminal.print("made \(options.path)\norigin \(origin)")
      }
    }
  }
}
