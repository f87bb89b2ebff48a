import Model

/// One fetch that has begun: the request, and what it has brought so far.
///
/// `@unchecked Sendable`: it lives on the network thread; other threads only carry it back there.
final class Job: @unchecked Sendable {
  enum Purpose {
    /// One of a batch, by its place there.
    case page(Batch, place: Int)
    /// The robots.txt of an authority.
    case robots(Authority)
  }

  enum Stage {
    /// In the queue of its host.
    case waiting
    case running(Transfer)
    case decoding
    case ended
  }

  let request: FetchRequest
  let purpose: Purpose
  /// Where the next hop goes, or the one that runs.
  var target: Target
  var host: Host
  /// Whose robots.txt is asked before that hop; nil where it has no say.
  var authority: Authority?

  var stage = Stage.waiting
  /// When the first hop started, and when the one that runs did.
  var startedAt: Instant?
  var hopStartedAt: ContinuousClock.Instant?
  /// The hops so far.
  var exchanges: [Exchange] = []
  var bytesReceived = 0
  /// Whether a kept connection turned out to be dead, so that this hop is asked once more over a new one.
  var needsNewConnection = false
  /// What the hops took, by libcurl's clock.
  var timeSpent = Duration.zero

  init(_ request: FetchRequest, _ purpose: Purpose, target: Target, host: Host, authority: Authority?) {
    (self.request, self.purpose) = (request, purpose)
    (self.target, self.host, self.authority) = (target, host, authority)
  }

  /// A request of a batch.
  convenience init(_ place: Int, of batch: Batch, target: Target, host: Host, authority: Authority?) {
    self.init(
      batch.requests[place], .page(batch, place: place), target: target, host: host, authority: authority)
  }

  var hasEnded: Bool { if case .ended = stage { true } else { false } }

  /// Whether it goes on: it has not ended, and somebody waits for it.
  var isWanted: Bool { !hasEnded && batch?.isDropped != true }

  var batch: Batch? { if case .page(let batch, _) = purpose { batch } else { nil } }

  /// How many redirects are followed. RFC 9309 §2.3.1.2: at least five for a robots.txt.
  func mostRedirects(_ limits: Limits) -> Int { batch == nil ? 5 : limits.maximumRedirects }

  /// Whether robots.txt has a say in its hops. In a robots.txt itself it has none.
  func asksRobots(_ politeness: Politeness) -> Bool {
    batch != nil && politeness.obeysRobots && !request.ignoresRobots
  }

  /// How it ended.
  func outcome(_ result: Decoded, place: Int, at finishedAt: Instant) -> FetchOutcome {
    FetchOutcome(
      request: request, place: place, startedAt: startedAt ?? finishedAt, finishedAt: finishedAt, hops: result.hops,
      failure: result.failure, bytesReceived: Int64(bytesReceived))
  }
}

/// The hops of a fetch as responses, up to the first that cannot be decoded.
struct Decoded: Sendable {
  var hops: [Response] = []
  var failure: FetchError?

  /// Decodes what came; `failure` is how the transfer itself ended.
  init(_ exchanges: [Exchange], failure: FetchError?) {
    do {
      for exchange in exchanges { hops.append(try exchange.response()) }
      self.failure = failure
    } catch {
      self.failure = error
    }
  }
}
