import Fetching
import Model
import Parallel
import Storage

/// One pass over what is due: fetch, keep (T1), read, compare, keep (T2). ARCHITECTURE's "A URL on its way" lists the steps.
///
/// A pass goes in rounds: feeds, sitemaps and listing pages are asked together with the articles that are due, and what they
/// name anew is fetched by the next round. Within a round fetching, keeping and deriving overlap: while one batch is read on
/// all cores the next is fetched. A batch is whatever ended while the one before was being kept, so transactions grow with
/// the load (group commit).
public struct SyncPass: Sendable {
  private let store: Store
  private let settings: SyncSettings
  private let origin: String
  private let now: @Sendable () -> Instant
  /// Called after each batch with the checks done so far, and how many are planned.
  private let progress: @Sendable (Int, Int) -> Void

  /// Octets of bodies that may wait to be kept.
  private static let inboxCapacity = 16 << 20

  public init(
    store: Store, settings: SyncSettings, now: @escaping @Sendable () -> Instant,
    progress: @escaping @Sendable (Int, Int) -> Void = { _, _ in }
  ) throws(StorageError) {
    (self.store, self.settings, self.now, self.progress) = (store, settings, now, progress)
    origin = try store.origin()
  }

  /// Fetches what is selected and keeps what follows. When the task is cancelled, what has come is kept and the rest left.
  /// - Parameters:
  ///   - limit: articles to fetch at most, those first that most likely changed.
  ///   - only: which URLs are this machine's to fetch.
  public func run(
    _ selection: DueSelection, limit: Int? = nil, only: @escaping @Sendable (String) -> Bool = { _ in true }
  ) async throws -> PassReport {
    let started = now()
    let pass = try await blocking { () throws(StorageError) in try store.startPass(.sync, now: started) }
    var report = PassReport()
    report.add(
      derived: try await blocking { () throws(StorageError) in
        try Derivation.bringUpToDate(store)
        return try Derivation.deriveLeftOver(in: store)
      })
    var (session, planner) = try await blocking {
      let planner = try Planner(store)
      return (try Session(settings, planner.sources, store: store, now: now), planner)
    }
    defer { session.fetcher.shutdown() }
    var rounds = Rounds(selection, limit: limit, store: store, planner: planner, only: only)
    while !Task.isCancelled {
      let work = try rounds.next(now: now())
      if work.isEmpty { break }
      if try planner.learnSources(of: work, in: store) { session.know(planner.sources) }
      report.planned += work.count
      try await round(work, session, planner, pass: pass, into: &report)
    }
    let (hosts, robots) = planner.learnt(session.fetcher.takeNews())
    report.interrupted = Task.isCancelled && report.checked + report.sources + report.heldBack < report.planned
    report.elapsedMilliseconds = started.milliseconds(to: now())
    let (json, ended) = (report.json, now())
    try await blocking { () throws(StorageError) in
      try store.remember(hosts: hosts, robots: robots)
      try store.finishPass(pass, report: json, now: ended)
    }
    return report
  }

  /// The articles that a limit lets through, those first of which a check is worth the most; without one, all, the longest
  /// overdue first.
  public static func order(
    _ due: [DueFetch], in store: Store, limit: Int?, now: Instant
  ) throws(StorageError) -> [DueFetch] {
    guard let limit else { return due }
    return try Planner(store).chosen(due, limit: limit, now: now)
  }

  private func round(
    _ work: [Work], _ session: Session, _ planner: Planner, pass: Int64, into report: inout PassReport
  ) async throws {
    let inbox = OutcomeInbox(capacity: Self.inboxCapacity)
    var (ready, requests): ([Work], [FetchRequest]) = ([], [])
    let at = now()
    for one in work {
      switch session.request(for: one, now: at) {
      case .success(let request):
        ready.append(one)
        requests.append(request)
      case .failure(let error): report.fail(one.url, error.message)
      }
    }
    let asked = (ready, requests)
    async let fetching: Void = fetchAll(asked.0, asked.1, session.fetcher, into: inbox)
    do {
      try await keepAll(from: inbox, planner, pass: pass, into: &report)
    } catch {
      session.fetcher.shutdown()
      await inbox.close()
      await fetching
      throw error
    }
    await fetching
  }

  /// - Parameter requests: a request for each piece of work, in the same order.
  private func fetchAll(
    _ work: [Work], _ requests: [FetchRequest], _ fetcher: Fetcher, into inbox: OutcomeInbox
  ) async {
    for await outcomes in fetcher.fetchInGroups(requests) {
      // Cancelled is nobody's answer: it stays due.
      await inbox.put(outcomes.filter { $0.failure != .cancelled }.map { (work[$0.place], $0) })
    }
    await inbox.close()
  }

