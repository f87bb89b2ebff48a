import API
import HTTPAnswers
import JSON
import Model
import SampleArchive
import Storage
import Testing

@testable import Web

/// Who may change the watch list, and from where.
struct WritingTests {
  let archive: SampleArchive
  let front: Front
  static let secret = "0123456789abcdef0123456789abcdef"

  init() throws {
    archive = try SampleArchive()
    var settings = Front.Settings(
      archive: archive.path, answering: [API(archive: "a")],
      hosts: HostPolicy(listening: ListenAddress(host: "127.0.0.1", port: 8040), names: []), readers: 1, version: "1",
      now: { SampleArchive.now }, ticks: { 0 })
    settings.token = Token(Self.secret)
    front = try Front(settings)
  }

  private func post(
    _ fields: [(name: String, value: String)], path: String = "/api/v1/sources",
    body: String = #"{"urls":["https://post.example/a"]}"#
  ) async -> Reply {
    let all = [(name: "Host", value: "127.0.0.1:8040"), (name: "Content-Type", value: "application/json")] + fields
    return await front.reply(to: Incoming(method: "POST", target: path, fields: all, body: Array(body.utf8)))
  }

  private func isEmpty() throws -> Bool { try archive.open().sources().isEmpty }

  @Test func `who has the token may write, and what is read next shows it`() async throws {
    let before = await front.reply(
      to: Incoming(method: "GET", target: "/api/v1/sources", fields: [("Host", "127.0.0.1:8040")]))
    #expect(try JSONValue(parsing: before.body)["items"] == [])
    #expect(await post([("Authorization", "Bearer \(Self.secret)")]).status == 200)
    let after = await front.reply(
      to: Incoming(method: "GET", target: "/api/v1/sources", fields: [("Host", "127.0.0.1:8040")]))
    #expect(try JSONValue(parsing: after.body)["items"]?.array?.count == 1)
  }

  @Test(arguments: [
    "", "Bearer", "Bearer ", "Bearer wrong", "Basic 0123456789abcdef0123456789abcdef", secret,
    "Bearer \(secret) ", "Bearer \(secret)0",
  ])
  func `who has not may not`(authorization: String) async throws {
    let reply = await post(authorization.isEmpty ? [] : [("Authorization", authorization)])
    #expect(reply.status == 401 && reply.field("WWW-Authenticate")?.hasPrefix("Bearer") == true)
    #expect(try isEmpty())
  }

  @Test(arguments: [
    [("Origin", "https://evil.example")], [("Origin", "null")], [("Origin", "http://127.0.0.1:9999")],
    [("Sec-Fetch-Site", "cross-site")], [("Sec-Fetch-Site", "same-site")],
  ])
  func `another site's page may not, even with the token`(fields: [(String, String)]) async throws {
    let all = fields.map { (name: $0.0, value: $0.1) } + [(name: "Authorization", value: "Bearer \(Self.secret)")]
    #expect(await post(all).status == 403)
    #expect(try isEmpty())
  }

  @Test func `a page of this server may`() async throws {
    let fields = [
      (name: "Origin", value: "http://127.0.0.1:8040"), (name: "Sec-Fetch-Site", value: "same-origin"),
      (name: "Authorization", value: "bearer \(Self.secret)"),
    ]
    #expect(await post(fields).status == 200)
  }

  @Test func `too much is refused before anything is looked at`() async throws {
    let body = String(repeating: " ", count: Front.longestBody + 1)
    #expect(await post([("Authorization", "Bearer \(Self.secret)")], body: body).status == 413)
  }

  @Test func `nothing takes a post elsewhere`() async throws {
    let authorized = [(name: "Authorization", value: "Bearer \(Self.secret)")]
    #expect(await post(authorized, path: "/elsewhere").status == 404)
    #expect(await post(authorized, path: "/api/v1/edits").status == 405)
    let put = Incoming(method: "PUT", target: "/api/v1/sources", fields: [("Host", "localhost")])
    #expect(await front.reply(to: put).field("Allow") == "GET, HEAD, POST")
  }

  @Test(arguments: ["", "short", "0123456789 abcdef0123", "0123456789abcdeé0123"])
  func `a token that can be guessed or sent in no field is none`(text: String) { #expect(Token(text) == nil) }

  @Test func `white space around a token in a file does not count`() throws {
    #expect(try #require(Token(" \(Self.secret)\n")).isSame(Self.secret))
  }
}
