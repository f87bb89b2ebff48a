import CommandRunner
import Model
import Scheduling
import Testing

/// When an article is next due, and what a check of it is worth.
struct ScheduleTests {
  private let minute: Int64 = 60_000
  private let hour: Int64 = 3_600_000
  private let day: Int64 = 86_400_000
  private let start = Instant(milliseconds: 1_795_168_800_000)

  private func history(
    _ outcomes: [ArticleHistory.Outcome], every interval: Int64, habit: inout HostHabit
  ) -> ArticleHistory {
    var history = ArticleHistory(born: start)
    for (n, outcome) in outcomes.enumerated() {
      history.record(outcome, at: start.advanced(byMilliseconds: Int64(n + 1) * interval), habit: &habit)
    }
    return history
  }

  /// Follows an article that never changes from check to check and gives the interval at some age.
  private func quietInterval(at age: Int64) throws -> Int64 {
    var (habit, history) = (HostHabit(), ArticleHistory(born: start))
    var due = start.advanced(byMilliseconds: 10 * minute)
    while true {
      history.record(.unchanged, at: due, habit: &habit)
      let next = Schedule.due(after: history, habit: habit, planned: due)
      try #require(next > due)
      if start.milliseconds(to: next) > age { return due.milliseconds(to: next) }
      due = next
    }
  }

  @Test func `a fresh story is checked within a quarter of an hour, a week-old quiet one about daily, then ever less`()
    throws
  {
    let intervals = try [0, 7 * day, 30 * day, 180 * day].map { try quietInterval(at: $0) }
    #expect((5 * minute...15 * minute).contains(intervals[0]))
    #expect((12 * hour...4 * day).contains(intervals[1]))
    #expect((day...10 * day).contains(intervals[2]))
    #expect((2 * day...30 * day).contains(intervals[3]))
    #expect(intervals == intervals.sorted())
  }

  @Test func `an article that changes is checked more often than one that does not`() {
    var habit = HostHabit()
    let busy = history([.unchanged, .changed, .changed, .changed], every: 30 * minute, habit: &habit)
    let quiet = history([.unchanged, .unchanged, .unchanged, .unchanged], every: 30 * minute, habit: &habit)
    #expect(Schedule.interval(of: busy, habit: habit) < Schedule.interval(of: quiet, habit: habit))
    let later = start.advanced(byMilliseconds: 6 * hour)
    #expect(Schedule.value(of: busy, habit: habit, at: later) > Schedule.value(of: quiet, habit: habit, at: later))
  }

  @Test func `a page kept up for months is checked at its own pace`() {
    var habit = HostHabit()
    let daily = history(Array(repeating: .changed, count: 60), every: day, habit: &habit)
    let never = history(Array(repeating: .unchanged, count: 60), every: day, habit: &habit)
    #expect(Schedule.interval(of: daily, habit: habit) < 12 * hour)
    #expect(Schedule.interval(of: never, habit: habit) > day)
  }

  @Test
  func `a page that was long busy and then is left alone is soon checked much less, and soon again once it is busy`() {
    var habit = HostHabit()
    let busy: [ArticleHistory.Outcome] = Array(repeating: .changed, count: 60)
    let left: [ArticleHistory.Outcome] = Array(repeating: .unchanged, count: 30)
    func interval(_ outcomes: [ArticleHistory.Outcome]) -> Int64 {
      Schedule.interval(of: history(outcomes, every: hour, habit: &habit), habit: habit)
    }
    let (first, later, again) = (interval(busy), interval(busy + left), interval(busy + left + busy.prefix(3)))
    #expect(later > 10 * first)
    #expect(again < later / 4)
  }

  @Test func `the value never falls while an article waits`() {
    var random = SplitMix64(seed: 4)
    for _ in 0..<50 {
      var habit = HostHabit()
      var history = ArticleHistory(born: start)
      var now = start
      for _ in 0..<20 {
        now = now.advanced(byMilliseconds: Int64.random(in: minute...3 * day, using: &random))
        history.record(Bool.random(using: &random) ? .changed : .unchanged, at: now, habit: &habit)
      }
      var last = 0.0
      for step in 1...60 {
        let value = Schedule.value(
          of: history, habit: habit, at: now.advanced(byMilliseconds: Int64(step * step) * hour))
        #expect(value >= last && value.isFinite)
        last = value
      }
    }
  }

  @Test func `without a budget every article is due at the same value, to a second`() {
    var random = SplitMix64(seed: 6)
    var reached: [Double] = []
    for _ in 0..<200 {
      var (habit, history, now) = (HostHabit(), ArticleHistory(born: start), start)
      for _ in 0..<10 {
        now = now.advanced(byMilliseconds: Int64.random(in: minute...day, using: &random))
        history.record(Bool.random(using: &random) ? .changed : .unchanged, at: now, habit: &habit)
      }
      let interval = Schedule.interval(of: history, habit: habit)
      guard interval > Schedule.shortestInterval, interval < Schedule.longestInterval else { continue }
      reached.append(Schedule.value(of: history, habit: habit, at: now.advanced(byMilliseconds: interval)))
      let before = Schedule.value(of: history, habit: habit, at: now.advanced(byMilliseconds: interval - 1_000))
      #expect(before < reached[0])
    }
    #expect(reached.count > 50)
    // A second of the shortest interval is a three-hundredth of it, and values grow by its square at most.
    #expect(reached.allSatisfy { abs($0 / reached[0] - 1) < 0.01 })
  }

