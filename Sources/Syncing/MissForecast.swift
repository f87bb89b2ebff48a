import Model
import Scheduling
import Storage

/// The share of edits that is expected to be missed at the present pace of checking, in all and by source.
public struct MissForecast: Sendable {
  /// 0 to 1.
  public let share: Double
  /// Those with the greatest share first.
  public let sources: [(url: String, articles: Int, share: Double)]

  public init(_ store: Store, now: Instant) throws(StorageError) {
    let habits = Habits(try store.hosts())
    var bySource: [String: [EditExpectation]] = [:]
    for pace in try store.paces() {
      // Never checked: there is nothing to expect from.
      guard let history = ArticleHistory(coded: pace.history) else { continue }
      let host = (try? WebURL(pace.url))?.host ?? ""  // what is no URL has no host to learn of
      let expectation = Schedule.expectation(of: history, habit: habits.of(host), due: max(pace.dueAt, now))
      bySource[pace.source, default: []].append(expectation)
    }
    share = Schedule.expectedMissedShare(bySource.values.joined())
    sources = bySource.map { ($0, $1.count, Schedule.expectedMissedShare($1)) }.sorted { ($1.2, $0.0) < ($0.2, $1.0) }
  }
}
