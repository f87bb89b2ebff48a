import Fetching
import Glibc
import LoopbackServer
import Model
import Testing

/// Servers that answer and do not tell the truth: what they said is kept as said, or there is a failure, nothing between.
@Suite struct LyingServerTests {
  @Test(
    arguments: [
      ("3, 3", nil), ("3,5", "Content-Length is both 3 and 5"), ("3,", "Content-Length is no number: "),
      ("+3", "Content-Length is no number: +3"), ("3abc", "Content-Length is no number: 3abc"),
      ("0x3", "Content-Length is no number: 0x3"), ("3 3", "Content-Length is no number: 3 3"),
      ("", "Content-Length is no number: "), ("03", nil),
    ] as [(String, String?)])
  func `a length is one number or no length`(length: String, reason: String?) async throws {
    let outcome = try await fetch { _ in
      .raw("HTTP/1.1 200 OK\r\nContent-Length: \(length)\r\n\r\nabc", then: .close)
    }
    if let reason {
      #expect(outcome.failure?.code == "protocol-error")
      // libcurl may be first to find fault.
      if case .protocolError(let detail) = outcome.failure {
        #expect(detail == reason || detail.contains("Content-Length"))
      }
      #expect(outcome.hops.isEmpty)
    } else {
      #expect(outcome.response?.body == Array("abc".utf8))
    }
  }

  @Test(arguments: ["-3", "99999999999999999999999"])
  func `a length that cannot be is refused`(length: String) async throws {
    let outcome = try await fetch { _ in
      .raw("HTTP/1.1 200 OK\r\nContent-Length: \(length)\r\n\r\nabc", then: .close)
    }
    #expect(["protocol-error", "body-too-large"].contains(outcome.failure?.code))
    #expect(outcome.hops.isEmpty)
  }

  @Test func `a second length that comes in another letter case and place is found`() async throws {
    let outcome = try await fetch { _ in
      .raw("HTTP/1.1 200 OK\r\ncontent-length: 5\r\nX: y\r\nCONTENT-LENGTH:\t3\r\n\r\nabcde", then: .close)
    }
    #expect(outcome.failure == .protocolError(detail: "Content-Length is both 5 and 3"))
  }

  @Test func `a chunked body is read by its chunks whatever a length says`() async throws {
    let outcome = try await fetch { _ in
      .raw(
        "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n", then: .close)
    }
    #expect(outcome.response?.body == Array("abc".utf8))
  }

  @Test func `a chunked body that stops between chunks or in one is truncated, coded or not`() async throws {
    let coded = gzip(page(bytes: 5000))
    for pieces in [[coded], [Array(coded[..<100]), Array(coded[100...])]] {
      let outcome = try await fetch { _ in
        .scripted { writer in
          writer.send("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n\r\n")
          for piece in pieces { writer.chunk(piece) }
          return .close  // the gzip stream is whole, the chunks are not
        }
      }
      #expect(outcome.failure == .truncated)
      #expect(outcome.hops.isEmpty)
    }
  }

  @Test(arguments: [429, 503], ["120", "Fri, 20 Nov 2026 10:00:00 GMT", "soon", "99999999999999999999"])
  func `an answer that asks for patience is kept with what it asked`(status: Int, retry: String) async throws {
    let outcome = try await fetch { _ in Reply.text("later", status: status).with("Retry-After", retry) }
    #expect(outcome.response?.status == status)
    #expect(outcome.response?.fields["Retry-After"] == retry)
  }

  @Test func `a tag that stays the same over a new page is believed only when a 304 comes of it`() async throws {
    let server = try LoopbackServer { request in .html("page \(request.path)", etag: "\"same\"") }
    let fetcher = try makeFetcher()
    let first = await fetcher.fetch(FetchRequest(url: server.url("/1")))
    let validators = Validators(of: try #require(first.response).fields)
    let second = await fetcher.fetch(FetchRequest(url: server.url("/2"), validators: validators))
    #expect(second.response?.status == 200)
    #expect(second.response?.body == Array("page /2".utf8))
  }

  @Test func `a 304 that lies is unmasked by a request without conditions`() async throws {
    let server = try LoopbackServer { request in
      request["If-None-Match"] == nil ? .html("edited", etag: "\"old\"") : .notModified
    }
    let fetcher = try makeFetcher()
    let asked = FetchRequest(url: server.url("/"), validators: Validators(entityTag: "\"old\""))
    #expect(await fetcher.fetch(asked).response?.status == 304)
    #expect(await fetcher.fetch(FetchRequest(url: server.url("/"))).response?.body == Array("edited".utf8))
  }

  @Test(arguments: [204, 304])
  func `content after a status that has none is left, with the connection`(status: Int) async throws {
    let server = try LoopbackServer { request in
      request.path == "/b"
        ? .html("b") : .raw("HTTP/1.1 \(status) x\r\nContent-Length: 5\r\n\r\nabcde", then: .keep)
    }
    let fetcher = try makeFetcher(concurrency: 1)
    let request = FetchRequest(url: server.url("/a"), validators: Validators(entityTag: "\"x\""))
    let outcome = await fetcher.fetch(request)
    #expect(outcome.response?.status == status)
    #expect(outcome.response?.body == [])
    #expect(await fetcher.fetch(FetchRequest(url: server.url("/b"))).response?.body == [98])
  }

  @Test(arguments: ["utf-8", "iso-8859-1", "no-such-charset", ""])
  func `a wrong charset changes no octet`(charset: String) async throws {
    let body: [UInt8] = [0x3c, 0x70, 0x3e, 0xe9, 0xff, 0xfe, 0x80, 0x00, 0xc3, 0xa9]
    let outcome = try await fetch { _ in
      Reply(headers: [("Content-Type", "text/html; charset=\(charset)")], body: body)
    }
    #expect(outcome.response?.body == body)
    #expect(outcome.response?.fields["Content-Type"] == "text/html; charset=\(charset)")
  }

  @Test func `a page of no bytes is a page of no bytes, whether told or seen by the end`() async throws {
    for reply in ["HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", "HTTP/1.1 200 OK\r\n\r\n"] {
      let outcome = try await fetch { _ in .raw(reply, then: .close) }
      #expect(outcome.response?.status == 200)
      #expect(outcome.response?.body == [])
    }
  }

  @Test func `a name that nothing can look up is not found, and nothing else waits for it`() async throws {
    let server = try LoopbackServer { _ in .html("x") }
    let fetcher = try makeFetcher()
    // Longer than a label may be (RFC 1035 §2.3.4): refused by the resolver before any server of names is asked.
    let name = String(repeating: "a", count: 70) + ".invalid"
    async let lost = fetcher.fetch(FetchRequest(url: "http://\(name)/"))
    #expect(await fetcher.fetch(FetchRequest(url: server.url("/"))).response?.status == 200)
    let failure = await lost.failure
    #expect(failure == .hostNotFound(name))
    #expect(failure?.isTransient == true)
  }
}
