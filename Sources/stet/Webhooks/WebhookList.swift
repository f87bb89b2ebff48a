import Answers
import ArgumentParser
import JSON
import Model
import Storage
import Webhooks

struct WebhookList: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "List the webhooks, what they are told of and how it goes.",
    discussion: "EXAMPLE\n  stet webhook list --secrets")

  @Flag(name: .long, help: "Print the secrets too.") var secrets = false
  @OptionGroup var options: ArchiveOptions

  func run() async throws {
    try await reporting("listing webhooks", json: options.json) {
      let store = try options.open(.read)
      let webhooks = try store.webhooks()
      let named = try store.sourceURLs(Set(webhooks.flatMap(\.filter.sources)))
      for webhook in webhooks {
        let secret = secrets ? WebhookSecret(octets: webhook.secret)?.text : nil
        if options.json {
          Terminal.print(webhook.json(secret: secret, sources: named).description)
          continue
        }
        Terminal.print("\(webhook.id)  \(webhook.url)")
        Terminal.print("   " + Style.dim(webhook.told(sources: named)))
        Terminal.print("   " + webhook.state)
        if let secret { Terminal.print("   \(secret)") }
      }
      if webhooks.isEmpty, !options.json { Terminal.error("there are none yet: `stet webhook add URL`\n") }
    }
  }
}

extension Webhook {
  /// Of what it is told, in words.
  fileprivate func told(sources: [Int64: String]) -> String {
    let classes = Edit.Class.allCases.filter(filter.classes.contains).map(\.rawValue)
    let parts = [
      filter.stealthOnly ? "stealth edits" : "edits", classes.isEmpty ? nil : "of " + classes.joined(separator: ", "),
      filter.language.map { "in \($0)" },
      filter.sources.isEmpty
        ? nil : "of what these name: " + filter.sources.sorted().map { sources[$0] ?? "\($0)" }.joined(separator: " "),
    ]
    return parts.compactMap(\.self).joined(separator: " ") + ", since \(addedAt.minute)"
  }

  fileprivate var state: String {
    let paused = pausedAt.map { Style.yellow("paused at \($0.minute)\(message.map { ": \($0)" } ?? ""); ") } ?? ""
    let failed = failed > 0 ? Style.red(", \(self.failed) given up") : ""
    return "\(paused)\(delivered) delivered, \(owed) owed\(failed)"
  }
}
