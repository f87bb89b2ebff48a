import Model
import Robots

/// How a host fared, to be kept from one pass to the next.
public struct HostState: Hashable, Sendable {
  /// Name in lower case, or address as in a URL; no port.
  public let host: String
  /// The host is left in peace until then.
  public let notBefore: Instant
  /// 429s, 503s and failed connections in a row; 0 once it answers again, and then there is nothing left to keep.
  public let failures: Int

  public init(host: String, notBefore: Instant, failures: Int) {
    (self.host, self.notBefore, self.failures) = (host, notBefore, failures)
  }
}

/// What a fetcher knows of the hosts: handed in when it starts, handed out as it learns, kept by whoever has the archive.
public struct HostMemory: Sendable {
  public var robots: [RobotsEntry]
  public var hosts: [HostState]

  public init(robots: [RobotsEntry] = [], hosts: [HostState] = []) { (self.robots, self.hosts) = (robots, hosts) }
}
