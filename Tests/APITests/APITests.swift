import HTTPAnswers
import JSON
import Model
import SampleArchive
import Storage
import Testing

@testable import API

/// The API's answers, asked as functions over a real archive.
struct APITests {
  let archive: SampleArchive
  let store: Store

  init() async throws {
    archive = try await SampleArchive.filled()
    store = try archive.open()
  }

  private func ask(_ target: String, method: String = "GET", takesWrites: Bool = false) throws -> Answer {
    let question = try Question(
      method: method, target: target, now: SampleArchive.now, base: "http://127.0.0.1:1", takesWrites: takesWrites)
    return try #require(API(archive: "archive.stet").answer(question, from: store))
  }

  private func json(_ target: String, status: Int = 200) throws -> JSONValue {
    let answer = try ask(target)
    #expect(answer.status == status, "\(target): \(String(decoding: answer.body, as: UTF8.self))")
    #expect(answer.field("Content-Type") == "application/json")
    return try JSONValue(parsing: answer.body)
  }

  private func items(_ target: String) throws -> [JSONValue] { try #require(try json(target)["items"]?.array) }

  private func ferry() throws -> Int64 {
    try #require(try items("/api/v1/articles?part=ferry").first?["article"]?.int)
  }

  @Test func `articles are listed, found by a part or by their URL, and shown`() throws {
    #expect(
      try items("/api/v1/articles").compactMap { $0["url"]?.string } == [SampleArchive.ferry, SampleArchive.bridge])
    #expect(try items("/api/v1/articles?part=bridge").count == 1)
    #expect(try items("/api/v1/articles?url=https://POST.example/2026/11/ferry").count == 1)
    #expect(try items("/api/v1/articles?url=ferry").isEmpty)
    let article = try json("/api/v1/articles/\(ferry())")
    #expect(article["revisions"]?.int == 4)
    #expect(article["headline"] == "Council approves ferry contract")
    #expect(article["changed_at"] == "2026-11-20T11:30:00.000Z")
  }

  @Test func `a log, its captures and what a revision said have the shapes of the commands`() throws {
    let id = try ferry()
    let log = try items("/api/v1/articles/\(id)/log")
    #expect(log.map { $0["revision"]?.int } == [4, 3, 2, 1])
    #expect(log[0]["returns_to"]?.int == 1)
    let captures = try items("/api/v1/articles/\(id)/captures")
    #expect(captures.count == 7 && captures[1]["kind"] == "revisit")
    let second = try json("/api/v1/articles/\(id)/revisions/2")
    #expect(second["paragraphs"]?.array?.count == 3 && second["revision"]?.int == 2)
    #expect(try json("/api/v1/articles/\(id)/revisions/last")["revision"]?.int == 4)
    #expect(try json("/api/v1/articles/\(id)/revisions/-1")["revision"]?.int == 3)
    #expect(try json("/api/v1/articles/\(id)/revisions/2026-11-20T10:40:00Z")["revision"]?.int == 2)
    let blame = try items("/api/v1/articles/\(id)/revisions/3/blame")
    #expect(blame.contains { $0["text"] == "It is worth 15 million euros a year." && $0["revision"]?.int == 2 })
  }

  @Test func `times may be typed as the command takes them, and an answer to so long ago holds for the minute`() throws
  {
    let id = try ferry()
    let all = try items("/api/v1/edits")
    #expect(try items("/api/v1/edits?since=50000w") == all)
    #expect(try items("/api/v1/edits?until=50000w").isEmpty)
    #expect(try json("/api/v1/articles/\(id)/revisions/2026-11-20")["revision"]?.int == 4)
    #expect(try json("/api/v1/articles/\(id)/revisions/2026-11-19", status: 404)["error"]?["code"] == "no-revision")
    for target in [
      "/api/v1/edits?since=50000w", "/api/v1/search?q=ferry&until=today", "/api/v1/articles/\(id)/revisions/today",
      "/api/v1/articles/\(id)/diff?from=1&to=today",
    ] {
      #expect(try ask(target).validity == .minute, "\(target)")
    }
    #expect(try ask("/api/v1/edits?since=2026-11-20").validity == .archive)
  }

  @Test func `a diff is of the last two revisions, of one against the one before, or of any two`() throws {
    let id = try ferry()
    func ends(_ query: String) throws -> [Int64?] {
      let diff = try json("/api/v1/articles/\(id)/diff\(query)")
      return [diff["from"]?["revision"]?.int, diff["to"]?["revision"]?.int]
    }
    #expect(try ends("") == [3, 4])
    #expect(try ends("?to=2") == [1, 2])
    #expect(try ends("?from=1&to=3") == [1, 3])
    #expect(try ends("?from=1&to=2026-11-20T10:40:00Z") == [1, 2])
    #expect(try json("/api/v1/articles/\(id)/diff?to=1", status: 404)["error"]?["code"] == "one-revision")
  }

