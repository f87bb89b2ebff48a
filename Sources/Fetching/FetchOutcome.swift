import Model

/// How one fetch ended: every response that came whole, and why it went no further if it did not.
///
/// A class, for it goes from hand to hand on its way from the network to whoever keeps it.
public final class FetchOutcome: Sendable {
  public let request: FetchRequest
  /// The place of the request among those that were handed in together, from 0.
  public let place: Int
  /// When the fetch left the queue, by the fetcher's clock.
  public let startedAt: Instant
  public let finishedAt: Instant
  /// Every response in order, redirects included. Without a failure the last is the final one and there is at least one.
  public let hops: [Response]
  /// Nil when the last of `hops` is the final answer, whatever its status.
  public let failure: FetchError?
  /// Octets of all bodies as they came over the wire: chunks undone, content codings not.
  public let bytesReceived: Int64

  public init(
    request: FetchRequest, place: Int = 0, startedAt: Instant, finishedAt: Instant, hops: [Response],
    failure: FetchError?, bytesReceived: Int64
  ) {
    (self.request, self.place, self.startedAt, self.finishedAt) = (request, place, startedAt, finishedAt)
    (self.hops, self.failure, self.bytesReceived) = (hops, failure, bytesReceived)
  }

  /// The final answer; nil when the fetch failed.
  public var response: Response? { failure == nil ? hops.last : nil }
}
