import ArgumentParser
import Storage
import Webhooks

struct WebhookCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "webhook",
    abstract: "Have new edits posted to an address of yours.",
    discussion: """
      At the end of each pass, `stet sync` posts what it found to the webhooks whose filters let it through: JSON, signed as \
      Standard Webhooks says (standardwebhooks.com), one post a revision, sent again for three days until it is answered \
      with 2xx. docs/WEBHOOKS.md has the keys and how to check a signature.

      EXAMPLE
        stet webhook add https://desk.example/hooks/stet --class number --class correction-notice
        stet webhook test 1
        stet webhook log 1
      """,
    subcommands: [
      WebhookAdd.self, WebhookList.self, WebhookPause.self, WebhookResume.self, WebhookRemove.self, WebhookRotate.self,
      WebhookTest.self, WebhookDeliver.self, WebhookLog.self,
    ])
}

extension Store {
  /// The webhook that a person named by its number, its URL or a part of it, or a failure that says what to do.
  func webhookNamed(_ name: String, doing: String) throws -> Webhook {
    let all = try webhooks()
    if let one = all.first(where: { "\($0.id)" == name || $0.url == name }) { return one }
    // What is a number is no part of a URL: `remove 7` must not mean the one at port 7000.
    let found = name.isEmpty || Int64(name) != nil ? [] : all.filter { $0.url.contains(name) }
    if found.count == 1 { return found[0] }
    guard found.isEmpty else {
      throw CommandFailure(
        doing, code: "ambiguous",
        "more than one webhook has \(name) in its URL: \(found.map(\.url).joined(separator: " "))",
        hint: "give its number")
    }
    throw CommandFailure(
      doing, code: "no-such-webhook", "no webhook has \(name) as its number, or as its URL or a part of it",
      hint: "`stet webhook list` lists them")
  }
}
