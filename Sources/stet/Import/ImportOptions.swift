import ArgumentParser
import Importing
import Model
import Storage
import Syncing

/// What all imports take, and how they run: one pass over the sources given, one after another, reported together.
struct ImportOptions: ParsableArguments {
  @Flag(name: .long, help: "Keep the captures now and derive revisions later, at the next sync or rebuild.")
  var storeOnly = false
  @Flag(name: .long, help: "Wait for a sync to end.") var wait = false

  /// - Parameters:
  ///   - names: what to open, in order.
  ///   - item: what the source is made of, in the singular.
  ///   - open: makes a source of a name.
  func run<Source: CaptureSource>(
    _ names: [String], _ options: ArchiveOptions, of item: String,
    open: @escaping @Sendable (String, Store) throws(ImportError) -> Source
  ) async throws {
    try await reporting("importing", json: options.json) {
      let store = try options.open(.write)
      defer { store.close() }
      let pass = try store.beginPass(holder: "stet import since \(Clock.now().second)", wait: wait ? .max : 0)
      defer { withExtendedLifetime(pass) {} }
      let total = try await Interruption.running { [storeOnly] in
        var total = PassReport()
        for name in names {
          let source = try open(name, store)
          let report = try await CaptureImport(store: store, storeOnly: storeOnly, now: Clock.now).run(source) {
            place, reason in
            Terminal.endProgress()
            Terminal.error("stet: \(place): \(reason)\n")
          } noted: { place, text in
            Terminal.endProgress()
            Terminal.error("stet: \(place): \(text)\n")
          } progress: {
            Terminal.progress("\(source.name): \(count($0, item))")
          }
          total.add(report)
          if report.interrupted { break }
        }
        return total
      }
      Terminal.endProgress()
      Terminal.print(options.json ? total.json : summary(total, of: item))
      if total.interrupted { throw ExitCode.interrupted }
      if total.failures > 0 { throw ExitCode.someFailed }
    }
  }

  private func summary(_ report: PassReport, of item: String) -> String {
    "\(count(report.checked, item)): \(count(report.captures, "new capture")), \(report.unchanged) known, "
      + "\(count(report.failures, "bad \(item)"))" + (report.passed > 0 ? ", \(report.passed) passed over" : "")
      + "; \(count(report.newArticles, "new article")), "
      + "\(count(report.revisions, "revision")) with \(count(report.edits, "edit")); "
      + "\(Bytes(report.bytesReceived)) of bodies in \(report.elapsedMilliseconds) ms"
  }
}
