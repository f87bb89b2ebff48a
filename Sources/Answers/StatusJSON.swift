import JSON
import Model
import Storage
import Syncing

/// The archive in numbers: the keys of `status`.
extension Status {
  /// - Parameter archive: how the archive is called.
  public func json(archive: String, _ misses: MissForecast, now: Instant) -> JSONValue {
    let last = lastPass.map { pass -> JSONValue in
      // a report that is no JSON is shown as none
      let report = pass.report.flatMap { try? JSONValue(parsing: Array($0.utf8)) }
      return [
        "started_at": .string(pass.startedAt.description), "finished_at": JSONValue(pass.finishedAt?.description),
        "report": report ?? .null,
      ]
    }
    let failing = self.failing.map {
      JSONValue.object([
        ("url", .string($0.url)), ("failures", JSONValue($0.failures)), ("message", .string($0.message)),
      ])
    }
    let walls = self.walls.map {
      JSONValue.object([
        ("url", .string($0.url)), ("verdict", .string($0.verdict.rawValue)), ("reason", JSONValue($0.reason)),
      ])
    }
    let backedOff = self.backedOff.map {
      JSONValue.object([("host", .string($0.host)), ("until", .string($0.until.description))])
    }
    let expected = misses.sources.map {
      JSONValue.object([
        ("source", .string($0.url)), ("articles", JSONValue($0.articles)),
        ("share", .number(share($0.share))),
      ])
    }
    return [
      "archive": .string(archive), "origin": .string(origin),
      "created_at": .string(createdAt.description),
      "sources": JSONValue(sources), "paused": JSONValue(paused), "watched": JSONValue(watched),
      "due": JSONValue(due),
      "next_due": JSONValue(nextDue?.description), "articles": JSONValue(articles),
      "captures": JSONValue(captures), "bodies": JSONValue(bodies),
      "revisions": JSONValue(revisions),
      "edits": JSONValue(edits), "checks": JSONValue(checks), "not_derived": JSONValue(pending),
      "deliveries_owed": JSONValue(owedDeliveries), "deliveries_failed": JSONValue(failedDeliveries),
      "body_bytes": JSONValue(bodyBytes), "stored_bytes": JSONValue(storedBytes),
      "file_bytes": JSONValue(fileBytes), "last_sync": last ?? .null,
      "usual_gap_ms": usualGap.map { JSONValue($0) } ?? .null, "late": .bool(isLate(now)),
      "expected_missed": .number(share(misses.share)), "expected_missed_by_source": .array(expected),
      "failing": .array(failing), "walls": .array(walls), "backed_off": .array(backedOff),
    ]
  }

  /// A share from 0 to 1 with four decimals.
  private func share(_ share: Double) -> String {
    let digits = String(Int((min(max(share, 0), 1) * 10_000).rounded()))
    return digits.count > 4 ? "1.0000" : "0." + String(repeating: "0", count: 4 - digits.count) + digits
  }
}
