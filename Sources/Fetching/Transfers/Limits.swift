/// How much a server may cost us. Reaching a limit ends the fetch with its own error, never with a part of the answer.
public struct Limits: Sendable, Hashable {
  /// Longest body, counted both as received and decoded.
  public var maximumBodyBytes = 64 << 20
  /// All header lines of one exchange together, interim responses included. libcurl itself stops at 300 KB.
  public var maximumHeaderBytes = 256 << 10
  /// How many redirects are followed.
  public var maximumRedirects = 10
  /// For finding the host, connecting and the TLS handshake, each hop. Whole milliseconds count.
  public var connectTimeout = Duration.seconds(15)
  /// For the whole fetch, redirects included, from when it leaves the queue. Whole milliseconds count.
  public var totalTimeout = Duration.seconds(120)
  /// A transfer slower than this, on average over `lowSpeedTime`, is given up.
  public var lowSpeedBytesPerSecond = 100
  /// Whole seconds count, rounded up.
  public var lowSpeedTime = Duration.seconds(30)

  public init() {}
}

extension Duration {
  /// Rounded up, at least 1 (libcurl takes 0 for "no limit") and at most about 24 days (a 32-bit `long` holds it).
  var wholeMilliseconds: Int {
    let (seconds, attoseconds) = components
    guard seconds >= 0, attoseconds >= 0 else { return 1 }
    guard seconds < 2_000_000 else { return 2_000_000_000 }
    return max(1, Int(seconds) * 1000 + Int((attoseconds + 999_999_999_999_999) / 1_000_000_000_000_000))
  }
}
