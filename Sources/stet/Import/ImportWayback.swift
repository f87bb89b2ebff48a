import ArgumentParser
import Fetching
import Importing
import Model

struct ImportWayback: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "wayback",
    abstract: "The captures of another web archive.",
    discussion: """
      The archive's index tells which captures of a URL there are, and each that is not here yet is fetched as it came, one at a \
      time. Interrupted, or asked by the archive to stop, it goes on from there the next time. --base may be another Wayback \
      Machine, or a collection of pywb.

      EXAMPLE
        stet import wayback https://example.org/2026/11/ferry-contract
        stet import wayback https://example.org/2026/ --match prefix --since 2026-01-01 --collapse digest
        stet import wayback https://example.org/ --base http://127.0.0.1:8080/coll --allow-private
      """)

  @Argument(help: "URLs to look up.") var urls: [String]
  @Option(name: .long, help: ArgumentHelp("The archive.", valueName: "url")) var base = "https://web.archive.org"
  @Option(name: .long, help: "Which URLs are meant: exact, prefix, host or domain.")
  var match: Wayback.Query.Match = .exact
  @OptionGroup var times: CaptureTimes
  @Option(name: .long, help: ArgumentHelp("Fetch no more than so many captures of each.", valueName: "n"))
  var limit: Int?
  @Option(
    name: .long,
    help: ArgumentHelp(
      "Of captures in a row that have this in common only one, as the index knows it: digest, timestamp:8.",
      valueName: "field"))
  var collapse: String?
  @Option(name: .long, help: ArgumentHelp("Between two requests: 1s, 1m.", valueName: "interval"))
  var delay = Interval(milliseconds: 1000)
  @Flag(name: .long, help: "The archive may be at a private or loopback address.") var allowPrivate = false
  @Option(
    name: .long,
    help: ArgumentHelp("Trust these certificate authorities (PEM) instead of the system's.", valueName: "file"),
    completion: .file())
  var cacert: String?
  @OptionGroup var settings: ImportOptions
  @OptionGroup var options: ArchiveOptions

  func validate() throws {
    try checkLimit(limit)
    for text in urls + [base] {
      let url: WebURL
      do { url = try WebURL(text) } catch { throw ValidationError("\"\(text)\" is no URL: \(error.reason)") }
      guard url.scheme == "http" || url.scheme == "https" else {
        throw ValidationError("\"\(text)\" is neither http nor https.")
      }
    }
  }

  func run() async throws {
    var limits = Limits()
    limits.maximumRedirects = 0
    var politeness = Politeness()
    (politeness.delay, politeness.connectionsPerHost) = (.milliseconds(delay.milliseconds), 1)
    let fetcher: Fetcher
    do {
      try CertificateFile.check(cacert, doing: "importing")
      fetcher = try Fetcher(
        limits: limits, network: .own(certificateFile: cacert), userAgent: UserAgent.own, concurrency: 1,
        politeness: politeness,
        now: Clock.now)
    } catch {
      let failure = CommandFailure("importing", error)
      failure.report(json: options.json)
      throw failure.exit
    }
    defer { fetcher.shutdown() }
    let place = Wayback.Place(base: try WebURL(base))
    try await settings.run(urls, options, of: "capture") {
      [match, times, limit, collapse, allowPrivate] name, store throws(ImportError) in
      let url: WebURL
      do throws(WebURL.Invalid) { url = try WebURL(name) } catch {
        throw .unreadable(path: name, detail: error.reason)
      }
      var query = Wayback.Query(url: url, match: match)
      (query.since, query.until, query.limit, query.collapse) = (
        times.since?.start, times.until?.end, limit, collapse
      )
      return Wayback(
        query, at: place, fetcher: fetcher, allowsPrivateAddresses: allowPrivate, store: store, now: Clock.now
      ) { Terminal.error("stet: \($0)\n") }
    }
  }
}

extension Wayback.Query.Match: ExpressibleByArgument {}
