import Fetching
import Model
import Robots
import Scheduling
import Storage
import Synchronization

/// When things are checked next: what checks found, turned into the histories and habits that `Schedule` works from.
final class Planner: Sendable {
  typealias Sources = [Int64: (kind: SourceKind, settings: SourceSettings)]
  private let known: Mutex<Sources>
  private let state: Mutex<State>

  private struct State {
    var hosts: [String: HostRow]
    var habits: Habits
    /// Hosts that were learnt of.
    var touched: Set<String> = []
    /// By what stands before the path.
    private var names: [Substring: String] = [:]

    init(hosts: [String: HostRow], habits: Habits) { (self.hosts, self.habits) = (hosts, habits) }

    mutating func host(of url: String) -> String {
      var slashes = 0
      let authority = url.utf8.prefix { octet in
        if octet == UInt8(ascii: "/") { slashes += 1 }
        return slashes < 3
      }
      if let known = names[Substring(authority)] { return known }
      let name = (try? WebURL(url))?.host ?? ""  // what is no URL cannot be fetched, and has no host to learn of
      names[Substring(authority)] = name
      return name
    }
  }

  init(_ store: Store) throws(StorageError) {
    known = Mutex(try store.settings())
    let hosts = try store.hosts()
    state = Mutex(
      State(hosts: Dictionary(uniqueKeysWithValues: hosts.map { ($0.name, $0) }), habits: Habits(hosts)))
  }

  // MARK: articles

  /// As many articles as there may be checks, those first of which a check is worth the most; as they are when none is left out.
  func chosen(_ due: [DueFetch], limit: Int, now: Instant) -> [DueFetch] {
    guard due.count > limit else { return due }
    let values = state.withLock { state in
      due.map { one in
        Schedule.value(
          of: ArticleHistory(one, at: now), habit: state.habits.of(state.host(of: one.url)), fixed: every(one),
          hints: ScheduleHints(listedChange: one.statedAt), at: now)
      }
    }
    return Schedule.rank(values: values, limit: limit).map { due[$0] }
  }

  /// The plan after a check of which all is known already; nil when it depends on what the answer turns out to say.
  func plan(_ due: DueFetch, _ outcome: FetchOutcome) -> Plan? {
    if outcome.isOpen { return nil }
    let found: ArticleHistory.Outcome =
      switch outcome.response?.status {
      case 304: .unchanged
      case 404, 410, 451: .gone
      default: .failed
      }
    return next(due, outcome, found, published: nil)
  }

  /// The plan after a check whose answer has been read.
  /// - Parameter changed: whether the article has a new revision.
  func plan(_ check: KeptCheck, changed: Bool, _ batch: DerivedBatch) -> Plan {
    let reading = check.captures.last.flatMap { batch.readings[$0.id] }
    let found: ArticleHistory.Outcome =
      switch check.captures.last.flatMap({ batch.verdicts[$0.id] }) {
      case .article?, .notAnArticle?, nil: changed ? .changed : .unchanged
      case .soft404?, .gone?: .gone
      case .blocked?, .consentWall?, .error?, .redirect?: .failed
      }
    let published = reading?.text?.published?.instant(assumingOffsetMinutes: 0)
    return next(check.due, check.outcome, found, published: published)
  }

  private func next(
    _ due: DueFetch, _ outcome: FetchOutcome, _ found: ArticleHistory.Outcome, published: Instant?
  ) -> Plan {
    let now = outcome.startedAt
    var history = ArticleHistory(
      due, at: [published, due.statedAt].compactMap(\.self).filter { $0 < now }.min() ?? now)
    var hints = ScheduleHints(listedChange: due.statedAt)
    if let answer = outcome.response { hints.freshUntil = Freshness.end(of: answer.fields, receivedAt: answer.at) }
    return state.withLock { state in
      let host = state.host(of: due.url)
      let habit = state.habits.record(found, at: now, of: &history, host: host)
      state.touched.insert(host)
      return Plan(
        article: due.article,
        dueAt: Schedule.due(
          after: history, habit: habit, planned: due.planned.flatMap { $0 <= now ? $0 : nil }, fixed: every(due),
          hints: hints),
        history: history.coded, failures: Int(history.failures))
    }
  }

  func isPage(_ source: Int64) -> Bool { sources[source]?.kind == .page }

  /// The fixed interval of a page that has one, in milliseconds.
  private func every(_ due: DueFetch) -> Int64? {
    guard let source = due.source else { return nil }
    return known.withLock { $0[source].flatMap { $0.kind == .page ? $0.settings.every : nil } }
  }

  // MARK: sources

  var sources: Sources { known.withLock { $0 } }

  /// Looks again what sources there are when one of these is new: a sitemap named it, or a person added it, since the pass began.
  /// - Returns: whether it looked.
  func learnSources(of work: [Work], in store: Store) throws(StorageError) -> Bool {
    let hasNew = known.withLock { known in work.contains { $0.source.map { known[$0] == nil } ?? false } }
    guard hasNew else { return false }
    let now = try store.settings()
    known.withLock { $0 = now }
    return true
  }

  /// What is to be kept of a source's answer, and when it is asked next.
  func outcome(_ reading: SourceReading) -> PollOutcome {
    let (poll, now, listing) = (reading.poll, reading.at, reading.listing)
    let failures = reading.trouble == nil ? 0 : poll.failures + 1
    return PollOutcome(
      poll: poll, at: now, worked: reading.trouble == nil, message: reading.trouble ?? listing?.message,
      validators: reading.validators, title: listing?.title, articles: listing?.articles ?? [],
      parts: listing?.parts ?? []
    ) { new in
      var pace = PollPace(poll.history)
      if failures == 0 { pace.record(news: new > 0, hint: listing?.interval) }
      let due = pace.due(planned: poll.planned, now: now, every: poll.settings.every, failures: failures)
      return (due, pace.description)
    }
  }

  // MARK: hosts

  /// What is to be remembered of hosts, with what the fetcher learnt.
  func learnt(_ news: HostMemory) -> (hosts: [HostRow], robots: [RobotsEntry]) {
    state.withLock { state in
      for host in news.hosts {
        state.touched.insert(host.host)
        state.hosts[host.host, default: HostRow(name: host.host)].notBefore = host.notBefore
        state.hosts[host.host]?.failures = host.failures
      }
      let rows = state.touched.sorted().map { name in
        var row = state.hosts[name] ?? HostRow(name: name)
        row.habit = state.habits.coded(of: name)
        return row
      }
      return (rows + [HostRow(name: Habits.everywhere, habit: state.habits.coded(of: Habits.everywhere))], news.robots)
    }
  }
}

extension ArticleHistory {
  /// An article's history as it was kept; one that cannot be read, or is not there, begins anew.
  init(_ due: DueFetch, at born: Instant) {
    self = ArticleHistory(coded: due.history) ?? ArticleHistory(born: born)
  }
}
