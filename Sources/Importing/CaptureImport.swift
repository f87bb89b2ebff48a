import Model
import Parallel
import Storage
import Syncing

/// Imports the captures of a source: idempotent, in any order. What is no capture is reported and passed over; all good ones
/// are kept.
///
/// Reading and hashing one batch, and writing and deriving the one before, go on at the same time.
public struct CaptureImport: Sendable {
  private let store: Store
  private let now: @Sendable () -> Instant
  /// Keep the captures only; a later sync, rebuild or import derives them.
  private let storeOnly: Bool

  /// A batch ends at so many octets of its source, or soon after.
  ///
  /// Four batches are on the way at a time, each with its bodies decoded beside its items: this bounds an import's memory.
  public static let batchBytes = 5 << 20

  public init(store: Store, storeOnly: Bool = false, now: @escaping @Sendable () -> Instant) {
    (self.store, self.storeOnly, self.now) = (store, storeOnly, now)
  }

  /// Imports all of a source.
  /// - Parameters:
  ///   - rejected: called with the place and the reason for each item that should be a capture and is none.
  ///   - noted: called with what the source has to tell that is neither an item nor a loss.
  ///   - progress: called after each batch with the items read so far.
  public func run<Source: CaptureSource>(
    _ source: Source, rejected: (String, String) -> Void, noted: (String, String) -> Void = { _, _ in },
    progress: (Int) -> Void
  ) async throws(ImportError) -> PassReport {
    var report = PassReport()
    try await run(source, into: &report, rejected: rejected, noted: noted, progress: progress)
    return report
  }

  /// The same for one of several sources.
  /// - Parameter report: takes up what was done, also when the source could not be read to its end, which is thrown.
  public func run<Source: CaptureSource>(
    _ source: Source, into report: inout PassReport, rejected: (String, String) -> Void,
    noted: (String, String) -> Void = { _, _ in }, progress: (Int) -> Void
  ) async throws(ImportError) {
    let started = now()
    let pass = try await stored { () throws(StorageError) in try store.startPass(.import, now: started) }
    report.add(
      derived: try await stored { () throws(StorageError) in
        if storeOnly { return DerivedCounts() }
        try Derivation.bringUpToDate(store)
        return try Derivation.deriveLeftOver(in: store)
      })
    var reading = Self.read(source)
    var writing: Task<Result<Written, StorageError>, Never>?
    var broken: ImportError?
    while !Task.isCancelled {
      let batch: [Source.Item]
      switch await reading.value {
      case .success(let items): batch = items
      case .failure(let error):
        // What was read before stays.
        broken = error
        batch = []
      }
      if batch.isEmpty { break }
      reading = Self.read(source)
      let prepared = try await stored { [store] () throws(StorageError) in
        try Self.prepare(batch, of: source, in: store)
      }
      for (place, reason) in prepared.rejected {
        rejected(place, reason)
        report.fail(place, reason)
      }
      for (place, text) in prepared.notes { noted(place, text) }
      report.checked += batch.count - prepared.passed - prepared.notes.count
      report.passed += prepared.passed
      try await finish(&writing, into: &report)
      writing = Task { [store, storeOnly, now] in
        await Self.write(prepared.captures, in: store, storeOnly: storeOnly, now: now())
      }
      progress(report.checked)
    }
    try await finish(&writing, into: &report)
    report.interrupted = Task.isCancelled
    report.elapsedMilliseconds = started.milliseconds(to: now())
    let (json, ended) = (report.json, now())
    try await stored { () throws(StorageError) in try store.finishPass(pass, report: json, now: ended) }
    if let broken { throw broken }
  }

  /// Starts to read the next batch.
  private static func read<Source: CaptureSource>(_ source: Source) -> Task<Result<[Source.Item], ImportError>, Never> {
    Task {
      do throws(ImportError) {
        return .success(try await blocking { () throws(ImportError) in try source.batch() })
      } catch { return .failure(error) }
    }
  }

  private struct Batch: Sendable {
    var captures: [PreparedCapture] = []
    var rejected: [(place: String, reason: String)] = []
    var notes: [(place: String, text: String)] = []
    var passed = 0
  }

  private struct Written: Sendable {
    var kept: [KeptCapture] = []
    var bytes: Int64 = 0
    var derived = DerivedCounts()
  }

  private static func prepare<Source: CaptureSource>(
    _ batch: [Source.Item], of source: Source, in store: Store
  ) throws(StorageError) -> Batch {
    var (result, inputs) = (Batch(), [CaptureInput]())
    for found in batch.concurrentMap({ source.read($0) }) {
      switch found {
      case .capture(let input): inputs.append(input)
      case .rejected(let place, let reason): result.rejected.append((place, reason))
      case .passed: result.passed += 1
      case .noted(let place, let text): result.notes.append((place, text))
      }
    }
    result.captures = try store.prepare(inputs)
    return result
  }

  private static func write(
    _ captures: [PreparedCapture], in store: Store, storeOnly: Bool, now: Instant
  ) async -> Result<Written, StorageError> {
    do throws(StorageError) {
      return .success(
        try await blocking { () throws(StorageError) in
          var written = Written()
          written.kept = try store.keep(captures, now: now)
          written.bytes = captures.reduce(0) { $0 + Int64($1.input.response.body.count) }
          guard !storeOnly else { return written }
          let work = zip(written.kept, captures).map {
            (kept: $0, article: $1.input.article, response: $1.input.response)
          }
          written.derived = try Derivation.derive(work, in: store).counts
          return written
        })
    } catch { return .failure(error) }
  }

  private func finish(
    _ writing: inout Task<Result<Written, StorageError>, Never>?, into report: inout PassReport
  ) async throws(ImportError) {
    guard let task = writing else { return }
    writing = nil
    switch await task.value {
    case .success(let written):
      report.add(kept: written.kept)
      report.unchanged += written.kept.count { !$0.isNew }
      report.bytesReceived += written.bytes
      report.add(derived: written.derived)
    case .failure(let error): throw .storage(error)
    }
  }

  private func stored<T: Sendable>(_ body: @escaping @Sendable () throws(StorageError) -> T) async throws(ImportError)
    -> T
  {
    do throws(StorageError) { return try await blocking(body) } catch { throw .storage(error) }
  }
}