  @Test func `checks that run late do not drift`() {
    var random = SplitMix64(seed: 8)
    var (habit, history, planned) = (HostHabit(), ArticleHistory(born: start), start)
    for n in 1...200 {
      let now = planned.advanced(byMilliseconds: Int64.random(in: 0..<hour / 2, using: &random))
      history.record(.unchanged, at: now, habit: &habit)
      planned = Schedule.due(after: history, habit: habit, planned: planned, fixed: hour)
      #expect(planned == start.advanced(byMilliseconds: Int64(n) * hour))
    }
  }

  @Test func `a cron job of the interval's own period checks every time (miniflux#2201)`() {
    var random = SplitMix64(seed: 9)
    var (habit, history, due, checks) = (HostHabit(), ArticleHistory(born: start), start, 0)
    for tick in 0..<100 {
      let now = start.advanced(byMilliseconds: Int64(tick) * hour + Int64.random(in: -20_000..<20_000, using: &random))
      guard Schedule.isDue(due, at: now, tick: hour) else { continue }
      checks += 1
      history.record(.unchanged, at: now, habit: &habit)
      due = Schedule.due(after: history, habit: habit, planned: due, fixed: hour)
    }
    #expect(checks == 100)
  }

  @Test func `due within half a tick is due, later is not`() {
    #expect(Schedule.isDue(start.advanced(byMilliseconds: hour / 2), at: start, tick: hour))
    #expect(!Schedule.isDue(start.advanced(byMilliseconds: hour / 2 + 1), at: start, tick: hour))
    #expect(Schedule.isDue(start, at: start, tick: 0))
  }

