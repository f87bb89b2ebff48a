import Answers
import ArgumentParser
import JSON
import Storage

struct WebhookLog: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "log", abstract: "List what was sent, or is still to be, the newest first.",
    discussion: "EXAMPLE\n  stet webhook log 1 --limit 20")

  @Argument(help: "Only this webhook: its number, or its URL or a part of it.") var name: String?
  @Option(name: .long, help: ArgumentHelp("No more than so many.", valueName: "n")) var limit = 100
  @OptionGroup var options: ArchiveOptions

  func validate() throws {
    try checkLimit(limit)
  }

  func run() async throws {
    try await reporting("listing what webhooks were told", json: options.json) {
      let store = try options.open(.read)
      let only = try name.map { try store.webhookNamed($0, doing: "listing what the webhook \($0) was told").id }
      let rows = try store.deliveries(of: only, limit: limit)
      for row in rows { Terminal.print(options.json ? row.json.description : row.line) }
      if rows.isEmpty, !options.json { Terminal.error("nothing was sent yet\n") }
    }
  }
}

extension DeliveryRow {
  fileprivate var line: String {
    let fate =
      switch state {
      case .delivered: Style.green("delivered") + " \(deliveredAt?.second ?? "")"
      case .owed where tries == 0: Style.yellow("owed")
      case .owed: Style.yellow("owed") + ", next \(nextAt?.second ?? "")"
      case .failed: Style.red("given up")
      }
    let tried = tries > 0 ? ", \(tries == 1 ? "1 try" : "\(tries) tries")" : ""
    return "\(queuedAt.second)  \(webhook)  \(article)\n   \(fate)\(tried)\(failure.map { ": \($0)" } ?? "")"
      + Style.dim("  \(messageID)")
  }
}
