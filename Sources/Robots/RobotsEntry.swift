import Model

/// What is known of one authority's robots.txt, to be kept from one pass to the next.
public struct RobotsEntry: Hashable, Sendable {
  /// What the last answer was.
  public enum Answer: Hashable, Sendable {
    /// 2xx: the file, at most `RobotsFile.longest` octets of it.
    case file([UInt8])
    /// 4xx but 429, or redirects that lead nowhere: there is none, and all is allowed (RFC 9309 §2.3.1.3).
    case absent
  }

  /// `scheme://host:port` in lower case, the port always there.
  public let authority: String
  /// When the server was asked last.
  public let checkedAt: Instant
  /// The last answer; nil when there never was one.
  public let answer: Answer?
  /// Since when each time the server was asked it could not be reached, or said 5xx or 429; nil when it answered last.
  public let unreachableSince: Instant?

  public init(authority: String, checkedAt: Instant, answer: Answer?, unreachableSince: Instant? = nil) {
    (self.authority, self.checkedAt, self.answer) = (authority, checkedAt, answer)
    self.unreachableSince = unreachableSince
  }
}

extension RobotsEntry {
  /// How one attempt to fetch a robots.txt ended, its redirects followed.
  public enum Attempt: Hashable, Sendable {
    case answered(status: Int, body: [UInt8])
    /// More redirects than are followed, or one to what cannot be fetched (RFC 9309 §2.3.1.2: as good as no file).
    case lost
    case unreachable
  }

  /// For how long an answer counts. RFC 9309 §2.4: at most 24 hours.
  static let answerLasts: Int64 = 24 * 3_600_000
  /// After how long a server that could not be reached is asked again.
  static let silenceLasts: Int64 = 15 * 60_000
  /// After how long without an answer all is allowed. RFC 9309 §2.3.1.4 suggests 30 days.
  static let silenceForbids: Int64 = 30 * 24 * 3_600_000

  /// What is known after an attempt, given what was known before.
  ///
  /// 429 counts among 5xx although it is a 4xx, which would allow all: it is the server's word that it has too much to do,
  /// and often comes where rules would be.
  public init(authority: String, at now: Instant, _ attempt: Attempt, before: RobotsEntry?) {
    switch attempt {
    case .answered(status: 200...299, let body):
      self.init(authority: authority, checkedAt: now, answer: .file(Array(RobotsFile.readable(body))))
    case .answered(status: 429, _), .answered(status: 500..., _), .unreachable:
      self.init(
        authority: authority, checkedAt: now, answer: before?.answer, unreachableSince: before?.unreachableSince ?? now)
    case .answered, .lost: self.init(authority: authority, checkedAt: now, answer: .absent)
    }
  }

  /// For how long the server need not be asked again; nil when it has to be.
  public func freshness(at now: Instant) -> Duration? {
    let age = checkedAt.milliseconds(to: now)
    let left = (unreachableSince == nil ? Self.answerLasts : Self.silenceLasts) - age
    return age >= 0 && left > 0 ? .milliseconds(left) : nil
  }

  /// The rules for a crawler; nil when all is forbidden because the server cannot be reached and never answered
  /// (RFC 9309 §2.3.1.4). An answer from before goes on counting while the server cannot be reached (§2.4).
  public func rules(for productToken: String, at now: Instant) -> RobotsRules? {
    switch answer {
    case .file(let octets): RobotsFile(octets).rules(for: productToken)
    case .absent: RobotsRules.none
    case nil:
      (unreachableSince ?? checkedAt).milliseconds(to: now) >= Self.silenceForbids ? RobotsRules.none : nil
    }
  }
}
