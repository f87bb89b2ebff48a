import Fetching

/// How a pass fetches.
public struct SyncSettings: Sendable {
  /// Names Stet and where its operator can be reached.
  public var userAgent: String
  /// Fetches at once, at least 1.
  public var concurrency = 16
  public var politeness = Politeness()
  public var limits = Limits()
  public var network = Network()
  /// Private and loopback addresses may be asked, whatever the source says.
  public var allowsPrivateAddresses = false
  /// Reads a cookie file.
  public var cookies: @Sendable (_ path: String) throws -> CookieFile

  public init(userAgent: String, cookies: @escaping @Sendable (_ path: String) throws -> CookieFile) {
    (self.userAgent, self.cookies) = (userAgent, cookies)
  }
}
