import ArgumentParser
import Exporting
import Storage

struct ExportWACZ: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "wacz",
    abstract: "Captures as one WACZ file.",
    discussion: """
      A WARC with its index and a list of pages, one for each revision, in one ZIP file (WACZ 1.1.1): replayweb.page shows \
      it in a browser without a server. Its parts are named with their digests, and the archive's key signs these and the \
      log, if it lies beside the archive. The same archive gives the same bytes.

      EXAMPLE
        stet export wacz -o ferry.wacz ferry-contract
      """)

  @Option(name: .shortAndLong, help: ArgumentHelp("The file to write.", valueName: "path"), completion: .file())
  var output: String
  @OptionGroup var selection: RecordSelectionOptions
  @OptionGroup var options: ArchiveOptions

  func validate() throws {
    if output == "-" { throw ValidationError("A WACZ cannot go to standard output: its head is written last.") }
  }

  func run() async throws {
    let doing = "exporting to \(output)"
    try await reporting(doing, json: options.json) {
      let store = try options.open(.read)
      let file = try PartialFile(path: output)
      let records = try selection.records(store, doing: doing)
      let result = try await WACZExport(store: store, records).run(to: file) {
        Terminal.progress("\($0) of \($1) records")
      }
      let bytes = try file.finish()
      Terminal.endProgress()
      ExportedFiles.print(
        [ExportedFile(path: output, bytes: bytes, records: result.records, lost: result.lost)], of: "record",
        json: options.json)
      if !result.isSigned { Terminal.error("note: not signed, for the archive's key is not beside it\n") }
      try ExportedFiles.end(result.lost)
    }
  }
}
