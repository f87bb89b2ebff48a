import Fetching
import LoopbackServer
import Model
import Synchronization
import Testing

/// Many fetches at once: how many run, over how many connections, and how they end early.
@Suite struct ConcurrencyTests {
  /// Counts what runs at the same time in a server's handler.
  final class Gauge: Sendable {
    private let state = Mutex((now: 0, most: 0, ended: 0))
    var most: Int { state.withLock { $0.most } }
    var ended: Int { state.withLock { $0.ended } }

    func during(_ reply: Reply, milliseconds: Int32) -> Reply {
      during(reply) { $0.pause(milliseconds: milliseconds) }
    }

    func during(_ reply: Reply, wait: @escaping @Sendable (ReplyWriter) -> Void) -> Reply {
      .scripted { writer in
        self.state.withLock {
          $0.now += 1
          $0.most = max($0.most, $0.now)
        }
        wait(writer)
        self.state.withLock {
          $0.now -= 1
          $0.ended += 1
        }
        writer.send("HTTP/1.1 \(reply.status) x\r\nContent-Length: \(reply.body.count)\r\n\r\n")
        writer.send(reply.body)
        return .keep
      }
    }
  }

  @Test func `200 URLs at 16 at once all come, over no more than 16 connections`() async throws {
    let server = try LoopbackServer { request in
      Reply(headers: [("Content-Encoding", "gzip")], body: gzip(Array(request.path.utf8)))
    }
    let fetcher = try makeFetcher(concurrency: 16, perHost: 16)
    var bodies: Set<String> = []
    for await outcome in fetcher.fetch((0..<200).map { FetchRequest(url: server.url("/\($0)")) }) {
      #expect(outcome.failure == nil)
      bodies.insert(String(decoding: outcome.response?.body ?? [], as: UTF8.self))
    }
    #expect(bodies == Set((0..<200).map { "/\($0)" }))
    #expect(server.connectionCount <= 16)
  }

  @Test func `taken in groups, each of 200 comes once, and no group is empty`() async throws {
    let server = try LoopbackServer { request in .html(request.path) }
    let fetcher = try makeFetcher(concurrency: 16, perHost: 16)
    var paths: [String] = []
    for await group in fetcher.fetchInGroups((0..<200).map { FetchRequest(url: server.url("/\($0)")) }) {
      #expect(!group.isEmpty)
      paths += group.map { String(decoding: $0.response?.body ?? [], as: UTF8.self) }
    }
    #expect(paths.sorted() == (0..<200).map { "/\($0)" }.sorted())
  }

  @Test func `one host never has more than its share, and a slow one does not hold up the others`() async throws {
    let (slow, fast) = (Gauge(), Gauge())
    let fastOnes = 20
    let server = try LoopbackServer { request in
      guard request["Host"]?.hasPrefix("127") == true else { return fast.during(.html("fast"), milliseconds: 1) }
      return slow.during(.html("slow"), milliseconds: 20)
    }
    let fetcher = try makeFetcher(concurrency: 8, perHost: 2)
    let requests =
      (0..<30).map { FetchRequest(url: server.url("/\($0)")) }
      + (0..<fastOnes).map { FetchRequest(url: server.url("/\($0)", host: "localhost")) }
    var order: [String] = []
    for await outcome in fetcher.fetch(requests) {
      #expect(outcome.failure == nil)
      order.append(String(decoding: outcome.response?.body ?? [], as: UTF8.self))
    }
    // Asked for after the slow host's thirty, and not answered after them.
    #expect(order.last == "slow")
    #expect(order.filter { $0 == "slow" }.count == 30)
    #expect(order.filter { $0 == "fast" }.count == fastOnes)
    #expect(slow.most == 2)
    #expect(fast.most <= 2)
  }

