import Model
import Storage
import Synchronization

/// What was asked and how long it took, and the archive in numbers, as Prometheus reads them (text format 0.0.4).
final class Metrics: Sendable {
  private struct Series: Hashable {
    let route, method: String
    let status: Int
  }

  private struct Durations {
    /// How many took no longer than each of `bounds`, and how many in all.
    var counts = [Int](repeating: 0, count: Metrics.bounds.count)
    var all = 0
    var nanoseconds: Int64 = 0
  }

  private struct State {
    var requests: [Series: Int] = [:]
    var durations: [String: Durations] = [:]
  }

  private let state = Mutex(State())

  /// Nanoseconds, with how they are written in seconds.
  private static let bounds: [(nanoseconds: Int64, seconds: String)] = [
    (1_000_000, "0.001"), (5_000_000, "0.005"), (10_000_000, "0.01"), (25_000_000, "0.025"), (50_000_000, "0.05"),
    (100_000_000, "0.1"), (250_000_000, "0.25"), (500_000_000, "0.5"), (1_000_000_000, "1"), (2_500_000_000, "2.5"),
    (10_000_000_000, "10"),
  ]
  private static let methods: Set<String> = ["GET", "HEAD", "POST", "OPTIONS"]

  func count(route: String, method: String, status: Int, nanoseconds: Int64) {
    // A method is whatever the client made up: no series for each.
    let series = Series(route: route, method: Self.methods.contains(method) ? method : "other", status: status)
    state.withLock { state in
      state.requests[series, default: 0] += 1
      var durations = state.durations[route] ?? Durations()
      durations.all += 1
      durations.nanoseconds += nanoseconds
      for (i, bound) in Self.bounds.enumerated() where nanoseconds <= bound.nanoseconds { durations.counts[i] += 1 }
      state.durations[route] = durations
    }
  }

  func text(_ status: Status, now: Instant, version: String) -> [UInt8] {
    let (requests, durations) = state.withLock { ($0.requests, $0.durations) }
    var out = Page()
    out.family("stet_build_info", "gauge", "The program.")
    out.line("stet_build_info", [("version", version)], "1")
    out.family("stet_http_requests_total", "counter", "Requests answered.")
    for (series, count) in requests.sorted(by: {
      ($0.key.route, $0.key.method, $0.key.status) < ($1.key.route, $1.key.method, $1.key.status)
    }) {
      out.line(
        "stet_http_requests_total",
        [("route", series.route), ("method", series.method), ("status", "\(series.status)")], "\(count)")
    }
    out.family("stet_http_request_duration_seconds", "histogram", "Time from a request to its answer.")
    for (route, durations) in durations.sorted(by: { $0.key < $1.key }) {
      let name = "stet_http_request_duration_seconds"
      for (bound, count) in zip(Self.bounds, durations.counts) {
        out.line(name + "_bucket", [("route", route), ("le", bound.seconds)], "\(count)")
      }
      out.line(name + "_bucket", [("route", route), ("le", "+Inf")], "\(durations.all)")
      out.line(name + "_sum", [("route", route)], Self.seconds(durations.nanoseconds / 1_000_000))
      out.line(name + "_count", [("route", route)], "\(durations.all)")
    }
    let counts: [(String, String, Int64)] = [
      ("sources", "Sources on the watch list.", Int64(status.sources)),
      ("watched", "Articles that are watched.", Int64(status.watched)),
      ("due", "Articles and sources that are due.", Int64(status.due)),
      ("articles", "Articles in the archive.", Int64(status.articles)),
      ("captures", "Captures in the archive.", Int64(status.captures)),
      ("revisions", "Revisions in the archive.", Int64(status.revisions)),
      ("edits", "Edits in the archive.", Int64(status.edits)),
      ("checks", "Attempts to fetch.", Int64(status.checks)),
      ("not_derived", "Captures that wait to be read.", Int64(status.pending)),
      ("failing", "Articles and sources whose last check failed.", Int64(status.failing.count)),
      ("deliveries_owed", "Notifications for webhooks that are still to arrive.", Int64(status.owedDeliveries)),
      ("deliveries_failed", "Notifications for webhooks that were given up.", Int64(status.failedDeliveries)),
      ("file_bytes", "Size of the archive file.", status.fileBytes),
      ("body_bytes", "Size of all bodies, decoded.", status.bodyBytes),
      ("late", "1 if no sync has begun for longer than usual.", status.isLate(now) ? 1 : 0),
    ]
    for (name, help, count) in counts {
      out.family("stet_archive_\(name)", "gauge", help)
      out.line("stet_archive_\(name)", [], "\(count)")
    }
    if let last = status.lastPass {
      out.family("stet_last_sync_timestamp_seconds", "gauge", "When the last sync began.")
      out.line("stet_last_sync_timestamp_seconds", [], Self.seconds(last.startedAt.milliseconds))
      out.family("stet_last_sync_age_seconds", "gauge", "Time since the last sync began.")
      out.line("stet_last_sync_age_seconds", [], Self.seconds(last.startedAt.milliseconds(to: now)))
    }
    return Array(out.text.utf8)
  }

  private static func seconds(_ milliseconds: Int64) -> String {
    let (whole, rest) = milliseconds.magnitude.quotientAndRemainder(dividingBy: 1000)
    return "\(milliseconds < 0 ? "-" : "")\(whole).\(String(rest + 1000).dropFirst())"
  }

  private struct Page {
    var text = ""

    mutating func family(_ name: String, _ type: String, _ help: String) {
      text += "# HELP \(name) \(help)\n# TYPE \(name) \(type)\n"
    }

    mutating func line(_ name: String, _ labels: [(String, String)], _ value: String) {
      func escaped(_ text: String) -> String {
        text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"").replacing("\n", with: "\\n")
      }
      let inner = labels.map { "\($0.0)=\"\(escaped($0.1))\"" }.joined(separator: ",")
      text += labels.isEmpty ? "\(name) \(value)\n" : "\(name){\(inner)} \(value)\n"
    }
  }
}
