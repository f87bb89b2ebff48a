import Model

/// Real change instants replayed against a policy: which edits it would have caught with a given number of fetches.
///
/// Time goes in ticks of 300 s. An article can be fetched from its birth on; its first fetch, within 30 minutes as by a feed, is
/// free and not chosen; then each tick the policy takes the `budget` articles that it values most. An edit is caught when a
/// fetch falls at or after it and before the next edit of the same article. A policy sees of a fetch only whether it found a
/// change.
public struct Simulation: Sendable {
  /// An article and the instants of its edits, in seconds; ticks are counted from 0.
  public struct Article: Hashable, Sendable {
    public let url: String
    public let born: Int64
    /// In ascending order.
    public let changes: [Int64]

    public init(url: String, born: Int64, changes: [Int64]) {
      (self.url, self.born, self.changes) = (url, born, changes.sorted())
    }
  }

  public enum Policy: String, CaseIterable, Sendable {
    /// `Schedule.value`, what a sync with a budget uses.
    case stet
    /// The longest waiting.
    case fixed
    /// Steps by time since the last change, as NewsDiffs has them.
    case ladder
  }

  public struct Fetch: Hashable, Sendable {
    /// Index of the article in `articles`.
    public let article: Int
    /// Seconds.
    public let at: Int64
  }

  public struct Result: Hashable, Sendable {
    public var edits = 0
    public var caught = 0
    /// The first fetches included.
    public var requests = 0
    /// Seconds from an edit to the fetch that caught it, over all caught.
    public var delay: Int64 = 0

    public var missed: Int { edits - caught }
    /// 0 to 1; 0 without edits.
    public var share: Double { edits > 0 ? Double(caught) / Double(edits) : 0 }
    /// Seconds; 0 when nothing was caught.
    public var meanDelay: Double { caught > 0 ? Double(delay) / Double(caught) : 0 }
  }

  static let tick: Int64 = 300
  static let day: Int64 = 86_400

  /// Oldest first.
  public let articles: [Article]

  public init(_ articles: [Article]) {
    self.articles = articles.enumerated().sorted { ($0.element.born, $0.offset) < ($1.element.born, $1.offset) }
      .map(\.element)
  }

  /// Replays the trace.
  /// - Parameters:
  ///   - budget: fetches a tick over all articles.
  ///   - fetched: told of each fetch as it happens.
  public func run(_ policy: Policy, budget: Int, fetched: (Fetch) -> Void = { _ in }) -> Result {
    switch policy {
    case .stet:
      var habit = HostHabit()
      var histories = articles.map { ArticleHistory(born: Self.instant($0.born)) }
      return run(
        budget: budget, fetched: fetched,
        record: { histories[$0].record($1 ? .changed : .unchanged, at: Self.instant($2), habit: &habit) },
        value: { Schedule.value(of: histories[$0], habit: habit, at: Self.instant($1)) })
    case .fixed:
      var last = [Int64](repeating: 0, count: articles.count)
      return run(
        budget: budget, fetched: fetched, record: { article, _, now in last[article] = now },
        value: { Double($1 - last[$0]) })
    case .ladder:
      var last = [Int64](repeating: 0, count: articles.count)
      var changed = [Int64?](repeating: nil, count: articles.count)
      return run(
        budget: budget, fetched: fetched,
        record: { article, found, now in
          last[article] = now
          if found || changed[article] == nil { changed[article] = now }
        },
        value: { Double($1 - last[$0]) / Self.step(quiet: $1 - (changed[$0] ?? $1)) })
    }
  }

  /// Replays the trace against any policy.
  /// - Parameters:
  ///   - record: told of each fetch: the article's index, whether it found a change since the fetch before, when. The first
  ///     fetch of an article has nothing before it and finds none.
  ///   - value: what a fetch of an article at an instant would be worth; the greatest values win, of equals whichever article
  ///     was first fetched earlier.
  public func run(
    budget: Int, fetched: (Fetch) -> Void = { _ in }, record: (Int, Bool, Int64) -> Void, value: (Int, Int64) -> Double
  ) -> Result {
    var result = Result(edits: articles.reduce(0) { $0 + $1.changes.count })
    let last = articles.map { max($0.born, $0.changes.last ?? $0.born) }.max() ?? 0
    let firsts = articles.indices.map { (at: articles[$0].born + Int64($0) * 7_919 % 1_800, article: $0) }
      .sorted { ($0.at, $0.article) < ($1.at, $1.article) }
    var seen = [Int](repeating: 0, count: articles.count)
    func fetch(_ article: Int, at now: Int64) -> Bool {
      let (changes, before) = (articles[article].changes, seen[article])
      while seen[article] < changes.count, changes[seen[article]] <= now { seen[article] += 1 }
      result.requests += 1
      fetched(Fetch(article: article, at: now))
      guard seen[article] > before else { return false }
      result.caught += 1
      result.delay += now - changes[seen[article] - 1]
      return true
    }

    var live: [Int] = []
    var best = Best(limit: budget)
    var now: Int64 = 0
    while now < last + Self.day {
      now += Self.tick
      while live.count < firsts.count, firsts[live.count].at <= now {
        let article = firsts[live.count].article
        live.append(article)
        _ = fetch(article, at: now)
        record(article, false, now)
      }
      best.clear()
      for (order, article) in live.enumerated() { best.offer(value(article, now), order) }
      for order in best.orders { record(live[order], fetch(live[order], at: now), now) }
    }
    return result
  }

  private static func instant(_ seconds: Int64) -> Instant { Instant(milliseconds: seconds * 1_000) }

  private static func step(quiet: Int64) -> Double {
    switch quiet {
    case ..<(3 * 3_600): 900
    case ..<day: 3_600
    case ..<(7 * day): 10_800
    case ..<(30 * day): 259_200
    default: 2_592_000
    }
  }
}

/// The greatest few of a run of values, of equals those offered first; kept sorted by insertion, for the few are few.
private struct Best {
  let limit: Int
  private var kept: [(value: Double, order: Int)] = []

  init(limit: Int) { self.limit = limit }

  var orders: [Int] { kept.map(\.order) }

  mutating func clear() { kept.removeAll(keepingCapacity: true) }

  mutating func offer(_ value: Double, _ order: Int) {
    if kept.count >= limit {
      guard let least = kept.last, value > least.value else { return }
      kept.removeLast()
    }
    var (low, high) = (0, kept.count)
    while low < high {
      let middle = (low + high) / 2
      if kept[middle].value >= value { low = middle + 1 } else { high = middle }
    }
    kept.insert((value, order), at: low)
  }
}
