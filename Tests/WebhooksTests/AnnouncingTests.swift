import CommandRunner
import JSON
import Model
import SampleArchive
import Storage
import Syncing
import Testing
import Webhooks

/// What is news to a webhook.
struct AnnouncingTests {
  /// Before all captures of the sample.
  private let early = Instant(milliseconds: 1_700_000_000_000)
  private let secret = [UInt8](repeating: 7, count: 32)

  /// What a new webhook with a filter is told of the captures that come after it.
  private func told(
    _ archive: SampleArchive, at added: Instant, of lines: String, filter: WebhookFilter = WebhookFilter()
  ) async throws -> [JSONValue] {
    let store = try Store.open(archive.path, .write)
    defer { store.close() }
    let webhook = try store.addWebhook(
      "https://desk.example/", secret: secret, filter: filter, allowsPrivateAddresses: false, now: added)
    #expect(try Announcing.queue(in: store, now: SampleArchive.now) == 0)
    try await archive.take(lines)
    let queued = try Announcing.queue(in: store, now: SampleArchive.now)
    #expect(try Announcing.queue(in: store, now: SampleArchive.now) == 0)
    let owed = try store.deliveries(.all, of: webhook.id, limit: 100, now: SampleArchive.now)
    #expect(owed.count == queued)
    return try owed.map { try JSONValue(parsing: Array($0.body.utf8)) }
  }

  @Test func `a revision that newer captures bring is told of once, as edits and the API show it`() async throws {
    let archive = try await SampleArchive.filled()
    let told = try await told(archive, at: early, of: try SampleArchive.news())
    let body = try #require(told.first)
    #expect(told.count == 1 && body["type"] == "edits" && body["timestamp"] == "2026-11-20T11:50:00.000Z")
    let data = try #require(body["data"])
    #expect(data["url"]?.string == SampleArchive.later && data["revision"]?.int == 2 && data["stealth"] == true)
    #expect(data["classes"] == ["number"] && data["edits_left_out"] == 0 && data["language"] == "en")
    #expect(data["since"]?["after"] == "2026-11-20T11:40:00.000Z" && data["words_added"]?.int == 1)
    #expect(data["path"]?.string == "/api/v1/articles/3/diff?from=1&to=2" && data["article"]?.int == 3)
    #expect(data["edits"]?.array?.count == 1 && data["edits"]?.array?.first?["class"] == "number")
    #expect(data["capture"]?.string?.hasPrefix("sha256:") == true)
  }

  @Test func `what was captured before the webhook was added is no news, however late it is imported`() async throws {
    let archive = try await SampleArchive.filled()
    #expect(try await told(archive, at: SampleArchive.now, of: try SampleArchive.news()).isEmpty)
  }

  private static let filters: [(filter: WebhookFilter, passes: Bool)] = {
    func make(_ set: (inout WebhookFilter) -> Void) -> WebhookFilter {
      var filter = WebhookFilter()
      set(&filter)
      return filter
    }
    return [
      (make { $0.classes = [.number] }, true), (make { $0.classes = [.headline, .quote] }, false),
      (make { $0.classes = [.headline, .number] }, true), (make { $0.language = "en" }, true),
      (make { $0.language = "de" }, false), (make { $0.stealthOnly = true }, true), (make { $0.sources = [99] }, false),
      (make { ($0.stealthOnly, $0.language, $0.classes) = (true, "en", [.name]) }, false),
    ]
  }()

  @Test(arguments: filters.indices)
  func `a filter lets through what passes all of it`(n: Int) async throws {
    let archive = try await SampleArchive.filled()
    let (filter, passes) = Self.filters[n]
    let told = try await told(archive, at: early, of: try SampleArchive.news(), filter: filter)
    #expect(told.count == (passes ? 1 : 0))
    let store = try archive.open()
    #expect(try store.webhooks().first?.filter == filter)
  }

