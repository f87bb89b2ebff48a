import ArgumentParser
import Exporting
import JSON
import Model
import Storage

struct ExportMarkdown: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "markdown",
    abstract: "Revisions as Markdown, in files or as a history of git.",
    discussion: """
      One file a revision, HOST/ARTICLE/0001-20261120T100000Z.md, with front matter; a sentence a line. Files that are there with \
      the same content are left alone. With --git, a repository with one file an article and one commit a revision, dated when \
      it was first captured; run again, it takes the new revisions up. -o - then prints the stream for git fast-import.

      EXAMPLE
        stet export markdown -o articles
        stet export markdown --git -o history && git -C history log -p --word-diff
      """)

  @Argument(help: "Only these articles: URL, part of it, or number.") var names: [String] = []
  @Option(
    name: .shortAndLong, help: ArgumentHelp("The folder to write into.", valueName: "dir"), completion: .directory)
  var output: String
  @Flag(name: .long, help: "Make the folder a git repository of the history.") var git = false
  @OptionGroup var part: RevisionScopeOptions
  @OptionGroup var options: ArchiveOptions

  func validate() throws {
    if output == "-", !git { throw ValidationError("Standard output takes one file: give a folder, or --git.") }
  }

  func run() async throws {
    let doing = "exporting to \(output)"
    try await reporting(doing, json: options.json) {
      let store = try options.open(.read)
      let scope = try part.scope(names, in: store, doing: doing)
      if git { return try exportHistory(store, scope) }
      let counts = try MarkdownExport(store: store).run(scope, to: output) {
        Terminal.progress("\($0) revisions")
      }
      Terminal.endProgress()
      let members: JSONValue = [
        "path": .string(output), "files": JSONValue(counts.written), "unchanged": JSONValue(counts.unchanged),
      ]
      Terminal.print(
        options.json
          ? members.description
          : "\(output): \(count(counts.written, "file")) written, \(counts.unchanged) there already")
    }
  }

  private func exportHistory(_ store: Store, _ scope: Scope) throws {
    let export = GitExport(store: store)
    if output == "-" {
      let file = try PartialFile(path: output)
      _ = try export.run(scope) { _ in
      } write: {
        file.append($0)
      }
      _ = try file.finish()
      return
    }
    let repository = try HistoryRepository(output)
    let commits = try export.run(scope) {
      Terminal.progress("\($0) revisions")
    } write: {
      try repository.write($0)
    }
    try repository.finish(commits: commits)
    Terminal.endProgress()
    let new = commits - repository.commitsBefore
    let members: JSONValue = [
      "path": .string(output), "commits": JSONValue(new), "unchanged": JSONValue(repository.commitsBefore),
    ]
    Terminal.print(
      options.json
        ? members.description : "\(output): \(count(new, "new commit")), \(repository.commitsBefore) there already")
  }
}

/// `--since`, `--until`, `--source`: which revisions.
struct RevisionScopeOptions: ParsableArguments {
  @Option(
    name: .long, help: ArgumentHelp("Revisions first captured at this instant or day, or later.", valueName: "time"))
  var since: TypedTime?
  @Option(
    name: .long,
    help: ArgumentHelp("Revisions first captured before this instant, or up to the end of this day.", valueName: "time")
  )
  var until: TypedTime?
  @Option(name: .long, help: ArgumentHelp("Articles that this source named: URL or part of it.", valueName: "source"))
  var source: String?

  func scope(_ articles: [String], in store: Store, doing: String) throws -> Scope {
    var all = ScopeOptions()
    (all.since, all.until, all.source, all.language, all.limit) = (since, until, source, nil, nil)
    return try all.scope(articles, in: store, doing: doing)
  }
}
