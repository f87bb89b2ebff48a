import JSON
import Answers
import ArgumentParser
import Discovery
import Fetching
import Glibc
import Importing
import Model
import Storage

struct Add: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "add",
    abstract: "Watch articles, feeds, sitemaps and listing pages.",
    discussion: """
      Puts sources on the watch list, due at once. A page is one article; a feed, a sitemap or a listing page (a front or \
      section page) names articles, which are watched as they appear. What a URL is is guessed from its path; say it with \
      --kind where the guess is wrong.

      A list file has one URL a line; empty lines and lines that begin with # are passed over. An OPML file gives its feeds. A \
      bad line is reported as FILE:LINE: reason, and all good ones are still added; then the exit code is 3, or 1 when nothing \
      was good. What is watched already is left as it is, but for the settings given here, with which it is tried \
      again at once if its last check failed.

      EXAMPLE
        stet add https://example.org/2026/11/ferry-contract --every 30m
        stet add https://example.org/feed.xml
        stet add https://example.org/news/ --kind list
        stet add --from articles.txt
        stet add --from subscriptions.opml
      """)

  @Argument(help: "URLs.") var urls: [String] = []

  @Option(
    name: .long,
    help: ArgumentHelp("page, feed, sitemap or list. [default: guessed from the URL]", valueName: "kind"))
  var kind: SourceKind?

  @Option(
    name: .long,
    help: ArgumentHelp(
      "Check at this fixed interval: 15m, 1h, 2d. [default: by each article's history]", valueName: "interval"))
  var every: Interval?

  @Option(
    name: .long, help: ArgumentHelp("Read URLs or OPML from a file; - is standard input.", valueName: "file"),
    completion: .file())
  var from: String?

  @Option(name: .long, help: ArgumentHelp("Say this as User-Agent instead of Stet's own.", valueName: "text"))
  var userAgent: String?

  @Option(
    name: .long, help: ArgumentHelp("Send this header field besides; may be given again.", valueName: "name: value"))
  var header: [String] = []

  @Option(
    name: .long, help: ArgumentHelp("Send the cookies of this file (Netscape format).", valueName: "file"),
    completion: .file())
  var cookies: String?

  @Flag(name: .long, help: "Private and loopback addresses may be asked.") var allowPrivate = false
  @Flag(name: .long, help: "Do not ask robots.txt: for sites of your own.") var ignoreRobots = false

  @OptionGroup var options: ArchiveOptions

  func validate() throws {
    // As of a field's value (RFC 9110 §5.5); a line break would begin another field.
    if let userAgent, !userAgent.utf8.allSatisfy({ $0 >= 32 && $0 != 127 || $0 == 9 }) {
      throw ValidationError("--user-agent holds a control character.")
    }
    if urls.isEmpty && from == nil { throw ValidationError("Give a URL, or a list with --from.") }
    do throws(RequestFields.Invalid) { _ = try RequestFields(lines: header) } catch {
      throw ValidationError("--header: \(error.message)")
    }
  }

  func run() async throws {
    try await reporting("adding", json: options.json) {
      let change = try change()
      var list = AdditionList(kind: kind)
      for url in urls { list.take(url, place: nil) }
      if let from { try list.take(file: from) }
      let store = try options.open(.write)
      defer { store.close() }
      let result = try store.add(list.good, now: Clock.now(), setting: change)
      report(result, list.rejected)
      if !list.rejected.isEmpty { throw list.good.isEmpty ? ExitCode.failure : ExitCode.someFailed }
    }
  }

  /// What the options set; nil when they set nothing.
  private func change() throws -> ((inout SourceSettings) -> Void)? {
    guard every != nil || userAgent != nil || !header.isEmpty || cookies != nil || allowPrivate || ignoreRobots else {
      return nil
    }
    let path = try cookies.map(cookieFile)
    return { settings in
      if let every { settings.every = every.milliseconds }
      if let userAgent { settings.userAgent = userAgent.isEmpty ? nil : userAgent }
      if !header.isEmpty { settings.headers = header }
      if let path { settings.cookies = path }
      if allowPrivate { settings.allowsPrivateAddresses = true }
      if ignoreRobots { settings.ignoresRobots = true }
    }
  }

  /// The file's absolute path, once it is known to be readable and well formed.
  private func cookieFile(_ path: String) throws -> String {
    guard let resolved = realpath(path, nil) else {
      throw CommandFailure(
        "adding", code: "unreadable", "--cookies \(path): \(String(cString: strerror(errno)))")
    }
    defer { free(resolved) }
    _ = try CookieFiles.read(String(cString: resolved), doing: "adding")
    return String(cString: resolved)
  }

  private func report(_ result: Additions, _ rejected: [(url: String, reason: String)]) {
    if options.json {
      Terminal.print(result.json(rejected: rejected).description)
      return
    }
    for url in result.added { Terminal.print("added    \(url)") }
    for url in result.known { Terminal.print("known    \(url)") }
    if !rejected.isEmpty { Terminal.print("\(rejected.count) rejected, \(result.added.count) added") }
  }
}

