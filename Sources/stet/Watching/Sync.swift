import ArgumentParser
import Fetching
import JSON
import Model
import Storage
import Syncing

struct Sync: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sync",
    abstract: "Fetch what is due, keep it, and record the edits.",
    discussion: """
      Without arguments it asks the feeds, sitemaps and listing pages that are due for new articles and fetches the articles \
      that are due: this is what cron runs. It prints the edits it found and what failed, and nothing when nothing happened, so \
      that cron mails are worth reading.

      One sync runs at a time: a second one ends at once with exit code 11, or waits with --wait. With --forever it goes on \
      until it is told to stop (SIGTERM, SIGINT); SIGHUP starts the next pass at once.

      After each pass webhooks are told what it found (`stet webhook`), which takes no longer than --deliver-within; what did \
      not arrive is said on stderr, tried again later, and changes no exit code.

      EXAMPLE
        stet sync
        stet sync --all --verbose
        stet sync --forever
        stet schedule cron --install
      """)

  @Argument(help: "Only these sources and articles, due or not: URL, part of it, or an article's number.")
  var names: [String] = []
  @Flag(name: .long, help: "Everything on the watch list, due or not.") var all = false
  @Option(
    name: .long,
    help: ArgumentHelp("At most so many articles, those first that most likely changed.", valueName: "n"))
  var limit: Int?
  @Option(name: .long, help: ArgumentHelp("Fetches at a time.", valueName: "n")) var concurrency = 16
  @Option(
    name: .long,
    help: ArgumentHelp("Between two requests to one host: 1s, 2m; a longer Crawl-delay counts.", valueName: "interval"))
  var delay: Interval = Interval(milliseconds: 1000)
  @Option(
    name: .long,
    help: ArgumentHelp(
      "Only the I-th of N parts of the hosts, such as 1/4, so that N machines share the work.", valueName: "i/n"))
  var shard: Shard?
  @Flag(name: .long, help: "Wait for another sync to end.") var wait = false
  @Flag(name: .long, help: "Pass after pass, until told to stop.") var forever = false
  @Flag(name: .long, help: "Private and loopback addresses may be asked, whatever the source says.") var allowPrivate =
    false
  @Option(
    name: .long,
    help: ArgumentHelp("Trust these certificate authorities (PEM) instead of the system's.", valueName: "file"),
    completion: .file())
  var cacert: String?
  @Option(
    name: .long, help: ArgumentHelp("How long webhooks may take after a pass: 30s, 2m.", valueName: "interval"))
  var deliverWithin: Interval = Interval(milliseconds: 30_000)
  @Flag(name: .long, help: "Print what would be fetched, and fetch nothing.") var dryRun = false
  @Flag(name: .shortAndLong, help: "Print the summary also when nothing happened.") var verbose = false
  @OptionGroup var options: ArchiveOptions

  func validate() throws {
    try checkLimit(limit)
    if !(1...1024).contains(concurrency) { throw ValidationError("--concurrency must be from 1 to 1024.") }
    if all, !names.isEmpty { throw ValidationError("Give names, or --all, not both.") }
    if forever, all || dryRun || !names.isEmpty {
      throw ValidationError("--forever takes what is due: no names, --all or --dry-run with it.")
    }
  }

  func run() async throws {
    try await reporting("syncing", json: options.json) {
      try CertificateFile.check(cacert, doing: "syncing")
      let store = try options.open(dryRun ? .read : .write)
      defer { store.close() }
      if dryRun { return try list(in: store) }
      if forever { return try await Interruption.running { try await passes(in: store) } }
      let report = try await Interruption.running {
        let report = try await pass(in: store)
        await deliveries(in: store).send()
        return report
      }
      if report.interrupted { throw ExitCode.interrupted }
      if report.failures > 0 { throw ExitCode.someFailed }
    }
  }

  /// One pass, reported.
  private func pass(in store: Store) async throws -> PassReport {
    let lock = try store.beginPass(holder: "stet sync since \(Clock.now().second)", wait: wait ? .max : 0)
    defer { withExtendedLifetime(lock) {} }
    if let last = try store.makeDueAgain(now: Clock.now()) {
      Terminal.error(
        "stet: syncing: the last sync began at \(last.second), later than now: the clock was set back, and all is due\n"
      )
    }
    let selection = try selection(in: store)
    let sync = try SyncPass(store: store, settings: try settings(), now: Clock.now) {
      [json = options.json] done, total in
      if !json { Terminal.progress("\(done) of \(total) checked") }
    }
    let report = try await sync.run(selection, limit: limit) { shard?.holds($0) ?? true }
    Terminal.endProgress()
    self.print(report, next: report.planned == 0 ? try store.nextDue() : nil)
    return report
  }

  /// After the pass has let the archive go: a receiver that is slow keeps nobody out.
  private func deliveries(in store: Store) -> SyncDeliveries {
    SyncDeliveries(
      store: store, network: .own(certificateFile: cacert),
      limit: .milliseconds(deliverWithin.milliseconds))
  }

  /// Pass after pass; ends, without an error, when the task is cancelled.
  private func passes(in store: Store) async throws {
    let (hangUps, deliveries) = (Interruption.HangUps(), deliveries(in: store))
    while !Task.isCancelled {
      var rest: Int64 = 0
      do { _ = try await pass(in: store) } catch StorageError.inUse {
        // another sync does the work this time
      } catch StorageError.diskFull(let path) {  // what came is kept, and there may be space again
        CommandFailure("syncing", StorageError.diskFull(path: path)).report(json: options.json)
        rest = 60_000
      }
      await deliveries.send()
      let now = Clock.now()
      let latest = now.advanced(byMilliseconds: 300_000)
      let wake = max(min(try store.nextDue() ?? latest, latest), now.advanced(byMilliseconds: rest))
      repeat {
        try? await Task.sleep(for: .seconds(1))  // throws when the task is cancelled, which the loops see
        if try !Task.isCancelled && deliveries.isDue() { await deliveries.send() }
      } while !Task.isCancelled && Clock.now() < wake && !hangUps.take()
    }
  }

  private func settings() throws -> SyncSettings {
    var settings = SyncSettings(userAgent: UserAgent.own) { try CookieFiles.read($0, doing: "syncing") }
    settings.concurrency = concurrency
    settings.politeness.delay = .milliseconds(delay.milliseconds)
    settings.allowsPrivateAddresses = allowPrivate
    settings.network = .own(certificateFile: cacert)
    return settings
  }

  private func selection(in store: Store) throws -> DueSelection {
    if all { return .all }
    guard !names.isEmpty else { return .due(by: Clock.now(), slack: 30_000) }
    var (articles, sources): ([Int64], [Int64]) = ([], [])
    for name in names {
      switch try store.watched(name, doing: "syncing \(name)") {
      case .source(let id, _):
        if let page = try store.page(of: id) { articles.append(page) } else { sources.append(id) }
      case .article(let id, let url):
        guard try store.isScheduled(id) else {
          throw CommandFailure(
            "syncing \(url)", code: "not-watched", "it was imported and never watched",
            hint: "`stet add \(url)` watches it")
        }
        articles.append(id)
      }
    }
    return .named(articles: articles, sources: sources, by: Clock.now())
  }

  private func list(in store: Store) throws {
    let selection = try selection(in: store)
    let polls = try store.duePolls(selection).map { (url: $0.url, planned: $0.planned) }
    let due =
      try polls
      + SyncPass.order(try store.due(selection), in: store, limit: limit, now: Clock.now())
      .map { (url: $0.url, planned: $0.planned) }
    for fetch in due where shard?.holds(fetch.url) ?? true {
      Terminal.print(
        options.json
          ? JSONValue.object([("url", .string(fetch.url)), ("due_at", JSONValue(fetch.planned?.description))])
            .description
          : fetch.url)
    }
  }

  /// - Parameter next: when something is due again, if nothing was.
  private func print(_ report: PassReport, next: Instant?) {
    for failed in report.failed { Terminal.error("stet: fetching \(failed.url): \(failed.message)\n") }
    for hint in report.hints { Terminal.error("hint: \(hint)\n") }
    if options.json { return Terminal.print(report.json) }
    for made in report.made where made.ordinal > 1 {
      Terminal.print("\(Style.bold("@\(made.ordinal)"))  \(made.url)")
      Terminal.print(
        "    \(made.headline)  \(Style.dim("— \(count(made.classes.count, "edit")): \(Tally(made.classes.map(\.rawValue)))"))"
      )
    }
    if report.interrupted {
      Terminal.error("stet: syncing: interrupted after \(report.checked) of \(report.planned); what came is kept\n")
    }
    guard verbose || Terminal.isOutput || report.revisions > 0 else { return }
    let asked =
      report.sources > 0
      ? "\(count(report.sources, "source")) asked, \(count(report.listed, "article")) new in them; " : ""
    let held = report.heldBack > 0 ? ", \(report.heldBack) held back for their hosts" : ""
    Terminal.print(
      asked + "\(report.checked) checked: \(report.unchanged) unchanged, \(count(report.newArticles, "new article")), "
        + "\(count(report.revisions, "revision")) with \(count(report.edits, "edit")), "
        + "\(count(report.notArticles, "capture")) not an article, \(count(report.failures, "failure"))\(held); "
        + "\(Bytes(report.bytesReceived)) in \(report.elapsedMilliseconds) ms")
    if let next, next > Clock.now() {
      Terminal.error("nothing is due before \(next.second); `stet sync --all` asks all the same\n")
    }
  }
}