  private func keepAll(
    from inbox: OutcomeInbox, _ planner: Planner, pass: Int64, into report: inout PassReport
  ) async throws {
    var deriving: Task<Result<DerivedBatch, StorageError>, Never>?
    var derivedChecks: [KeptCheck] = []
    func finishDeriving() async throws {
      guard let batch = try await deriving?.value.get() else { return }
      deriving = nil
      report.add(derived: batch.counts)
      let changed = Set(batch.counts.made.map(\.article))
      report.unchanged += derivedChecks.count { $0.answered && !changed.contains($0.due.article) }
      let plans = derivedChecks.filter(\.isOpen).map {
        planner.plan($0, changed: changed.contains($0.due.article), batch)
      }
      let joins = derivedChecks.compactMap { $0.join(batch) }
      let kinds = derivedChecks.compactMap { check in check.turnedOut(batch).map { (check.due.source ?? 0, $0) } }
      let turned = Dictionary(kinds.filter { planner.isPage($0.0) }) { first, _ in first }
      let at = now()
      report.joined += try await blocking { () throws(StorageError) in
        try store.plan(plans)
        try store.convert(turned, now: at)
        return try store.join(joins, now: at)
      }
    }
    while true {
      let items = await inbox.takeAll()
      if items.isEmpty { break }
      var (polls, checks): ([(DuePoll, FetchOutcome)], [(DueFetch, FetchOutcome)]) = ([], [])
      for item in items {
        if case .hostBackedOff = item.outcome.failure {
          report.heldBack += 1  // it was not asked, and stays due
          continue
        }
        report.bytesReceived += item.outcome.bytesReceived
        switch item.work {
        case .article(let due): checks.append((due, item.outcome))
        case .poll(let poll): polls.append((poll, item.outcome))
        }
      }
      if !polls.isEmpty { try await keep(polls, planner, into: &report) }
      // Neighbours in the archive's tables lie on the same pages.
      checks.sort { $0.0.article < $1.0.article }
      let attempted = checks
      let kept = try await blocking { () throws(StorageError) in try keep(attempted, planner, pass: pass) }
      try await finishDeriving()
      for check in kept {
        report.checked += 1
        report.add(kept: check.captures)
        if let trouble = check.trouble { report.fail(check.due.url, trouble, hint: check.outcome.failure?.hint) }
      }
      derivedChecks = kept
      let work = kept.filter(\.hasWork).flatMap(\.work)
      deriving = Task { await Self.derive(work, in: store) }
      progress(report.checked + report.sources, report.planned)
    }
    try await finishDeriving()
  }

  private static func derive(
    _ work: [(kept: KeptCapture, article: String, response: Response)], in store: Store
  ) async -> Result<DerivedBatch, StorageError> {
    do throws(StorageError) {
      return .success(try await blocking { () throws(StorageError) in try Derivation.derive(work, in: store) })
    } catch { return .failure(error) }
  }

  /// What sources answered: read, and kept in one transaction.
  private func keep(
    _ polls: [(DuePoll, FetchOutcome)], _ planner: Planner, into report: inout PassReport
  ) async throws(StorageError) {
    let at = now()
    let readings = polls.concurrentMap { SourceReading($0.0, $0.1, now: at) }
    let outcomes = readings.map { planner.outcome($0) }
    let listed = try await blocking { () throws(StorageError) in try store.keep(outcomes) }
    for ((reading, new), (_, outcome)) in zip(zip(readings, listed), polls) {
      report.sources += 1
      report.listed += new
      if let trouble = reading.trouble { report.fail(reading.poll.url, trouble, hint: outcome.failure?.hint) }
    }
  }

  /// T1 for a batch.
  private func keep(
    _ checks: [(DueFetch, FetchOutcome)], _ planner: Planner, pass: Int64
  ) throws(StorageError) -> [KeptCheck] {
    var inputs: [CaptureInput] = []
    for (due, outcome) in checks {
      for (hop, response) in outcome.hops.enumerated() {
        inputs.append(
          CaptureInput(
            article: due.url, origin: origin, response: response, sequence: Int64(hop),
            refersTo: response.status == 304 ? due.validated : nil))
      }
    }
    var prepared = try store.prepare(inputs)[...]
    let attempts = checks.map { due, outcome in
      defer { prepared = prepared.dropFirst(outcome.hops.count) }
      return Attempt(
        due: due, captures: Array(prepared.prefix(outcome.hops.count)), startedAt: outcome.startedAt,
        finishedAt: outcome.finishedAt, bytes: outcome.bytesReceived,
        failure: outcome.failure.map { ($0.code, $0.message) }, plan: planner.plan(due, outcome))
    }
    let kept = try store.keep(attempts, pass: pass)
    return zip(checks, kept).map { KeptCheck(due: $0.0, outcome: $0.1, captures: $1) }
  }
}
