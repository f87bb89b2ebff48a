import ArgumentParser
import Importing

struct ImportOTA: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "ota",
    abstract: "The snapshots of an Open Terms Archive collection.",
    discussion: """
      A repository of snapshots, as collections publish it: each commit is a document as it was fetched. Captures are filed under \
      the URL that the repository says it came from; where it never says, under ota:SERVICE/TYPE. Running it again takes in what \
      is new.

      EXAMPLE
        git clone --bare https://github.com/OpenTermsArchive/demo-snapshots.git
        stet import ota demo-snapshots.git
      """)

  @Argument(help: "Repositories of snapshots, bare or not.", completion: .directory) var repositories: [String]
  @OptionGroup var settings: ImportOptions
  @OptionGroup var options: ArchiveOptions

  func run() async throws {
    try await settings.run(repositories, options, of: "snapshot") { name, _ throws(ImportError) in
      try OpenTermsArchive.history(repository: name)
    }
  }
}
