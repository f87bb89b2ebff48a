import Glibc
import LoopbackServer
import Model
import Robots
import Synchronization
import Testing

@testable import Fetching

/// Robots.txt, delays and back-off, as servers see them.
@Suite struct PolitenessTests {
  /// Obeys robots.txt and leaves no time.
  static var obedient: Politeness {
    var politeness = Politeness.none
    politeness.obeysRobots = true
    return politeness
  }

  /// Asks no robots.txt and gives a host up at its first failure.
  static var touchy: Politeness {
    var politeness = Politeness.none
    (politeness.pacesLoopback, politeness.firstBackOff, politeness.connectionsPerHost) = (true, .seconds(3600), 1)
    return politeness
  }

  private func server(robots: Reply, _ page: @escaping @Sendable (Request) -> Reply = { _ in .html("x") }) throws
    -> LoopbackServer
  {
    try LoopbackServer { $0.path == "/robots.txt" ? robots : page($0) }
  }

  private func all(_ requests: [FetchRequest], by fetcher: Fetcher) async -> [String: FetchOutcome] {
    var outcomes: [String: FetchOutcome] = [:]
    for await outcome in fetcher.fetch(requests) { outcomes[outcome.request.url] = outcome }
    return outcomes
  }

  // MARK: robots.txt

  @Test func `robots txt is fetched once for many URLs, and before them`() async throws {
    let server = try server(robots: .text("User-agent: STET\nDisallow: /private\n"))
    let fetcher = try makeFetcher(Self.obedient)
    let outcomes = await all(
      (0..<60).map { FetchRequest(url: server.url($0 % 3 == 0 ? "/private/\($0)" : "/\($0)")) }, by: fetcher)
    #expect(outcomes.count == 60)
    for (url, outcome) in outcomes {
      #expect(outcome.failure == (url.contains("private") ? .robotsDisallowed(url) : nil))
    }
    #expect(server.requests.first?.path == "/robots.txt")
    #expect(server.requests.count == 41)
    #expect(server.requests.count { $0.path == "/robots.txt" } == 1)
    let news = fetcher.takeNews()
    #expect(news.robots.map(\.authority) == ["http://127.0.0.1:\(server.port)"])
    #expect(news.robots.first?.answer == .file(Array("User-agent: STET\nDisallow: /private\n".utf8)))
    #expect(fetcher.takeNews().robots.isEmpty)
  }

  @Test func `what is remembered of robots txt is not fetched again, unless it is a day old`() async throws {
    let server = try server(robots: .text("User-agent: *\nAllow: /"))
    let old = RobotsEntry.Answer.file(Array("User-agent: *\nDisallow: /".utf8))
    let authority = "http://127.0.0.1:\(server.port)"
    for (hours, isAllowed) in [(23, false), (25, true)] {
      let at = systemNow().advanced(byMilliseconds: Int64(-hours) * 3_600_000)
      let memory = HostMemory(robots: [RobotsEntry(authority: authority, checkedAt: at, answer: old)])
      let outcome = try await makeFetcher(Self.obedient, memory: memory).fetch(FetchRequest(url: server.url("/a")))
      #expect(outcome.failure == (isAllowed ? nil : .robotsDisallowed(server.url("/a"))))
    }
    #expect(server.requests.map(\.path) == ["/robots.txt", "/a"])
  }

  @Test func `each hop of a redirect is asked for at its own authority`() async throws {
    let other = try server(robots: .text("User-agent: *\nDisallow: /secret"))
    let (allowed, forbidden) = (other.url("/open"), other.url("/secret"))
    let server = try server(robots: .text("none", status: 404)) { request in
      .redirect(to: request.path == "/a" ? allowed : forbidden)
    }
    let fetcher = try makeFetcher(Self.obedient)
    let outcomes = await all([FetchRequest(url: server.url("/a")), FetchRequest(url: server.url("/b"))], by: fetcher)
    #expect(outcomes[server.url("/a")]?.response?.url == allowed)
    #expect(outcomes[server.url("/b")]?.failure == .robotsDisallowed(forbidden))
    #expect(outcomes[server.url("/b")]?.hops.map(\.status) == [302])
    #expect(other.requests.map(\.path).sorted() == ["/open", "/robots.txt"])
  }