  @Test func `pages of edits follow each other without gap or repetition, whatever their size`() throws {
    let whole = try items("/api/v1/edits?limit=500")
    #expect(whole.count > 4)
    for size in [1, 2, 3, 5] {
      var (found, cursor): ([JSONValue], String?) = ([], nil)
      repeat {
        let page = try json("/api/v1/edits?limit=\(size)" + (cursor.map { "&cursor=\($0)" } ?? ""))
        let items = try #require(page["items"]?.array)
        #expect((1...size).contains(items.count))
        found += items
        cursor = page["next"]?.string
      } while cursor != nil && found.count <= whole.count
      #expect(found == whole)
    }
  }

  @Test(arguments: [
    "articles?", "articles/1/log?", "articles/1/captures?", "articles/1/same?", "sources?", "search?q=the&",
    "when?q=the&",
    "when?q=the&article=1&article=2&",
  ])
  func `pages of a list follow each other without gap or repetition`(list: String) throws {
    let whole = try items("/api/v1/\(list)limit=500")
    var (found, cursor): ([JSONValue], String?) = ([], nil)
    repeat {
      let page = try json("/api/v1/\(list)limit=1" + (cursor.map { "&cursor=\($0)" } ?? ""))
      found += try #require(page["items"]?.array)
      cursor = page["next"]?.string
    } while cursor != nil && found.count <= whole.count
    #expect(found == whole)
  }

  @Test func `edits are filtered by class, article and time`() throws {
    #expect(try items("/api/v1/edits?class=number").count >= 1)
    #expect(try items("/api/v1/edits?class=number&class=headline").count > items("/api/v1/edits?class=number").count)
    #expect(try items("/api/v1/edits?article=2").isEmpty)
    #expect(try items("/api/v1/edits?since=2026-11-20T11:20Z").allSatisfy { $0["revision"]?.int == 4 })
    #expect(try items("/api/v1/edits?until=2026-11-20T10:31Z").allSatisfy { $0["revision"]?.int == 2 })
    let all = try items("/api/v1/edits")
    #expect(try items("/api/v1/edits?since=2026-11-20&until=2026-11-20") == all)
    #expect(try items("/api/v1/edits?until=2026-11-19").isEmpty)
  }

