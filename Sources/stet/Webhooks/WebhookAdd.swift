import Answers
import ArgumentParser
import JSON
import Model
import Storage
import Webhooks

struct WebhookAdd: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "add",
    abstract: "Put a webhook on the list, and print the secret that its receiver needs.",
    discussion: """
      It is told of what comes from now on. Without filters, of all edits; with several, of what passes all of them.

      EXAMPLE
        stet webhook add https://desk.example/hooks/stet
        stet webhook add https://desk.example/hooks/stet?only=stealth --stealth --language de
        stet webhook add http://127.0.0.1:9000/ --allow-private --source https://post.example/feed.xml
      """)

  @Argument(help: "Where to post: an http or https URL.") var url: String
  @Option(
    name: .long,
    help: ArgumentHelp("Articles that this source named: URL or part of it; may be given again.", valueName: "source"))
  var source: [String] = []
  @Option(
    name: .customLong("class"), help: ArgumentHelp("Edits of this class; may be given again.", valueName: "class"))
  var classes: [Edit.Class] = []
  @Option(name: .long, help: ArgumentHelp("Texts that declare this language, such as de.", valueName: "tag"))
  var language: String?
  @Flag(name: .long, help: "Stealth edits alone.") var stealth = false
  @Option(
    name: .long,
    help: ArgumentHelp("The secret: whsec_ and 24 to 64 octets in base 64. [default: made]", valueName: "whsec_…"))
  var secret: String?
  @Flag(name: .long, help: "The address may be private or loopback.") var allowPrivate = false
  @OptionGroup var options: ArchiveOptions

  func run() async throws {
    let doing = "adding the webhook \(url)"
    try await reporting(doing, json: options.json) {
      let address = try Self.address(url, doing)
      let secret = try WebhookSecret.given(secret, doing)
      let store = try options.open(.write)
      defer { store.close() }
      var filter = WebhookFilter()
      filter.sources = Set(try source.map { try store.sourceNamed($0, doing: doing) })
      (filter.classes, filter.language, filter.stealthOnly) = (Set(classes), language, stealth)
      let (id, isNew) = try store.addWebhook(
        address, secret: secret.octets, filter: filter, allowsPrivateAddresses: allowPrivate, now: Clock.now())
      guard isNew else {
        throw CommandFailure(
          doing, code: "already-there", "webhook \(id) has that URL", hint: "`stet webhook remove \(id)` takes it away")
      }
      if options.json {
        Terminal.print(
          JSONValue.object([
            ("webhook", JSONValue(id)), ("url", .string(address)), ("secret", .string(secret.text)),
          ]).description)
      } else {
        Terminal.print("added    \(id)  \(address)")
        Terminal.print("secret   \(secret.text)")
      }
    }
  }

  private static func address(_ text: String, _ doing: String) throws -> String {
    let reason: String
    do throws(WebURL.Invalid) {
      let url = try WebURL(text)
      if url.scheme == "http" || url.scheme == "https" { return url.normalized }
      reason = "scheme \(url.scheme) is neither http nor https"
    } catch { reason = error.reason }
    throw CommandFailure(doing, code: "bad-url", reason)
  }

}

extension WebhookSecret {
  /// The one that was given, or 32 octets of the system's randomness.
  static func given(_ text: String?, _ doing: String) throws -> WebhookSecret {
    if let text {
      guard let secret = WebhookSecret(text) else {
        throw CommandFailure(
          doing, code: "bad-secret", "a secret is whsec_ and 24 to 64 octets in base 64",
          hint: "leave --secret out, and one is made")
      }
      return secret
    }
    var random = SystemRandomNumberGenerator()
    let octets = (0..<32).map { _ in UInt8.random(in: .min ... .max, using: &random) }
    guard let secret = WebhookSecret(octets: octets) else { throw ExitCode.failure }
    return secret
  }
}
