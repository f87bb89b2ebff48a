import API
import JSON
import Model
import SampleArchive
import Storage
import Syncing
import Testing

@testable import Web

/// Edits told as they come.
struct EventTests {
  let archive: SampleArchive
  let front: Front

  init() async throws {
    archive = try await SampleArchive.filled()
    front = try Front(
      Front.Settings(
        archive: archive.path, answering: [],
        hosts: HostPolicy(listening: ListenAddress(host: "127.0.0.1", port: 1), names: []), readers: 1, version: "1",
        now: { SampleArchive.now }, ticks: FrontTests.Ticks().next))
  }

  private func listen(_ fields: [(name: String, value: String)] = []) async -> Reply {
    await front.reply(
      to: Incoming(method: "GET", target: "/api/v1/events", fields: [("Host", "localhost")] + fields))
  }

  /// The events up to and with the one that has that text.
  private func events(_ reply: Reply, until text: String) async throws -> [String] {
    var found: [String] = []
    for try await event in try #require(reply.events) {
      found.append(event)
      if event.contains(text) { break }
    }
    return found
  }

  @Test func `what comes after the listener is told, what came before is not`() async throws {
    let reply = await listen()
    #expect(reply.status == 200 && reply.field("Content-Type") == "text/event-stream")
    try await archive.take(try SampleArchive.news())
    let events = try await events(reply, until: "9 million")
    #expect(events.first?.hasPrefix("retry:") == true)
    #expect(events.count == 2)
    let lines = try #require(events.last).split(separator: "\n")
    #expect(lines.first == "event: edit" && lines[1].hasPrefix("id: "))
    let edit = try JSONValue(parsing: Array(try #require(lines.last).dropFirst("data: ".count).utf8))
    #expect(edit["url"]?.string == SampleArchive.later && edit["class"] == "number")
  }

  @Test func `what a rebuild writes anew is told to nobody`() async throws {
    let reply = await listen()
    let store = try Store.open(archive.path, .write)
    _ = try Derivation.rebuild(store)
    store.close()
    try await archive.take(try SampleArchive.news())
    #expect(try await events(reply, until: "9 million").count == 2)
  }

  @Test func `a listener that was cut off goes on where it was`() async throws {
    let events = try await events(await listen([("Last-Event-ID", "0")]), until: "15 million")
    #expect(events.count >= 2)
    let all = try await self.events(await listen([("Last-Event-ID", "0")]), until: "\"revision\":4")
    let ids = all.flatMap { $0.split(separator: "\n").filter { $0.hasPrefix("id: ") } }
    #expect(ids.count >= 2)
  }

  @Test(arguments: ["x", "-1", "", "1.5"])
  func `an id that is none is refused`(id: String) async {
    #expect(await listen([("Last-Event-ID", id)]).status == 400)
  }

  @Test func `no more listen than there is room for, and places come free`() async throws {
    var replies: [Reply] = []
    for _ in 0..<100 { replies.append(await listen()) }
    #expect(replies.allSatisfy { $0.status == 200 })
    #expect(await listen().status == 503)
    replies.removeAll()
    #expect(await listen().status == 200)
  }

  @Test func `HEAD listens to nothing`() async {
    let reply = await front.reply(
      to: Incoming(method: "HEAD", target: "/api/v1/events", fields: [("Host", "localhost")]))
    #expect(reply.status == 200 && reply.events == nil)
  }
}