  @Test func `stealth edits are had alone`() throws {
    let all = try items("/api/v1/edits")
    #expect(!all.isEmpty && all.allSatisfy { $0["stealth"] == true })
    for edit in all { #expect(try json("/api/v1/articles/\(edit["article"]?.int ?? 0)")["url"] == edit["url"]) }
    #expect(try items("/api/v1/edits?stealth=true") == all && items("/api/v1/edits?stealth=false") == all)
    #expect(try json("/api/v1/edits?stealth=1", status: 400)["error"]?["code"] == "bad-parameter")
  }

  @Test func `words and phrases are found`() throws {
    let found = try json("/api/v1/search?q=15+million")
    #expect(found["complete"] == true)
    #expect(found["items"]?.array?.first?["text"] == "It is worth 15 million euros a year.")
    let when = try items("/api/v1/when?q=first%20boat")
    #expect(when.first?["spans"]?.array?.count == 1 && when.first?["phrase"] == "first boat")
    #expect(try items("/api/v1/when?q=first%20boat&article=2").isEmpty)
    #expect(try items("/api/v1/articles/1/same").first?["url"]?.string == SampleArchive.bridge)
  }

  @Test func `captures, proofs and bodies are had by digest`() throws {
    let capture = try #require(try items("/api/v1/articles/\(ferry())/captures").first)
    let digest = try #require(capture["capture"]?.string)
    let whole = try json("/api/v1/captures/\(digest)")
    #expect(whole["fields"]?.array?.first == ["Content-Type", "text/html; charset=utf-8"])
    #expect(whole["payload"] == capture["payload"])
    #expect(try json("/api/v1/captures/\(digest)/proof")["capture"]?.string == digest)
    #expect(try json("/api/v1/articles/\(ferry())/revisions/1/proof")["capture"]?.string == digest)
    #expect(try json("/api/v1/checkpoint")["size"]?.int == 9)
    let payload = try #require(capture["payload"]?.string)
    let body = try ask("/api/v1/bodies/\(payload)")
    #expect(Digest(of: body.body).description == payload)
    #expect(body.field("Content-Type") == "application/octet-stream")
    #expect(body.field("Content-Disposition")?.hasPrefix("attachment") == true)
    #expect(body.field("Content-Security-Policy")?.contains("sandbox") == true)
    #expect(body.validity == .immutable(tag: String(payload.dropFirst(7))))
  }

  @Test func `the status tells the archive's name and no path`() throws {
    let status = try json("/api/v1/status")
    #expect(status["archive"] == "archive.stet" && status["captures"]?.int == 9 && status["edits"]?.int ?? 0 > 0)
  }

  @Test(arguments: [
    ("/api/v1/edits?limit=0", "bad-parameter"), ("/api/v1/edits?limit=501", "bad-parameter"),
    ("/api/v1/edits?limit=+5", "bad-parameter"), ("/api/v1/edits?limit=", "bad-parameter"),
    ("/api/v1/edits?limit=1&limit=2", "bad-parameter"), ("/api/v1/edits?since=soon", "bad-parameter"),
    ("/api/v1/edits?class=nonsense", "bad-parameter"), ("/api/v1/edits?sinse=2026-11-20", "bad-parameter"),
    ("/api/v1/search", "bad-parameter"),
    ("/api/v1/articles/1/revisions/0", "bad-parameter"),
    ("/api/v1/articles/1/revisions/x", "bad-parameter"), ("/api/v1/captures/sha256:12", "bad-parameter"),
    ("/api/v1/bodies/\(String(repeating: "0", count: 64))", "bad-parameter"),
    ("/api/v1/search?q=" + String(repeating: "x", count: 1001), "bad-parameter"),
  ])
  func `what cannot be asked is named`(target: String, code: String) throws {
    #expect(try json(target, status: 400)["error"]?["code"]?.string == code)
  }

  @Test(arguments: [
    ("/api/v1/articles/99", "no-such-article"), ("/api/v1/articles/x", "no-such-article"),
    ("/api/v1/articles/99999999999999999999", "no-such-article"), ("/api/v1/articles/1/revisions/9", "no-revision"),
    ("/api/v1/articles/1/revisions/1999-01-01", "no-revision"), ("/api/v1/edits?article=99", "no-such-article"),
    ("/api/v1/edits?cursor=x", "no-such-page"), ("/api/v1/edits?cursor=1.1.a", "no-such-page"),
    ("/api/v1/edits?cursor=9223372036854775807.1.a.0", "no-such-page"),
    ("/api/v1/edits?cursor=-9223372036854775808.1.a.0", "no-such-page"),
    ("/api/v1/edits?article=63157375667884941312", "no-such-article"),
    ("/api/v1/articles/1/revisions/-63157375667884941312", "no-revision"),
    ("/api/v1/articles?cursor=-1", "no-such-page"), ("/api/v1/articles/1/captures?cursor=7", "no-such-page"),
    ("/api/v1/search?q=ferry&cursor=99", "no-such-page"), ("/api/v1/edits?source=nobody", "no-such-source"),
    ("/api/v1/captures/sha256:\(String(repeating: "0", count: 64))", "no-such-capture"),
    ("/api/v1/captures/sha256:\(String(repeating: "0", count: 64))/proof", "no-such-capture"),
    ("/api/v1/bodies/sha256:\(String(repeating: "0", count: 64))", "no-such-body"),
    ("/api/v1/search?q=", "empty-query"), ("/api/v1/search?q=%2B", "empty-query"),
    ("/api/v1/when?q=a", "query-too-short"), ("/api/v1/nothing", "no-such-path"), ("/api/", "no-such-path"),
    ("/api", "no-such-path"),
    ("/api/v1/articles/", "no-such-path"), ("/api/v1/articles//log", "no-such-path"),
  ])
  func `what is not there is told apart`(target: String, code: String) throws {
    #expect(try json(target, status: 404)["error"]?["code"]?.string == code)
  }

  @Test func `another method is refused with those there are`() throws {
    let refused = try ask("/api/v1/edits", method: "POST", takesWrites: true)
    #expect(refused.status == 405 && refused.field("Allow") == "GET, HEAD")
    #expect(try ask("/api/v1/sources/pause").field("Allow") == "")
    #expect(try ask("/api/v1/sources/pause", method: "GET", takesWrites: true).field("Allow") == "POST")
    #expect(try ask("/api/v1/sources", method: "DELETE", takesWrites: true).field("Allow") == "GET, HEAD, POST")
  }

  @Test func `a path elsewhere is nobody's`() throws {
    let question = try Question(target: "/articles", now: SampleArchive.now, base: "")
    #expect(API(archive: "").answer(question, from: store) == nil)
  }

  @Test func `the description names exactly the paths that are answered`() throws {
    func described(takesWrites: Bool) throws -> [String] {
      let answer = try ask("/api/openapi.json", takesWrites: takesWrites)
      let description = try JSONValue(parsing: answer.body)
      #expect(description["openapi"] == "3.1.0")
      guard case .object(let paths) = description["paths"] else { return [] }
      return paths.flatMap { path, item -> [String] in
        guard case .object(let methods) = item else { return [] }
        return methods.map { "\($0.key.uppercased()) \(path)" }
      }.sorted()
    }
    #expect(try described(takesWrites: true) == API.paths.sorted())
    #expect(try described(takesWrites: false) == API.paths.filter { $0.hasPrefix("GET") }.sorted())
  }

  @Test func `the description names exactly the parameters that are taken`() throws {
    let description = try JSONValue(parsing: API.description(takesWrites: true))
    for route in API.routes {
      let parameters = description["paths"]?[route.pattern]?[route.method.lowercased()]?["parameters"]?.array ?? []
      let names = parameters.filter { $0["in"] == "query" }.compactMap { $0["name"]?.string }
      #expect(Set(names) == route.parameters, "\(route.pattern)")
    }
  }
}
