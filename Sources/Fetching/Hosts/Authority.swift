import Model
import Robots

/// One scheme, host and port as the network thread sees it, with what its robots.txt allows.
final class Authority {
  /// `scheme://host:port`
  let name: String
  let host: Host
  /// What was known last; nil when nothing is.
  private(set) var entry: RobotsEntry?
  /// The rules and until when they count, once they have been needed; no rules mean that all is forbidden.
  private var known: (rules: RobotsRules?, until: ContinuousClock.Instant)?
  /// That asking for its robots.txt was refused by the address guard, and until when nothing of it is asked again by a
  /// request that may not do more.
  var refusal: (reason: FetchError, until: ContinuousClock.Instant)?
  /// Why its robots.txt could not be fetched, if that was tried last: for all that it forbids. Not kept from pass to pass, so that
  /// another one asks again, as soon as the host's back-off lets it.
  private var trouble: FetchError?
  /// Whether its robots.txt is on its way: nothing else of it starts meanwhile.
  var isBeingAsked = false

  init(_ name: String, host: Host, entry: RobotsEntry?) { (self.name, self.host, self.entry) = (name, host, entry) }

  enum Answer {
    case allowed
    case disallowed
    /// All is forbidden, for nobody knows better.
    case unreachable(FetchError)
    /// robots.txt has to be fetched first.
    case unknown
  }

  /// Whether a URL of this authority may be fetched.
  func answer(
    for target: Target, productToken: String, clock: ContinuousClock.Instant, now: () -> Instant
  ) -> Answer {
    if known.map({ $0.until <= clock }) ?? true { refresh(productToken: productToken, clock: clock, now: now()) }
    guard let known else { return .unknown }
    guard let rules = known.rules else {
      guard let trouble else { return .unknown }
      if case .robotsUnreachable(_, let detail) = trouble {
        return .unreachable(.robotsUnreachable(target.url, detail: detail))
      }
      return .unreachable(trouble)
    }
    return rules.isEmpty || rules.decision(for: target.pathAndQuery).allows ? .allowed : .disallowed
  }

  /// Takes up how fetching the robots.txt ended; what to keep of it.
  func learn(_ decoded: Decoded, now: Instant) -> RobotsEntry {
    let learnt = RobotsEntry(authority: name, at: now, RobotsEntry.Attempt(decoded), before: entry)
    (entry, known, isBeingAsked) = (learnt, nil, false)
    switch decoded.failure {
    case let failure? where failure.isOfHost && decoded.hops.isEmpty: trouble = failure
    case let failure?: trouble = .robotsUnreachable(name, detail: failure.message)
    case nil: trouble = .robotsUnreachable(name, detail: "answered with \(decoded.hops.last?.status ?? 0)")
    }
    return learnt
  }

  private func refresh(productToken: String, clock: ContinuousClock.Instant, now: Instant) {
    known = nil
    guard let entry, let left = entry.freshness(at: now) else { return }
    let rules = entry.rules(for: productToken, at: now)
    known = (rules, clock + left)
    if let delay = rules?.crawlDelay { host.delay = max(host.delay, delay) }
  }
}

extension RobotsEntry.Attempt {
  /// How a job that fetched a robots.txt ended.
  init(_ decoded: Decoded) {
    switch decoded.failure {
    case nil: self = decoded.hops.last.map { .answered(status: $0.status, body: $0.body) } ?? .unreachable
    case .tooManyRedirects, .badRedirect, .unsupportedScheme: self = .lost
    default: self = .unreachable
    }
  }
}
