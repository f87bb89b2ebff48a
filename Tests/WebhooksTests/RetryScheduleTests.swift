import Model
import Testing
import Webhooks

struct RetryScheduleTests {
  private let now = Instant(milliseconds: 1_795_300_000_000)

  @Test func `waits grow from seconds to a day, and after ten attempts it is given up`() throws {
    let waits = try (1...9).map {
      now.milliseconds(to: try #require(RetrySchedule.next(after: $0, of: "msg_a", now: now)))
    }
    #expect(waits == waits.sorted() && (5_000...6_000).contains(waits[0]))
    #expect((86_400_000...103_680_000).contains(waits[8]))
    #expect(RetrySchedule.attempts == 10)
    for tries in [10, 11, 1000, 0, -1] { #expect(RetrySchedule.next(after: tries, of: "msg_a", now: now) == nil) }
  }

  @Test func `messages that failed together do not come back together, but always at the same time`() {
    let next = Set((0..<100).map { RetrySchedule.next(after: 3, of: "msg_\($0)", now: now) })
    #expect(next.count > 20)
    #expect(next == Set((0..<100).map { RetrySchedule.next(after: 3, of: "msg_\($0)", now: now) }))
  }

  @Test func `a receiver that asks for more time gets it`() {
    let later = now.advanced(byMilliseconds: 3_600_000)
    #expect(RetrySchedule.next(after: 1, of: "msg_a", now: now, retryAfter: later) == later)
    #expect(RetrySchedule.next(after: 10, of: "msg_a", now: now, retryAfter: later) == nil)
    let usual = RetrySchedule.next(after: 4, of: "msg_a", now: now)
    #expect(RetrySchedule.next(after: 4, of: "msg_a", now: now, retryAfter: later) == usual)
  }
}
