import ArgumentParser
import Importing
import Storage

struct ImportWARC: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "warc",
    abstract: "Captures from WARC files.",
    discussion: """
      WARC 1.1, 1.0 and the drafts before, plain or compressed by gzip or zstd. Each URL is an article of its own, but for \
      files that Stet wrote, which come back as they were. Of what a crawl holds, answers that could be an article's page are \
      taken: HTML, plain text, redirects, and errors of that kind; --all takes the rest as well. Records that cannot be read \
      are reported as FILE at offset N: reason, all others are kept; then the exit code is 3.

      EXAMPLE
        stet import warc crawl-00000.warc.gz crawl-00001.warc.gz
      """)

  @Argument(help: "Files; - is standard input.", completion: .file()) var files: [String]
  @Flag(name: .long, help: "Take images, scripts and whatever else there is as well.") var all = false
  @OptionGroup var settings: ImportOptions
  @OptionGroup var options: ArchiveOptions

  func run() async throws {
    let seen = SeenRecords()
    try await settings.run(files, options, of: "record") { [all] path, archive throws(ImportError) in
      try WARCCaptures(path: path, archive: archive, seen: seen, takesAll: all)
    }
  }
}
