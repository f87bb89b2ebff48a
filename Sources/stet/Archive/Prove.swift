import JSON
import Answers
import ArgumentParser
import Evidence
import Exporting
import Model
import Storage

struct Prove: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "prove",
    abstract: "Write the proof that the archive holds a capture.",
    discussion: """
      The proof file holds what was captured (URL, instant, status, the digest of the body), the archive's signature over \
      its log of captures, and the way from one to the other. `stet check-proof` checks it without the archive, and \
      docs/FORMAT.md says how to do so with openssl and sha256sum. Of a revision, it is the capture that was the first to \
      say so. Give the body along with it: `stet show URL@R --html`.

      EXAMPLE
        stet prove ferry-contract@2 -o ferry.proof
        stet show ferry-contract@2 --html > ferry.html
        stet check-proof ferry.proof --body ferry.html
      """)

  @Argument(help: "Revision: URL, URL@3, URL@-1 or URL@INSTANT.") var name: String?
  @Option(
    name: .long,
    help: ArgumentHelp("Any capture instead, by its digest, as `stet captures` lists it.", valueName: "sha256:…"))
  var capture: String?
  @Option(
    name: .shortAndLong, help: ArgumentHelp("The file to write; - is standard output.", valueName: "file"),
    completion: .file())
  var output = "-"
  @OptionGroup var options: ArchiveOptions

  func validate() throws {
    if (name == nil) == (capture == nil) { throw ValidationError("Give a revision, or --capture.") }
    if let capture, Digest(capture) == nil {
      throw ValidationError("--capture takes sha256: and 64 hexadecimal digits.")
    }
  }

  func run() async throws {
    let doing = "proving \(name ?? capture ?? "")"
    try await reporting(doing, json: options.json) {
      let store = try options.open(.read)
      let digest = try select(in: store, doing: doing)
      guard let proof = try store.proof(ofCapture: digest) else {
        throw CommandFailure(
          doing, code: "no-such-capture", "the archive has no capture of that digest",
          hint: "`stet captures ARTICLE --json` lists them")
      }
      if output != "-" {
        let file = try PartialFile(path: output)
        file.append(proof.octets)
        _ = try file.finish()
      }
      if options.json { return Terminal.print(proof.json(path: output == "-" ? nil : output).description) }
      if output == "-" { return Terminal.write(proof.octets) }
      let (index, size) = (proof.proof.inclusion.index, proof.proof.checkpoint.checkpoint.size)
      Terminal.print("\(output): \(proof.capture.url) at \(proof.capture.at), entry \(index) of \(size)")
    }
  }

  private func select(in store: Store, doing: String) throws -> Digest {
    if let capture, let digest = Digest(capture) { return digest }
    let revision = try RevisionName(name ?? "", in: store, doing: doing)
    guard revision.second == nil else {
      throw CommandFailure(
        doing, code: "bad-revision", "it names two revisions", hint: "prove one after the other", exit: .init(64))
    }
    let selector = revision.first ?? .last
    _ = try store.revision(revision.article, selector, doing: doing)  // for the message when there is none
    guard let digest = try store.firstCapture(revision.article.id, selector) else {
      throw CommandFailure(doing, code: "no-revision", "there is no such revision")
    }
    return digest
  }
}
