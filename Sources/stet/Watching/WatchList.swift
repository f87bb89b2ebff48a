import JSON
import Answers
import ArgumentParser
import Storage

/// `pause`, `resume` and `remove`: the same command but for what they do to the watch list.
protocol WatchListCommand: AsyncParsableCommand {
  var names: [String] { get }
  var options: ArchiveOptions { get }
  static var doing: String { get }
  static var change: WatchChange { get }
}

extension WatchListCommand {
  func run() async throws {
    try await reporting(Self.doing, json: options.json) {
      let store = try options.open(.write)
      defer { store.close() }
      let watched = try names.map { try store.watched($0, doing: "\(Self.doing) \($0)") }
      let changed = try store.change(watched, Self.change, now: Clock.now())
      for (one, isListed) in zip(watched, changed) {
        if options.json {
          Terminal.print(Self.change.json(one, isListed: isListed).description)
        } else {
          Terminal.print(isListed ? "\(Self.change.done)  \(one.url)" : "not on the watch list  \(one.url)")
        }
      }
      if changed.contains(false) { throw ExitCode.failure }
    }
  }
}

struct Pause: WatchListCommand {
  static let configuration = CommandConfiguration(
    commandName: "pause",
    abstract: "Stop checking sources or articles for now.",
    discussion: """
      A feed, sitemap or listing page stands for all that only it names.

      EXAMPLE
        stet pause ferry-contract
        stet pause https://example.org/feed.xml
      """)
  static let (doing, change) = ("pausing", WatchChange.pause)
  @Argument(help: "Sources or articles: URL, part of it, or an article's number.") var names: [String]
  @OptionGroup var options: ArchiveOptions
}

struct Resume: WatchListCommand {
  static let configuration = CommandConfiguration(
    commandName: "resume",
    abstract: "Check paused sources or articles again.", discussion: "EXAMPLE\n  stet resume ferry-contract")
  static let (doing, change) = ("resuming", WatchChange.resume)
  @Argument(help: "Sources or articles: URL, part of it, or an article's number.") var names: [String]
  @OptionGroup var options: ArchiveOptions
}

struct Remove: WatchListCommand {
  static let configuration = CommandConfiguration(
    commandName: "remove",
    abstract: "Take sources or articles off the watch list. What was captured stays.",
    discussion: "EXAMPLE\n  stet remove ferry-contract")
  static let (doing, change) = ("removing", WatchChange.remove)
  @Argument(help: "Sources or articles: URL, part of it, or an article's number.") var names: [String]
  @OptionGroup var options: ArchiveOptions
}

extension Store {
  /// What a person named of what is watched, or a failure that says what to do.
  func watched(_ name: String, doing: String) throws -> Watched {
    if let source = try source(named: name) { return source }
    let article = try named(name, doing: doing)
    return .article(id: article.id, url: article.url)
  }
}
