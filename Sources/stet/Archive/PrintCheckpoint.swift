import JSON
import Answers
import ArgumentParser
import Evidence
import Model
import Storage

struct PrintCheckpoint: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "checkpoint",
    abstract: "Sign what the archive holds now.",
    discussion: """
      Prints a signed checkpoint of the log of captures: how many there are, and a digest over all of them. Publish it, or \
      give it to someone: from then on no capture that it covers can be changed or taken out unseen.

      With --since it also prints the proof that the log continues a checkpoint published earlier: nothing before it was \
      changed, taken out or put in between. When that cannot be proved the exit code is 1, and the archive has lost \
      captures or was rewritten. docs/FORMAT.md says how to check both without stet.

      EXAMPLE
        stet checkpoint > 2026-11-20.checkpoint
        stet checkpoint --since 2026-11-20.checkpoint > 2026-11-27.update
        stet check-proof 2026-11-27.update --since 2026-11-20.checkpoint
      """)

  @Option(
    name: .long,
    help: ArgumentHelp(
      "A checkpoint published earlier, or what --since printed then; - is standard input.", valueName: "file"),
    completion: .file())
  var since: String?
  @OptionGroup var options: ArchiveOptions

  func run() async throws {
    let doing = since.map { "continuing the checkpoint \($0)" } ?? "signing a checkpoint"
    try await reporting(doing, json: options.json) {
      let store = try options.open(.read)
      guard let since else {
        let signed = try store.checkpoint()
        return options.json
          ? Terminal.print(signed.json(key: try store.verifierKey()).description) : Terminal.write(signed.octets)
      }
      let old = try PublishedCheckpoint.read(since, doing: doing)
      let update = try store.checkpoint(since: old)
      guard options.json else { return Terminal.write(update.octets) }
      Terminal.print(update.json(since: old, key: try store.verifierKey()).description)
    }
  }
}

/// A checkpoint from a file: alone, or after the proof that `checkpoint --since` printed with it.
enum PublishedCheckpoint {
  static func read(_ path: String, doing: String) throws -> SignedCheckpoint {
    let octets = try InputFile.read(path, doing: doing)
    if isUpdate(octets) { return try CheckpointUpdate(octets).checkpoint }
    return try SignedCheckpoint(octets)
  }

  /// A log's name has no space, so that no checkpoint begins so.
  static func isUpdate(_ octets: [UInt8]) -> Bool { octets.starts(with: "old ".utf8) }
}
