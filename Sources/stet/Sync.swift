import ArgumentParser
import Fetching
import JSON
import Model
import Storage
import Syncing

struct Sync: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Fetch what is due, keep it, and record the edits.",
    discussion: """
      Without arguments it fetches the articles that are due: this is what cron runs. It prints the edits it found and what \
      failed, and nothing when nothing happened, so that cron mails are worth reading.

      One sync runs at a time: a second one ends at once with exit code 11, or waits with --wait.

      EXAMPLE
        stet sync
        stet sync --all --verbose
        */15 * * * *  stet sync --archive /srv/news.stet
      """)

  @Argument(help: "Only these articles, due or not: URL, part of it, or number.") var names: [String] = []
  @Flag(name: .long, help: "Everything on the watch list, due or not.") var all = false
  @Option(name: .long, help: ArgumentHelp("At most so many articles, the longest overdue first.", valueName: "n"))
  var limit: Int?
  @Option(name: .long, help: ArgumentHelp("Fetches at a time.", valueName: "n")) var concurrency = 16
  @Option(
    name: .long,
    help: ArgumentHelp("Only the I-th of N parts of the hosts, so that N machines share the work.", valueName: "i/n"))
  var shard: Shard?
  @Flag(name: .long, help: "Wait for another sync to end.") var wait = false
  @Flag(name: .long, help: "Print what would be fetched, and fetch nothing.") var dryRun = false
  @Flag(name: .shortAndLong, help: "Print the summary also when nothing happened.") var verbose = false
  @OptionGroup var options: ArchiveOptions

  func validate() throws {
    if let limit, limit < 1 { throw ValidationError("--limit must be at least 1.") }
    if !(1...1024).contains(concurrency) { throw ValidationError("--concurrency must be from 1 to 1024.") }
    if all, !names.isEmpty { throw ValidationError("Give articles, or --all, not both.") }
  }

  func run() async throws {
    try await reporting("syncing", json: options.json) {
      let store = try options.open(dryRun ? .read : .write)
      defer { store.close() }
      if dryRun { return list(try select(in: store)) }
      let pass = try store.beginPass(holder: "stet sync since \(Clock.now().second)", wait: wait ? .max : 0)
      defer { withExtendedLifetime(pass) {} }
      let due = try select(in: store)  // only now: a sync that was waited for has fetched some of it
      let fetcher = try Fetcher(
        userAgent: "stet/\(StetVersion.current) (article archive)", concurrency: concurrency, now: Clock.now)
      defer { fetcher.shutdown() }
      let total = due.count
      let report = try await Interruption.running { [json = options.json] in
        let sync = try SyncPass(store: store, fetcher: fetcher, now: Clock.now) { done in
          if !json { Terminal.progress("\(done) of \(total) checked") }
        }
        return try await sync.run(due)
      }
      Terminal.endProgress()
      self.print(report, total: total)
      if report.interrupted { throw ExitCode.interrupted }
      if report.failures > 0 { throw ExitCode.someFailed }
    }
  }

  private func select(in store: Store) throws -> [DueFetch] {
    let selection: DueSelection
    if !names.isEmpty {
      let articles = try names.map { try store.named($0, doing: "syncing \($0)") }
      let due = try store.due(.articles(articles.map(\.id)), limit: nil)
      let watched = Set(due.map(\.article))
      if let stray = articles.first(where: { !watched.contains($0.id) }) {
        throw CommandFailure(
          "syncing \(stray.url)", code: "not-watched", "it was imported and never watched",
          hint: "`stet add \(stray.url)` watches it")
      }
      return due
    } else if all {
      selection = .all
    } else {
      selection = .due(by: Clock.now(), slack: 30_000)
    }
    let due = try store.due(selection, limit: shard == nil ? limit : nil)
    guard let shard else { return due }
    return Array(due.filter { shard.holds($0.url) }.prefix(limit ?? .max))
  }

  private func list(_ due: [DueFetch]) {
    for fetch in due {
      let at = fetch.planned?.description
      Terminal.print(
        options.json
          ? JSONValue.object([("url", .string(fetch.url)), ("due_at", JSONValue(at))]).description : fetch.url)
    }
  }

  private func print(_ report: PassReport, total: Int) {
    if options.json { return Terminal.print(report.json) }
    for failed in report.failed { Terminal.error("stet: fetching \(failed.url): \(failed.message)\n") }
    for made in report.made where made.ordinal > 1 {
      Terminal.print("\(Style.bold("@\(made.ordinal)"))  \(made.url)")
      Terminal.print(
        "    \(made.headline)  \(Style.dim("— \(count(made.classes.count, "edit")): \(Tally(made.classes.map(\.rawValue)))"))"
      )
    }
    if report.interrupted {
      Terminal.error("stet: syncing: interrupted after \(report.checked) of \(total); what came is kept\n")
    }
    guard verbose || Terminal.isOutput || report.revisions > 0 else { return }
    Terminal.print(
      "\(report.checked) checked: \(report.unchanged) unchanged, \(count(report.newArticles, "new article")), "
        + "\(count(report.revisions, "revision")) with \(count(report.edits, "edit")), "
        + "\(count(report.notArticles, "capture")) not an article, \(count(report.failures, "failure")); "
        + "\(Bytes(report.bytesReceived)) in \(report.elapsedMilliseconds) ms")
  }
}

/// `I/N`: the I-th of N shares of the hosts, from 1.
struct Shard: ExpressibleByArgument {
  let index: Int
  let count: Int

  init?(argument: String) {
    let parts = argument.split(separator: "/").compactMap { Int($0) }
    guard parts.count == 2, parts[1] >= 1, (1...parts[1]).contains(parts[0]) else { return nil }
    (index, count) = (parts[0], parts[1])
  }

  /// By a digest of the host, so that every machine agrees and a host is never fetched by two.
  func holds(_ url: String) -> Bool {
    let host = (try? WebURL(url))?.host ?? url  // what is no URL fails later, when it is fetched; any shard may have it
    let number = Digest(ofUTF8: host).bytes.prefix(4).reduce(0) { $0 << 8 | Int($1) }
    return number % count == index - 1
  }
}

/// `2 number, 1 quote`
struct Tally: CustomStringConvertible {
  private let words: [String]
  init(_ words: [String]) { self.words = words }

  var description: String {
    var order: [String] = []
    var counts: [String: Int] = [:]
    for word in words {
      if counts[word] == nil { order.append(word) }
      counts[word, default: 0] += 1
    }
    return order.map { counts[$0] == 1 ? $0 : "\(counts[$0] ?? 0) × \($0)" }.joined(separator: ", ")
  }
}

/// A number of octets for people: `1.4 MB`.
struct Bytes: CustomStringConvertible {
  let count: Int64
  init(_ count: some BinaryInteger) { self.count = Int64(count) }

  var description: String {
    var (value, unit) = (count * 10, "B")
    for next in ["kB", "MB", "GB", "TB"] where value >= 10_000 { (value, unit) = ((value + 500) / 1000, next) }
    return value < 100 && unit != "B" ? "\(value / 10).\(value % 10) \(unit)" : "\((value + 5) / 10) \(unit)"
  }
}
