import API
import ArgumentParser
import Glibc
import HTTPAnswers
import JSON
import Memento
import Model
import Pages
import Storage
import Syncing
import Synchronization
import Web

struct Serve: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "serve",
    abstract: "The archive for browsers and programs, until it is told to end.",
    discussion: """
      Listens on this machine alone unless told otherwise; what it serves can then be read by whoever reaches the address. \
      Under /api/openapi.json stands what programs may ask, under /feeds/edits.atom what feed readers may, under /metrics what \
      Prometheus reads. SIGTERM and SIGINT let what is being answered end.

      With --writable, who has the token can change the watch list. Make one with `openssl rand -hex 32 > token`.

      EXAMPLE
        stet serve
        stet serve --listen 127.0.0.1:0 --json
        stet serve --listen 0.0.0.0:80 --host archive.example.org
        stet serve --writable --token-file token
      """)

  @Option(
    name: .long,
    help: ArgumentHelp("Where to listen; port 0 takes a free one, which is printed.", valueName: "address:port"))
  var listen = "127.0.0.1:8040"
  @Option(
    name: .long,
    help: ArgumentHelp(
      "A name by which the server may be called, besides localhost and addresses; may be given again.",
      valueName: "name"))
  var host: [String] = []
  @Option(
    name: .long,
    help: ArgumentHelp(
      "The address for links, where a proxy stands before the server: https://archive.example.org", valueName: "url"))
  var publicURL: String?
  @Flag(name: .long, help: "Who has the token can add, pause, resume and remove sources.") var writable = false
  @Option(
    name: .long, help: ArgumentHelp("The file that holds the token, at least 16 characters.", valueName: "file"),
    completion: .file())
  var tokenFile: String?
  @Flag(name: .long, help: "Write a line of JSON about each request to stderr.") var verbose = false
  @OptionGroup var options: ArchiveOptions

  func validate() throws {
    guard ListenAddress(listen) != nil else {
      throw ValidationError("--listen takes an address and a port: 127.0.0.1:8040, [::1]:8040, 0.0.0.0:80")
    }
    if writable != (tokenFile != nil) { throw ValidationError("--writable and --token-file go together.") }
    if let publicURL { _ = try base(publicURL) }
  }

  /// Who is asked, in this order; the first that has an answer gives it.
  private var answering: [any Answering] {
    let misses = MissMemory()
    return [
      API(archive: String(options.path.split(separator: "/").last ?? "archive.stet")),
      Feeds(page: { article, revision in
        revision == 1
          ? "/article/\(article)/revision/1" : "/article/\(article)/compare?from=\(revision - 1)&to=\(revision)"
      }), MementoAnswers(),
      Pages { store, now throws(StorageError) in try misses.shares(of: store, now: now) }, NotFound(),
    ]
  }

  func run() async throws {
    let doing = "serving \(options.path)"
    try await reporting(doing, json: options.json) {
      guard let address = ListenAddress(listen) else { return }  // `validate` has seen to it
      let front = try Front(try settings(address, doing: doing))
      defer { front.close() }
      if !address.isLoopback {
        Terminal.error("stet: anybody who reaches \(listen) can read the archive\n")
      }
      let json = options.json
      do {
        try await WebServer(front, listening: address).run { port in
          let url = address.base(port: port) + "/"
          Terminal.print(json ? JSONValue.object([("url", .string(url))]).description : "serving \(url)")
        }
      } catch let error as WebServer.CannotListen {
        throw CommandFailure(
          doing, code: "cannot-listen", "\(listen): \(error.reason)",
          hint: "`--listen 127.0.0.1:0` takes a port that is free")
      }
    }
  }

  private func settings(_ address: ListenAddress, doing: String) throws -> Front.Settings {
    let base = try publicURL.map(base)
    let own = base.map { $0.split(separator: "/").suffix(1).map(String.init) } ?? []
    var settings = Front.Settings(
      archive: options.path, answering: answering, hosts: HostPolicy(listening: address, names: host + own),
      readers: max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN))) + 2, version: StetVersion.current, now: Clock.now,
      ticks: Clock.ticks)
    settings.base = base
    if let tokenFile {
      let text = String(
        decoding: try InputFile.read(tokenFile, doing: "reading the token in \(tokenFile)"), as: UTF8.self)
      guard let token = Token(text) else {
        throw CommandFailure(
          doing, code: "bad-token", "\(tokenFile): a token is one line of at least 16 visible ASCII characters",
          hint: "openssl rand -hex 32 > \(tokenFile)", exit: .init(64))
      }
      settings.token = token
    }
    if verbose { settings.log = { Terminal.error($0 + "\n") } }
    return settings
  }

  /// Scheme and authority of a URL, which must have no more than a slash after them.
  private func base(_ text: String) throws -> String {
    guard let url = try? WebURL(text), ["http", "https"].contains(url.scheme), url.target == "/" else {
      throw ValidationError("--public-url takes http:// or https:// and a name, without a path")
    }
    return String(url.normalized.dropLast())
  }
}

/// Asked last: the page that says that there is none, for people; programs get an object elsewhere.
private struct NotFound: Answering {
  func answer(_ question: Question, from store: Store) -> Answer? {
    question.segments.first == "api" ? nil : Pages.notFound(question)
  }
}

/// The share of edits expected to be missed, by source: worked out again when it is a minute old, for it asks the history of every
/// article.
private final class MissMemory: Sendable {
  private let known = Mutex<(at: Instant, shares: [String: Double])?>(nil)
  private static let milliseconds: Int64 = 60_000

  func shares(of store: Store, now: Instant) throws(StorageError) -> [String: Double] {
    if let known = known.withLock(\.self), abs(known.at.milliseconds(to: now)) < Self.milliseconds {
      return known.shares
    }
    let sources = try MissForecast(store, now: now).sources
    let shares = Dictionary(sources.map { ($0.url, $0.share) }, uniquingKeysWith: max)
    known.withLock { $0 = (now, shares) }
    return shares
  }
}
