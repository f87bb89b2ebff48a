import Model

/// One address to ask, and how.
public struct FetchRequest: Sendable, Hashable {
  /// An absolute http or https URL. A fragment is not sent.
  public let url: String
  /// Echoed verbatim as If-None-Match and If-Modified-Since (RFC 9110 §13.1.2, §13.1.3), on the first hop alone: they
  /// belong to this URL and not to where it may lead.
  public let validators: Validators
  /// Whether robots.txt is not asked, on any hop: for the operator's own sites.
  public let ignoresRobots: Bool
  /// Whether any address may be connected to, on any hop, that the fetcher's `AddressGuard` refuses otherwise.
  public let allowsPrivateAddresses: Bool
  /// Sent to the origin (scheme, host and port) of `url` alone: a redirect elsewhere does not get them.
  public let fields: RequestFields
  /// In place of the fetcher's own; nil or empty for that.
  public let userAgent: String?
  /// Those that match are sent, on each hop anew.
  public let cookies: CookieFile?
  /// The longest body, as received and as decoded, in place of the fetcher's own limit; nil for that.
  public let maximumBodyBytes: Int?
  /// Posted in place of a GET: octets of a media type that `fields` names. A redirect is then the final answer, and robots.txt,
  /// which speaks of reading, should be ignored. Sent once more if a kept connection turns out to be dead: what is posted must
  /// bear to arrive twice (RFC 9110 §9.2.2).
  public let content: [UInt8]?

  public init(
    url: String, validators: Validators = Validators(), ignoresRobots: Bool = false,
    allowsPrivateAddresses: Bool = false, fields: RequestFields = RequestFields(), userAgent: String? = nil,
    cookies: CookieFile? = nil, maximumBodyBytes: Int? = nil, content: [UInt8]? = nil
  ) {
    (self.url, self.validators, self.ignoresRobots) = (url, validators, ignoresRobots)
    (self.allowsPrivateAddresses, self.fields, self.userAgent) = (allowsPrivateAddresses, fields, userAgent)
    (self.cookies, self.maximumBodyBytes, self.content) = (cookies, maximumBodyBytes, content)
  }
}
