import ArgumentParser
import JSON
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
      options.json ? Terminal.print(json(status, misses, now).description) : table(status, misses, now)
    }
  }

  private func json(_ status: Status, _ misses: MissForecast, _ now: Instant) -> JSONValue {
    let last = status.lastPass.map { pass -> JSONValue in
      // a report that is no JSON is shown as none
      let report = pass.report.flatMap { try? JSONValue(parsing: Array($0.utf8)) }
      return [
        "started_at": .string(pass.startedAt.description), "finished_at": JSONValue(pass.finishedAt?.description),
        "report": report ?? .null,
      ]
    }
    let failing = status.failing.map {
      JSONValue.object([
        ("url", .string($0.url)), ("failures", JSONValue($0.failures)), ("message", .string($0.message)),
      ])
    }
    let walls = status.walls.map {
      JSONValue.object([
        ("url", .string($0.url)), ("verdict", .string($0.verdict.rawValue)), ("reason", JSONValue($0.reason)),
      ])
    }
    let backedOff = status.backedOff.map {
      JSONValue.object([("host", .string($0.host)), ("until", .string($0.until.description))])
    }
    let expected = misses.sources.map {
      JSONValue.object([
        ("source", .string($0.url)), ("articles", JSONValue($0.articles)),
        ("share", .number(Percent.decimal($0.share))),
      ])
    }
    return [
      "archive": .string(options.path), "origin": .string(status.origin),
      "created_at": .string(status.createdAt.description),
      "sources": JSONValue(status.sources), "paused": JSONValue(status.paused), "watched": JSONValue(status.watched),
      "due": JSONValue(status.due),
      "next_due": JSONValue(status.nextDue?.description), "articles": JSONValue(status.articles),
      "captures": JSONValue(status.captures), "bodies": JSONValue(status.bodies),
      "revisions": JSONValue(status.revisions),
      "edits": JSONValue(status.edits), "checks": JSONValue(status.checks), "not_derived": JSONValue(status.pending),
      "body_bytes": JSONValue(status.bodyBytes), "stored_bytes": JSONValue(status.storedBytes),
      "file_bytes": JSONValue(status.fileBytes), "last_sync": last ?? .null,
      "usual_gap_ms": status.usualGap.map { JSONValue($0) } ?? .null, "late": .bool(status.isLate(now)),
      "expected_missed": .number(Percent.decimal(misses.share)), "expected_missed_by_source": .array(expected),
      "failing": .array(failing), "walls": .array(walls), "backed_off": .array(backedOff),
    ]
  }

  private func table(_ status: Status, _ misses: MissForecast, _ now: Instant) {
    func row(_ name: String, _ value: String) { Terminal.print(Style.dim(name.padded(to: 10)) + value) }
    row("archive", "\(options.path), \(Bytes(status.fileBytes)), since \(status.createdAt.minute)")
    row("origin", status.origin)
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
