import ArgumentParser
import Importing
import Model
import Storage

struct ImportArchive: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "archive",
    abstract: "The captures of other Stet archives.",
    discussion: """
      Captures keep the origin that attests them, so that a proof made there is of the same capture here, and taking them in \
      twice changes nothing. Those of one article make one history, whoever made them. Sources and schedules stay where they \
      are. The other archive is only read, and may be in use.

      EXAMPLE
        stet import archive desk-b.stet
        stet import archive /mnt/backup/2025.stet --until 2025-07-01
      """)

  @Argument(help: "Archives.", completion: .file()) var archives: [String]
  @Option(name: .long, help: ArgumentHelp("Captures from this instant on.", valueName: "instant")) var since: Instant?
  @Option(name: .long, help: ArgumentHelp("Captures before this instant.", valueName: "instant")) var until: Instant?
  @OptionGroup var settings: ImportOptions
  @OptionGroup var options: ArchiveOptions

  func run() async throws {
    var scope = Scope()
    (scope.since, scope.until) = (since, until)
    try await settings.run(archives, options, of: "capture") { [scope] path, _ throws(ImportError) in
      try OtherArchive(path: path, scope)
    }
  }
}
