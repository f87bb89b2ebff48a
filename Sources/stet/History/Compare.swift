import Answers
import ArgumentParser
import Diffing
import Extraction
import JSON
import Model

struct Compare: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "compare",
    abstract: "The edits between two files, without an archive.",
    discussion: """
      With --apply it does the reverse: it applies a patch that --patch made to an old file, and prints the canonical text \
      of the new one, whose SHA-256 is the new snapshot's digest. OLD may itself be such a text.

      EXAMPLE
        stet compare before.html after.html
        stet compare draft.txt final.txt --json
        stet compare draft.txt final.txt --patch > edits.patch
        stet compare --apply edits.patch draft.txt
      """)

  @Argument(help: "The old HTML, text or Markdown file.", completion: .file()) var old: String
  @Argument(help: "The new one.", completion: .file()) var new: String?
  @OptionGroup var shown: DiffOptions
  @Option(name: .long, help: "Apply this patch to OLD instead.", completion: .file()) var apply: String?
  @Flag(name: .long, help: "Print JSON for programs.") var json = false

  func validate() throws {
    guard (new == nil) != (apply == nil) else {
      throw ValidationError("give two files to compare, or --apply PATCH and one file")
    }
    try shown.check(json: json)
  }

  func run() async throws {
    if let apply { return try await applyPatch(apply) }
    let new = new ?? ""  // `validate` has seen to it
    try await reporting("comparing \(old) with \(new)", json: json) {
      let sides = try [old, new].map { file -> ComparedText in
        let text = try Self.article(in: file, doing: "comparing, reading \(file)")
        return ComparedText(
          label: file, text: text, json: ["file": .string(file), "snapshot": .string(text.digest.description)])
      }
      Comparison(url: nil, sides[0], sides[1]).print(shown, json: json)
    }
  }

  private static func article(in file: String, doing: String) throws -> ArticleText {
    let bytes = try InputFile.read(file, doing: doing)
    guard let text = readArticle(markup: bytes, contentType: InputFile.mediaType(file), url: nil) else {
      throw CommandFailure(doing, code: "no-article", "there is no article text in it")
    }
    return text
  }

  private func applyPatch(_ file: String) async throws {
    let doing = "applying \(file) to \(old)"
    try await reporting(doing, json: json) {
      let patch = String(decoding: try InputFile.read(file, doing: doing + ", reading \(file)"), as: UTF8.self)
      let bytes = try InputFile.read(old, doing: doing + ", reading \(old)")
      let canonical =
        bytes.starts(with: "stet content 1\n".utf8)
        ? String(decoding: bytes, as: UTF8.self)
        : try readArticle(markup: bytes, contentType: InputFile.mediaType(old), url: nil)?.canonicalText
          ?? { throw CommandFailure(doing, code: "no-article", "there is no article text in \(old)") }()
      let result: String
      do throws(PatchError) { result = try Diffing.apply(patch: patch, to: canonical) } catch {
        throw CommandFailure(doing, code: error.code, error.message)
      }
      if json {
        return Terminal.print(
          JSONValue.object([
            ("snapshot", .string(Digest(ofUTF8: result).description)), ("canonical_text", .string(result)),
          ]).description)
      }
      Terminal.write(Array(result.utf8))
    }
  }
}