  @Test func `single fetches keep to the limits too`() async throws {
    let gauge = Gauge()
    let server = try LoopbackServer { _ in gauge.during(.html("x"), milliseconds: 10) }
    let fetcher = try makeFetcher(concurrency: 3, perHost: 8)
    await withTaskGroup(of: Int?.self) { group in
      for i in 0..<12 {
        group.addTask { await fetcher.fetch(FetchRequest(url: server.url("/\(i)"))).response?.status }
      }
      for await status in group { #expect(status == 200) }
    }
    #expect(gauge.most == 3)
  }

  @Test func `fetching pauses while outcomes wait to be read`() async throws {
    let server = try LoopbackServer { _ in .html("x") }
    let fetcher = try makeFetcher(concurrency: 2, perHost: 2)
    var outcomes = fetcher.fetch((0..<50).map { FetchRequest(url: server.url("/\($0)")) }).makeAsyncIterator()
    #expect(await outcomes.next() != nil)
    try await Task.sleep(for: .milliseconds(100))
    #expect(server.requests.count <= 5)  // four in the window, one taken
    var rest = 0
    while await outcomes.next() != nil { rest += 1 }
    #expect(rest == 49)
  }

  @Test(.timeLimit(.minutes(1))) func `a stream that is not read holds up no other, at its own host neither`()
    async throws
  {
    let server = try LoopbackServer { _ in .html("x") }
    let fetcher = try makeFetcher(concurrency: 2, perHost: 1)
    var unread = fetcher.fetch((0..<50).map { FetchRequest(url: server.url("/\($0)")) }).makeAsyncIterator()
    #expect(await unread.next() != nil)
    for round in 0..<3 {
      #expect(await fetcher.fetch(FetchRequest(url: server.url("/single/\(round)"))).response?.status == 200)
    }
    var others = 0
    for await outcome in fetcher.fetch((0..<20).map { FetchRequest(url: server.url("/other/\($0)")) }) {
      #expect(outcome.response?.status == 200)
      others += 1
    }
    #expect(others == 20)
    var rest = 0
    while await unread.next() != nil { rest += 1 }
    #expect(rest == 49)
  }

  @Test func `bad URLs among the good get their own outcome`() async throws {
    let server = try LoopbackServer { _ in .html("x") }
    let requests = ["gopher://127.0.0.1/", server.url("/"), "nonsense"].map { FetchRequest(url: $0) }
    var codes: [String: String] = [:]
    for await outcome in try makeFetcher().fetch(requests) {
      codes[outcome.request.url] = outcome.failure?.code ?? "none"
    }
    #expect(codes == [requests[0].url: "unsupported-scheme", requests[1].url: "none", requests[2].url: "bad-url"])
  }

  @Test func `no requests are an empty stream`() async throws {
    for await _ in try makeFetcher().fetch([]) { Issue.record("an outcome of nothing") }
  }

  @Test(.timeLimit(.minutes(1))) func `a cancelled task ends its fetch at once`() async throws {
    let server = try LoopbackServer { _ in .raw("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc", then: .stall) }
    let fetcher = try makeFetcher()
    let url = server.url("/")
    let task = Task { await fetcher.fetch(FetchRequest(url: url)) }
    while server.requests.isEmpty { try await Task.sleep(for: .milliseconds(2)) }
    task.cancel()  // else the server would stall for the two minutes of the total limit
    let outcome = await task.value
    #expect(outcome.failure == .cancelled)
    // The fetcher is as good as before.
    let healthy = try LoopbackServer { _ in .html("x") }
    #expect(await fetcher.fetch(FetchRequest(url: healthy.url("/"))).response?.status == 200)
  }

  @Test func `a fetch of a task that was cancelled before is not sent`() async throws {
    let server = try LoopbackServer { _ in .html("x") }
    let fetcher = try makeFetcher()
    let url = server.url("/")
    let outcome = await Task {
      withUnsafeCurrentTask { $0?.cancel() }
      return await fetcher.fetch(FetchRequest(url: url))
    }.value
    #expect(outcome.failure == .cancelled)
    #expect(server.requests.isEmpty)
  }

  @Test func `a fetch that waits in the queue can be cancelled`() async throws {
    let server = try LoopbackServer { _ in .raw([], then: .stall) }
    let fetcher = try makeFetcher(concurrency: 1)
    let url = server.url("/")
    let first = Task { await fetcher.fetch(FetchRequest(url: url)) }
    while server.requests.isEmpty { try await Task.sleep(for: .milliseconds(2)) }
    let second = Task { await fetcher.fetch(FetchRequest(url: url)) }
    try await Task.sleep(for: .milliseconds(20))
    second.cancel()
    #expect(await second.value.failure == .cancelled)
    #expect(server.requests.count == 1)
    first.cancel()
    #expect(await first.value.failure == .cancelled)
  }

  @Test func `shutting down ends everything, and everything after`() async throws {
    let server = try LoopbackServer { _ in .raw([], then: .stall) }
    let fetcher = try makeFetcher(concurrency: 2)
    let requests = (0..<40).map { FetchRequest(url: server.url("/\($0)")) }
    let task = Task {
      var failures: [FetchError?] = []
      for await outcome in fetcher.fetch(requests) { failures.append(outcome.failure) }
      return failures
    }
    while server.requests.isEmpty { try await Task.sleep(for: .milliseconds(2)) }
    fetcher.shutdown()
    #expect(await task.value == Array(repeating: .cancelled, count: 40))
    #expect(await fetcher.fetch(requests[0]).failure == .cancelled)
  }

  @Test func `a stream whose reader is cancelled ends, and its fetches with it`() async throws {
    let server = try LoopbackServer { request in request.path == "/0" ? .html("x") : .raw([], then: .stall) }
    let fetcher = try makeFetcher(concurrency: 4)
    let requests = (0..<40).map { FetchRequest(url: server.url("/\($0)")) }
    let task = Task {
      var count = 0
      for await _ in fetcher.fetch(requests) { count += 1 }
      return count
    }
    while server.requests.count < 5 { try await Task.sleep(for: .milliseconds(2)) }
    task.cancel()
    #expect(await task.value <= 1)
    let healthy = try LoopbackServer { _ in .html("x") }
    #expect(await fetcher.fetch(FetchRequest(url: healthy.url("/"))).response?.status == 200)
  }

  @Test func `a stream that nobody reads any more gives its slots back`() async throws {
    let server = try LoopbackServer { request in request.path == "/0" ? .html("x") : .raw([], then: .stall) }
    let fetcher = try makeFetcher(concurrency: 2)
    for await _ in fetcher.fetch((0..<40).map { FetchRequest(url: server.url("/\($0)")) }) { break }
    let healthy = try LoopbackServer { _ in .html("x") }
    #expect(await fetcher.fetch(FetchRequest(url: healthy.url("/"))).response?.status == 200)
  }

  @Test func `the clock is the one that was given`() async throws {
    let server = try LoopbackServer { _ in .html("x") }
    let instant = Instant(milliseconds: 1_700_000_000_000)
    let fetcher = try Fetcher(network: .loopback, userAgent: "stet/test", now: { instant })
    let outcome = await fetcher.fetch(FetchRequest(url: server.url("/")))
    #expect([outcome.startedAt, outcome.finishedAt, outcome.response?.at] == [instant, instant, instant])
  }
}
