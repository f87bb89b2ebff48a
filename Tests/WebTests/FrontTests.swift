import API
import Foundation
import HTTPAnswers
import JSON
import Model
import SampleArchive
import Storage
import Synchronization
import Testing

@testable import Web

/// All that happens to a request before and after it is answered, without sockets.
struct FrontTests {
  let archive: SampleArchive
  let ticks = Ticks()

  init() async throws { archive = try await SampleArchive.filled() }

  /// A clock that goes on with each look, so that nothing read is taken for fresh.
  final class Ticks: Sendable {
    private let value = Mutex(Int64(0))
    private let step: Int64 = 1_000_000_000
    func next() -> Int64 {
      value.withLock {
        $0 += step
        return $0
      }
    }
  }

  private func front(
    _ answering: [any Answering] = [API(archive: "archive.stet"), Feeds()],
    _ change: (inout Front.Settings) -> Void = { _ in }, at now: (@Sendable () -> Instant)? = nil
  ) throws -> Front {
    var settings = Front.Settings(
      archive: archive.path, answering: answering,
      hosts: HostPolicy(listening: ListenAddress(host: "127.0.0.1", port: 8040), names: ["archive.example"]),
      readers: 2,
      version: "1", now: now ?? { SampleArchive.now }, ticks: { [ticks] in ticks.next() })
    settings.limit = .max / 2
    change(&settings)
    return try Front(settings)
  }

  private func get(
    _ front: Front, _ target: String, method: String = "GET", host: String = "127.0.0.1:8040",
    _ fields: [(name: String, value: String)] = []
  ) async -> Reply {
    await front.reply(to: Incoming(method: method, target: target, fields: [("Host", host)] + fields))
  }

  @Test(arguments: ["/", "/healthz", "/metrics", "/api/v1/edits", "/api/v1/nothing", "/%zz", "/feeds/edits.atom"])
  func `every answer tells browsers to run and embed nothing`(target: String) async throws {
    let reply = await get(try front(), target)
    #expect(reply.field("Content-Security-Policy")?.contains("default-src 'none'") == true)
    #expect(reply.field("Content-Security-Policy")?.contains("frame-ancestors 'none'") == true)
    #expect(reply.field("X-Content-Type-Options") == "nosniff")
    #expect(reply.field("Cross-Origin-Resource-Policy") == "same-origin")
    #expect(reply.field("Referrer-Policy") == "same-origin")
    #expect(reply.field("Cache-Control") != nil)
  }

  @Test func `what an answer says itself stands`() async throws {
    let front = try front([Fixed { Answer(type: "text/html", body: [], fields: [("content-security-policy", "x")]) }])
    let fields = await get(front, "/").fields.filter { $0.name.lowercased() == "content-security-policy" }
    #expect(fields.map(\.value) == ["x"])
  }

  @Test func `a name that was not given is refused`() async throws {
    let front = try front()
    #expect(await get(front, "/healthz", host: "attacker.example").status == 421)
    #expect(await get(front, "/api/v1/edits", host: "attacker.example:8040").status == 421)
    #expect(await get(front, "/healthz", host: "localhost").status == 200)
    #expect(await get(front, "/healthz", host: "archive.example:443").status == 200)
    #expect(await front.reply(to: Incoming(method: "GET", target: "/healthz", fields: [])).status == 400)
    let twice = Incoming(method: "GET", target: "/healthz", fields: [("Host", "localhost"), ("host", "localhost")])
    #expect(await front.reply(to: twice).status == 400)
  }

  @Test func `HEAD has the fields of GET and no body`() async throws {
    let front = try front()
    let (got, head) = (await get(front, "/api/v1/edits"), await get(front, "/api/v1/edits", method: "HEAD"))
    #expect(head.status == 200 && head.body.isEmpty)
    #expect(head.field("Content-Length") == "\(got.body.count)")
    #expect(head.field("ETag") == got.field("ETag"))
  }

  @Test(arguments: ["PUT", "DELETE", "TRACE", "CONNECT", "POST", "get", "BREW"])
  func `another method is refused with those there are`(method: String) async throws {
    let reply = await get(try front(), "/api/v1/edits", method: method)
    #expect(reply.status == 405 && reply.field("Allow") == "GET, HEAD")
    #expect(try JSONValue(parsing: reply.body)["error"]?["code"] == "wrong-method")
  }

