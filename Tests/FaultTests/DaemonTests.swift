import CommandRunner
import Glibc
import LoopbackServer
import Testing

/// `sync --forever`: pass after pass until it is told to stop.
struct DaemonTests {
  /// Waits until a condition holds, at most some ten seconds.
  private func wait(_ condition: () throws -> Bool) rethrows -> Bool {
    for _ in 0..<400 {
      if try condition() { return true }
      usleep(25_000)
    }
    return false
  }

  @Test(arguments: [SIGTERM, SIGINT])
  func `it fetches what is due, looks again when told to, and ends with 0`(signal: Int32) throws {
    let harbour = try Harbour(articles: 3)
    try harbour.watch()
    let daemon = try harbour.stet.start(["sync", "--forever"])
    #expect(try wait { try harbour.captures().count == 3 })
    try harbour.stet("add", harbour.server.url("/late"), "--allow-private")
    daemon.signal(SIGHUP)
    #expect(try wait { try harbour.captures().count == 4 })
    daemon.signal(signal)
    let end = try daemon.end(within: 20)
    #expect(end.status == 0)
    #expect(end.errors.isEmpty)
    #expect(try harbour.stet("verify").status == 0)
  }

  @Test func `another sync may run while it waits`() throws {
    let harbour = try Harbour(articles: 2)
    try harbour.watch()
    let daemon = try harbour.stet.start(["sync", "--forever"])
    #expect(try wait { try harbour.captures().count == 2 })
    #expect(try harbour.stet("sync", "--all", "--wait", "--json").text.hasPrefix("{\"checked\":2,"))
    daemon.signal(SIGTERM)
    #expect(try daemon.end(within: 20).status == 0)
  }

  @Test func `what would make no sense with it is wrong use`() throws {
    let harbour = try Harbour(articles: 1)
    try harbour.watch()
    for more in [["--all"], ["--dry-run"], ["something"]] {
      #expect(try harbour.stet.run(["sync", "--forever"] + more).status == 64)
    }
  }
}
