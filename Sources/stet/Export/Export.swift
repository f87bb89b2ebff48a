import ArgumentParser
import Exporting
import Model
import Storage

struct Export: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export",
    abstract: "Write what the archive holds to files others can read.",
    subcommands: [
      ExportCaptureLines.self, ExportWARC.self, ExportCDXJ.self, ExportWACZ.self, ExportMarkdown.self, ExportHTML.self,
      ExportCSV.self,
    ])
}

struct ExportCaptureLines: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "jsonl",
    abstract: "Captures as JSON Lines.",
    discussion: """
      One capture a line, whole, by article and instant: `stet import jsonl` makes the same archive of it. The file appears \
      under its name when it is complete. docs/FORMAT.md lists the keys.

      EXAMPLE
        stet export jsonl -o captures.jsonl
        stet export jsonl -o - --since 2026-11-20 ferry-contract | jq .captured_at
      """)

  @Option(
    name: .shortAndLong, help: ArgumentHelp("The file to write; - is standard output.", valueName: "path"),
    completion: .file())
  var output: String
  @OptionGroup var selection: SelectionOptions
  @OptionGroup var options: ArchiveOptions

  func run() async throws {
    let doing = "exporting to \(output)"
    try await reporting(doing, json: options.json) {
      let store = try options.open(.read)
      let export = try CaptureLinesExport(
        store: store, try selection.scope(store, doing: doing), classes: Set(selection.classes))
      let file = try PartialFile(path: output)
      let (records, lost) = try export.run(to: file) { Terminal.progress("\($0) captures") }
      let bytes = try file.finish()
      Terminal.endProgress()
      ExportedFiles.print(
        [ExportedFile(path: output, bytes: bytes, records: records, lost: lost)], of: "capture", json: options.json)
      try ExportedFiles.end(lost)
    }
  }
}
