import CommandRunner
import Model
import Testing

/// When an article is next due.
struct ScheduleTests {
  private let hour: Int64 = 3_600_000
  private let start = Instant(milliseconds: 1_795_168_800_000)

  @Test func `the interval grows with the quiet time and a fixed one overrides it`() {
    #expect(Schedule.interval(fixed: nil, quiet: 0) == hour / 4)
    #expect(Schedule.interval(fixed: nil, quiet: -5) == hour / 4)
    #expect(Schedule.interval(fixed: nil, quiet: 3 * hour) == hour)
    #expect(Schedule.interval(fixed: nil, quiet: 24 * hour) == 3 * hour)
    #expect(Schedule.interval(fixed: nil, quiet: 7 * 24 * hour) == 24 * hour)
    #expect(Schedule.interval(fixed: nil, quiet: 365 * 24 * hour) == 7 * 24 * hour)
    #expect(Schedule.interval(fixed: 5, quiet: 365 * 24 * hour) == 5)
  }

  @Test func `checks that run late do not drift`() {
    var random = SplitMix64(seed: 8)
    var planned = start
    for n in 1...200 {
      let now = planned.advanced(byMilliseconds: Int64.random(in: 0..<hour / 2, using: &random))
      planned = Schedule.due(planned: planned, now: now, interval: hour, failures: 0)
      #expect(planned == start.advanced(byMilliseconds: Int64(n) * hour))
    }
  }

  @Test func `a cron job of the interval's own period checks every time (miniflux#2201)`() {
    // Ticks an hour apart, each a little late; an article counts as due half a minute early.
    var random = SplitMix64(seed: 9)
    var (due, checks) = (start, 0)
    for tick in 0..<100 {
      let now = start.advanced(byMilliseconds: Int64(tick) * hour + Int64.random(in: 0..<20_000, using: &random))
      guard due <= now.advanced(byMilliseconds: 30_000) else { continue }
      checks += 1
      due = Schedule.due(planned: due, now: now, interval: hour, failures: 0)
    }
    #expect(checks == 100)
  }

  @Test func `ticks that were missed are not made up for`() {
    let now = start.advanced(byMilliseconds: 10 * hour + 5)
    #expect(
      Schedule.due(planned: start, now: now, interval: hour, failures: 0) == start.advanced(byMilliseconds: 11 * hour))
    #expect(Schedule.due(planned: nil, now: now, interval: hour, failures: 0) == now.advanced(byMilliseconds: hour))
    let early = start.advanced(byMilliseconds: -hour)
    #expect(
      Schedule.due(planned: start, now: early, interval: hour, failures: 0) == early.advanced(byMilliseconds: hour))
  }

  @Test func `each failure doubles the wait, up to a day`() {
    func wait(_ failures: Int, _ interval: Int64) -> Int64 {
      start.milliseconds(to: Schedule.due(planned: start, now: start, interval: interval, failures: failures))
    }
    #expect((1...7).map { wait($0, hour) } == [2, 4, 8, 16, 24, 24, 24].map { $0 * hour })
    #expect(wait(1_000_000, hour) == 24 * hour)
    #expect(wait(3, 48 * hour) == 48 * hour)
  }

  @Test func `the next check always lies ahead`() {
    var random = SplitMix64(seed: 10)
    for _ in 0..<5000 {
      let planned = start.advanced(byMilliseconds: Int64.random(in: -100 * hour...100 * hour, using: &random))
      let due = Schedule.due(
        planned: planned, now: start, interval: Int64.random(in: 1...(200 * hour), using: &random),
        failures: Int.random(in: 0...12, using: &random))
      #expect(due > start)
    }
  }
}
