import Fetching
import LoopbackServer
import Model
import Testing

/// The guard at work: a server on 127.0.0.1 is a private address like any other.
@Suite struct GuardedFetchTests {
  private static let refusal = FetchError.guardedAddress(host: "127.0.0.1", address: .v4(0x7f00_0001))
  private static let guarded = Network()

  @Test func `a loopback address is refused, and nothing reaches the server`() async throws {
    let server = try LoopbackServer { _ in .html("secret") }
    let fetcher = try makeFetcher(network: Self.guarded)
    let outcome = await fetcher.fetch(FetchRequest(url: server.url("/")))
    #expect(outcome.failure == Self.refusal)
    #expect(outcome.failure?.code == "guarded-address")
    #expect(outcome.failure?.message == "127.0.0.1 is a loopback address")
    #expect(outcome.failure?.hint?.contains("--allow-private") == true)
    #expect(outcome.failure?.isTransient == false)
    #expect(outcome.hops.isEmpty)
    #expect(server.connectionCount == 0)
  }

  @Test(arguments: ["2130706433", "0x7f.1", "0177.0.0.1", "127.1", "127.0.0.1."])
  func `no spelling of an address gets past`(host: String) async throws {
    let server = try LoopbackServer { _ in .html("secret") }
    let outcome = try await makeFetcher(network: Self.guarded).fetch(FetchRequest(url: server.url("/", host: host)))
    #expect(outcome.failure != nil)
    #expect(outcome.response == nil)
    #expect(server.connectionCount == 0)
  }

  @Test func `a name is judged by the address it resolves to`() async throws {
    let server = try LoopbackServer { _ in .html("secret") }
    let outcome = try await makeFetcher(network: Self.guarded)
      .fetch(FetchRequest(url: server.url("/", host: "localhost")))
    #expect(outcome.failure?.code == "guarded-address")
    #expect(outcome.failure?.message.hasPrefix("localhost is at ") == true)
    #expect(server.connectionCount == 0)
  }

  @Test func `a request that may goes through, by itself`() async throws {
    let server = try LoopbackServer { _ in .html("mine") }
    let fetcher = try makeFetcher(concurrency: 1, network: Self.guarded)
    let request = FetchRequest(url: server.url("/"), allowsPrivateAddresses: true)
    #expect(await fetcher.fetch(request).response?.body == Array("mine".utf8))
    // The connection is still open, and so is the handle that was told to let this through.
    #expect(await fetcher.fetch(FetchRequest(url: server.url("/"))).failure == Self.refusal)
    #expect(await fetcher.fetch(request).response?.status == 200)
    #expect(await fetcher.fetch(FetchRequest(url: server.url("/"))).failure == Self.refusal)
    #expect(server.requests.count == 2)
  }

  @Test func `a redirect to a guarded address is refused at that hop`() async throws {
    let inner = try LoopbackServer { _ in .html("secret") }
    let target = inner.url("/metadata")
    let outer = try LoopbackServer { _ in .redirect(to: target) }
    // The first server stands for a public one: an exception for its port alone.
    let fetcher = try makeFetcher(network: Network(addressGuard: .loopback(port: outer.port)))
    let outcome = await fetcher.fetch(FetchRequest(url: outer.url("/")))
    #expect(outcome.failure == Self.refusal)
    #expect(outcome.hops.map(\.status) == [302])
    #expect(inner.connectionCount == 0)
  }

  @Test func `a robots_txt is guarded too, and says nothing about the site`() async throws {
    let server = try LoopbackServer { $0.path == "/robots.txt" ? .text("User-agent: *\nDisallow: /no") : .html("x") }
    let fetcher = try makeFetcher(Politeness(), network: Self.guarded)
    #expect(await fetcher.fetch(FetchRequest(url: server.url("/"))).failure == Self.refusal)
    #expect(server.connectionCount == 0)
    let allowed = await fetcher.fetch(FetchRequest(url: server.url("/no"), allowsPrivateAddresses: true))
    #expect(allowed.failure?.code == "robots-disallowed")
    #expect(fetcher.takeNews().hosts.isEmpty)
  }

  @Test func `a proxy's own address is not guarded, what is asked of it by address is`() async throws {
    let proxy = try LoopbackServer { request in .html("for \(request.path)") }
    let proxies = Proxies(http: "http://127.0.0.1:\(proxy.port)", exceptions: ["direct.example"])
    let fetcher = try makeFetcher(network: Network(proxies: proxies))
    let outcome = await fetcher.fetch(FetchRequest(url: "http://example.org/a"))
    #expect(outcome.response?.body == Array("for http://example.org/a".utf8))
    for host in ["127.0.0.1", "10.0.0.1", "[::1]", "localhost", "a.localhost", "LOCALHOST.", "0x7f.1"] {
      let refused = await fetcher.fetch(FetchRequest(url: "http://\(host)/"))
      #expect(refused.failure?.code == "guarded-address", "\(host)")
    }
    #expect(proxy.requests.count == 1)
    let allowed = await fetcher.fetch(FetchRequest(url: "http://10.0.0.1/", allowsPrivateAddresses: true))
    #expect(allowed.response?.status == 200)
  }
}
