import Fetching
import Glibc
import LoopbackServer
import Model
import Testing

/// What goes wrong on the way: each fault has its own error, in bounded time and space, and none gives a body.
@Suite struct FaultTests {
  private func failure(
    _ limits: Limits = Limits(), _ reply: Reply
  ) async throws -> FetchError? {
    let outcome = try await fetch(limits: limits) { _ in reply }
    #expect(outcome.hops.isEmpty)
    return outcome.failure
  }

  private static func small(seconds: Int64 = 10) -> Limits {
    var limits = Limits()
    (limits.maximumBodyBytes, limits.maximumHeaderBytes) = (100_000, 10_000)
    limits.totalTimeout = .seconds(seconds)
    return limits
  }

  @Test func `a body shorter than its Content-Length is truncated`() async throws {
    #expect(
      try await failure(.init(), .raw("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc", then: .close)) == .truncated)
  }

  @Test func `chunks without an end are truncated`() async throws {
    let head = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
    #expect(try await failure(.init(), .raw(head + "3\r\nabc\r\n", then: .close)) == .truncated)
    #expect(try await failure(.init(), .raw(head + "a\r\nabc", then: .close)) == .truncated)
  }

  @Test func `chunks that make no sense lose the connection`() async throws {
    let reply = Reply.raw("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nabc", then: .close)
    #expect(try await failure(.init(), reply)?.code == "connection-lost")
  }

  @Test func `a reset in mid-body loses the connection`() async throws {
    let reply = Reply.scripted { writer in
      writer.send("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nabc")
      writer.pause(milliseconds: 30)
      return .reset
    }
    let error = try await failure(.init(), reply)
    #expect(error?.code == "connection-lost")
    #expect(error?.isTransient == true)
  }

  @Test func `two different lengths are not HTTP, twice the same is`() async throws {
    let reply = Reply.raw("HTTP/1.1 200 OK\r\nContent-Length: 3\r\nContent-Length: 5\r\n\r\nabcde", then: .close)
    #expect(try await failure(.init(), reply) == .protocolError(detail: "Content-Length is both 3 and 5"))
    let same = try await fetch { _ in
      .raw("HTTP/1.1 200 OK\r\nContent-Length: 3\r\nContent-Length: 3\r\n\r\nabc", then: .close)
    }
    #expect(same.response?.body == Array("abc".utf8))
  }

  @Test func `a body longer than its length costs the connection and spoils nothing`() async throws {
    let server = try LoopbackServer { request in
      request.path == "/long"
        ? .raw("HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nabcHTTP/1.1 500 x\r\n\r\n", then: .keep) : .html("b")
    }
    let fetcher = try makeFetcher(concurrency: 1)
    let first = await fetcher.fetch(FetchRequest(url: server.url("/long")))
    let second = await fetcher.fetch(FetchRequest(url: server.url("/b")))
    #expect(first.response?.body == Array("abc".utf8))
    #expect(second.response?.body == [98])
    #expect(server.connectionCount == 2)
  }

  @Test func `a kept connection that the server has closed meanwhile is no failure`() async throws {
    let server = try LoopbackServer { _ in .raw("HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\na", then: .close) }
    let fetcher = try makeFetcher(concurrency: 1)
    for _ in 0..<20 {
      #expect(await fetcher.fetch(FetchRequest(url: server.url("/"))).response?.body == [97])
    }
  }

  @Test func `an endless body is stopped, chunked or not`() async throws {
    let endless: @Sendable (Bool) -> Reply = { chunked in
      .scripted { writer in
        writer.send("HTTP/1.1 200 OK\r\n\(chunked ? "Transfer-Encoding: chunked\r\n" : "")\r\n")
        let piece = [UInt8](repeating: 97, count: 5000)
        while chunked ? writer.chunk(piece) : writer.send(piece) {}
        return .close
      }
    }
    #expect(try await failure(Self.small(), endless(true)) == .bodyTooLarge(limitBytes: 100_000))
    #expect(try await failure(Self.small(), endless(false)) == .bodyTooLarge(limitBytes: 100_000))
  }

  @Test func `a length beyond the limit is refused unread`() async throws {
    let reply = Reply.raw("HTTP/1.1 200 OK\r\nContent-Length: 10000000000\r\n\r\n", then: .stall)
    #expect(try await failure(Self.small(), reply) == .bodyTooLarge(limitBytes: 100_000))
  }

  @Test func `endless headers are stopped, and so are endless interim responses and one endless line`() async throws {
    let flood: @Sendable (String, String) -> Reply = { start, piece in
      .scripted { writer in
        writer.send(start)
        while writer.send(piece) {}
        return .close
      }
    }
    let expected = FetchError.headersTooLarge(limitBytes: 10_000)
    #expect(try await failure(Self.small(), flood("HTTP/1.1 200 OK\r\n", "X-A: b\r\n")) == expected)
    #expect(try await failure(Self.small(), flood("", "HTTP/1.1 100 Continue\r\n\r\n")) == expected)
    #expect(try await failure(Self.small(), flood("HTTP/1.1 200 OK\r\nX-A: ", "aaaaaaaaaaaaaaaa")) == expected)
  }

  @Test func `a server that says nothing runs into the time limit`() async throws {
    var limits = Limits()
    limits.totalTimeout = .milliseconds(150)
    let error = try await failure(limits, .raw([], then: .stall))
    #expect(error == .timedOut(.transfer, after: .milliseconds(150)))
    #expect(error?.message == "timed out after 0.15 s")
  }

  @Test func `a server that drips runs into the time limit, in its headers or its body`() async throws {
    var limits = Limits()
    limits.totalTimeout = .milliseconds(150)
    for start in ["HTTP/1.1 200 OK\r\n", "HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n"] {
      let drip = Reply.scripted { writer in
        writer.send(start)
        while writer.send("x") && writer.pause(milliseconds: 10) {}
        return .close
      }
      #expect(try await failure(limits, drip)?.code == "timeout")
    }
  }

  @Test func `a server that drips is too slow before the time is up`() async throws {
    var limits = Limits()
    (limits.lowSpeedBytesPerSecond, limits.lowSpeedTime) = (10_000, .seconds(1))
    let drip = Reply.scripted { writer in
      writer.send("HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n")
      while writer.send("x") && writer.pause(milliseconds: 20) {}
      return .close
    }
    #expect(try await failure(limits, drip) == .tooSlow(bytesPerSecond: 10_000, over: .seconds(1)))
  }

  @Test func `time spent on redirects counts`() async throws {
    var limits = Limits()
    limits.totalTimeout = .milliseconds(200)
    let outcome = try await fetch(limits: limits) { _ in
      .scripted { writer in
        writer.pause(milliseconds: 60)
        writer.send("HTTP/1.1 302 Found\r\nLocation: /\r\nContent-Length: 0\r\n\r\n")
        return .keep
      }
    }
    #expect(outcome.failure == .timedOut(.transfer, after: .milliseconds(200)))
    #expect((1...3).contains(outcome.hops.count))
  }

  @Test func `a port where nobody listens is no connection`() async throws {
    let server = try LoopbackServer { _ in .html("x") }
    let url = server.url("/")
    server.stop()
    usleep(20_000)  // until its thread has closed the socket
    let outcome = try await makeFetcher().fetch(FetchRequest(url: url))
    #expect(outcome.failure?.code == "connection-failed")
    #expect(outcome.failure?.isTransient == true)
  }

  @Test func `a connection closed without a word is an empty reply`() async throws {
    #expect(try await failure(.init(), .raw([], then: .close)) == .emptyReply)
  }

  @Test(arguments: [
    "SSH-2.0-OpenSSH_9.2\r\n", "<html>no status line</html>", "HTTP/1.1 abc\r\n\r\n", "HTTP/1.1 99 x\r\n\r\n",
  ])
  func `what is not HTTP is said to be so`(bytes: String) async throws {
    #expect(try await failure(.init(), .raw(bytes, then: .close))?.code == "protocol-error")
  }

  @Test func `https to a server that speaks none is refused, whatever it says`() async throws {
    let server = try LoopbackServer { _ in .html("x") }
    let url = "https" + server.url("/").dropFirst(4)
    let outcome = try await makeFetcher().fetch(FetchRequest(url: url))
    #expect(outcome.failure?.code == "tls")
    #expect(server.requests.isEmpty)
  }
}
