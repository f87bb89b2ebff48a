import Model

/// One fetch on its way: the request, and what it has brought so far.
///
/// `@unchecked Sendable`: whatever changes is touched by the network thread alone, once the job was posted to it.
final class Job: @unchecked Sendable {
  let request: FetchRequest
  /// Where it starts, or why it cannot.
  let start: Result<Target, FetchError>
  /// Called exactly once, on the network thread.
  private let deliver: @Sendable (FetchOutcome) -> Void

  var stage = Stage.new
  var startedAt: Instant?
  /// The hops so far.
  var exchanges: [Exchange] = []
  var bytesReceived = 0
  /// What the hops took, by libcurl's clock.
  var timeSpent = Duration.zero

  enum Stage {
    case new
    /// In the queue of a host.
    case waiting
    case running(Transfer)
    case decoding
    case ended
  }

  init(
    _ request: FetchRequest, start: Result<Target, FetchError>, deliver: @escaping @Sendable (FetchOutcome) -> Void
  ) {
    (self.request, self.start, self.deliver) = (request, start, deliver)
  }

  var hasEnded: Bool { if case .ended = stage { true } else { false } }

  /// Hands the outcome over.
  func end(_ result: Decoded, at finishedAt: Instant) {
    guard !hasEnded else { return }
    stage = .ended
    exchanges = []
    deliver(
      FetchOutcome(
        request: request, startedAt: startedAt ?? finishedAt, finishedAt: finishedAt, hops: result.hops,
        failure: result.failure, bytesReceived: Int64(bytesReceived)))
  }
}

/// The hops of a fetch as responses, up to the first that cannot be decoded.
struct Decoded: Sendable {
  var hops: [Response] = []
  var failure: FetchError?

  /// Decodes what came; `failure` is how the transfer itself ended.
  init(_ exchanges: [Exchange], failure: FetchError?, limit: Int) {
    do {
      for exchange in exchanges { hops.append(try exchange.response(limit: limit)) }
      self.failure = failure
    } catch {
      self.failure = error
    }
  }
}
