import Model

/// All that scheduling remembers of an article: a fixed few numbers, updated in constant time at each check.
public struct ArticleHistory: Hashable, Sendable {
  /// What a check found.
  public enum Outcome: Hashable, Sendable {
    /// The article says something other than at the last check that worked.
    case changed
    /// It says the same; a 304 too.
    case unchanged
    /// Nothing that can be judged came back: no connection, 5xx, 429, a wall.
    case failed
    /// 404 or 410.
    case gone
  }

  /// When the article appeared, or was first heard of if nobody says.
  public let born: Instant
  /// The last check that worked; nil before the first.
  public internal(set) var checked: Instant?
  /// When it was last seen to have changed: at first the first check; nil before that.
  public internal(set) var changed: Instant?
  /// The last check of any outcome.
  public internal(set) var tried: Instant?
  /// Checks that worked, the first included.
  public internal(set) var checks: Int64 = 0
  /// Checks that found a change.
  public internal(set) var changes: Int64 = 0
  /// Checks in a row that did not work.
  public internal(set) var failures: Int64 = 0
  /// Whether the last of them said that the article is gone.
  public internal(set) var isGone = false

  var belief = Belief()
  /// What was last added to the host's habit for this article; nil before the second check that worked.
  var counted: PerLaw?

  /// An article that was never checked.
  public init(born: Instant) { self.born = born }

  /// Learns from one check, and teaches its host's habit. A check before the last one that worked is passed over.
  public mutating func record(_ outcome: Outcome, at now: Instant, habit: inout HostHabit) {
    tried = now
    guard outcome == .changed || outcome == .unchanged else {
      failures = min(failures + 1, 1_000)
      isGone = outcome == .gone
      return
    }
    (failures, isGone) = (0, false)
    guard let checked else {
      (self.checked, changed, checks) = (now, now, 1)
      return
    }
    let waited = Double(checked.milliseconds(to: now))
    guard waited > 0 else { return }
    let shares = habit.shares
    let strays = belief.learn(
      changed: outcome == .changed, elapsed: lawTime(from: checked, to: now), stray: habit.strayRate * waited,
      shares: shares)
    habit.strayEdits += strays
    habit.watchedDays += waited / EditLaw.day
    let believed = belief.shares(given: shares)
    let before = counted
    habit.laws = PerLaw { max(1e-6, habit.laws[$0] + believed[$0] - (before?[$0] ?? 0)) }
    counted = believed
    self.checked = now
    checks += 1
    if outcome == .changed { (changed, changes) = (now, changes + 1) }
  }

  /// Law time between two instants, the first no earlier than the last change seen.
  func lawTime(from start: Instant, to end: Instant) -> PerLaw { lawTime(since: lawTime(at: start), to: end) }

  /// The same for a start of which the law time is known.
  func lawTime(since start: PerLaw, to end: Instant) -> PerLaw {
    let end = lawTime(at: end)
    return PerLaw { max(0, end[$0] - start[$0]) }
  }

  /// Law time at an instant.
  func lawTime(at now: Instant) -> PerLaw {
    let (age, quiet) = (born.milliseconds(to: now), (changed ?? born).milliseconds(to: now))
    return PerLaw { $0.time(age: Double(age), quiet: Double(quiet)) }
  }
}
