import ArgumentParser
import Exporting
import Model
import Storage
import Syncing

struct Import: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Take in captures from files.", subcommands: [ImportCaptureLines.self])
}

struct ImportCaptureLines: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "jsonl",
    abstract: "Captures from JSON Lines.",
    discussion: """
      One capture a line: {"url","captured_at","status","fields":[["Name","value"],…],"body"} or "body_base64". Captures that \
      are here already change nothing; they may come in any order. A bad line is reported as FILE:LINE: reason and passed \
      over, all good ones are kept; then the exit code is 3.

      EXAMPLE
        stet import jsonl captures.jsonl
        zstd -dc captures.jsonl.zst | stet import jsonl -
      """)

  @Argument(help: "Files; - is standard input.", completion: .file()) var files: [String]
  @Flag(name: .long, help: "Keep the captures now and derive revisions later, at the next sync or rebuild.")
  var storeOnly = false
  @Flag(name: .long, help: "Wait for a sync to end.") var wait = false
  @OptionGroup var options: ArchiveOptions

  func run() async throws {
    try await reporting("importing", json: options.json) {
      let store = try options.open(.write)
      defer { store.close() }
      let pass = try store.beginPass(holder: "stet import since \(Clock.now().second)", wait: wait ? .max : 0)
      defer { withExtendedLifetime(pass) {} }
      let total = try await Interruption.running { [files, storeOnly] in
        var total = PassReport()
        for file in files {
          let lines = try LineReader(path: file)
          let name = file == "-" ? "standard input" : file
          let report = try await CaptureLinesImport(store: store, storeOnly: storeOnly, now: Clock.now).run(
            lines, name: name
          ) { place, reason in
            Terminal.endProgress()
            Terminal.error("stet: \(place): \(reason)\n")
          } progress: {
            Terminal.progress("\(name): \($0) lines")
          }
          total.add(report)
          if report.interrupted { break }
        }
        return total
      }
      Terminal.endProgress()
      if options.json { Terminal.print(total.json) } else { self.print(total) }
      if total.interrupted { throw ExitCode.interrupted }
      if total.failures > 0 { throw ExitCode.someFailed }
    }
  }

  private func print(_ report: PassReport) {
    Terminal.print(
      "\(count(report.checked, "line")): \(count(report.captures, "new capture")), \(report.unchanged) known, "
        + "\(count(report.failures, "bad line")); \(count(report.newArticles, "new article")), "
        + "\(count(report.revisions, "revision")) with \(count(report.edits, "edit")); "
        + "\(Bytes(report.bytesReceived)) of bodies in \(report.elapsedMilliseconds) ms")
  }
}
