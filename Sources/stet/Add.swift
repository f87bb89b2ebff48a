import ArgumentParser
import Exporting
import JSON
import Model
import Storage

struct Add: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Watch articles.",
    discussion: """
      Puts pages on the watch list, due at once. A list file has one URL a line; empty lines and lines that begin with # are \
      passed over. A bad line is reported as FILE:LINE: reason, and all good ones are still added; then the exit code is 3, \
      or 1 when nothing was good. A URL that is watched already is left as it is, but for its interval when --every is given.

      EXAMPLE
        stet add https://example.org/2026/11/ferry-contract --every 30m
        stet add --from articles.txt
      """)

  @Argument(help: "URLs of articles.") var urls: [String] = []

  @Option(name: .long, help: ArgumentHelp("What it is: page. Guessed when not given.", valueName: "kind"))
  var kind: SourceKind = .page

  @Option(
    name: .long,
    help: ArgumentHelp(
      "Check at this fixed interval: 15m, 1h, 2d. [default: by the article's history]", valueName: "interval"))
  var every: Interval?

  @Option(
    name: .long, help: ArgumentHelp("Read URLs from a file; - is standard input.", valueName: "file"),
    completion: .file())
  var from: String?

  @OptionGroup var options: ArchiveOptions

  func validate() throws {
    if urls.isEmpty && from == nil { throw ValidationError("Give a URL, or a list with --from.") }
  }

  func run() async throws {
    try await reporting("adding", json: options.json) {
      var good: [WebURL] = []
      var rejected: [(url: String, reason: String)] = []
      func take(_ text: String, place: String?) {
        do throws(WebURL.Invalid) {
          let url = try WebURL(text)
          if url.scheme == "http" || url.scheme == "https" { return good.append(url) }
          rejected.append((text, "scheme \(url.scheme) is neither http nor https"))
        } catch { rejected.append((text, error.reason)) }
        Terminal.error("stet: \(place ?? "adding \(text)"): \(rejected.last?.reason ?? "")\n")
      }
      for url in urls { take(url, place: nil) }
      if let from {
        let lines = try LineReader(path: from)
        while case let batch = try lines.batch(bytes: 1 << 20, lines: 10_000), !batch.isEmpty {
          for line in batch {
            let text = String(decoding: line.bytes, as: UTF8.self).trimmingSpaces()
            if !text.hasPrefix("#") { take(text, place: "\(from == "-" ? "standard input" : from):\(line.number)") }
          }
        }
      }
      let store = try options.open(.write)
      defer { store.close() }
      let result = try store.add(good, every: every?.milliseconds, now: Clock.now())
      report(result, rejected)
      if !rejected.isEmpty { throw good.isEmpty ? ExitCode.failure : ExitCode.someFailed }
    }
  }

  private func report(_ result: Additions, _ rejected: [(url: String, reason: String)]) {
    if options.json {
      let refused = rejected.map { JSONValue.object([("url", .string($0.url)), ("reason", .string($0.reason))]) }
      Terminal.print(
        JSONValue.object([
          ("added", JSONValue(result.added)), ("known", JSONValue(result.known)), ("rejected", .array(refused)),
        ])
        .description)
      return
    }
    for url in result.added { Terminal.print("added    \(url)") }
    for url in result.known { Terminal.print("known    \(url)") }
    if !rejected.isEmpty { Terminal.print("\(rejected.count) rejected, \(result.added.count) added") }
  }
}

/// What a source is.
enum SourceKind: String, ExpressibleByArgument, CaseIterable { case page }

/// A length of time as people write it: 90s, 15m, 1h, 2d.
struct Interval: ExpressibleByArgument {
  let milliseconds: Int64

  init?(argument: String) {
    let units: [Character: Int64] = ["s": 1000, "m": 60_000, "h": 3_600_000, "d": 86_400_000, "w": 604_800_000]
    guard let last = argument.last, let unit = units[last], let count = Int64(argument.dropLast()),
      (1...100_000).contains(count)
    else { return nil }
    milliseconds = count * unit
  }
}

extension String {
  fileprivate func trimmingSpaces() -> String {
    String(self.drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
  }
}
