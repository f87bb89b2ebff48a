/// What one crawler may fetch at one authority.
public struct RobotsRules: Sendable {
  /// Whether a URL may be fetched, and the rule that says so; without a rule nothing was said, and it may.
  public enum Decision: Hashable, Sendable {
    case allowed(by: RobotsRule?)
    case disallowed(by: RobotsRule)
    /// The file takes more work than it is worth: such a file is obeyed by staying away.
    case tooCostly

    public var allows: Bool { if case .allowed = self { true } else { false } }
  }

  /// Comparisons of octets that one decision may take: a thousand rules for a URL of a thousand octets, four times over.
  private static let mostSteps = 4_000_000

  /// The longest Crawl-delay that is honoured: a minute. Beyond it a file asks for less than 1,440 fetches a day of a
  /// whole site, which is met by fetching seldom and not by keeping a pass waiting.
  public static let longestCrawlDelay = Duration.seconds(60)

  /// By falling length, Allow first where lengths are equal: the first that matches decides (RFC 9309 §2.2.2).
  private let rules: [RobotsRule]
  /// Time to leave between two requests, at most `longestCrawlDelay`; nil when the file does not say. Not of the RFC.
  public let crawlDelay: Duration?

  /// Nothing is said, all is allowed.
  public static let none = RobotsRules([], crawlDelayMilliseconds: nil)

  init(_ rules: [RobotsRule], crawlDelayMilliseconds: Int64?) {
    self.rules = rules.sorted { ($0.length, $0.allows ? 1 : 0) > ($1.length, $1.allows ? 1 : 0) }
    crawlDelay = crawlDelayMilliseconds.map { min(.milliseconds($0), Self.longestCrawlDelay) }
  }

  /// Whether there is nothing to ask.
  public var isEmpty: Bool { rules.isEmpty }

  /// - Parameter path: path and query as they are sent, beginning with a slash; no fragment.
  public func decision(for path: String) -> Decision {
    // §2.2.2: "The /robots.txt URI is implicitly allowed."
    guard !rules.isEmpty, path != "/robots.txt" else { return .allowed(by: nil) }
    let comparable = RobotsPath.comparable(path.utf8, isPattern: false)
    var steps = Self.mostSteps
    for rule in rules {
      guard let matches = rule.matches(comparable, steps: &steps) else { return .tooCostly }
      if matches { return rule.allows ? .allowed(by: rule) : .disallowed(by: rule) }
    }
    return .allowed(by: nil)
  }
}
