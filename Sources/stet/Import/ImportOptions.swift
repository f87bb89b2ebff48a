import ArgumentParser
import Importing
import JSON
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
      let (total, failed) = try await Interruption.running { [storeOnly] in
        var (total, failed) = (PassReport(), [CommandFailure]())
        for name in names where !total.interrupted {
          var report = PassReport()
          do {
            let source = try Self.opening { () throws(ImportError) in try open(name, store) }
            try await CaptureImport(store: store, storeOnly: storeOnly, now: Clock.now).run(source, into: &report) {
              place, reason in
              Terminal.endProgress()
              Terminal.error("stet: \(place): \(reason)\n")
            } noted: { place, text in
              Terminal.endProgress()
              Terminal.error("stet: \(place): \(text)\n")
            } progress: {
              Terminal.progress("\(source.name): \(count($0, item))")
            }
          } catch ImportError.storage(let error) {
            throw error  // the archive itself: no other source would fare better
          } catch {
            let failure = CommandFailure("importing", error)
            if names.count == 1 { throw failure }
            Terminal.endProgress()
            failure.report(json: false)
            failed.append(failure)
          }
          total.add(report)
        }
        return (total, failed)
      }
      Terminal.endProgress()
      Terminal.print(options.json ? json(total, failed) : summary(total, of: item))
      if total.interrupted { throw ExitCode.interrupted }
      if failed.count == names.count { throw ExitCode.failure }
      if total.failures + failed.count > 0 { throw ExitCode.someFailed }
    }
  }

  /// What is wrong with another archive is no trouble of this one, and its path no mistake in `--archive`.
  private static func opening<Source>(_ open: () throws(ImportError) -> Source) throws -> Source {
    do throws(ImportError) { return try open() } catch {
      guard case .storage(let trouble) = error else { throw error }
      var failure = CommandFailure("importing", trouble)
      switch trouble {
      case .noArchive, .notAnArchive: failure.hint = nil
      default: break
      }
      throw failure
    }
  }

  /// - Parameter failed: of the sources those that could not be read, or not to the end.
  private func json(_ report: PassReport, _ failed: [CommandFailure]) -> String {
    guard !failed.isEmpty else { return report.json }
    let counts = report.counts.map { ($0.name, JSONValue($0.value)) }
    let errors = failed.map { JSONValue.object([("code", .string($0.code)), ("message", .string($0.message))]) }
    return JSONValue.object(counts + [("failed_inputs", .array(errors))]).description
  }

  private func summary(_ report: PassReport, of item: String) -> String {
    "\(count(report.checked, item)): \(count(report.captures, "new capture")), \(report.unchanged) known, "
      + "\(count(report.failures, "bad \(item)"))" + (report.passed > 0 ? ", \(report.passed) passed over" : "")
      + "; \(count(report.newArticles, "new article")), "
      + "\(count(report.revisions, "revision")) with \(count(report.edits, "edit")); "
      + "\(Bytes(report.bytesReceived)) of bodies in \(report.elapsedMilliseconds) ms"
  }
}
