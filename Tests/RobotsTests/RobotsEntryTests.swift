import Model
import Robots
import Testing

/// What an attempt to fetch a robots.txt leads to, and for how long (RFC 9309 §2.3.1, §2.4).
@Suite struct RobotsEntryTests {
  static let start = Instant(milliseconds: 1_795_000_000_000)
  static let hour: Int64 = 3_600_000
  static let forbidding = Array("User-agent: *\nDisallow: /".utf8)

  private func after(_ attempt: RobotsEntry.Attempt, hours: Int64 = 0, _ before: RobotsEntry? = nil) -> RobotsEntry {
    RobotsEntry(
      authority: "https://example.org:443", at: Self.start.advanced(byMilliseconds: hours * Self.hour), attempt,
      before: before)
  }

  /// Whether a page may be fetched so many hours after the start.
  private func allows(_ entry: RobotsEntry, hours: Int64 = 0) -> Bool {
    entry.rules(for: "stet", at: Self.start.advanced(byMilliseconds: hours * Self.hour))?.decision(for: "/a").allows
      ?? false
  }

  @Test(arguments: [
    (200, false), (203, false), (301, true), (304, true), (400, true), (401, true), (403, true), (404, true),
    (410, true),
    (451, true), (429, false), (500, false), (502, false), (503, false), (599, false),
  ])
  func `a status allows or forbids`(status: Int, isAllowed: Bool) {
    #expect(allows(after(.answered(status: status, body: Self.forbidding))) == isAllowed)
  }

  @Test func `redirects that lead nowhere allow, silence forbids`() {
    #expect(allows(after(.lost)))
    #expect(!allows(after(.unreachable)))
  }

  @Test func `an answer counts for a day, silence for a quarter of an hour`() {
    let answered = after(.answered(status: 404, body: []))
    #expect(answered.freshness(at: Self.start) == .seconds(86_400))
    #expect(answered.freshness(at: Self.start.advanced(byMilliseconds: 24 * Self.hour - 1)) == .milliseconds(1))
    #expect(answered.freshness(at: Self.start.advanced(byMilliseconds: 24 * Self.hour)) == nil)
    #expect(after(.unreachable).freshness(at: Self.start) == .seconds(900))
    // A clock that went back: nobody knows how old it is.
    #expect(answered.freshness(at: Self.start.advanced(byMilliseconds: -1)) == nil)
  }

  @Test func `what was known goes on counting while the server cannot be reached`() {
    let known = after(.answered(status: 200, body: Self.forbidding))
    let silent = after(.unreachable, hours: 1000, known)
    #expect(silent.answer == .file(Self.forbidding))
    #expect(!allows(silent, hours: 5000))
    let none = after(.answered(status: 503, body: []), hours: 25, after(.lost))
    #expect(allows(none, hours: 25))
  }

  @Test func `thirty days of silence allow, when nothing was ever known`() {
    let first = after(.unreachable)
    let later = after(.answered(status: 500, body: []), hours: 719, first)
    #expect(later.unreachableSince == Self.start)
    #expect(!allows(later, hours: 719))
    #expect(allows(later, hours: 720))
    #expect(after(.answered(status: 404, body: []), hours: 720, later).unreachableSince == nil)
  }

  @Test func `no more of a file is kept than is read`() {
    let body = Self.forbidding + [10] + [UInt8](repeating: 97, count: RobotsFile.longest)
    guard case .file(let kept) = after(.answered(status: 200, body: body)).answer else { return #expect(Bool(false)) }
    #expect(kept == Self.forbidding)
  }
}
