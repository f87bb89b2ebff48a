import CommandRunner
import LoopbackServer
import Model
import Storage
import Syncing
import Testing

/// A clock that ran ahead for a while, as a machine's does whose battery is empty.
struct ClockSetBackTests {
  private static let year: Int64 = 365 * 24 * 60

  @Test func `what a sync under a clock that ran ahead put off is due once the clock is right`() async throws {
    let stand = try Newsstand()
    stand.serve("/a", .html(ArticlePage.ferry("It takes effect on the first of May.").html))
    stand.serve("/list", .html("<a href='/a'>The council approves the ferry contract</a>"))
    try stand.watch("/a")
    try stand.watch("/list", as: .list)
    try await stand.sync()
    stand.pass(minutes: Self.year)
    try await stand.sync()
    let ahead = stand.now
    stand.pass(minutes: 30 - Self.year)
    func due() throws -> Int { try stand.store.status(now: stand.now).due }
    #expect(try due() == 0)
    #expect(try stand.store.makeDueAgain(now: stand.now) == ahead)
    #expect(try due() == 2)
    let report = try await stand.sync(.due(by: stand.now, slack: 0))
    #expect(report.checked == 1 && report.sources == 1)
    #expect(try stand.store.makeDueAgain(now: stand.now) == nil)
    #expect(try due() == 0)
    #expect(try stand.problems().isEmpty)
  }

  @Test func `a step of minutes, as clocks are corrected, puts nothing forward`() async throws {
    let stand = try Newsstand()
    stand.serve("/a", .html(ArticlePage.ferry("It takes effect on the first of May.").html))
    try stand.watch("/a")
    #expect(try stand.store.makeDueAgain(now: stand.now) == nil)
    try await stand.sync()
    stand.pass(minutes: -9)
    #expect(try stand.store.makeDueAgain(now: stand.now) == nil)
    #expect(try stand.store.status(now: stand.now).due == 0)
  }
}