  @Test func `ticks that were missed are not made up for`() {
    var habit = HostHabit()
    var history = ArticleHistory(born: start)
    let now = start.advanced(byMilliseconds: 10 * hour + 5)
    history.record(.unchanged, at: now, habit: &habit)
    #expect(
      Schedule.due(after: history, habit: habit, planned: start, fixed: hour)
        == start.advanced(byMilliseconds: 11 * hour))
    #expect(Schedule.due(after: history, habit: habit, fixed: hour) == now.advanced(byMilliseconds: hour))
  }

  @Test func `each failure waits longer, up to a day`() {
    var habit = HostHabit()
    var history = ArticleHistory(born: start)
    history.record(.unchanged, at: start, habit: &habit)
    let waits = (1...12).map { _ in
      history.record(.failed, at: start, habit: &habit)
      return start.milliseconds(to: Schedule.due(after: history, habit: habit, fixed: hour))
    }
    #expect(waits == [2, 4, 8, 16, 24, 24, 24, 24, 24, 24, 24, 24].map { $0 * hour })
    #expect(start.milliseconds(to: Schedule.due(after: history, habit: habit, fixed: 48 * hour)) == 48 * hour)
    for _ in 0..<2_000 { history.record(.failed, at: start, habit: &habit) }
    #expect(start.milliseconds(to: Schedule.due(after: history, habit: habit, fixed: hour)) == day)
  }

  @Test func `what is gone is asked for ever less, and revived when it answers or is listed again`() {
    var habit = HostHabit()
    var history = history([.unchanged, .unchanged], every: hour, habit: &habit)
    let alive = Schedule.interval(of: history, habit: habit)
    let gone = start.advanced(byMilliseconds: 3 * hour)
    let waits = (1...7).map { _ in
      history.record(.gone, at: gone, habit: &habit)
      return gone.milliseconds(to: Schedule.due(after: history, habit: habit)) / day
    }
    #expect(waits == [1, 2, 4, 8, 16, 28, 28])
    let listed = ScheduleHints(listedChange: gone.advanced(byMilliseconds: 1))
    #expect(Schedule.due(after: history, habit: habit, hints: listed) == gone)
    #expect(
      Schedule.value(of: history, habit: habit, hints: listed, at: gone.advanced(byMilliseconds: hour)) == .infinity)
    #expect(Schedule.value(of: history, habit: habit, at: gone.advanced(byMilliseconds: hour)) == 0)
    let back = gone.advanced(byMilliseconds: day)
    history.record(.unchanged, at: back, habit: &habit)
    #expect(history.failures == 0 && !history.isGone)
    #expect(back.milliseconds(to: Schedule.due(after: history, habit: habit)) < max(day, 4 * alive))
  }

  @Test func `a listed change later than the last check is due at once, an earlier one changes nothing`() {
    var habit = HostHabit()
    let history = history([.unchanged, .unchanged], every: day, habit: &habit)
    let checked = start.advanced(byMilliseconds: 2 * day)
    let plain = Schedule.due(after: history, habit: habit)
    let new = ScheduleHints(listedChange: checked.advanced(byMilliseconds: 1))
    #expect(Schedule.due(after: history, habit: habit, hints: new) == checked)
    #expect(Schedule.due(after: history, habit: habit, hints: ScheduleHints(listedChange: checked)) == plain)
  }

  @Test func `freshness and Retry-After put a check off, freshness by an hour at most`() {
    var habit = HostHabit()
    let history = history([.unchanged], every: 10 * minute, habit: &habit)
    let now = start.advanced(byMilliseconds: 10 * minute)
    func wait(_ hints: ScheduleHints, fixed: Int64? = nil) -> Int64 {
      now.milliseconds(to: Schedule.due(after: history, habit: habit, fixed: fixed, hints: hints))
    }
    #expect(wait(ScheduleHints(freshUntil: now.advanced(byMilliseconds: 40 * minute))) == 40 * minute)
    #expect(wait(ScheduleHints(freshUntil: now.advanced(byMilliseconds: 90 * day))) == hour)
    #expect(wait(ScheduleHints(freshUntil: now.advanced(byMilliseconds: hour)), fixed: minute) == minute)
    #expect(wait(ScheduleHints(notBefore: now.advanced(byMilliseconds: 3 * day)), fixed: minute) == 3 * day)
    #expect(
      Schedule.value(
        of: history, habit: habit, hints: ScheduleHints(notBefore: now.advanced(byMilliseconds: day)),
        at: now.advanced(byMilliseconds: hour)) == 0)
  }

  @Test func `a host's habit is where its new articles start`() {
    var (kept, news) = (HostHabit(), HostHabit())
    for n in 0..<40 {
      _ = history(Array(repeating: .changed, count: 30), every: day + Int64(n) * minute, habit: &kept)
      _ = history([.changed, .changed] + Array(repeating: .unchanged, count: 28), every: hour, habit: &news)
    }
    func monthOld(_ habit: HostHabit) -> Int64 {
      var habit = habit
      let article = history([.unchanged, .unchanged], every: 20 * day, habit: &habit)
      return Schedule.interval(of: article, habit: habit)
    }
    #expect(monthOld(kept) < monthOld(news))
    #expect(monthOld(HostHabit(startingFrom: kept)) < monthOld(news))
  }

  @Test func `the expected share of missed edits grows with the interval and stays a share`() {
    var habit = HostHabit()
    let busy = history(Array(repeating: .changed, count: 20), every: hour, habit: &habit)
    let checked = start.advanced(byMilliseconds: 20 * hour)
    var last = 0.0
    for hours in [1, 2, 5, 10, 50, 500] as [Int64] {
      let expected = Schedule.expectation(of: busy, habit: habit, due: checked.advanced(byMilliseconds: hours * hour))
      #expect(expected.missedShare > last && expected.missedShare < 1)
      #expect(expected.missed <= expected.edits)
      last = expected.missedShare
    }
    #expect(Schedule.expectedMissedShare([]) == 0)
    #expect(Schedule.expectation(of: ArticleHistory(born: start), habit: habit, due: checked).edits == 0)
  }

  @Test func `of more than the budget the most valuable are taken, of equals the first`() {
    #expect(Schedule.rank(values: [1, 3, 2, 3, .infinity], limit: 3) == [4, 1, 3])
    #expect(Schedule.rank(values: [1], limit: 0) == [])
  }

  @Test func `histories and habits read back as they were written`() {
    let outcomes: [ArticleHistory.Outcome] = [.changed, .unchanged, .failed, .gone]
    var random = SplitMix64(seed: 5)
    var habit = HostHabit()
    for _ in 0..<100 {
      var history = ArticleHistory(born: start)
      #expect(ArticleHistory(coded: history.coded) == history)
      var now = start
      for _ in 0..<Int.random(in: 0..<12, using: &random) {
        now = now.advanced(byMilliseconds: Int64.random(in: -minute...3 * day, using: &random))
        let outcome = outcomes[Int.random(in: 0..<4, using: &random)]
        history.record(outcome, at: now, habit: &habit)
        #expect(ArticleHistory(coded: history.coded) == history)
      }
    }
    #expect(HostHabit(coded: habit.coded) == habit)
  }

  @Test(arguments: ["", "1", "2,0", "1,x,-,-,-,0,0,0,0", "1,0,5,-,-,0,0,0,0,1,1,1,1,1,1,1,1,1,-"])
  func `what is no history is none`(_ text: String) {
    #expect(ArticleHistory(coded: text) == nil)
    #expect(HostHabit(coded: text) == nil)
  }

  @Test func `a cut or altered history is none or sound`() {
    var habit = HostHabit()
    let whole = history([.unchanged, .changed, .failed], every: hour, habit: &habit).coded
    #expect(ArticleHistory(coded: whole.replacing(",3f", with: ",bf", maxReplacements: 1)) == nil)
    #expect(ArticleHistory(coded: whole + ",1") == nil)
    #expect(ArticleHistory(coded: whole.replacing("1,", with: "nan,", maxReplacements: 1)) == nil)
  }
}
