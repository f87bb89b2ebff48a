import Fetching
import Model
import Parallel
import Storage

/// One pass over what is due: fetch, keep (T1), read, compare, keep (T2). ARCHITECTURE's "A URL on its way" lists the steps.
///
/// Fetching, keeping and deriving overlap: while one batch is read on all cores the next is fetched. A batch is whatever
/// ended while the one before was being kept, so transactions grow with the load (group commit).
public struct SyncPass: Sendable {
  private let store: Store
  private let fetcher: Fetcher
  private let origin: String
  private let now: @Sendable () -> Instant
  /// Called after each batch with the checks done so far.
  private let progress: @Sendable (Int) -> Void

  /// Octets of bodies that may wait to be kept.
  private static let inboxCapacity = 16 << 20

  public init(
    store: Store, fetcher: Fetcher, now: @escaping @Sendable () -> Instant,
    progress: @escaping @Sendable (Int) -> Void = { _ in }
  ) throws(StorageError) {
    (self.store, self.fetcher, self.now, self.progress) = (store, fetcher, now, progress)
    origin = try store.origin()
  }

  /// Fetches what is given and keeps what follows. When the task is cancelled, what has come is kept and the rest left.
  public func run(_ due: [DueFetch]) async throws(StorageError) -> PassReport {
    let started = now()
    let pass = try await blocking { () throws(StorageError) in try store.startPass(.sync, now: started) }
    var report = PassReport()
    report.add(derived: try await blocking { () throws(StorageError) in try Derivation.deriveLeftOver(in: store) })
    let inbox = OutcomeInbox(capacity: Self.inboxCapacity)
    async let fetching: Void = fetchAll(due, into: inbox)
    do throws(StorageError) {
      try await keepAll(from: inbox, pass: pass, into: &report)
    } catch {
      fetcher.shutdown()
      await inbox.close()
      await fetching
      throw error
    }
    await fetching
    report.interrupted = report.checked < due.count
    report.elapsedMilliseconds = started.milliseconds(to: now())
    let (json, ended) = (report.json, now())
    try await blocking { () throws(StorageError) in try store.finishPass(pass, report: json, now: ended) }
    return report
  }

  private func fetchAll(_ due: [DueFetch], into inbox: OutcomeInbox) async {
    let byURL = Dictionary(uniqueKeysWithValues: due.map { ($0.url, $0) })
    let requests = due.map { FetchRequest(url: $0.url, validators: $0.validators) }
    for await outcome in fetcher.fetch(requests) {
      if outcome.failure == .cancelled { continue }  // nobody's answer: the article stays due
      if let due = byURL[outcome.request.url] { await inbox.put((due, outcome)) }
    }
    await inbox.close()
  }

  private func keepAll(from inbox: OutcomeInbox, pass: Int64, into report: inout PassReport) async throws(StorageError)
  {
    var deriving: Task<Result<DerivedCounts, StorageError>, Never>?
    var changed: Set<Int64> = []
    var worked: [Int64] = []
    func finishDeriving() async throws(StorageError) {
      guard let counts = try await deriving?.value.get() else { return }
      deriving = nil
      report.add(derived: counts)
      changed.formUnion(counts.made.map(\.article))
    }
    while true {
      let items = await inbox.takeAll()
      if items.isEmpty { break }
      let kept = try await blocking { () throws(StorageError) in try keep(items, pass: pass) }
      try await finishDeriving()
      for (item, captures) in zip(items, kept) {
        report.checked += 1
        report.bytesReceived += item.outcome.bytesReceived
        report.add(kept: captures)
        if let trouble = Self.trouble(item.outcome) {
          report.failures += 1
          report.failed.append((item.due.url, trouble))
        } else if let status = item.outcome.response?.status, status == 304 || (200...299).contains(status) {
          worked.append(item.due.article)
        }
      }
      let work = zip(items, kept).flatMap { item, captures in
        zip(captures, item.outcome.hops).map { (kept: $0, response: $1) }
      }
      deriving = Task { await Self.derive(work, in: store) }
      progress(report.checked)
    }
    try await finishDeriving()
    report.unchanged = worked.count { !changed.contains($0) }
  }

  private static func derive(
    _ work: [(kept: KeptCapture, response: Response)], in store: Store
  ) async -> Result<DerivedCounts, StorageError> {
    do throws(StorageError) {
      return .success(try await blocking { () throws(StorageError) in try Derivation.derive(work, in: store) })
    } catch { return .failure(error) }
  }

  /// T1 for a batch.
  private func keep(_ items: [OutcomeInbox.Item], pass: Int64) throws(StorageError) -> [[KeptCapture]] {
    let inputs = items.map { item in
      item.outcome.hops.enumerated().map { hop, response in
        CaptureInput(
          article: item.due.url, origin: origin, response: response, sequence: Int64(hop),
          refersTo: response.status == 304 ? item.due.validated : nil)
      }
    }
    let prepared = try store.prepare(inputs.flatMap(\.self))
    var rest = prepared[...]
    let attempts = zip(items, inputs).map { item, captures in
      let own = Array(rest.prefix(captures.count))
      rest = rest.dropFirst(captures.count)
      return Attempt(
        due: item.due, captures: own, startedAt: item.outcome.startedAt, finishedAt: item.outcome.finishedAt,
        bytes: item.outcome.bytesReceived, failure: item.outcome.failure.map { ($0.code, $0.message) })
    }
    return try store.keep(attempts, pass: pass)
  }

  /// Why a check counts as failed; nil when it does not: a 404 is an answer, a 503 is not.
  private static func trouble(_ outcome: FetchOutcome) -> String? {
    if let failure = outcome.failure { return failure.message }
    guard let status = outcome.response?.status, status == 408 || status == 429 || status >= 500 else { return nil }
    return "the server answered \(status)"
  }
}
