import ArgumentParser
import Extraction
import JSON

struct Extract: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Read the article out of a file, without an archive.",
    discussion: """
      EXAMPLE
        stet extract page.html --url https://example.org/2026/11/ferry-contract
        curl -s https://example.org/ | stet extract - --json
      """)

  @Argument(help: "An HTML, text or Markdown file; - is standard input.", completion: .file()) var file: String
  @Option(name: .long, help: ArgumentHelp("Where it came from, to resolve links.", valueName: "url")) var url: String?
  @Option(
    name: .long,
    help: ArgumentHelp("Its media type, with a charset if known. [default: by name and content]", valueName: "mime"))
  var type: String?
  @Flag(name: .long, help: "Print JSON for programs.") var json = false

  func run() async throws {
    let doing = "extracting from \(file)"
    try await reporting(doing, json: json) {
      let bytes = try InputFile.read(file, doing: doing)
      guard let text = readArticle(markup: bytes, contentType: type ?? InputFile.mediaType(file), url: url) else {
        throw CommandFailure(doing, code: "no-article", "there is no article text in it")
      }
      if json {
        Terminal.print(text.json(url: url, extractor: Extractor.version).description)
      } else {
        text.printed(heading: nil)
      }
    }
  }
}
