import Model

/// A host as the network thread sees it: what waits there, what runs, when the next request may start.
final class Host {
  /// Name in lower case, or address as in a URL; no port.
  let name: String
  /// Least time between the starts of two requests. A Crawl-delay makes it longer.
  var delay: Duration
  /// Requests that run.
  var running = 0
  /// When the next request may start, as far as the delay goes.
  private(set) var nextStart: ContinuousClock.Instant
  /// Until when the host is left in peace, by both clocks.
  private(set) var backOff: (end: ContinuousClock.Instant, until: Instant)?
  /// 429s, 503s and failed connections in a row.
  private(set) var failures = 0
  /// When `failures` changed last. What was asked before then says nothing new.
  private var judgedAt: ContinuousClock.Instant
  private let politeness: Politeness
  private let isPaced: Bool

  /// What waits, taken in turns. Those of redirects stand first.
  private var lanes: [Lane] = []
  /// Whether `HostQueues` has it in a queue.
  var isListed = false
  /// Whether `HostQueues` has put it aside because no lane was open.
  var isParked = false

  init(_ name: String, politeness: Politeness, state: HostState?, clock: ContinuousClock.Instant, now: Instant) {
    (self.name, self.politeness, isPaced) = (name, politeness, politeness.paces(name))
    delay = isPaced ? politeness.delay : .zero
    (nextStart, judgedAt) = (clock, clock)
    guard let state else { return }
    failures = state.failures
    let left = Duration.milliseconds(now.milliseconds(to: state.notBefore))
    if left > .zero { backOff(for: min(left, politeness.longestBackOff), clock: clock, now: now) }
  }
}

// MARK: What waits

extension Host {
  /// Requests of one authority and one batch, first come, first served.
  struct Lane {
    /// Nil where robots.txt has no say.
    let authority: Authority?
    /// Nil for what has begun already.
    let batch: Batch?
    var waiting = FIFO<Waiting>()

    /// Whether its next may start as far as robots.txt and the reader go.
    var isOpen: Bool { authority?.isBeingAsked != true && batch?.hasRoom != false }
  }

  enum Waiting {
    /// A request by its place in the batch.
    case new(place: Int, Target)
    case next(Job)
  }

  struct Turn {
    let waiting: Waiting
    let authority: Authority?
    let batch: Batch?
  }

  var hasWaiting: Bool { !lanes.isEmpty }

  /// Puts a request behind the others of its batch.
  func append(_ place: Int, _ target: Target, authority: Authority?, batch: Batch) {
    // The lanes of the batch that is just coming in stand last.
    var index = lanes.count
    while index > 0, lanes[index - 1].batch === batch {
      index -= 1
      if lanes[index].authority === authority { return lanes[index].waiting.append(.new(place: place, target)) }
    }
    lanes.append(Lane(authority: authority, batch: batch))
    lanes[lanes.count - 1].waiting.append(.new(place: place, target))
  }

  /// Puts a job that goes on here before all that is new.
  func append(_ job: Job) {
    let index = lanes.firstIndex { $0.batch == nil && $0.authority === job.authority } ?? 0
    if lanes.isEmpty || lanes[index].batch != nil || lanes[index].authority !== job.authority {
      lanes.insert(Lane(authority: job.authority, batch: nil), at: 0)
    }
    lanes[index].waiting.append(.next(job))
  }

  /// The first of the next open lane; nil when none is open.
  func takeNext() -> Turn? {
    guard let index = lanes.firstIndex(where: \.isOpen), let waiting = lanes[index].waiting.popFirst() else {
      return nil
    }
    let (authority, batch) = (lanes[index].authority, lanes[index].batch)
    if lanes[index].waiting.isEmpty {
      lanes.remove(at: index)
    } else if batch != nil, index + 1 < lanes.count {
      lanes.append(lanes.remove(at: index))
    }
    return Turn(waiting: waiting, authority: authority, batch: batch)
  }

  /// Forgets what waits of a batch, or everything.
  func removeWaiting(of batch: Batch?) -> [Turn] {
    var removed: [Turn] = []
    for var lane in lanes where batch == nil || lane.batch === batch {
      while let waiting = lane.waiting.popFirst() {
        removed.append(Turn(waiting: waiting, authority: lane.authority, batch: lane.batch))
      }
    }
    lanes.removeAll { batch == nil || $0.batch === batch }
    return removed
  }
}

// MARK: Pace

extension Host {
  /// When the next request may start as far as delay and back-off go.
  var readyAt: ContinuousClock.Instant { max(nextStart, backOff?.end ?? nextStart) }

  /// A request starts.
  func started(clock: ContinuousClock.Instant) {
    running += 1
    nextStart = clock + delay
  }

  /// Until when the host takes no requests, when that is longer than anybody waits.
  func givenUpUntil(clock: ContinuousClock.Instant) -> Instant? {
    guard let backOff, backOff.end - clock > politeness.patience else { return nil }
    return backOff.until
  }

  /// Takes up how a request ended. What is new about the host, if anything.
  func judge(
    _ result: Result<Exchange, FetchError>, startedAt: ContinuousClock.Instant, clock: ContinuousClock.Instant,
    now: () -> Instant
  ) -> HostState? {
    let sign = Sign(result, now: now)
    if sign.verdict == .well, sign.retryAfter == nil, failures == 0 { return nil }
    let now = now()
    let isCurrent = startedAt >= judgedAt
    switch sign.verdict {
    case .well where isCurrent && failures > 0: (failures, judgedAt, backOff) = (0, clock, nil)
    case .overloaded where isCurrent && isPaced:
      (failures, judgedAt) = (failures + 1, clock)
      backOff(for: politeness.backOff(afterFailures: failures), clock: clock, now: now)
    default:
      guard sign.retryAfter != nil else { return nil }
    }
    if let until = sign.retryAfter { backOff(for: .milliseconds(now.milliseconds(to: until)), clock: clock, now: now) }
    return HostState(host: name, notBefore: backOff?.until ?? now, failures: failures)
  }

  private func backOff(for time: Duration, clock: ContinuousClock.Instant, now: Instant) {
    guard clock + time > backOff?.end ?? clock else { return }
    backOff = (clock + time, now.advanced(byMilliseconds: Int64(time.wholeMilliseconds)))
  }
}
