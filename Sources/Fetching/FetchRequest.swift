import Model

/// One article to ask for.
public struct FetchRequest: Sendable, Hashable {
  /// An absolute http or https URL. A fragment is not sent.
  public let url: String
  /// Echoed verbatim as If-None-Match and If-Modified-Since (RFC 9110 §13.1.2, §13.1.3), on the first hop alone: they
  /// belong to this URL and not to where it may lead.
  public let validators: Validators
  /// Whether robots.txt is not asked, on any hop: for the operator's own sites.
  public let ignoresRobots: Bool

  public init(url: String, validators: Validators = Validators(), ignoresRobots: Bool = false) {
    (self.url, self.validators, self.ignoresRobots) = (url, validators, ignoresRobots)
  }
}
