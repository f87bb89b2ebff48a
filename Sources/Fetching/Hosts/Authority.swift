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
  /// Whether its robots.txt is on its way: nothing else of it starts meanwhile.
  var isBeingAsked = false

  init(_ name: String, host: Host, entry: RobotsEntry?) { (self.name, self.host, self.entry) = (name, host, entry) }

  enum Answer {
    case allowed
    case disallowed
    /// All is forbidden, for nobody knows better.
    case unreachable
    /// robots.txt has to be fetched first.
    case unknown
  }

  /// Whether a URL of this authority may be fetched.
  func answer(
    for target: Target, productToken: String, clock: ContinuousClock.Instant, now: () -> Instant
  ) -> Answer {
    if known.map({ $0.until <= clock }) ?? true { refresh(productToken: productToken, clock: clock, now: now()) }
    guard let known else { return .unknown }
    guard let rules = known.rules else { return .unreachable }
    return rules.isEmpty || rules.decision(for: target.pathAndQuery).allows ? .allowed : .disallowed
  }

  /// Takes up how fetching the robots.txt ended; what to keep of it.
  func learn(_ attempt: RobotsEntry.Attempt, now: Instant) -> RobotsEntry {
    let learnt = RobotsEntry(authority: name, at: now, attempt, before: entry)
    (entry, known, isBeingAsked) = (learnt, nil, false)
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