  @Test func `OPTIONS tells the methods`() async throws {
    let reply = await get(try front(), "/", method: "OPTIONS")
    #expect(reply.status == 204 && reply.field("Allow") == "GET, HEAD" && reply.body.isEmpty)
  }

  @Test func `what is too long is refused`() async throws {
    let front = try front()
    #expect(await get(front, "/" + String(repeating: "a", count: Front.longestTarget)).status == 414)
    let fields = [(name: "X-Long", value: String(repeating: "a", count: Front.longestHead))]
    #expect(await get(front, "/", fields).status == 431)
  }

  @Test(arguments: ["/%", "/%zz", "/%FF", "/%00", "*", "", "http://127.0.0.1/healthz"])
  func `a malformed target is refused`(target: String) async throws {
    #expect(await get(try front(), target).status == 400)
  }

  @Test func `an answer is not sent again while the archive is as it was, and is once it has changed`() async throws {
    let front = try front()
    let first = await get(front, "/api/v1/edits")
    let tag = try #require(first.field("ETag"))
    #expect(tag.hasPrefix("W/"))
    let again = await get(front, "/api/v1/edits", [("If-None-Match", "\"other\", \(tag)")])
    #expect(again.status == 304 && again.body.isEmpty && again.field("ETag") == tag)
    try await archive.take(try SampleArchive.news())
    let changed = await get(front, "/api/v1/edits", [("If-None-Match", tag)])
    #expect(changed.status == 200 && changed.field("ETag") != tag)
    #expect(changed.body.count > first.body.count)
  }

  @Test func `what is named by its digest may be kept for ever`() async throws {
    let front = try front()
    let captures = try JSONValue(parsing: await get(front, "/api/v1/articles/1/captures").body)
    let payload = try #require(captures["items"]?.array?.first?["payload"]?.string)
    let body = await get(front, "/api/v1/bodies/\(payload)")
    #expect(body.field("Cache-Control") == "public, max-age=31536000, immutable")
    let tag = try #require(body.field("ETag"))
    #expect(await get(front, "/api/v1/bodies/\(payload)", [("If-None-Match", tag)]).status == 304)
    let revision = try #require(await get(front, "/api/v1/articles/1/revisions/1").field("ETag"))
    try await archive.take(try SampleArchive.news())
    #expect(await get(front, "/api/v1/articles/1/revisions/1", [("If-None-Match", revision)]).status == 304)
  }

  @Test func `an answer for the moment is neither tagged nor kept`() async throws {
    let reply = await get(try front(), "/api/v1/status", [("If-None-Match", "*")])
    #expect(reply.status == 200 && reply.field("ETag") == nil && reply.field("Cache-Control") == "no-store")
  }

  @Test func `an answer that varies with other fields is asked for each time`() async throws {
    let count = Mutex(0)
    let front = try front([
      Fixed {
        count.withLock { $0 += 1 }
        return Answer(type: "text/plain", body: [1], fields: [("Vary", "Accept-Datetime")])
      }
    ])
    let first = await get(front, "/x")
    #expect(first.field("ETag") == nil)
    _ = await get(front, "/x")
    #expect(count.withLock { $0 } == 2)
  }

  @Test func `an answer for the minute is given again until the minute is over`() async throws {
    let count = Mutex(0)
    let now = Mutex(SampleArchive.now)
    let front = try front(
      [
        Fixed {
          count.withLock { $0 += 1 }
          return .html("<p>an hour ago", validity: .minute)
        }
      ], at: { now.withLock { $0 } })
    let tag = try #require(await get(front, "/x").field("ETag"))
    let again = await get(front, "/x", [("If-None-Match", tag)])
    #expect(again.status == 304 && again.field("ETag") == tag)
    #expect(again.field("Content-Security-Policy") == nil, "it would replace the page's own in a browser's cache")
    #expect(await get(front, "/x").status == 200 && count.withLock { $0 } == 1)
    now.withLock { $0 = $0.advanced(byMilliseconds: 60_000) }
    let later = await get(front, "/x", [("If-None-Match", tag)])
    #expect(later.status == 200 && later.field("ETag") != tag && count.withLock { $0 } == 2)
  }

