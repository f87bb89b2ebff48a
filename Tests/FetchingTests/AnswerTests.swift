import Fetching
import LoopbackServer
import Model
import Testing

/// What an ordinary answer becomes, and what a request says.
@Suite struct AnswerTests {
  @Test func `a page comes with its status, its fields as sent and its body`() async throws {
    let outcome = try await fetch { _ in
      Reply.html("<p>hello", etag: "\"a\"").with("x-Odd", "  two  words ").with("X-Odd", "again")
    }
    let response = try #require(outcome.response)
    #expect(outcome.failure == nil)
    #expect(outcome.hops.count == 1)
    #expect(response.status == 200)
    #expect(response.body == Array("<p>hello".utf8))
    #expect(response.url == outcome.request.url)
    #expect(
      String(decoding: response.fields.canonicalBytes, as: UTF8.self)
        == "Content-Type: text/html; charset=utf-8\nETag: \"a\"\nx-Odd: two  words\nX-Odd: again\nContent-Length: 8\n")
    #expect(outcome.bytesReceived == 8)
    #expect(outcome.startedAt <= response.at && response.at <= outcome.finishedAt)
  }

  @Test func `a request says who asks, accepts gzip and zstd and has no conditions of its own`() async throws {
    let server = try LoopbackServer { _ in .html("x") }
    _ = try await makeFetcher().fetch(FetchRequest(url: server.url("/a?b=c%20d#part")))
    let request = try #require(server.requests.first)
    #expect(request.method == "GET")
    #expect(request.path == "/a?b=c%20d")
    #expect(request["User-Agent"] == "stet/test (+https://example.org/bot)")
    #expect(request["Accept-Encoding"] == "gzip, zstd")
    #expect(request["If-None-Match"] == nil && request["If-Modified-Since"] == nil)
  }

  @Test(arguments: ["\"a\"", "W/\"a\"", "unquoted", "", "\"a b\", c", "\"ä\"", ";", "\"x\";"])
  func `an entity tag is echoed verbatim, however odd, and 304 is an answer without a body`(tag: String) async throws {
    let server = try LoopbackServer { request in
      request["If-None-Match"] == tag ? Reply.notModified.with("ETag", tag) : .html("full", etag: tag)
    }
    let fetcher = try makeFetcher()
    let first = await fetcher.fetch(FetchRequest(url: server.url("/")))
    let validators = Validators(of: try #require(first.response).fields)
    #expect(validators.entityTag == tag)
    let second = await fetcher.fetch(FetchRequest(url: server.url("/"), validators: validators))
    #expect(second.response?.status == 304)
    #expect(second.response?.body == [])
    #expect(second.failure == nil)
    #expect(server.requests.last?.headers.filter { $0.0 == "If-None-Match" }.map(\.1) == [tag])
  }

  @Test(arguments: ["Tue, 17 Nov 2026 08:00:00 GMT", "yesterday", "Tue, 17 Nov 2026 10:00:00 +0200"])
  func `a Last-Modified is echoed verbatim`(date: String) async throws {
    let validators = Validators(entityTag: "\"a\"", lastModified: date)
    let server = try LoopbackServer { _ in .notModified }
    let outcome = try await makeFetcher().fetch(FetchRequest(url: server.url("/"), validators: validators))
    #expect(outcome.response?.status == 304)
    #expect(server.requests.first?["If-Modified-Since"] == date)
    #expect(server.requests.first?["If-None-Match"] == "\"a\"")
  }

  @Test func `a reused handle forgets the conditions of the request before`() async throws {
    let server = try LoopbackServer { _ in .html("x") }
    let fetcher = try makeFetcher(concurrency: 1)
    _ = await fetcher.fetch(FetchRequest(url: server.url("/"), validators: Validators(entityTag: "\"a\"")))
    _ = await fetcher.fetch(FetchRequest(url: server.url("/")))
    #expect(server.requests.map { $0["If-None-Match"] } == ["\"a\"", nil])
  }

  @Test func `a condition that would break the header section is not sent`() async throws {
    let server = try LoopbackServer { _ in .html("x") }
    let forged = Validators(entityTag: "\"a\"\r\nX-Forged: yes")
    let outcome = try await makeFetcher().fetch(FetchRequest(url: server.url("/"), validators: forged))
    #expect(outcome.response?.status == 200)
    #expect(server.requests.first?["X-Forged"] == nil)
    #expect(server.requests.first?["If-None-Match"] == nil)
  }

  @Test func `304 to a request without conditions is a failure`() async throws {
    let outcome = try await fetch { _ in .notModified }
    #expect(outcome.failure == .unaskedNotModified)
    #expect(outcome.hops.isEmpty)
  }

  @Test func `206 to a request without a range is a failure`() async throws {
    let outcome = try await fetch { _ in
      Reply(status: 206, headers: [("Content-Range", "bytes 0-3/9")], body: [1, 2, 3])
    }
    #expect(outcome.failure == .unaskedPartialContent)
  }

  @Test(arguments: [404, 410, 429, 451, 500, 503])
  func `an error status is an answer and keeps its body`(status: Int) async throws {
    let outcome = try await fetch { _ in .text("no", status: status) }
    #expect(outcome.response?.status == status)
    #expect(outcome.response?.body == Array("no".utf8))
  }

  @Test func `an empty page is an empty body and no failure`() async throws {
    let outcome = try await fetch { _ in Reply() }
    #expect(outcome.response?.status == 200)
    #expect(outcome.response?.body == [])
  }

  @Test func `interim responses leave nothing behind`() async throws {
    let outcome = try await fetch { _ in
      .raw(
        "HTTP/1.1 103 Early Hints\r\nETag: \"early\"\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\nX: y\r\n\r\nok",
        then: .close)
    }
    #expect(outcome.hops.count == 1)
    #expect(outcome.response?.fields["ETag"] == nil)
    #expect(outcome.response?.fields["X"] == "y")
  }

  @Test func `trailer fields are no part of the header section, whatever they claim`() async throws {
    let outcome = try await fetch { _ in
      .raw(
        "HTTP/1.1 404 Not Found\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nno\r\n0\r\nETag: \"late\"\r\n\r\n",
        then: .close)
    }
    #expect(outcome.response?.status == 404)
    #expect(outcome.response?.body == Array("no".utf8))
    #expect(outcome.response?.fields["ETag"] == nil)
  }

  @Test func `chunks and pauses make one body`() async throws {
    let outcome = try await fetch { _ in
      .scripted { writer in
        writer.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
        for piece in ["one ", "two ", "three"] {
          writer.chunk(Array(piece.utf8))
          writer.pause(milliseconds: 5)
        }
        writer.chunk([])
        return .keep
      }
    }
    #expect(outcome.response?.body == Array("one two three".utf8))
  }

  @Test func `a body that ends with the connection is whole`() async throws {
    let outcome = try await fetch { _ in .raw("HTTP/1.1 200 OK\r\n\r\nto the end", then: .close) }
    #expect(outcome.response?.body == Array("to the end".utf8))
  }

  @Test func `fields that are not UTF-8 and folded lines are kept`() async throws {
    let outcome = try await fetch { _ in
      .raw(
        Array("HTTP/1.1 200 OK\r\nContent-Length: 0\r\nX-A: caf".utf8) + [0xe9, 13, 10]
          + Array("X-B: one\r\n  two\r\n\r\n".utf8), then: .close)
    }
    let fields = try #require(outcome.response).fields
    #expect(fields.canonicalBytes.contains(0xe9))
    #expect(fields["X-B"] == "one two")
  }
}
