import Fetching
import LoopbackServer
import Model
import Testing

/// Redirects: a hop is a response of its own, and each next hop is checked as the first was.
@Suite struct RedirectTests {
  @Test func `each hop is a response with its own URL, fields and body`() async throws {
    let server = try LoopbackServer { request in
      switch request.path {
      case "/old/a": Reply(status: 301, headers: [("Location", "b?x=1#here"), ("ETag", "\"hop\"")], body: [109])
      case "/old/b?x=1": .redirect(to: "../new", status: 308)
      case "/new": .redirect(to: "//127.0.0.1:\(request["Host"]?.split(separator: ":").last ?? "")/last page")
      case "/last%20page": .html("arrived")
      default: .text("none", status: 404)
      }
    }
    let validators = Validators(entityTag: "\"old\"", lastModified: "then")
    let outcome = try await makeFetcher().fetch(FetchRequest(url: server.url("/old/a"), validators: validators))
    #expect(outcome.failure == nil)
    #expect(outcome.hops.map(\.status) == [301, 308, 302, 200])
    #expect(outcome.hops.map(\.url) == ["/old/a", "/old/b?x=1", "/new", "/last%20page"].map { server.url($0) })
    #expect(outcome.hops.map { $0.fields["ETag"] } == ["\"hop\"", nil, nil, nil])
    #expect(outcome.hops[0].body == [109])
    #expect(outcome.response?.body == Array("arrived".utf8))
    // The conditions belong to the first URL alone.
    #expect(server.requests.map { $0["If-None-Match"] } == ["\"old\"", nil, nil, nil])
    #expect(server.requests.map { $0["If-Modified-Since"] } == ["then", nil, nil, nil])
  }

  @Test func `a redirect may lead to another host`() async throws {
    let server = try LoopbackServer { request in
      request["Host"]?.hasPrefix("127") == true
        ? .redirect(to: "http://localhost:\(request["Host"]?.split(separator: ":").last ?? "")/") : .html("other")
    }
    let outcome = try await makeFetcher(perHost: 1).fetch(FetchRequest(url: server.url("/")))
    #expect(outcome.hops.map(\.url) == [server.url("/"), server.url("/", host: "localhost")])
    #expect(outcome.response?.body == Array("other".utf8))
  }

  @Test func `a Location in any charset leads to the same octets`() async throws {
    let outcome = try await fetch { request in
      switch request.path {
      case "/": .redirect(to: "/caf\u{e9}")
      case "/caf%c3%a9":
        .raw(
          Array("HTTP/1.1 302 Found\r\nContent-Length: 0\r\nLocation: /caf".utf8) + [0xe9] + Array("\r\n\r\n".utf8),
          then: .keep)
      case "/caf%e9": .html("arrived")
      default: .text(request.path, status: 404)
      }
    }
    #expect(outcome.response?.body == Array("arrived".utf8))
  }

  @Test func `a loop ends after so many redirects, and the hops are kept`() async throws {
    var limits = Limits()
    limits.maximumRedirects = 3
    let outcome = try await fetch(limits: limits) { _ in .redirect(to: "/") }
    #expect(outcome.failure == .tooManyRedirects(limit: 3))
    #expect(outcome.hops.count == 4)
    #expect(outcome.response == nil)
  }

  @Test(arguments: [
    ("file:///etc/hostname", "file"), ("ftp://127.0.0.1/a", "ftp"), ("gopher://127.0.0.1/", "gopher"),
    ("FILE:///etc/hostname", "file"),
  ])
  func `a redirect to anything but http and https is not followed`(target: String, scheme: String) async throws {
    let outcome = try await fetch { _ in .redirect(to: target) }
    #expect(outcome.failure == .unsupportedScheme(scheme))
    #expect(outcome.hops.map(\.status) == [302])
  }

  @Test(arguments: ["http://", "http://a b/", "http://127.0.0.1:99999/"])
  func `a Location that is no URL is a failure`(target: String) async throws {
    let outcome = try await fetch { _ in .redirect(to: target) }
    #expect(outcome.failure == .badRedirect(target))
  }

  @Test func `a redirect without a Location is the final answer`() async throws {
    let bare = try await fetch { _ in .text("where?", status: 302) }
    #expect(bare.response?.status == 302)
    let empty = try await fetch { _ in .redirect(to: "") }
    #expect(empty.response?.status == 302)
  }

  @Test func `a 304 on a later hop was not asked for`() async throws {
    let outcome = try await fetch(validators: Validators(entityTag: "\"a\"")) { request in
      request.path == "/" ? .redirect(to: "/b") : .notModified
    }
    #expect(outcome.failure == .unaskedNotModified)
    #expect(outcome.hops.map(\.status) == [302])
  }

  @Test(arguments: [
    ("ftp://127.0.0.1/", "unsupported-scheme"), ("file:///etc/hostname", "unsupported-scheme"), ("", "bad-url"),
    ("127.0.0.1/a", "bad-url"), ("http://", "bad-url"), ("http://127.0.0.1/\0a", "bad-url"),
  ])
  func `what is no http URL is refused before anything is sent`(url: String, code: String) async throws {
    let outcome = try await makeFetcher().fetch(FetchRequest(url: url))
    #expect(outcome.failure?.code == code)
    #expect(outcome.hops.isEmpty)
  }
}
