import Model
import Scheduling

/// How often a feed, sitemap or listing page is asked: more often while it names new articles, less while it does not.
///
/// Each answer with something new shortens the interval by a third, each without lengthens it by a fifth, so that at the
/// pace it settles at about two answers in five bring news (multiplicative increase and decrease, as Nutch's adaptive
/// schedule does for pages).
struct PollPace: CustomStringConvertible {
  /// Milliseconds: 5 minutes and a day; a source that was never asked begins at a quarter of an hour.
  static let shortest: Int64 = 300_000
  static let longest: Int64 = 86_400_000
  static let first: Int64 = 900_000

  private(set) var interval: Int64

  /// As it was kept; what cannot be read begins anew.
  init(_ description: String) { interval = Int64(description) ?? Self.first }

  var description: String { String(interval) }

  /// - Parameters:
  ///   - news: whether the answer named something new.
  ///   - hint: milliseconds that the source asks to be left alone, heeded up to an hour.
  mutating func record(news: Bool, hint: Int64?) {
    let next = news ? interval * 2 / 3 : interval * 6 / 5
    interval = min(max(next, Self.shortest, min(hint ?? 0, 3_600_000)), Self.longest)
  }

  /// When the source is asked next: counted from the planned time, so that a cron job of the same period does not drift.
  /// - Parameters:
  ///   - every: the interval set for the source, if one is.
  ///   - failures: in a row, the last included; each doubles the interval, up to a day.
  func due(planned: Instant?, now: Instant, every: Int64?, failures: Int) -> Instant {
    let interval = every ?? interval
    guard failures == 0 else {
      return now.advanced(byMilliseconds: max(interval, min(Self.longest, interval << Int64(min(failures, 10)))))
    }
    return Schedule.next(planned: planned, now: now, interval: interval)
  }
}
