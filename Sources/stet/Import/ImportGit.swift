import ArgumentParser
import Importing

struct ImportGit: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "git",
    abstract: "The history of files in a git repository.",
    discussion: """
      Each commit that changed a file makes a capture of it, at the commit's date. The URL comes from the file's path: of \
      https://example.org/{path} or, without the ending, https://example.org/{stem}. A merge counts as one commit, with what it \
      brought to the branch; renames are not followed; a deletion makes no capture. Running it again takes in what is new.

      EXAMPLE
        stet import git ~/site --url-prefix https://example.org/
        stet import git laws.git 'bgb/*.md' --url 'https://laws.example/{stem}' --date author
      """)

  @Argument(help: "A repository: a work tree, a folder in one, or a bare one.", completion: .directory)
  var repository: String
  @Argument(help: "Only these files: pathspecs of git.") var paths: [String] = []
  @Option(
    name: .long, help: ArgumentHelp("What a file's URL is made of, with {path} or {stem} in it.", valueName: "template")
  )
  var url: String?
  @Option(
    name: .long, help: ArgumentHelp("What a file's path follows: the same as --url 'URL{path}'.", valueName: "url"))
  var urlPrefix: String?
  @Option(name: .long, help: "Which of a commit's dates: author or committer.") var date = GitHistory.Dates.committer
  @Flag(name: .long, inversion: .prefixedNo, help: "Only the commits that the branch itself made.") var firstParent =
    true
  @OptionGroup var settings: ImportOptions
  @OptionGroup var options: ArchiveOptions

  func validate() throws { _ = try template() }

  private func template() throws -> FileURLTemplate {
    guard let text = url ?? urlPrefix.map({ $0 + "{path}" }), url == nil || urlPrefix == nil else {
      throw ValidationError("Give one of --url and --url-prefix.")
    }
    let template: FileURLTemplate
    do { template = try FileURLTemplate(text) } catch { throw ValidationError(error.reason) }
    guard template.tellsFilesApart || paths.count == 1 else {
      throw ValidationError("All files would have the same URL: put {path} into it, or name a single file.")
    }
    return template
  }

  func run() async throws {
    let template = try template()
    try await settings.run([repository], options, of: "change") {
      [paths, date, firstParent] name, _ throws(ImportError) in
      try GitHistory(repository: name, paths: paths, firstParent: firstParent, template: template, dates: date)
    }
  }
}

extension GitHistory.Dates: ExpressibleByArgument {}
