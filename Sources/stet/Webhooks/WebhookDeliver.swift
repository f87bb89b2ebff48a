import ArgumentParser
import JSON
import Storage
import Webhooks

struct WebhookDeliver: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "deliver", abstract: "Send now what webhooks are owed.",
    discussion: """
      Whether its time has come or not, until it has arrived or failed. `stet sync` sends what is due at the end of each pass. \
      Exit code 3 when something did not arrive.

      EXAMPLE
        stet webhook deliver
        stet webhook deliver 1 --given-up
      """)

  @Argument(help: "Only this webhook: its number, or its URL or a part of it.") var name: String?
  @Flag(name: .long, help: "Also what was given up.") var givenUp = false
  @OptionGroup var options: ArchiveOptions

  func run() async throws {
    try await reporting("delivering to webhooks", json: options.json) {
      let store = try options.open(.write)
      defer { store.close() }
      let only = try name.map { try store.webhookNamed($0, doing: "delivering to the webhook \($0)").id }
      _ = try Announcing.queue(in: store, now: Clock.now())
      let courier = try Courier(store: store, network: .own(), userAgent: UserAgent.own, now: Clock.now)
      defer { courier.shutdown() }
      let which: Store.OwedDeliveries = givenUp ? .givenUpToo : .all
      let reports = try await Interruption.running { try await courier.deliver(which, only: only) }
      for report in reports {
        if options.json {
          Terminal.print(
            JSONValue.object([
              ("webhook", JSONValue(report.webhook.id)), ("url", .string(report.webhook.url)),
              ("delivered", JSONValue(report.delivered)), ("failed", JSONValue(report.failed)),
              ("given_up", JSONValue(report.givenUp)), ("message", JSONValue(report.message)),
            ]).description)
        } else if report.delivered > 0 {
          Terminal.print("\(count(report.delivered, "notification")) delivered to \(report.webhook.url)")
        }
        report.complain()
      }
      if reports.isEmpty, !options.json { Terminal.error("nothing is owed\n") }
      if reports.contains(where: { $0.failed > 0 }) { throw ExitCode.someFailed }
    }
  }
}

extension Courier.Report {
  /// Says on stderr what did not arrive.
  func complain() {
    guard failed > 0 else { return }
    let fate =
      isPaused
      ? "the webhook is paused; `stet webhook resume \(webhook.id)` goes on"
      : givenUp == 0
        ? "tried again later" : givenUp == failed ? "given up" : "tried again later, but for \(givenUp) given up"
    Terminal.error(
      "stet: delivering to \(webhook.url): \(count(failed, "notification")) did not arrive: \(message ?? ""); \(fate)\n"
    )
  }
}