  @Test func `a rebuild is no news, to webhooks and to those who follow live`() async throws {
    let archive = try await SampleArchive.filled()
    #expect(try await told(archive, at: early, of: try SampleArchive.news()).count == 1)
    let store = try Store.open(archive.path, .write)
    defer { store.close() }
    let (before, last) = try store.arrivals(after: 0, limit: 1000)
    let newest = try store.lastArrival()
    #expect(before.count >= 4 && last == newest)
    _ = try Derivation.rebuild(store)
    #expect(try Announcing.queue(in: store, now: SampleArchive.now) == 0)
    #expect(try store.deliveries(of: nil, limit: 10).count == 1)
    #expect(try store.arrivals(after: last, limit: 1000).arrived.isEmpty)
    #expect(try store.arrivals(after: 0, limit: 1000).arrived.map(\.capture) == before.map(\.capture))
  }

  @Test func `what a rebuild has yet to make again is waited for`() async throws {
    let archive = try await SampleArchive.filled()
    let store = try Store.open(archive.path, .write)
    defer { store.close() }
    _ = try store.addWebhook(
      "https://desk.example/", secret: secret, filter: WebhookFilter(), allowsPrivateAddresses: false, now: early)
    try await archive.take(try SampleArchive.news())
    try store.dropDerived()
    #expect(try Announcing.queue(in: store, now: SampleArchive.now) == 0)
    _ = try Derivation.deriveLeftOver(in: store)
    #expect(try Announcing.queue(in: store, now: SampleArchive.now) == 1)
  }

  @Test func `live edits come in steps without a gap`() async throws {
    let archive = try await SampleArchive.filled()
    let store = try archive.open()
    let all = try store.arrivals(after: 0, limit: 1000).arrived.map(\.number)
    var (steps, last): ([Int64], Int64) = ([], 0)
    while true {
      let (arrived, end) = try store.arrivals(after: last, limit: 2)
      if end == last { break }
      steps += arrived.map(\.number)
      last = end
    }
    #expect(steps == all && steps == steps.sorted())
  }

  @Test func `a paused webhook is told later`() async throws {
    let archive = try await SampleArchive.filled()
    let store = try Store.open(archive.path, .write)
    defer { store.close() }
    let id = try store.addWebhook(
      "https://desk.example/", secret: secret, filter: WebhookFilter(), allowsPrivateAddresses: false, now: early
    ).id
    try store.change(webhook: id, .pause, now: SampleArchive.now)
    try await archive.take(try SampleArchive.news())
    #expect(try Announcing.queue(in: store, now: SampleArchive.now) == 0)
    try store.change(webhook: id, .resume, now: SampleArchive.now)
    #expect(try Announcing.queue(in: store, now: SampleArchive.now) == 1)
  }

  @Test func `a body that would be too long says what it leaves out`() async throws {
    let archive = try SampleArchive()
    func page(_ word: String) -> ArticlePage {
      ArticlePage(
        "Tables of the port",
        (0..<300).map { "Berth \($0) was \(word) by the harbour master, who wrote down each and every ship that came." }
      )
    }
    let lines = try ImportLine.page(page("measured"), minute: 0) + ImportLine.page(page("surveyed"), minute: 5)
    let data = try #require(try await told(archive, at: early, of: lines).first?["data"])
    let (here, left) = (try #require(data["edits"]?.array?.count), try #require(data["edits_left_out"]?.int))
    #expect(here > 10 && left > 0 && here + Int(left) == 300)
    #expect(data.utf8.count < 70_000)
  }

  @Test func `a message has the same name in a restored backup`() async throws {
    let archive = try await SampleArchive.filled()
    let store = try Store.open(archive.path, .write)
    defer { store.close() }
    let id = try store.addWebhook(
      "https://desk.example/", secret: secret, filter: WebhookFilter(), allowsPrivateAddresses: false, now: early
    ).id
    try await archive.take(try SampleArchive.news())
    let copy = archive.folder.file("copy.stet")
    _ = try store.backup(to: copy, withKey: false, deep: nil)
    func name(_ store: Store) throws -> String? {
      _ = try Announcing.queue(in: store, now: SampleArchive.now)
      return try store.deliveries(.all, of: id, limit: 1, now: SampleArchive.now).first?.messageID
    }
    let restored = try Store.open(copy, .write)
    defer { restored.close() }
    let first = try #require(try name(store))
    #expect(first.hasPrefix("msg_") && first.count == 36)
    #expect(try name(restored) == first)
  }
}
