import ArgumentParser
import Fetching
import JSON
import Storage
import Webhooks

struct WebhookTest: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "test", abstract: "Send a signed message of type test to a webhook now, and print the answer.",
    discussion:
      "It is sent once, also to a paused webhook. Exit code 1 unless the answer is 2xx.\n\nEXAMPLE\n  stet webhook test 1"
  )

  @Argument(help: "A webhook's number, or its URL or a part of it.") var name: String
  @OptionGroup var options: ArchiveOptions

  func run() async throws {
    try await reporting("testing the webhook \(name)", json: options.json) {
      let store = try options.open(.read)
      let webhook = try store.webhookNamed(name, doing: "testing the webhook \(name)")
      let courier = try Courier(store: store, network: .own(), userAgent: UserAgent.own, now: Clock.now)
      defer { courier.shutdown() }
      let id = "msg_test_" + String(UInt64.random(in: .min ... .max), radix: 16)
      switch await courier.test(webhook, messageID: id) {
      case .failed(let error):
        throw CommandFailure("testing \(webhook.url)", code: error.code, error.message, hint: error.webhookHint)
      case .answered(let status, let body):
        if options.json {
          Terminal.print(
            JSONValue.object([
              ("webhook", JSONValue(webhook.id)), ("message_id", .string(id)), ("status", JSONValue(status)),
              ("body", .string(body)),
            ]).description)
        } else {
          // Whoever answers could otherwise steer the terminal.
          let shown = String(
            String.UnicodeScalarView(
              body.unicodeScalars.filter { $0 == "\n" || $0.properties.generalCategory != .control }))
          Terminal.print("\(status)  \(webhook.url)" + (shown.isEmpty ? "" : "\n" + shown))
        }
        if !(200...299).contains(status) { throw ExitCode.failure }
      }
    }
  }
}

extension FetchError {
  fileprivate var webhookHint: String? {
    if case .guardedAddress = self { return "add it anew with --allow-private to reach your own network" }
    return hint
  }
}
