import Model

/// When an article is next due, and how much a check of it is worth: pure functions of its history.
///
/// An edit is caught when a check falls after it and before the next edit of the same article. So a check is worth the loss it
/// averts: that of edits which another edit would overwrite unseen. docs/decisions/0008 derives the formula.
public enum Schedule {
  /// The shortest planned interval in milliseconds: 5 minutes.
  public static let shortestInterval: Int64 = 300_000
  /// The longest planned interval of an article that answers, in milliseconds: 30 days, so that none is given up.
  public static let longestInterval: Int64 = 30 * 86_400_000
  /// The longest wait after a failure, in milliseconds: a day.
  public static let longestBackOff: Int64 = 86_400_000
  /// The longest wait while an article is gone, in milliseconds: 28 days.
  public static let longestRetirement: Int64 = 28 * 86_400_000
  /// The longest that a server's word that its answer is still fresh puts a check off, in milliseconds: an hour.
  public static let longestFreshness: Int64 = 3_600_000

  /// What a check is worth when it is due, in edits: without a budget, articles are checked when they reach this.
  static let threshold = 0.002
  /// What it is worth to catch an edit a day sooner, in edits.
  static let delayWeight = 0.4

  /// What a check at this instant is worth, in edits caught: between articles that compete for a budget, those of the greatest
  /// value come first. Never falls while an article waits. Infinite before the first check.
  ///
  /// - Parameters:
  ///   - fixed: the interval set for the source in milliseconds, if one is: then the value is how many thresholds it has waited.
  public static func value(
    of history: ArticleHistory, habit: HostHabit, fixed: Int64? = nil, hints: ScheduleHints = ScheduleHints(),
    at now: Instant
  ) -> Double {
    if let until = hints.notBefore, until > now { return 0 }
    if history.failures > 0, let tried = history.tried {
      if hints.listsChange(after: tried) { return .infinity }
      let interval = retryInterval(of: history, interval: fixed ?? shortestInterval)
      if tried.milliseconds(to: now) < interval { return 0 }
    }
    guard let checked = history.checked else { return .infinity }
    if hints.listsChange(after: checked) { return .infinity }
    let waited = Double(checked.milliseconds(to: now))
    guard waited > 0 else { return 0 }
    if let fixed { return threshold * waited / Double(max(1, fixed)) }
    return value(
      of: history, since: history.lawTime(at: checked), shares: history.belief.shares(given: habit.shares),
      strayRate: habit.strayRate, at: now)
  }

  /// P(two edits or more since the last check): what a check saves on average by coming now, not one interval later, when edits
  /// come as a Poisson process and the intervals are the best ones; and the delay of the edit that may be waiting.
  /// - Parameter since: law time at the last check.
  private static func value(
    of history: ArticleHistory, since: PerLaw, shares: PerLaw, strayRate: Double, at now: Instant
  ) -> Double {
    guard let checked = history.checked else { return .infinity }
    let waited = Double(checked.milliseconds(to: now))
    let elapsed = history.lawTime(since: since, to: now)
    let stray = strayRate * waited
    let noStray = exponential(-stray)
    var (none, one) = (0.0, 0.0)
    for law in EditLaw.allCases {
      let (a, b, d) = (history.belief.shape[law], history.belief.rate[law], elapsed[law])
      let probability = shares[law] * noStray * power(b / (b + d), a)
      none += probability
      one += probability * (stray + a * d / (b + d))
    }
    return max(0, 1 - none - one) + delayWeight * max(0, 1 - none) * waited / EditLaw.day / 2
  }

  /// The articles of the greatest value, greatest first, at most `limit`; of equals the earlier in the list.
  public static func rank(values: [Double], limit: Int) -> [Int] {
    Array(values.indices.sorted { (values[$0], $1) > (values[$1], $0) }.prefix(max(0, limit)))
  }

  /// The interval in milliseconds after which a check of this article is worth its while, from the last one that worked.
  public static func interval(of history: ArticleHistory, habit: HostHabit, fixed: Int64? = nil) -> Int64 {
    if let fixed { return max(1, fixed) }
    guard let checked = history.checked else { return shortestInterval }
    let (shares, since) = (history.belief.shares(given: habit.shares), history.lawTime(at: checked))
    /// How far the value after an interval is above the threshold, as a logarithm: near a straight line over that of the interval.
    func excess(_ interval: Int64) -> Double {
      let value = value(
        of: history, since: since, shares: shares, strayRate: habit.strayRate,
        at: checked.advanced(byMilliseconds: interval))
      return logarithm(max(value, .leastNormalMagnitude) / threshold)
    }
    var (low, high) = (shortestInterval, longestInterval)
    var (below, above) = (excess(low), excess(high))
    if below >= 0 { return low }
    if above < 0 { return high }
    // To a second, for values never fall with time. By false position: of an end that stays twice, half the excess is taken (the
    // Illinois algorithm; Dowell and Jarratt 1971).
    var wasLow: Bool?
    while high - low > 1_000 {
      let share = above / (above - below)
      let guess = exponential(logarithm(Double(low)) * share + logarithm(Double(high)) * (1 - share))
      let middle = min(max(Int64(guess), low + 500), high - 500)
      let found = excess(middle)
      let isLow = found < 0
      if isLow { (low, below) = (middle, found) } else { (high, above) = (middle, found) }
      if wasLow == isLow { if isLow { above /= 2 } else { below /= 2 } }
      wasLow = isLow
    }
    return high
  }

