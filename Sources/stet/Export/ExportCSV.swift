import Answers
import ArgumentParser
import Diffing
import Exporting
import Model
import Storage

struct ExportCSV: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "csv",
    abstract: "Edits as a table, in the scheme of NewsEdits.",
    discussion: """
      One edit a row, those found last first: the two revisions, the sentences by their places in both, and the action: Addition, \
      Deletion, Edit or Refactor. RFC 4180, UTF-8; texts are as they were, also where a spreadsheet would take one for a formula. \
      docs/FORMAT.md lists the columns.

      EXAMPLE
        stet export csv -o edits.csv --class number --since 2026-11-01
      """)

  @Option(
    name: .shortAndLong, help: ArgumentHelp("The file to write; - is standard output.", valueName: "path"),
    completion: .file())
  var output: String
  @OptionGroup var wanted: EditsOptions
  @OptionGroup var options: ArchiveOptions

  func run() async throws {
    let doing = "exporting to \(output)"
    try await reporting(doing, json: options.json) {
      let store = try options.open(.read)
      let scope = try wanted.part.scope(wanted.names, in: store, doing: doing)
      let file = try PartialFile(path: output)
      let edits = try EditsTableExport(store: store, words: Self.words, isStealth: { $0.isStealth })
        .run(scope, classes: Set(wanted.classes), stealth: wanted.stealth, limit: wanted.part.limit, to: file) {
          Terminal.progress("\($0) edits")
        }
      let bytes = try file.finish()
      Terminal.endProgress()
      ExportedFiles.print([ExportedFile(path: output, bytes: bytes, records: edits)], of: "edit", json: options.json)
    }
  }

  /// Of a rewording the words that differ; a move removes and adds none.
  @Sendable private static func words(_ edit: Edit) -> (removed: Int, added: Int) {
    switch (edit.action, edit.before, edit.after) {
    case (.move, _, _), (_, nil, nil): (0, 0)
    case (_, let before?, nil): (wordCount(before), 0)
    case (_, nil, let after?): (0, wordCount(after))
    case (_, let before?, let after?):
      wordRuns(from: before, to: after).reduce((0, 0)) { sum, run in
        switch run.change {
        case .same: sum
        case .deleted: (sum.0 + wordCount(run.text), sum.1)
        case .inserted: (sum.0, sum.1 + wordCount(run.text))
        }
      }
    }
  }
}
