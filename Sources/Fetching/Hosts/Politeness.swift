/// How a fetcher treats the hosts it asks.
///
/// Loopback hosts (`localhost`, 127.0.0.0/8, `[::1]`) are our own machine: no delay and no back-off of our making there,
/// unless `pacesLoopback`. What a server itself asks for (robots.txt, Crawl-delay, Retry-After) counts everywhere.
public struct Politeness: Sendable, Hashable {
  /// Requests at once at one host (name or address as in the URL, whatever the port), at least 1.
  public var connectionsPerHost = 2
  /// Least time from the start of one request at a host to the next, redirects and robots.txt included. A longer
  /// Crawl-delay counts instead, up to `RobotsRules.longestCrawlDelay`.
  public var delay = Duration.seconds(1)
  /// Whether robots.txt is obeyed.
  public var obeysRobots = true
  /// A host that is to be left in peace for longer than this is given up for now: its fetches end with
  /// `.hostBackedOff`. Shorter waits are waited for.
  public var patience = Duration.seconds(30)
  /// How long a host is left in peace after a 429, a 503 or a failed connection; twice as long after each further one in
  /// a row, up to `longestBackOff`. A longer Retry-After counts instead.
  public var firstBackOff = Duration.seconds(5)
  /// A day, as the longest Retry-After.
  public var longestBackOff = Duration.seconds(86_400)
  /// Whether loopback hosts are treated as others are.
  public var pacesLoopback = false

  public init() {}

  /// As fast as it goes and without robots.txt: for the operator's own servers.
  public static var none: Politeness {
    var none = Politeness()
    (none.connectionsPerHost, none.delay, none.obeysRobots, none.firstBackOff) = (.max, .zero, false, .zero)
    return none
  }
}

extension Politeness {
  /// Whether delay and back-off are for this host, a name in lower case or an address as in a URL.
  func paces(_ host: String) -> Bool {
    pacesLoopback
      || !(host == "localhost" || host.hasSuffix(".localhost") || host == "[::1]" || Self.isLoopbackAddress(host))
  }

  private static func isLoopbackAddress(_ host: String) -> Bool {
    let parts = host.split(separator: ".", omittingEmptySubsequences: false).map { UInt8($0) }
    return parts.count == 4 && parts[0] == 127 && !parts.contains(nil)
  }

  /// How long a host is left in peace after so many failures in a row.
  func backOff(afterFailures failures: Int) -> Duration {
    let doublings = min(max(failures - 1, 0), 30)
    return min(firstBackOff * (1 << doublings), longestBackOff)
  }
}
