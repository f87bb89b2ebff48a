import ArgumentParser
import JSON
import Storage

/// `webhook pause`, `resume` and `remove`: the same command but for what they do.
protocol WebhookChangeCommand: AsyncParsableCommand {
  var names: [String] { get }
  var options: ArchiveOptions { get }
  static var change: (doing: String, done: String, change: WebhookChange) { get }
}

extension WebhookChangeCommand {
  func run() async throws {
    let (doing, done, change) = Self.change
    try await reporting("\(doing) webhooks", json: options.json) {
      let store = try options.open(.write)
      defer { store.close() }
      for webhook in try names.map({ try store.webhookNamed($0, doing: "\(doing) the webhook \($0)") }) {
        try store.change(webhook: webhook.id, change, now: Clock.now())
        Terminal.print(
          options.json
            ? JSONValue.object([("webhook", JSONValue(webhook.id)), ("url", .string(webhook.url)), (done, true)])
              .description
            : "\(done)  \(webhook.id)  \(webhook.url)")
      }
    }
  }
}

struct WebhookPause: WebhookChangeCommand {
  static let configuration = CommandConfiguration(
    commandName: "pause", abstract: "Send nothing to webhooks for now.",
    discussion: "What comes meanwhile is sent when they are resumed.\n\nEXAMPLE\n  stet webhook pause 1")
  static var change: (doing: String, done: String, change: WebhookChange) { ("pausing", "paused", .pause) }
  @Argument(help: "Numbers of webhooks, or URLs or parts of them.") var names: [String]
  @OptionGroup var options: ArchiveOptions
}

struct WebhookResume: WebhookChangeCommand {
  static let configuration = CommandConfiguration(
    commandName: "resume", abstract: "Send to paused webhooks again, what came meanwhile included.",
    discussion: "EXAMPLE\n  stet webhook resume 1")
  static var change: (doing: String, done: String, change: WebhookChange) { ("resuming", "resumed", .resume) }
  @Argument(help: "Numbers of webhooks, or URLs or parts of them.") var names: [String]
  @OptionGroup var options: ArchiveOptions
}

struct WebhookRemove: WebhookChangeCommand {
  static let configuration = CommandConfiguration(
    commandName: "remove", abstract: "Take webhooks off the list. What they are still owed is not sent.",
    discussion: "EXAMPLE\n  stet webhook remove https://desk.example/hooks/stet")
  static var change: (doing: String, done: String, change: WebhookChange) { ("removing", "removed", .remove) }
  @Argument(help: "Numbers of webhooks, or URLs or parts of them.") var names: [String]
  @OptionGroup var options: ArchiveOptions
}