  @Test func `a request may ignore robots txt`() async throws {
    let server = try server(robots: .text("User-agent: *\nDisallow: /"))
    let outcome = try await makeFetcher(Self.obedient)
      .fetch(FetchRequest(url: server.url("/a"), ignoresRobots: true))
    #expect(outcome.response?.status == 200)
    #expect(server.requests.map(\.path) == ["/a"])
  }

  // RFC 9309 §2.3.1.3 and §2.3.1.4; 429 counts among the latter.
  @Test(arguments: [(401, true), (403, true), (404, true), (410, true), (429, false), (500, false), (503, false)])
  func `without a file all is allowed, from a server in trouble nothing`(status: Int, isAllowed: Bool) async throws {
    let server = try server(robots: .text("User-agent: *\nDisallow: /", status: status))
    let fetcher = try makeFetcher(Self.obedient)
    let outcomes = await all((0..<5).map { FetchRequest(url: server.url("/\($0)")) }, by: fetcher)
    for (url, outcome) in outcomes {
      #expect(outcome.failure == (isAllowed ? nil : .robotsUnreachable(url, detail: "answered with \(status)")))
    }
    #expect(server.requests.count == (isAllowed ? 6 : 1))
    let entry = fetcher.takeNews().robots.first
    #expect(entry?.answer == (isAllowed ? .absent : nil))
    #expect((entry?.unreachableSince == nil) == isAllowed)
  }

  @Test func `a robots txt that breaks off forbids everything, or leaves what was known`() async throws {
    let server = try server(robots: .raw("HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\nUser-agent: *", then: .close))
    let url = server.url("/a")
    let broken = FetchError.robotsUnreachable(url, detail: FetchError.truncated.message)
    #expect(try await makeFetcher(Self.obedient).fetch(FetchRequest(url: url)).failure == broken)
    let known = RobotsEntry(
      authority: "http://127.0.0.1:\(server.port)", checkedAt: Instant(milliseconds: 0), answer: .absent)
    let fetcher = try makeFetcher(Self.obedient, memory: HostMemory(robots: [known]))
    #expect(await fetcher.fetch(FetchRequest(url: url)).response?.status == 200)
    let entry = fetcher.takeNews().robots.first
    #expect(entry?.answer == .absent)
    #expect(entry?.unreachableSince == entry?.checkedAt)
  }

  @Test func `where there is no connection that is what is told, of each URL, and not the robots txt`() async throws {
    let server = try LoopbackServer { _ in .html("x") }
    let urls = (0..<3).map { server.url("/\($0)") }
    server.stop()
    usleep(20_000)  // until its thread has closed the socket
    let fetcher = try makeFetcher(Self.obedient)
    let outcomes = await all(urls.map { FetchRequest(url: $0) }, by: fetcher)
    #expect(outcomes.values.map { $0.failure?.code } == Array(repeating: "connection-failed", count: 3))
    #expect(fetcher.takeNews().robots.first?.unreachableSince != nil)
  }

