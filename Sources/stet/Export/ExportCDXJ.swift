import ArgumentParser
import Exporting
import Storage

struct ExportCDXJ: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "cdxj",
    abstract: "The index of a WARC export, as CDXJ.",
    discussion: """
      A line for each record that can be replayed: its URL's key, fourteen digits, and an object with where it lies in the \
      files that `stet export warc` writes with the same options. pywb reads it; cdxj-indexer makes the same of the files.

      EXAMPLE
        stet export warc -o captures.warc.gz && stet export cdxj -o captures.cdxj
        stet export cdxj -o - --warc captures.warc.gz
      """)

  @Option(
    name: .shortAndLong, help: ArgumentHelp("The file to write; - is standard output.", valueName: "path"),
    completion: .file())
  var output: String
  @Option(
    name: .long,
    help: ArgumentHelp(
      "What the WARC file is called. [default: the output's name, ending in .warc.gz]", valueName: "name"))
  var warc: String?
  @OptionGroup var selection: RecordSelectionOptions
  @OptionGroup var files: WARCFileOptions
  @OptionGroup var options: ArchiveOptions

  func run() async throws {
    let doing = "exporting to \(output)"
    try await reporting(doing, json: options.json) {
      let store = try options.open(.read)
      var records = try selection.records(store, doing: doing)
      files.apply(to: &records)
      let file = try PartialFile(path: output)
      let (lines, lost) = try await CDXJExport(store: store, records).run(to: file, warc: warc ?? usualName) {
        Terminal.progress("\($0) of \($1) records")
      }
      let bytes = try file.finish()
      Terminal.endProgress()
      let made = ExportedFile(path: output, bytes: bytes, records: lines, lost: lost)
      ExportedFiles.print([made], of: "line", json: options.json)
      try ExportedFiles.end(lost)
    }
  }

  private var usualName: String {
    let name = output == "-" ? "captures" : String(output.split(separator: "/").last ?? "captures")
    let stem = name.lastIndex(of: ".").flatMap { $0 > name.startIndex ? name[..<$0] : nil } ?? name[...]
    return stem + (files.isPlain ? ".warc" : ".warc.gz")
  }
}
