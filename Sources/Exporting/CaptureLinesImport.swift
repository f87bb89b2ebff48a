import Formats
import Model
import Parallel
import Storage
import Syncing

/// Imports captures from JSON Lines: idempotent, in any order. A bad line is reported and passed over; all good ones are kept.
///
/// Reading and hashing one batch, writing the one before, and deriving the one before that go on at the same time.
public struct CaptureLinesImport: Sendable {
  private let store: Store
  private let now: @Sendable () -> Instant
  /// Keep the captures only; a later sync, rebuild or import derives them.
  private let storeOnly: Bool

  /// A batch ends at so many octets of lines or so many lines.
  ///
  /// Four batches are on the way at a time, each with its bodies decoded beside its lines: this bounds an import's memory.
  private static let batchBytes = 8 << 20
  private static let batchLines = 1024

  public init(store: Store, storeOnly: Bool = false, now: @escaping @Sendable () -> Instant) {
    (self.store, self.storeOnly, self.now) = (store, storeOnly, now)
  }

  /// Imports a file.
  /// - Parameters:
  ///   - name: what messages call it.
  ///   - rejected: called with `name:line` and the reason for each line that is no capture.
  ///   - progress: called after each batch with the lines read so far.
  public func run(
    _ lines: LineReader, name: String, rejected: (String, String) -> Void, progress: (Int) -> Void
  ) async throws(ImportError) -> PassReport {
    var report = PassReport()
    let started = now()
    let pass = try await stored { () throws(StorageError) in try store.startPass(.import, now: started) }
    report.add(
      derived: try await stored { () throws(StorageError) in
        if storeOnly { return DerivedCounts() }
        try Derivation.bringUpToDate(store)
        return try Derivation.deriveLeftOver(in: store)
      })
    var reading = Self.read(lines)
    var writing: Task<Result<Written, StorageError>, Never>?
    while !Task.isCancelled {
      let batch = try await reading.value.get()
      if batch.isEmpty { break }
      reading = Self.read(lines)
      let prepared = try await stored { [store] () throws(StorageError) in try Self.prepare(batch, in: store) }
      for (line, reason) in prepared.rejected { rejected("\(name):\(line)", reason) }
      report.checked += batch.count
      report.failures += prepared.rejected.count
      report.failed += prepared.rejected.map { ("\(name):\($0.line)", $0.reason) }
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
    return report
  }

  /// Starts to read the next batch of lines.
  private static func read(_ lines: LineReader) -> Task<Result<[LineReader.Line], ImportError>, Never> {
    Task {
      do throws(ImportError) {
        return .success(
          try await blocking { () throws(ImportError) in try lines.batch(bytes: batchBytes, lines: batchLines) })
      } catch { return .failure(error) }
    }
  }

  private struct Batch: Sendable {
    var captures: [PreparedCapture] = []
    var rejected: [(line: Int, reason: String)] = []
  }

  private struct Written: Sendable {
    var kept: [KeptCapture] = []
    var bytes: Int64 = 0
    var derived = DerivedCounts()
  }

  private static func prepare(_ batch: [LineReader.Line], in store: Store) throws(StorageError) -> Batch {
    let decoded = batch.concurrentMap { line in
      Result { () throws(CaptureLine.Invalid) in try CaptureLine.decode(line.bytes) }
    }
    var (result, inputs) = (Batch(), [CaptureInput]())
    for (line, one) in zip(batch, decoded) {
      switch one {
      case .success(let input): inputs.append(input)
      case .failure(let invalid): result.rejected.append((line.number, invalid.reason))
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

/// What ends an import.
public enum ImportError: Error, Hashable, Sendable {
  case storage(StorageError)
  case unreadable(path: String, detail: String)
  case lineTooLong(path: String, line: Int, limitBytes: Int)
}
