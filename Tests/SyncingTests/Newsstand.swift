import CommandRunner
import Fetching
import LoopbackServer
import Model
import Storage
import Synchronization
import Syncing

/// A site on loopback, an archive that watches it, and a clock that moves only when told.
final class Newsstand: Sendable {
  let folder: TemporaryFolder
  let store: Store
  let server: LoopbackServer
  private let replies: Replies
  private let clock: PinnedClock

  static let start = Instant(milliseconds: 1_795_000_000_000)

  private final class Replies: Sendable {
    let byPath = Mutex<[String: @Sendable (Request) -> Reply]>([:])
  }

  final class PinnedClock: Sendable {
    private let milliseconds = Mutex<Int64>(Newsstand.start.milliseconds)
    func now() -> Instant { Instant(milliseconds: milliseconds.withLock { $0 }) }
    func move(by delta: Int64) { milliseconds.withLock { $0 += delta } }
  }

  init() throws {
    folder = try TemporaryFolder()
    store = try Store.create(folder.file("archive.stet"), now: Self.start)
    replies = Replies()
    clock = PinnedClock()
    server = try LoopbackServer { [replies] request in
      let reply = replies.byPath.withLock { $0[request.path] }
      return reply?(request) ?? .text("nothing here", status: 404)
    }
  }

  var now: Instant { clock.now() }
  func pass(minutes: Int64) { clock.move(by: minutes * 60_000) }

  /// Answers a path so from now on.
  func serve(_ path: String, _ reply: @escaping @Sendable (Request) -> Reply) {
    replies.byPath.withLock { $0[path] = reply }
  }

  func serve(_ path: String, _ reply: Reply) { serve(path) { _ in reply } }

  /// Watches paths of the site.
  func watch(_ paths: String..., as kind: SourceKind = .page, every: Int64? = nil) throws {
    _ = try store.add(
      try paths.map { NewSource(url: try WebURL(server.url($0)), kind: kind) }, now: now,
      setting: every.map { every in { $0.every = every } })
  }

  /// One sync of all that is watched, or of what is due: as fast as it goes and without robots.txt, unless told otherwise.
  @discardableResult
  func sync(
    _ selection: DueSelection = .all, limits: Limits = Limits(), politeness: Politeness = .none, limit: Int? = nil
  ) async throws -> PassReport {
    var settings = SyncSettings(userAgent: "stet/test") { try CookieFile(Array($0.utf8)) }
    settings.limits = limits
    settings.politeness = politeness
    settings.allowsPrivateAddresses = true
    return try await SyncPass(store: store, settings: settings, now: clock.now).run(selection, limit: limit)
  }

  struct Missing: Error { let path: String }

  func article(_ path: String) throws -> Int64 {
    guard case .one(let id, _) = try store.article(named: server.url(path)) else { throw Missing(path: path) }
    return id
  }

  func captures(_ path: String) throws -> [CaptureEntry] { try store.captures(article(path)) }

  /// The last paragraph of each revision, oldest first.
  func sentences(_ path: String) throws -> [String] {
    let id = try article(path)
    return try store.log(id).reversed().map { try store.text(id, .ordinal($0.ordinal))?.text.blocks.last?.text ?? "-" }
  }

  /// Makes the derived state another version's, with a text that today's would not read.
  func age() throws {
    let other = Reading.article(
      ArticleText(blocks: [Block(kind: .paragraph, sentences: [Sentence("Old.", follows: false)])]))
    try store.dropDerived()
    let pending = try store.pending(after: 0, limit: 100).map { Derived(capture: $0.id, reading: other) }
    _ = try store.derive(pending, extractor: 0, difference: Derivation.difference)
  }

  func problems() throws -> [Problem] { try store.verify(deep: Derivation.rederivation).problems }
}
