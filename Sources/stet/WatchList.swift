import ArgumentParser
import JSON
import Storage

/// `pause`, `resume` and `remove`: the same command but for what they do to the watch list.
protocol WatchListCommand: AsyncParsableCommand {
  var names: [String] { get }
  var options: ArchiveOptions { get }
  static var doing: String { get }
  static var done: String { get }
  func apply(to articles: [Int64], in store: Store) throws -> [Bool]
}

extension WatchListCommand {
  func run() async throws {
    try await reporting(Self.doing, json: options.json) {
      let store = try options.open(.write)
      defer { store.close() }
      let articles = try names.map { try store.named($0, doing: "\(Self.doing) \($0)") }
      let changed = try apply(to: articles.map(\.id), in: store)
      for (article, isListed) in zip(articles, changed) {
        if options.json {
          Terminal.print(JSONValue.object([("url", .string(article.url)), (Self.done, .bool(isListed))]).description)
        } else {
          Terminal.print(isListed ? "\(Self.done)  \(article.url)" : "not on the watch list  \(article.url)")
        }
      }
      if changed.contains(false) { throw ExitCode.failure }
    }
  }
}

struct Pause: WatchListCommand {
  static let configuration = CommandConfiguration(
    abstract: "Stop checking articles for now.", discussion: "EXAMPLE\n  stet pause ferry-contract")
  static let (doing, done) = ("pausing", "paused")
  @Argument(help: "Articles: URL, part of it, or number.") var names: [String]
  @OptionGroup var options: ArchiveOptions

  func apply(to articles: [Int64], in store: Store) throws -> [Bool] {
    try store.setPaused(articles, true, now: Clock.now())
  }
}

struct Resume: WatchListCommand {
  static let configuration = CommandConfiguration(
    abstract: "Check paused articles again.", discussion: "EXAMPLE\n  stet resume ferry-contract")
  static let (doing, done) = ("resuming", "resumed")
  @Argument(help: "Articles: URL, part of it, or number.") var names: [String]
  @OptionGroup var options: ArchiveOptions

  func apply(to articles: [Int64], in store: Store) throws -> [Bool] {
    try store.setPaused(articles, false, now: Clock.now())
  }
}

struct Remove: WatchListCommand {
  static let configuration = CommandConfiguration(
    abstract: "Take articles off the watch list. What was captured stays.",
    discussion: "EXAMPLE\n  stet remove ferry-contract")
  static let (doing, done) = ("removing", "removed")
  @Argument(help: "Articles: URL, part of it, or number.") var names: [String]
  @OptionGroup var options: ArchiveOptions

  func apply(to articles: [Int64], in store: Store) throws -> [Bool] { try store.remove(articles, now: Clock.now()) }
}
