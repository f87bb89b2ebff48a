import ArgumentParser
import Exporting
import Storage

struct ExportWARC: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "warc",
    abstract: "Captures as WARC 1.1 files.",
    discussion: """
      What web archives exchange (ISO 28500): a response record for each capture, or a revisit record where nothing new came; \
      after them what the article said and the edits. `stet import warc` makes the same archive of it. No requests: an \
      archive keeps none. The same archive gives the same bytes.

      A file appears under its name when it is complete. When there are several (--max-size), they are numbered: \
      captures-00001.warc.gz and on; those that are there already from an earlier, broken off export are kept. \
      docs/FORMAT.md maps every field.

      EXAMPLE
        stet export warc -o captures.warc.gz
        stet export warc -o ferry.warc.gz ferry-contract --class number
        stet export warc -o - --since 2026-11-20 | gzip -dc | grep -a ^WARC-Target-URI
      """)

  @Option(
    name: .shortAndLong, help: ArgumentHelp("The file to write; - is standard output.", valueName: "path"),
    completion: .file())
  var output: String
  @OptionGroup var selection: RecordSelectionOptions
  @OptionGroup var files: WARCFileOptions
  @OptionGroup var options: ArchiveOptions

  func run() async throws {
    let doing = "exporting to \(output)"
    try await reporting(doing, json: options.json) {
      let store = try options.open(.read)
      var records = try selection.records(store, doing: doing)
      files.apply(to: &records)
      let made = try await WARCExport(store: store, records).run(to: output) {
        Terminal.progress("\($0) of \($1) records")
      }
      Terminal.endProgress()
      ExportedFiles.print(made, of: "record", json: options.json)
      try ExportedFiles.end(made.flatMap(\.lost))
    }
  }
}
