import Fetching
import LoopbackServer
import Model
import Testing

/// What a source may want otherwise: header fields, user agent, cookies, size.
@Suite struct RequestSettingsTests {
  /// Also by the name `localhost`, which may be ::1 first.
  private static let local = AddressGuard(
    except: ["127.0.0.1", "::1"].compactMap { AddressBlock($0).map { .init($0) } })

  @Test func `fields, user agent and cookies are sent as given, and forgotten with the request`() async throws {
    let server = try LoopbackServer { _ in .html("x") }
    let fetcher = try makeFetcher(concurrency: 1)
    let request = FetchRequest(
      url: server.url("/a"), validators: Validators(entityTag: "\"t\""),
      fields: try RequestFields(lines: ["Authorization: Bearer abc", "X-Empty:", "Accept:text/html "]),
      userAgent: "other/1", cookies: try CookieFile(Array("127.0.0.1\tFALSE\t/a\tFALSE\t0\tn\tv".utf8)))
    _ = await fetcher.fetch(request)
    _ = await fetcher.fetch(FetchRequest(url: server.url("/a")))
    _ = await fetcher.fetch(FetchRequest(url: server.url("/a"), userAgent: ""))
    let (first, second) = (try #require(server.requests.first), server.requests[1])
    #expect(first["Authorization"] == "Bearer abc")
    #expect(first["X-Empty"] == "")
    #expect(first.headers.filter { $0.0 == "Accept" }.map(\.1) == ["text/html"])
    #expect(first["If-None-Match"] == "\"t\"")
    #expect(first["User-Agent"] == "other/1")
    #expect(first["Cookie"] == "n=v")
    for name in ["Authorization", "X-Empty", "If-None-Match", "Cookie"] { #expect(second[name] == nil) }
    #expect(second["User-Agent"] == "stet/test (+https://example.org/bot)")
    #expect(second["Accept"] == "*/*")
    #expect(server.requests[2]["User-Agent"] == "stet/test (+https://example.org/bot)")
  }

  @Test func `fields do not go to another origin by a redirect`() async throws {
    let away = try LoopbackServer { _ in .html("end") }
    let start = try LoopbackServer { $0.path == "/" ? .redirect(to: "/same") : .redirect(to: away.url("/")) }
    let request = FetchRequest(
      url: start.url("/"), fields: try RequestFields(lines: ["Authorization: Bearer abc", "X-Mine: 1"]))
    #expect(try await makeFetcher().fetch(request).response?.body == Array("end".utf8))
    #expect(start.requests.map { $0["Authorization"] } == ["Bearer abc", "Bearer abc"])
    #expect(away.requests.map { $0["Authorization"] } == [nil])
    #expect(away.requests.map { $0["X-Mine"] } == [nil])
  }

  @Test func `fields are sent again where a redirect leads back`() async throws {
    let back = try LoopbackServer { request in .redirect(to: String(request.path.dropFirst())) }
    let home = try LoopbackServer { request in
      request.path == "/" ? .redirect(to: back.url("/") + (request["X-Home"] ?? "")) : .html("end")
    }
    let request = FetchRequest(
      url: home.url("/"), fields: try RequestFields(lines: ["X-Home: \(home.url("/end"))"]))
    #expect(try await makeFetcher().fetch(request).response?.body == Array("end".utf8))
    #expect(back.requests.map { $0["X-Home"] } == [nil])
    #expect(home.requests.map { $0["X-Home"] } == [home.url("/end"), home.url("/end")])
  }

  @Test func `cookies are matched at each hop and never follow to another host`() async throws {
    let away = try LoopbackServer { _ in .html("end") }
    let server = try LoopbackServer { request in
      request.path == "/" ? .redirect(to: "/deep") : .redirect(to: away.url("/", host: "localhost"))
    }
    let file = "127.0.0.1\tFALSE\t/\tFALSE\t0\ta\t1\n127.0.0.1\tFALSE\t/deep\tFALSE\t0\tb\t2\n"
    let request = FetchRequest(url: server.url("/"), cookies: try CookieFile(Array(file.utf8)))
    #expect(try await makeFetcher(network: Network(addressGuard: Self.local)).fetch(request).response?.status == 200)
    #expect(server.requests.map { $0["Cookie"] } == ["a=1", "b=2; a=1"])
    #expect(away.requests.map { $0["Cookie"] } == [nil])
  }

  @Test func `cookies that a server sets are not sent back`() async throws {
    let server = try LoopbackServer { _ in Reply.html("x").with("Set-Cookie", "track=1; Path=/") }
    let fetcher = try makeFetcher(concurrency: 1)
    for _ in 0..<2 { _ = await fetcher.fetch(FetchRequest(url: server.url("/"))) }
    #expect(server.requests.map { $0["Cookie"] } == [nil, nil])
  }

  @Test func `a source's own size limit holds for what is received and what is decoded`() async throws {
    let page = page(bytes: 5000)
    let coded = gzip(page)
    let server = try LoopbackServer { request in
      request.path == "/coded" ? Reply(headers: [("Content-Encoding", "gzip")], body: coded) : Reply(body: page)
    }
    var limits = Limits()
    limits.maximumBodyBytes = 1000
    let fetcher = try makeFetcher(limits: limits, concurrency: 1)
    func failure(_ path: String, _ limit: Int?) async -> FetchError? {
      await fetcher.fetch(FetchRequest(url: server.url(path), maximumBodyBytes: limit)).failure
    }
    for path in ["/", "/coded"] {
      #expect(await failure(path, 10_000) == nil)
      #expect(await failure(path, nil) == .bodyTooLarge(limitBytes: 1000))
      #expect(await failure(path, 4000) == .bodyTooLarge(limitBytes: 4000))
    }
  }

  @Test(arguments: [
    ("no colon", RequestFields.Invalid.notAField("no colon")), (": x", .notAField(": x")),
    ("a b: x", .notAField("a b: x")), ("", .notAField("")), ("X\r\nY: 1", .notAField("X\r\nY: 1")),
    ("X: a\r\nY: b", .control(name: "X")), ("X: a\0", .control(name: "X")), ("Host: evil", .own(name: "Host")),
    ("content-length: 5", .own(name: "content-length")), ("If-None-Match: \"a\"", .own(name: "If-None-Match")),
    ("Cookie: a=b", .own(name: "Cookie")), ("Accept-Encoding: br", .own(name: "Accept-Encoding")),
  ])
  func `a field that cannot or may not be sent is refused`(line: String, reason: RequestFields.Invalid) {
    #expect(throws: reason) { try RequestFields(lines: [line]) }
    #expect(!reason.message.isEmpty && reason.code == "bad-field")
  }
}
