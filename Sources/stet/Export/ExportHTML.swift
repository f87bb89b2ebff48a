import ArgumentParser
import Exporting
import JSON
import Storage

struct ExportHTML: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "html",
    abstract: "Articles, histories and diffs as a site of plain files.",
    discussion: """
      A folder that any web server, or none, can show: a page for each article with its timeline, for each revision, for \
      each change inline and side by side, and for who came when. Links are relative and nothing is loaded from elsewhere. \
      The same archive gives the same bytes. Run again, after an interruption or a sync, it writes what is new or has \
      changed; what it wrote before of other articles stays.

      EXAMPLE
        stet export html -o site
        stet export html -o site ferry-contract
      """)

  @Argument(help: "Only these articles: URL, part of it, or number.") var names: [String] = []
  @Option(name: .shortAndLong, help: ArgumentHelp("The folder to write to.", valueName: "dir"), completion: .directory)
  var output: String
  @OptionGroup var options: ArchiveOptions

  func validate() throws {
    if output == "-" { throw ValidationError("A site is many files, and none for standard output: give a folder.") }
  }

  func run() async throws {
    let doing = "exporting to \(output)"
    try await reporting(doing, json: options.json) {
      let store = try options.open(.read)
      let articles = names.isEmpty ? nil : try names.map { try store.named($0, doing: doing).id }
      let counts = try SiteExport(store: store, folder: output).run(
        articles: articles, progress: { Terminal.progress("\($0) of \($1) articles") })
      Terminal.endProgress()
      Terminal.print(
        options.json
          ? JSONValue.object([
            ("path", .string(output)), ("written", JSONValue(counts.written)),
            ("unchanged", JSONValue(counts.unchanged)), ("files", JSONValue(counts.files)),
            ("bytes", JSONValue(counts.bytes)),
          ]).description
          : "\(output): \(count(counts.written, "article")) written, \(counts.unchanged) unchanged; \(count(counts.files, "file")), \(Bytes(counts.bytes))"
      )
    }
  }
}
