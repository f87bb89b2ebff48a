import Model
import Scheduling
import Storage

/// The habits of hosts, and of all hosts together, from which a new one starts.
struct Habits {
  /// The row of all hosts together; no host has an empty name.
  static let everywhere = ""

  private var hosts: [String: HostHabit]

  /// As they were kept; one that cannot be read begins anew.
  init(_ rows: [HostRow]) {
    hosts = Dictionary(
      uniqueKeysWithValues: rows.compactMap { row in HostHabit(coded: row.habit).map { (row.name, $0) } })
  }

  func of(_ host: String) -> HostHabit {
    hosts[host] ?? hosts[Self.everywhere].map(HostHabit.init(startingFrom:)) ?? HostHabit()
  }

  func coded(of host: String) -> String { hosts[host]?.coded ?? "" }

  /// Learns from one check; gives the host's habit after it.
  mutating func record(
    _ outcome: ArticleHistory.Outcome, at now: Instant, of history: inout ArticleHistory, host: String
  ) -> HostHabit {
    var all = of(Self.everywhere)
    var own = of(host)
    var copy = history
    copy.record(outcome, at: now, habit: &all)
    history.record(outcome, at: now, habit: &own)
    (hosts[Self.everywhere], hosts[host]) = (all, own)
    return own
  }
}
