import ArgumentParser
import JSON
import Model
import Storage

struct StatusCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "status",
    abstract: "What is due, the last pass, sizes, failing sources.",
    discussion: """
      EXAMPLE
        stet status
        stet status --json
      """)

  @OptionGroup var options: ArchiveOptions

  func run() async throws {
    try await reporting("reading the status", json: options.json) {
      let now = Clock.now()
      let status = try options.open(.read).status(now: now)
      options.json ? Terminal.print(json(status).description) : table(status, now)
    }
  }

  private func json(_ status: Status) -> JSONValue {
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
    return [
      "archive": .string(options.path), "origin": .string(status.origin),
      "created_at": .string(status.createdAt.description),
      "sources": JSONValue(status.sources), "paused": JSONValue(status.paused), "due": JSONValue(status.due),
      "next_due": JSONValue(status.nextDue?.description), "articles": JSONValue(status.articles),
      "captures": JSONValue(status.captures), "bodies": JSONValue(status.bodies),
      "revisions": JSONValue(status.revisions),
      "edits": JSONValue(status.edits), "checks": JSONValue(status.checks), "not_derived": JSONValue(status.pending),
      "body_bytes": JSONValue(status.bodyBytes), "stored_bytes": JSONValue(status.storedBytes),
      "file_bytes": JSONValue(status.fileBytes), "last_sync": last ?? .null, "failing": .array(failing),
    ]
  }

  private func table(_ status: Status, _ now: Instant) {
    func row(_ name: String, _ value: String) { Terminal.print(Style.dim(name.padded(to: 10)) + value) }
    row("archive", "\(options.path), \(Bytes(status.fileBytes)), since \(status.createdAt.minute)")
    row("origin", status.origin)
    let next = status.nextDue.map { $0 <= now ? "" : ", next at \($0.minute)" } ?? ""
    row(
      "watching",
      "\(count(status.sources, "source")), \(status.due) due\(next)\(status.paused > 0 ? ", \(status.paused) paused" : "")"
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
    for failing in status.failing { row("failing", "\(failing.url): \(failing.message), \(failing.failures) in a row") }
  }
}

extension String {
  /// With spaces on the right up to a width in characters.
  func padded(to width: Int) -> String { self + String(repeating: " ", count: max(1, width - count)) }
}
