import ArgumentParser
import JSON
import Storage
import Syncing

struct Backup: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "backup",
    abstract: "Copy the archive, also while a sync runs.",
    discussion: """
      The copy holds the archive as it stood when the command began. It is verified before it appears under its name, and \
      nothing is overwritten. The origin's private key stays where it is unless --with-key is given: whoever has it can \
      speak for this archive, so keep a copy of it apart. DEST-head is a signed checkpoint of the copy, by which `stet verify` \
      sees that nothing was cut off.

      EXAMPLE
        stet backup /mnt/backup/news-2026-11-20.stet
      """)

  @Argument(help: "The file to make.", completion: .file(extensions: ["stet"])) var destination: String
  @Flag(name: .long, help: "Verify every body and every derived row of the copy, not only its structure.") var deep =
    false
  @Flag(name: .long, help: "Copy the origin's private key as well, to DEST-key.") var withKey = false
  @OptionGroup var options: ArchiveOptions

  func run() async throws {
    let doing = "backing up to \(destination)"
    try await reporting(doing, json: options.json) {
      let store = try options.open(.read)
      let (report, bytes) = try Interruption.ending {
        [destination] in
        Store.removeDraft(ofBackup: destination)
      } of: {
        try store.backup(to: destination, withKey: withKey, deep: deep ? Derivation.rederivation : nil) {
          Terminal.progress("\($0) of \($1) pages")
        }
      }
      Terminal.endProgress()
      if options.json {
        let members: JSONValue = [
          "backup": .string(destination), "bytes": JSONValue(bytes), "captures": JSONValue(report.captures),
          "bodies": JSONValue(report.bodies), "revisions": JSONValue(report.revisions),
        ]
        Terminal.print(members.description)
      } else {
        Terminal.print(
          "\(destination): \(Bytes(bytes)), \(count(report.captures, "capture")), verified\(deep ? ", every body read" : "")"
        )
      }
    }
  }
}
