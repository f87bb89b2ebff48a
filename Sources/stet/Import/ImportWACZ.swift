import ArgumentParser
import Importing
import Storage

struct ImportWACZ: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "wacz",
    abstract: "Captures from WACZ files.",
    discussion: """
      All WARC files that a WACZ file holds, as `stet import warc` reads them, with their digests checked against \
      datapackage.json. What does not agree is reported and the exit code is 3; nothing is unpacked to the disk. A signature \
      as `stet export wacz` makes it is checked, and nothing is taken where it does not hold; those of others are named.

      EXAMPLE
        stet import wacz crawl.wacz
      """)

  @Argument(help: "Files.", completion: .file(extensions: ["wacz"])) var files: [String]
  @Flag(name: .long, help: "Take images, scripts and whatever else there is as well.") var all = false
  @Flag(name: .long, help: "Read on where the signature does not hold; it is reported.") var unverified = false
  @OptionGroup var settings: ImportOptions
  @OptionGroup var options: ArchiveOptions

  func run() async throws {
    let seen = SeenRecords()
    try await settings.run(files, options, of: "record") { [all, unverified] path, archive throws(ImportError) in
      try WARCCaptures(wacz: path, archive: archive, seen: seen, takesAll: all, isUnverified: unverified)
    }
  }
}