  @Test func `silence of an earlier pass is asked about anew, so that it can be told what is wrong`() async throws {
    let server = try server(robots: .text("busy", status: 503))
    let now = Instant(milliseconds: 1_795_168_800_000)
    let silent = RobotsEntry(
      authority: "http://127.0.0.1:\(server.port)", checkedAt: now, answer: nil, unreachableSince: now)
    let url = server.url("/a")
    let fetcher = try makeFetcher(Self.obedient, memory: HostMemory(robots: [silent]))
    #expect(
      await fetcher.fetch(FetchRequest(url: url)).failure == .robotsUnreachable(url, detail: "answered with 503"))
    #expect(server.requests.map(\.path) == ["/robots.txt"])
  }

  // RFC 9309 §2.3.1.2
  @Test(arguments: [(5, false), (6, true)])
  func `five redirects lead to the rules of the first authority, more to none`(redirects: Int, isAllowed: Bool)
    async throws
  {
    let server = try LoopbackServer { request in
      guard request.path.contains("robots") else { return .html("x") }
      let step = Int(request.path.split(separator: "/").last ?? "") ?? 0
      return step < redirects ? .redirect(to: "/robots/\(step + 1)") : .text("User-agent: *\nDisallow: /")
    }
    let outcome = try await makeFetcher(Self.obedient).fetch(FetchRequest(url: server.url("/a")))
    #expect(outcome.failure == (isAllowed ? nil : .robotsDisallowed(server.url("/a"))))
  }

  @Test(.timeLimit(.minutes(1))) func `a robots txt that does not come holds up no other host`() async throws {
    let release = Mutex(false)
    let slow = try LoopbackServer { request in
      guard request.path == "/robots.txt" else { return .html("slow") }
      return .scripted { writer in
        while !release.withLock({ $0 }) { writer.pause(milliseconds: 5) }
        writer.send("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n")
        return .keep
      }
    }
    let fast = try server(robots: .text("", status: 404)) { _ in .html("fast") }
    let requests =
      (0..<40).map { FetchRequest(url: slow.url("/\($0)")) } + (0..<20).map { FetchRequest(url: fast.url("/\($0)")) }
    var order: [String] = []
    for await outcome in try makeFetcher(Self.obedient, concurrency: 4).fetch(requests) {
      order.append(String(decoding: outcome.response?.body ?? [], as: UTF8.self))
      if order.count == 20 { release.withLock { $0 = true } }
    }
    #expect(order == Array(repeating: "fast", count: 20) + Array(repeating: "slow", count: 40))
  }

  // MARK: Pace

  @Test(arguments: [true, false])
  func `starts at one host leave the delay between them, redirects and robots txt included`(byRobots: Bool) async throws
  {
    let starts = Mutex<[ContinuousClock.Instant]>([])
    let server = try LoopbackServer { request in
      starts.withLock { $0.append(.now) }
      return switch request.path {
      case "/robots.txt": .text(byRobots ? "User-agent: *\nCrawl-delay: 0.06" : "")
      case "/0": .redirect(to: "/moved")
      default: .html("x")
      }
    }
    var politeness = Self.obedient
    if !byRobots { (politeness.delay, politeness.pacesLoopback) = (.milliseconds(60), true) }
    let outcomes = await all(
      (0..<4).map { FetchRequest(url: server.url("/\($0)")) }, by: try makeFetcher(politeness))
    #expect(outcomes.values.allSatisfy { $0.response?.status == 200 })
    let times = starts.withLock { $0 }
    #expect(times.count == 6)
    // robots.txt was asked for before the first page started, and the last was seen after it had started: at least the
    // four delays between five requests. Those in between may be seen late, so that single gaps say nothing.
    #expect(times[times.count - 1] - times[0] >= .milliseconds(240))
  }

  @Test func `a host with a delay does not hold up the others`() async throws {
    let server = try LoopbackServer { request in .html(request["Host"]?.hasPrefix("127") == true ? "paced" : "free") }
    var politeness = Self.obedient
    politeness.pacesLoopback = true
    politeness.connectionsPerHost = 1
    politeness.delay = .milliseconds(30)
    let requests =
      (0..<9).map { FetchRequest(url: server.url("/\($0)")) }
      + (0..<3).map { FetchRequest(url: server.url("/\($0)", host: "localhost")) }
    var order: [String] = []
    for await outcome in try makeFetcher(politeness, concurrency: 2).fetch(requests) {
      order.append(String(decoding: outcome.response?.body ?? [], as: UTF8.self))
    }
    #expect(order.last == "paced")
    #expect(order.suffix(3) == ["paced", "paced", "paced"])
    #expect(order.count == 12)
  }

  // MARK: Back-off

  @Test(arguments: ["7200", "date"], [429, 503, 500, 301])
  func `Retry-After stops the host, and others go on`(value: String, status: Int) async throws {
    let now = systemNow()
    // 2099 is more than a day ahead, and cut down to that.
    let reply = Reply.text("busy", status: status).with(
      "Retry-After", value == "date" ? "Wed, 21 Oct 2099 07:28:00 GMT" : value)
    let busy = try LoopbackServer { _ in reply }
    let other = try LoopbackServer { _ in .html("x") }
    var politeness = Politeness.none
    politeness.connectionsPerHost = 1
    let fetcher = try makeFetcher(politeness, concurrency: 2)
    let outcomes = await all(
      (0..<20).map { FetchRequest(url: busy.url("/\($0)")) }
        + (0..<20).map { FetchRequest(url: other.url("/\($0)", host: "localhost")) }, by: fetcher)
    #expect(busy.requests.count == 1)
    #expect(other.requests.count == 20)
    let state = try #require(fetcher.takeNews().hosts.first)
    #expect(state.host == "127.0.0.1")
    let wait = now.milliseconds(to: state.notBefore)
    #expect(wait >= (value == "date" ? 86_400_000 : 7_200_000) && wait < (value == "date" ? 86_700_000 : 7_500_000))
    #expect(outcomes.values.count { $0.response?.status == status } == 1)
    #expect(outcomes.values.count { $0.failure == .hostBackedOff(until: state.notBefore) } == 19)
    #expect(outcomes.values.count { $0.response?.status == 200 } == 20)
  }

  @Test(arguments: ["0", "soon", "-1"])
  func `a Retry-After that says nothing stops nothing`(value: String) async throws {
    let server = try LoopbackServer { _ in .text("busy", status: 503).with("Retry-After", value) }
    let outcomes = await all(
      (0..<5).map { FetchRequest(url: server.url("/\($0)")) }, by: try makeFetcher(Politeness.none))
    #expect(outcomes.values.allSatisfy { $0.response?.status == 503 })
  }

  @Test func `a short Retry-After is waited for`() async throws {
    let asked = Mutex<[ContinuousClock.Instant]>([])
    let server = try LoopbackServer { _ in
      asked.withLock { $0.append(.now) }
      return asked.withLock { $0.count } == 1 ? .text("busy", status: 429).with("Retry-After", "1") : .html("x")
    }
    var politeness = Politeness.none
    politeness.connectionsPerHost = 1
    let outcomes = await all(
      (0..<3).map { FetchRequest(url: server.url("/\($0)")) }, by: try makeFetcher(politeness))
    #expect(outcomes.values.map { $0.response?.status ?? 0 }.sorted() == [200, 200, 429])
    let times = asked.withLock { $0 }
    #expect(times[1] - times[0] > .milliseconds(900))
  }

  @Test func `all that waits at a host that is left in peace ends without a request`() async throws {
    let server = try LoopbackServer { _ in .html("x") }
    let until = systemNow().advanced(byMilliseconds: 3_600_000)
    let memory = HostMemory(hosts: [HostState(host: "127.0.0.1", notBefore: until, failures: 4)])
    let fetcher = try makeFetcher(Self.obedient, memory: memory)
    var ended = 0
    for await outcome in fetcher.fetch((0..<5000).map { FetchRequest(url: server.url("/\($0)")) }) {
      if outcome.failure?.code == "host-backed-off" { ended += 1 }
    }
    #expect(ended == 5000)
    #expect(server.connectionCount == 0)
    #expect(fetcher.takeNews().hosts.isEmpty)
  }

  @Test func `a redirect to a host that is left in peace goes no further`() async throws {
    let target = try LoopbackServer { _ in .html("x") }
    let to = target.url("/", host: "localhost")
    let server = try LoopbackServer { _ in .redirect(to: to) }
    let until = systemNow().advanced(byMilliseconds: 3_600_000)
    let memory = HostMemory(hosts: [HostState(host: "localhost", notBefore: until, failures: 1)])
    let outcome = try await makeFetcher(Politeness.none, memory: memory).fetch(FetchRequest(url: server.url("/")))
    #expect(outcome.failure?.code == "host-backed-off")
    #expect(outcome.hops.map(\.status) == [302])
    #expect(target.requests.isEmpty)
  }

  @Test func `failures in a row double the back-off, across fetchers, and an answer ends it`() async throws {
    let isBusy = Mutex(true)
    let server = try LoopbackServer { _ in isBusy.withLock { $0 } ? .text("busy", status: 503) : .html("x") }
    var memory = HostMemory()
    for failures in 1...3 {
      let fetcher = try makeFetcher(Self.touchy, memory: memory)
      let before = systemNow()
      _ = await all((0..<3).map { FetchRequest(url: server.url("/\($0)")) }, by: fetcher)
      #expect(server.requests.count == failures)
      let state = try #require(fetcher.takeNews().hosts.first)
      #expect(state.failures == failures)
      #expect(before.milliseconds(to: state.notBefore) >= 3_600_000 << (failures - 1))
      // The next pass comes after that instant.
      memory.hosts = [HostState(host: state.host, notBefore: before, failures: state.failures)]
    }
    isBusy.withLock { $0 = false }
    let fetcher = try makeFetcher(Self.touchy, memory: memory)
    let outcomes = await all((0..<3).map { FetchRequest(url: server.url("/\($0)")) }, by: fetcher)
    #expect(outcomes.values.allSatisfy { $0.response?.status == 200 })
    #expect(fetcher.takeNews().hosts.map(\.failures) == [0])
  }

  @Test func `a host that takes no connections is left in peace, and 500 says nothing about it`() async throws {
    let gone = try LoopbackServer { _ in .html("x") }
    gone.stop()
    let broken = try LoopbackServer { _ in .text("oops", status: 500) }
    let fetcher = try makeFetcher(Self.touchy)
    let outcomes = await all(
      (0..<10).map { FetchRequest(url: gone.url("/\($0)")) }
        + (0..<10).map { FetchRequest(url: broken.url("/\($0)", host: "localhost")) }, by: fetcher)
    #expect(outcomes.values.count { $0.failure?.code == "host-backed-off" } == 9)
    #expect(outcomes.values.count { $0.response?.status == 500 } == 10)
    #expect(fetcher.takeNews().hosts.map(\.host) == ["127.0.0.1"])
  }

  @Test func `our own machine is not paced, all others are`() {
    for host in ["localhost", "a.localhost", "127.0.0.1", "127.9.9.9", "[::1]"] { #expect(!Politeness().paces(host)) }
    for host in ["example.org", "127.0.0.1.example.org", "128.0.0.1", "[::2]", "localhost.example", "127.1"] {
      #expect(Politeness().paces(host))
    }
  }
}

/// What robots.txt is asked about: the path as libcurl sends it.
@Suite struct PathAndQueryTests {
  @Test(arguments: [
    ("http://127.0.0.1/a/b?c=d/../e", "/a/b?c=d/../e"), ("http://127.0.0.1", "/"), ("http://127.0.0.1?x", "/?x"),
    ("http://127.0.0.1/a/../private", "/private"), ("http://127.0.0.1/./private#part", "/private"),
    ("http://127.0.0.1/a#/b", "/a"), ("http://127.0.0.1/%61", "/%61"),
    ("http://127.0.0.1/ä", "/ä"), ("http://127.0.0.1/.well-known/x", "/.well-known/x"),
  ])
  func `dot segments and fragments are gone`(url: String, sent: String) throws {
    #expect(try Target(url).pathAndQuery == sent)
  }
}
