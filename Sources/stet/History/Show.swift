import JSON
import Answers
import ArgumentParser
import Model
import Storage

struct Show: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: "What an article said.",
    discussion: """
      EXAMPLE
        stet show ferry-contract@1
        stet show ferry-contract@2026-11-20T10:00Z --text
        stet show ferry-contract --html > as-captured.html
      """)

  @Argument(help: "Revision: URL, URL@3, URL@-1 or URL@INSTANT.") var name: String
  @Flag(name: .long, help: "The text alone, a block a line.") var text = false
  @Flag(name: .long, help: "The octets as they were captured, digest checked.") var html = false
  @Flag(name: .long, help: "The response's header fields.") var fields = false
  @OptionGroup var options: ArchiveOptions

  func validate() throws {
    if [text, html, fields].count(where: \.self) > 1 {
      throw ValidationError("give one of --text, --html and --fields")
    }
    if options.json, text || html { throw ValidationError("--json excludes --text and --html") }
  }

  func run() async throws {
    let doing = "showing \(name)"
    try await reporting(doing, json: options.json) {
      let store = try options.open(.read)
      let revision = try RevisionName(name, in: store, doing: doing)
      guard revision.second == nil else {
        throw CommandFailure(
          doing, code: "bad-revision", "it names two revisions", hint: "`stet diff` compares two", exit: .init(64))
      }
      let selector = revision.first ?? .last
      let found = try store.revision(revision.article, selector, doing: doing)
      if html || fields {
        guard let evidence = try store.evidence(revision.article.id, selector) else { return }
        if html { return Terminal.write(evidence.body) }
        if options.json {
          return Terminal.print(
            evidence.fields.json(of: evidence.capture, status: evidence.status).description)
        }
        return Terminal.write(evidence.fields.canonicalBytes)
      }
      if options.json { return Terminal.print(found.json(url: revision.article.url).description) }
      if text { return Terminal.print(found.text.text) }
      found.text.printed(
        heading: "\(revision.article.url)@\(found.ordinal), first captured \(found.firstCapture.second)")
    }
  }
}
