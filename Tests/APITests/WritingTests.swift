import API
import HTTPAnswers
import JSON
import Model
import SampleArchive
import Storage
import Testing

/// What changes the watch list, asked of a store that may write.
struct WritingTests {
  let archive: SampleArchive
  let store: Store

  init() throws {
    archive = try SampleArchive()
    store = try Store.open(archive.path, .write)
  }

  private func post(_ path: String, _ body: String, type: String = "application/json") throws -> (Int, JSONValue) {
    let question = try Question(
      method: "POST", target: path, fields: [("Content-Type", type)], body: Array(body.utf8), now: SampleArchive.now,
      base: "http://127.0.0.1:1", takesWrites: true)
    let answer = try #require(API(archive: "a").answer(question, from: store))
    return (answer.status, try JSONValue(parsing: answer.body))
  }

  @Test func `sources are added, known the second time, and bad ones named`() throws {
    let body = #"{"urls":["https://post.example/feed.xml","ftp://a.example/","x"],"every_ms":60000}"#
    let (status, added) = try post("/api/v1/sources", body)
    #expect(status == 200)
    #expect(added["added"] == ["https://post.example/feed.xml"])
    #expect(added["rejected"]?.array?.count == 2)
    #expect(try post("/api/v1/sources", body).1["known"] == ["https://post.example/feed.xml"])
    let source = try #require(try store.sources().first)
    #expect(source.kind == .feed && source.settings.every == 60_000)
  }

  @Test func `sources are paused, resumed and removed`() throws {
    _ = try post("/api/v1/sources", #"{"urls":["https://post.example/a"]}"#)
    let names = #"{"names":["post.example/a"]}"#
    #expect(try post("/api/v1/sources/pause", names).1["items"]?.array?.first?["paused"] == true)
    #expect(try store.sources().first?.pausedAt != nil)
    #expect(try post("/api/v1/sources/resume", names).1["items"]?.array?.first?["resumed"] == true)
    #expect(try post("/api/v1/sources/remove", names).1["items"]?.array?.first?["removed"] == true)
    #expect(try store.sources().isEmpty)
  }

  @Test func `a secret header and a cookie file are not told to readers`() throws {
    let url = try WebURL("https://post.example/a")
    _ = try store.add([NewSource(url: url, kind: .page)], now: SampleArchive.now) {
      $0.headers = ["Authorization: Bearer secret"]
      $0.cookies = "/home/someone/cookies.txt"
    }
    let question = try Question(target: "/api/v1/sources", now: SampleArchive.now, base: "")
    let body = String(decoding: try #require(API(archive: "a").answer(question, from: store)).body, as: UTF8.self)
    #expect(body.contains("Authorization: …") && !body.contains("secret") && !body.contains("someone"))
  }

  @Test(arguments: [
    ("", 400), ("[]", 400), ("{", 400), ("{}", 400), (#"{"urls":[]}"#, 400), (#"{"urls":"x"}"#, 400),
    (#"{"urls":[1]}"#, 400), (#"{"urls":["https://a.example/"],"kind":"x"}"#, 400),
    (#"{"urls":["https://a.example/"],"every_ms":1}"#, 400),
    (#"{"urls":["https://a.example/"],"every_ms":"1h"}"#, 400),
  ])
  func `a body that is not as it should be changes nothing`(body: String, status: Int) throws {
    #expect(try post("/api/v1/sources", body).0 == status)
    #expect(try store.sources().isEmpty)
  }

  @Test func `a form is no JSON`() throws {
    #expect(try post("/api/v1/sources", "urls=x", type: "application/x-www-form-urlencoded").0 == 415)
  }

  @Test func `a name that is not watched is not there`() throws {
    #expect(try post("/api/v1/sources/pause", #"{"names":["nothing"]}"#).0 == 404)
  }

  @Test func `a store that only reads refuses`() throws {
    let reader = try archive.open()
    let question = try Question(
      method: "POST", target: "/api/v1/sources", fields: [("Content-Type", "application/json")],
      body: Array(#"{"urls":["https://a.example/"]}"#.utf8), now: SampleArchive.now, base: "", takesWrites: true)
    #expect(API(archive: "a").answer(question, from: reader)?.status == 409)
  }
}
