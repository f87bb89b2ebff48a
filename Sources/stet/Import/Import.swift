import ArgumentParser
import Importing

struct Import: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import",
    abstract: "Take in captures from files and from other archives.",
    subcommands: [
      ImportCaptureLines.self, ImportArchive.self, ImportWARC.self, ImportWACZ.self, ImportWayback.self, ImportOTA.self,
      ImportGit.self,
    ])
}

struct ImportCaptureLines: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "jsonl",
    abstract: "Captures from JSON Lines.",
    discussion: """
      One capture a line: {"url","captured_at","status","fields":[["Name","value"],…],"body"} or "body_base64". Captures that \
      are here already change nothing; they may come in any order. A bad line is reported as FILE:LINE: reason and passed \
      over, all good ones are kept; then the exit code is 3.

      EXAMPLE
        stet import jsonl captures.jsonl
        zstd -dc captures.jsonl.zst | stet import jsonl -
      """)

  @Argument(help: "Files; - is standard input.", completion: .file()) var files: [String]
  @OptionGroup var settings: ImportOptions
  @OptionGroup var options: ArchiveOptions

  func run() async throws {
    try await settings.run(files, options, of: "line") { path, _ throws(ImportError) in try CaptureLines(path: path) }
  }
}
