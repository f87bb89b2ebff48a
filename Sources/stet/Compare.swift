import ArgumentParser
import Diffing
import Extraction
import JSON
import Model

struct Compare: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "The edits between two files, without an archive.",
    discussion: """
      EXAMPLE
        stet compare before.html after.html
        stet compare draft.txt final.txt --json
      """)

  @Argument(help: "The old HTML, text or Markdown file.", completion: .file()) var old: String
  @Argument(help: "The new one.", completion: .file()) var new: String
  @Flag(name: .long, help: "Words marked inside sentences (the default).") var words = false
  @Flag(name: .long, help: "Old and new sentences under each other, as diff -u.") var unified = false
  @Flag(name: .long, help: "Print JSON for programs.") var json = false

  func run() async throws {
    try await reporting("comparing \(old) with \(new)", json: json) {
      let texts = try [old, new].map { file -> ArticleText in
        let doing = "comparing, reading \(file)"
        let bytes = try InputFile.read(file, doing: doing)
        guard let text = readArticle(markup: bytes, contentType: InputFile.mediaType(file), url: nil) else {
          throw CommandFailure(doing, code: "no-article", "there is no article text in it")
        }
        return text
      }
      let edits = edits(from: texts[0], to: texts[1])
      if json {
        func end(_ file: String, _ text: ArticleText) -> JSONValue {
          ["file": .string(file), "snapshot": .string(text.digest.description)]
        }
        return Terminal.print(
          JSONValue.object([
            ("from", end(old, texts[0])), ("to", end(new, texts[1])), ("edits", .array(edits.map(EditsOutput.json))),
          ])
          .description)
      }
      for (n, edit) in edits.enumerated() {
        if n > 0 { Terminal.print("") }
        Terminal.print(unified ? EditsOutput.unified(edit) : EditsOutput.words(edit))
      }
      if edits.isEmpty { Terminal.print("no edits: both say the same") }
    }
  }
}
