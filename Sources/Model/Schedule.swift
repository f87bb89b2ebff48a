/// When an article is next due: a pure function of its history.
///
/// The prior is the age ladder that NewsDiffs found for news (PEERS: 15 minutes while fresh, then an hour, and so on), by
/// time since the last edit seen. A source's own interval overrides it. Due times are planned from the planned time, not
/// from when the check happened to run, so that a cron job of the same period does not drift (miniflux#2201).
public enum Schedule {
  /// The interval after a check that worked, in milliseconds.
  /// - Parameters:
  ///   - fixed: the interval set for the source, if one is.
  ///   - quiet: milliseconds since the article last changed, or was added.
  public static func interval(fixed: Int64?, quiet: Int64) -> Int64 {
    if let fixed { return fixed }
    let minute: Int64 = 60_000
    let hour = 60 * minute
    let day = 24 * hour
    return switch quiet {
    case ..<(3 * hour): 15 * minute
    case ..<day: hour
    case ..<(7 * day): 3 * hour
    case ..<(30 * day): day
    default: 7 * day
    }
  }

  /// The next due time after a check.
  /// - Parameters:
  ///   - planned: when the check was due; nil if it was asked for by hand or is the first.
  ///   - now: when it ran.
  ///   - interval: milliseconds between checks.
  ///   - failures: checks that failed in a row, this one included: each doubles the interval, up to a day.
  public static func due(planned: Instant?, now: Instant, interval: Int64, failures: Int) -> Instant {
    let day: Int64 = 86_400_000
    let backedOff = failures == 0 ? interval : max(interval, min(day, interval << Int64(min(failures, 10))))
    guard failures == 0, let planned, planned <= now else { return now.advanced(byMilliseconds: backedOff) }
    // The first planned tick that lies more than half an interval ahead.
    let late = planned.milliseconds(to: now)
    let ticks = (late + backedOff / 2) / backedOff + 1
    return planned.advanced(byMilliseconds: ticks * backedOff)
  }
}