/// URLs to add, and those that are none.
private struct AdditionList {
  /// Nil: guessed of each.
  let kind: SourceKind?
  var good: [NewSource] = []
  var rejected: [(url: String, reason: String)] = []

  init(kind: SourceKind?) { self.kind = kind }

  mutating func take(_ text: String, place: String?, as known: SourceKind? = nil, title: String? = nil) {
    do throws(WebURL.Invalid) {
      let url = try WebURL(text)
      if url.scheme == "http" || url.scheme == "https" {
        return good.append(NewSource(url: url, kind: kind ?? known ?? GuessedKind.of(url), title: title))
      }
      rejected.append((text, "scheme \(url.scheme) is neither http nor https"))
    } catch { rejected.append((text, error.reason)) }
    Terminal.error("stet: \(place ?? "adding \(text)"): \(rejected.last?.reason ?? "")\n")
  }

  /// A list of URLs, or OPML.
  mutating func take(file path: String) throws {
    let lines = try LineReader(path: path)
    let name = path == "-" ? "standard input" : path
    var isFirst = true
    while case var batch = try lines.batch(bytes: 1 << 20, lines: 10_000), !batch.isEmpty {
      if isFirst, isMarkup(batch[0].bytes) {
        var document: [UInt8] = []
        while !batch.isEmpty {
          for line in batch { document += line.bytes + [10] }
          batch = try lines.batch(bytes: 1 << 20, lines: 10_000)
        }
        return try take(opml: document, name: name)
      }
      isFirst = false
      for line in batch {
        let text = String(decoding: line.bytes, as: UTF8.self).trimmingSpaces()
        if !text.hasPrefix("#") { take(text, place: "\(name):\(line.number)") }
      }
    }
  }

  private mutating func take(opml document: [UInt8], name: String) throws {
    let list: OutlineList
    do throws(DiscoveryError) { list = try OutlineList(parsing: document) } catch {
      throw CommandFailure("adding", code: "unreadable", "\(name): \(error.message)", hint: "a list has one URL a line")
    }
    for problem in list.problems { Terminal.error("stet: \(name): \(problem.kind.rawValue)\n") }
    for entry in list.entries {
      take(entry.feed, place: name, as: .feed, title: entry.title.isEmpty ? nil : entry.title)
    }
  }

  private func isMarkup(_ bytes: some Collection<UInt8>) -> Bool {
    bytes.first { $0 != 0x20 && $0 != 0x09 && $0 != 0xEF && $0 != 0xBB && $0 != 0xBF } == UInt8(ascii: "<")
  }
}

extension SourceKind: ExpressibleByArgument {}

extension String {
  fileprivate func trimmingSpaces() -> String {
    String(self.drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
  }
}
