import Answers
import ArgumentParser
import Extraction
import JSON

struct Extract: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "extract",
    abstract: "Read the article out of a file, without an archive.",
    discussion: """
      With --batch the file (else standard input) holds JSON lines: {"id", "html_file" or "html", "url"?, "type"?}. \
      html_file may be gzip and is relative to the current folder. All cores read; each line is answered by one, in \
      order: {"id", …} with the keys of --json, or {"id", "error"}, and then the exit code is 3.

      EXAMPLE
        stet extract page.html --url https://example.org/2026/11/ferry-contract
        curl -s https://example.org/ | stet extract - --json
        stet extract --batch pages.jsonl > articles.jsonl
        stet extract page.html --url https://example.org/a --rules sites.json
      """)

  @Argument(help: "An HTML, text or Markdown file; - is standard input.", completion: .file()) var file: String?
  @Option(name: .long, help: ArgumentHelp("Where it came from, to resolve links.", valueName: "url")) var url: String?
  @Option(
    name: .long,
    help: ArgumentHelp("Its media type, with a charset if known. [default: by name and content]", valueName: "mime"))
  var type: String?
  @Option(
    name: .long, help: "A file of rules for sites, asked before those that are shipped.", completion: .file())
  var rules: String?
  @Flag(name: .long, help: "Print JSON for programs.") var json = false
  @Flag(name: .long, help: "Read JSON lines that name pages; print JSON lines.") var batch = false

  func validate() throws {
    if !batch, file == nil { throw ValidationError("Missing expected argument '<file>'") }
    if batch, url != nil || type != nil { throw ValidationError("Under --batch each line gives its own url and type.") }
  }

  func run() async throws {
    let file = file ?? "-"
    let doing = "extracting from \(file)"
    try await reporting(doing, json: json) {
      let rules = try self.rules.map(readRules) ?? SiteRules()
      if batch {
        guard try ExtractBatch.run(file, rules: rules) else { throw ExitCode.someFailed }
        return
      }
      let bytes = try InputFile.read(file, doing: doing)
      guard
        let page = readPage(markup: bytes, contentType: type ?? InputFile.mediaType(file), url: url, rules: rules)
      else {
        throw CommandFailure(doing, code: "no-article", "there is no article text in it")
      }
      if json {
        Terminal.print(page.json(url: url).description)
      } else {
        page.text.printed(heading: nil)
      }
    }
  }

  private func readRules(_ path: String) throws -> SiteRules {
    let doing = "reading rules from \(path)"
    do { return try SiteRules(parsing: try InputFile.read(path, doing: doing)) } catch let invalid as SiteRules.Invalid
    {
      throw CommandFailure(doing, code: invalid.code, invalid.message)
    }
  }
}