  /// When an article is next due, given the check just recorded.
  /// - Parameters:
  ///   - planned: when that check was due; nil if it was asked for by hand or is the first. Due times are counted from it, so that
  ///     a cron job of the same period does not drift.
  ///   - fixed: the interval set for the source in milliseconds, if one is: it overrides all but failures and `notBefore`.
  public static func due(
    after history: ArticleHistory, habit: HostHabit, planned: Instant? = nil, fixed: Int64? = nil,
    hints: ScheduleHints = ScheduleHints()
  ) -> Instant {
    guard let now = history.tried else { return max(history.born, hints.notBefore ?? history.born) }
    let earliest = max(now, hints.notBefore ?? now)
    if hints.listsChange(after: history.failures > 0 ? now : history.checked ?? now) { return earliest }
    var interval = interval(of: history, habit: habit, fixed: fixed)
    guard history.failures == 0 else {
      return max(earliest, now.advanced(byMilliseconds: retryInterval(of: history, interval: interval)))
    }
    if fixed == nil, history.checks <= 3, let stated = hints.changeInterval {
      interval = min(interval, max(stated, shortestInterval))
    }
    let due = next(planned: planned, now: now, interval: interval)
    guard fixed == nil, let fresh = hints.freshUntil else { return max(earliest, due) }
    return max(earliest, due, min(fresh, now.advanced(byMilliseconds: longestFreshness)))
  }

  /// Whether something planned for an instant belongs to the pass of now: within half a tick it does, for the pass after is
  /// farther away. `tick` is the time between passes in milliseconds.
  public static func isDue(_ planned: Instant, at now: Instant, tick: Int64) -> Bool {
    planned <= now.advanced(byMilliseconds: max(0, tick) / 2)
  }

  /// The first of the instants planned + n × interval, n > 0, that lies more than half an interval ahead; without a plan, or
  /// when the check came before it, an interval from now.
  public static func next(planned: Instant?, now: Instant, interval: Int64) -> Instant {
    guard let planned, planned <= now else { return now.advanced(byMilliseconds: interval) }
    let late = planned.milliseconds(to: now)
    let ticks = late / interval + (late % interval >= interval - interval / 2 ? 2 : 1)
    return planned.advanced(byMilliseconds: ticks * interval)
  }

  /// How long to wait after a failure: each in a row doubles it, up to a day, or from a day to 28 days if the article is gone.
  static func retryInterval(of history: ArticleHistory, interval: Int64) -> Int64 {
    if history.isGone { return max(interval, min(longestRetirement, longestBackOff << min(history.failures - 1, 5))) }
    return max(interval, min(longestBackOff, max(interval, shortestInterval) << min(history.failures, 10)))
  }
}

/// How many edits are to be expected over an interval, and how many of them will be overwritten unseen.
public struct EditExpectation: Hashable, Sendable {
  /// Expected edits in the interval.
  public let edits: Double
  /// Expected edits of these that a check at its end does not find. Between 0 and `edits`.
  public let missed: Double
  /// The interval, in milliseconds.
  public let interval: Int64

  /// Edits a day at this rate.
  public var editsADay: Double { edits / Double(max(1, interval)) * EditLaw.day }
  /// Edits missed a day at this rate. To sum up a source, add these and divide by the sum of `editsADay`.
  public var missedADay: Double { missed / Double(max(1, interval)) * EditLaw.day }
  /// The expected share of edits missed, 0 to 1.
  public var missedShare: Double { edits > 0 ? missed / edits : 0 }
}

extension Schedule {
  /// What is to be expected between the last check that worked and the next, at `due`.
  public static func expectation(of history: ArticleHistory, habit: HostHabit, due: Instant) -> EditExpectation {
    guard let checked = history.checked, checked < due else { return EditExpectation(edits: 0, missed: 0, interval: 0) }
    let interval = checked.milliseconds(to: due)
    let elapsed = history.lawTime(from: checked, to: due)
    let stray = habit.strayRate * Double(interval)
    let shares = history.belief.shares(given: habit.shares)
    var (edits, none) = (stray, 0.0)
    for law in EditLaw.allCases {
      let (a, b, d) = (history.belief.shape[law], history.belief.rate[law], elapsed[law])
      edits += shares[law] * a / b * d
      none += shares[law] * exponential(-stray) * power(b / (b + d), a)
    }
    return EditExpectation(edits: edits, missed: min(edits, max(0, edits - (1 - none))), interval: interval)
  }

  /// The expected share of the edits of some articles that is missed as they are checked, 0 to 1; 0 when none are expected.
  public static func expectedMissedShare(_ expectations: some Sequence<EditExpectation>) -> Double {
    var (edits, missed) = (0.0, 0.0)
    for one in expectations { (edits, missed) = (edits + one.editsADay, missed + one.missedADay) }
    return edits > 0 ? missed / edits : 0
  }
}
