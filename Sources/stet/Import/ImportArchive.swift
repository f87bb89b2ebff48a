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
        stet import archive /mnt/backup/2025.stet --until 2025-06-30
      """)

  @Argument(help: "Archives.", completion: .file()) var archives: [String]
  @OptionGroup var times: CaptureTimes
  @OptionGroup var settings: ImportOptions
  @OptionGroup var options: ArchiveOptions

  func run() async throws {
    var scope = Scope()
    (scope.since, scope.until) = (times.since?.start, times.until?.end)
    try await settings.run(archives, options, of: "capture") { [scope] path, _ throws(ImportError) in
      try OtherArchive(path: path, scope)
    }
  }
}