  @Test func `the same question is answered once`() async throws {
    let count = Mutex(0)
    let front = try front([
      Fixed {
        count.withLock { $0 += 1 }
        return .html("<p>x")
      }
    ])
    for _ in 0..<3 { #expect(await get(front, "/x?a=1").body == Array("<p>x".utf8)) }
    _ = await get(front, "/x?a=2")
    #expect(count.withLock { $0 } == 2)
  }

  @Test func `text is compressed for who takes that`() async throws {
    let front = try front([Fixed { .html(String(repeating: "<p>harbour</p>", count: 500)) }])
    let plain = await get(front, "/x")
    let packed = await get(front, "/x", [("Accept-Encoding", "br, gzip;q=0.5")])
    #expect(plain.field("Content-Encoding") == nil && packed.field("Content-Encoding") == "gzip")
    #expect(packed.body.starts(with: [0x1F, 0x8B]) && packed.body.count < plain.body.count / 10)
    #expect(plain.field("Vary") == "Accept-Encoding" && packed.field("Vary") == "Accept-Encoding")
    #expect(await get(front, "/x", [("Accept-Encoding", "gzip;q=0")]).field("Content-Encoding") == nil)
  }

  @Test func `octets are not compressed`() async throws {
    let front = try front([
      Fixed { Answer(type: "application/octet-stream", body: [UInt8](repeating: 0, count: 5000)) }
    ])
    #expect(await get(front, "/x", [("Accept-Encoding", "gzip")]).field("Content-Encoding") == nil)
  }

  @Test func `an archive that cannot be read is an error and tells no path`() async throws {
    let front = try front([Fixed { () throws(StorageError) in throw .damaged(path: "/home/someone", detail: "x") }])
    let reply = await get(front, "/x")
    #expect(reply.status == 500)
    #expect(!String(decoding: reply.body, as: UTF8.self).contains("someone"))
  }

  @Test func `a question that takes too long is stopped`() async throws {
    let front = try front([Slow()]) { $0.limit = 0 }
    async let reply = get(front, "/x")
    let stopping = Task {
      while !Task.isCancelled {
        front.stopOverdue()
        try? await Task.sleep(for: .milliseconds(5))
      }
    }
    #expect(await reply.status == 503)
    stopping.cancel()
  }

  @Test func `many readers at once get the same answer`() async throws {
    let front = try front([Fixed { .plain("x") }])
    let statuses = await withTaskGroup(of: Int.self) { group in
      for n in 0..<100 { group.addTask { await get(front, "/x?\(n)").status } }
      return await group.reduce(into: [Int]()) { $0.append($1) }
    }
    #expect(statuses == Array(repeating: 200, count: 100))
  }

  @Test func `requests are counted by kind and status`() async throws {
    let front = try front()
    _ = await get(front, "/api/v1/articles/1")
    _ = await get(front, "/api/v1/articles/2")
    _ = await get(front, "/never/heard/of")
    let text = String(decoding: await get(front, "/metrics").body, as: UTF8.self)
    #expect(
      text.contains(#"stet_http_requests_total{route="/api/v1/articles/{article}",method="GET",status="200"} 2"#))
    #expect(text.contains(#"stet_http_requests_total{route="other",method="GET",status="404"} 1"#))
    #expect(text.contains(#"stet_http_request_duration_seconds_count{route="/api/v1/articles/{article}"} 2"#))
    #expect(text.contains("stet_archive_captures 9\n") && !text.contains("never"))
  }

  @Test func `each request is told to the log as a line of JSON`() async throws {
    let lines = Mutex<[String]>([])
    let front = try front { $0.log = { line in lines.withLock { $0.append(line) } } }
    _ = await get(front, "/healthz?\u{22}\n")
    let line = try #require(lines.withLock { $0.first })
    #expect(!line.contains("\n"))
    let value = try JSONValue(parsing: Array(line.utf8))
    #expect(value["status"]?.int == 200 && value["method"] == "GET" && value["route"] == "/healthz")
  }
}

/// Answers everything in the same way.
private struct Fixed: Answering {
  let make: @Sendable () throws(StorageError) -> Answer
  init(_ make: @escaping @Sendable () throws(StorageError) -> Answer) { self.make = make }
  func answer(_ question: Question, from store: Store) throws(StorageError) -> Answer? { try make() }
}

/// Asks until it is stopped.
private struct Slow: Answering {
  func answer(_ question: Question, from store: Store) throws(StorageError) -> Answer? {
    while true { _ = try store.status(now: question.now) }
  }
}
