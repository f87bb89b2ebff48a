import ArgumentParser
import JSON
import Storage
import Webhooks

struct WebhookRotate: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rotate", abstract: "Give a webhook another secret, and print it.",
    discussion: """
      The next message is signed with it, also one that was sent before and is sent again; filters, log and what is owed stay. \
      To lose nothing meanwhile, make the secret yourself, have the receiver take both, and rotate then.

      EXAMPLE
        stet webhook rotate 1
        stet webhook rotate 1 --secret "whsec_$(openssl rand -base64 32)"
      """)

  @Argument(help: "Its number, or its URL or a part of it.") var name: String
  @Option(
    name: .long,
    help: ArgumentHelp("The secret: whsec_ and 24 to 64 octets in base 64. [default: made]", valueName: "whsec_…"))
  var secret: String?
  @OptionGroup var options: ArchiveOptions

  func run() async throws {
    let doing = "rotating the secret of the webhook \(name)"
    try await reporting(doing, json: options.json) {
      let secret = try WebhookSecret.given(secret, doing)
      let store = try options.open(.write)
      defer { store.close() }
      let webhook = try store.webhookNamed(name, doing: doing)
      try store.setSecret(secret.octets, ofWebhook: webhook.id)
      Terminal.print(
        options.json
          ? JSONValue.object([
            ("webhook", JSONValue(webhook.id)), ("url", .string(webhook.url)), ("secret", .string(secret.text)),
          ]).description
          : "rotated  \(webhook.id)  \(webhook.url)\nsecret   \(secret.text)")
    }
  }
}
