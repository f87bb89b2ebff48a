import ArgumentParser
import JSON
import Storage

struct Compact: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "compact",
    abstract: "Make the archive smaller.",
    discussion: """
      Codes bodies that came in since the last time once more, thoroughly: about a quarter smaller, at some 10 MB a second. \
      Syncs and readers go on meanwhile. It may be interrupted at any time, and goes on there the next time.

      EXAMPLE
        stet compact
      """)

  @Flag(name: .long, help: "Wait for another compaction to end.") var wait = false
  @Flag(
    name: .long,
    help: "Also write the whole file anew: once, for an archive made before 0.2. Needs as much free space again.")
  var vacuum = false
  @OptionGroup var options: ArchiveOptions

  func run() async throws {
    try await reporting("compacting", json: options.json) {
      let store = try options.open(.write)
      defer { store.close() }
      let (wait, vacuum) = (wait, vacuum)
      let report = try await Interruption.running {
        try store.compact(wait: wait ? .max : 0, vacuum: vacuum, isCancelled: { Task.isCancelled }) { done, all in
          Terminal.progress("\(done) of \(all) bodies")
        }
      }
      Terminal.endProgress()
      print(report)
      if report.interrupted { throw ExitCode.interrupted }
      if !report.damaged.isEmpty { throw ExitCode.problemsFound }
    }
  }

  private func print(_ report: CompactReport) {
    if options.json {
      let members: JSONValue = [
        "bodies": JSONValue(report.bodies), "before_bytes": JSONValue(report.beforeBytes),
        "after_bytes": JSONValue(report.afterBytes), "file_bytes": JSONValue(report.fileBytes),
      ]
      Terminal.print(members.description)
    } else {
      let bodies = "\(report.bodies) \(report.bodies == 1 ? "body" : "bodies")"
      Terminal.print(
        "\(bodies): \(Bytes(report.beforeBytes)) before, \(Bytes(report.afterBytes)) after; the archive has \(Bytes(report.fileBytes))"
          + (report.interrupted ? "; interrupted, the next compact goes on from here" : ""))
    }
    for damage in report.damaged { Terminal.error("stet: left as it is: \(damage)\n") }
  }
}
