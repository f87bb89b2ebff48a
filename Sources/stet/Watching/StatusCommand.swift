import JSON
import Answers
import ArgumentParser
import Model
import Storage
import Syncing

struct StatusCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "status",
    abstract: "What is due, the last pass, sizes, expected misses, failing sources.",
    discussion: """
      The expected share of edits missed is an estimate from each article's history: of the edits made at the present pace of \
      checking, how many are overwritten before a check can see them.

      EXAMPLE
        stet status
        stet status --json
      """)

  @OptionGroup var options: ArchiveOptions

  func run() async throws {
    try await reporting("reading the status", json: options.json) {
      let now = Clock.now()
      let store = try options.open(.read)
      let (status, misses) = (try store.status(now: now), try MissForecast(store, now: now))
      options.json
        ? Terminal.print(status.json(archive: options.path, misses, now: now).description)
        : table(status, misses, now, hasKey: store.hasOriginKey)
    }
  }

  private func table(_ status: Status, _ misses: MissForecast, _ now: Instant, hasKey: Bool) {
    func row(_ name: String, _ value: String) { Terminal.print(Style.dim(name.padded(to: 10)) + value) }
    row("archive", "\(options.path), \(Bytes(status.fileBytes)), since \(status.createdAt.minute)")
    row("origin", status.origin)
    if !hasKey { row("", Style.yellow("its key is not beside it: what comes in now is not signed")) }
    let next = status.nextDue.map { $0 <= now ? "" : ", next at \($0.minute)" } ?? ""
    row(
      "watching",
      "\(count(status.sources, "source")), \(count(status.watched, "article")), \(status.due) due\(next)\(status.paused > 0 ? ", \(status.paused) paused" : "")"
    )
    row(
      "holding",
      "\(count(status.articles, "article")), \(count(status.revisions, "revision")), \(count(status.edits, "edit"))")
    row(
      "evidence",
      "\(count(status.captures, "capture")) in \(status.bodies) \(status.bodies == 1 ? "body" : "bodies"), "
        + "\(Bytes(status.bodyBytes)) kept in \(Bytes(status.storedBytes)); \(count(status.checks, "check"))")
    if status.pending > 0 {
      row("waiting", "\(count(status.pending, "capture")) not derived yet; the next sync does it")
    }
    if status.owedDeliveries + status.failedDeliveries > 0 {
      let failed = status.failedDeliveries > 0 ? Style.yellow("\(status.failedDeliveries) given up") : "none given up"
      row(
        "webhooks",
        "\(count(status.owedDeliveries, "notification")) still to be delivered, \(failed); see `stet webhook log`")
    }
    if let pass = status.lastPass {
      row(
        "last sync",
        pass.finishedAt.map { "\(pass.startedAt.second), took \(pass.startedAt.milliseconds(to: $0)) ms" }
          ?? "\(pass.startedAt.second), not finished")
    } else {
      row("last sync", "never")
    }
    if status.isLate(now), let gap = status.usualGap {
      row("late", Style.yellow("no sync for longer than usual (every \(Lasting(gap))): is cron running?"))
    }
    if status.watched > 0 {
      row("missing", "\(Percent(misses.share)) of the edits, as the articles' histories let expect")
      for source in misses.sources.prefix(5) where misses.sources.count > 1 && source.share >= 0.05 {
        row("", "\(Percent(source.share)) of \(source.url)")
      }
    }
    if UserAgent.contact == nil { row("contact", "none given: set STET_CONTACT, so that sites can reach you") }
    for host in status.backedOff { row("resting", "\(host.host) until \(host.until.minute)") }
    for wall in status.walls.prefix(20) {
      row("wall", "\(wall.url): \(wall.verdict.rawValue)\(wall.reason.map { ", \($0)" } ?? "")")
    }
    if status.walls.count > 20 { row("", "and \(status.walls.count - 20) more") }
    for failing in status.failing { row("failing", "\(failing.url): \(failing.message), \(failing.failures) in a row") }
  }
}

extension String {
  /// With spaces on the right up to a width in characters.
  func padded(to width: Int) -> String { self + String(repeating: " ", count: max(1, width - count)) }
}
