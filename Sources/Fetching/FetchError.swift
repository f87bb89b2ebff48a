import Model

/// Why a fetch brought no final answer.
public enum FetchError: Error, Hashable, Sendable {
  /// Not an absolute URL with a host.
  case badURL(String)
  /// Neither http nor https, asked for or redirected to.
  case unsupportedScheme(String)
  case hostNotFound(String)
  /// The host, asked for or redirected to, has an address that is not of the public internet. Nothing was sent to it.
  case guardedAddress(host: String, address: IPAddress)
  case connectionFailed(detail: String)
  /// The connection broke after it was made: reset, or chunks that make no sense.
  case connectionLost(detail: String)
  /// The server closed without a word.
  case emptyReply
  case timedOut(Stage, after: Duration)
  /// Slower than the limit for as long as the limit says.
  case tooSlow(bytesPerSecond: Int, over: Duration)
  /// The certificate is not one to trust for this host.
  case certificate(detail: String)
  /// Any other trouble with TLS.
  case tls(detail: String)
  case proxy(detail: String)
  /// What came is not HTTP, or contradicts itself.
  case protocolError(detail: String)
  /// The body ended before its announced end.
  case truncated
  case bodyTooLarge(limitBytes: Int)
  case headersTooLarge(limitBytes: Int)
  /// A Content-Encoding that was not asked for and is not known.
  case unknownCoding(String)
  /// The body does not begin as its Content-Encoding says.
  case codingMismatch(String)
  /// The body begins as its Content-Encoding says, but is cut short or fails its checksum.
  case damagedCoding(String)
  /// A Location that no URL can be made of.
  case badRedirect(String)
  case tooManyRedirects(limit: Int)
  /// 304 to a request that had no validators.
  case unaskedNotModified
  /// 206 to a request that had no Range.
  case unaskedPartialContent
  /// The robots.txt of its authority forbids this URL: the one asked for, or one redirected to.
  case robotsDisallowed(String)
  /// The robots.txt of this URL's authority cannot be fetched, which forbids everything (RFC 9309 §2.3.1.4); the detail says why.
  /// Where there is no such host, or no connection to it, that is the failure itself: it is the page's too.
  case robotsUnreachable(String, detail: String)
  /// The host has too much to do, said so or seems so; it was not asked, and will not be before that instant.
  case hostBackedOff(until: Instant)
  /// The task was cancelled or the fetcher shut down.
  case cancelled
  /// Anything else libcurl says, by its CURLcode.
  case transferFailed(code: Int, detail: String)

  /// What the time ran out for.
  public enum Stage: Hashable, Sendable { case resolving, connecting, transfer }

  /// A stable word for rows and scripts.
  public var code: String {
    switch self {
    case .badURL: "bad-url"
    case .unsupportedScheme: "unsupported-scheme"
    case .hostNotFound: "host-not-found"
    case .guardedAddress: "guarded-address"
    case .connectionFailed: "connection-failed"
    case .connectionLost: "connection-lost"
    case .emptyReply: "empty-reply"
    case .timedOut(.resolving, _): "timeout-resolving"
    case .timedOut(.connecting, _): "timeout-connecting"
    case .timedOut(.transfer, _): "timeout"
    case .tooSlow: "too-slow"
    case .certificate: "certificate"
    case .tls: "tls"
    case .proxy: "proxy"
    case .protocolError: "protocol-error"
    case .truncated: "truncated"
    case .bodyTooLarge: "body-too-large"
    case .headersTooLarge: "headers-too-large"
    case .unknownCoding: "unknown-coding"
    case .codingMismatch: "coding-mismatch"
    case .damagedCoding: "damaged-coding"
    case .badRedirect: "bad-redirect"
    case .tooManyRedirects: "too-many-redirects"
    case .unaskedNotModified: "unasked-304"
    case .unaskedPartialContent: "unasked-206"
    case .robotsDisallowed: "robots-disallowed"
    case .robotsUnreachable: "robots-unreachable"
    case .hostBackedOff: "host-backed-off"
    case .cancelled: "cancelled"
    case .transferFailed: "transfer-failed"
    }
  }

  /// What happened, for people; completes "fetching URL: ".
  public var message: String {
    switch self {
    case .badURL(let reason): "not a URL that can be fetched: \(reason)"
    case .unsupportedScheme(let scheme): "scheme \(scheme) is neither http nor https"
    case .hostNotFound(let host): "no address found for \(host)"
    case .guardedAddress(let host, let address) where IPAddress(host) == address:
      "\(address) is a \(address.scope.rawValue) address"
    case .guardedAddress(let host, let address): "\(host) is at \(address), a \(address.scope.rawValue) address"
    case .connectionFailed(let detail): "no connection: \(detail)"
    case .connectionLost(let detail): "the connection broke: \(detail)"
    case .emptyReply: "the server closed the connection without an answer"
    case .timedOut(.resolving, let time): "no address found within \(Self.seconds(time))"
    case .timedOut(.connecting, let time): "no connection within \(Self.seconds(time))"
    case .timedOut(.transfer, let time): "timed out after \(Self.seconds(time))"
    case .tooSlow(let speed, let time): "slower than \(speed) bytes a second for \(Self.seconds(time))"
    case .certificate(let detail): "certificate not trusted: \(detail)"
    case .tls(let detail): "TLS failed: \(detail)"
    case .proxy(let detail): "the proxy failed: \(detail)"
    case .protocolError(let detail): "not proper HTTP: \(detail)"
    case .truncated: "the body ended before its announced end"
    case .bodyTooLarge(let limit): "body longer than \(limit) bytes"
    case .headersTooLarge(let limit): "header section longer than \(limit) bytes"
    case .unknownCoding(let name): "content coding \(name) is not known"
    case .codingMismatch(let name): "body is not \(name), though its Content-Encoding says so"
    case .damagedCoding(let name): "\(name) body is cut short or damaged"
    case .badRedirect(let target): "redirected to what is no URL: \(target)"
    case .tooManyRedirects(let limit): "more than \(limit) redirects"
    case .unaskedNotModified: "answered 304 to a request without conditions"
    case .unaskedPartialContent: "answered 206 to a request without a range"
    case .robotsDisallowed(let url): "robots.txt does not allow \(url)"
    case .robotsUnreachable(let url, let detail): "robots.txt cannot be fetched (\(detail)), which forbids \(url)"
    case .hostBackedOff(let instant): "the host is left in peace until \(instant)"
    case .cancelled: "cancelled"
    case .transferFailed(let code, let detail): "\(detail) (libcurl \(code))"
    }
  }

  /// Whether the same request may well succeed later with nobody changing anything.
  public var isTransient: Bool {
    switch self {
    case .hostNotFound, .connectionFailed, .connectionLost, .emptyReply, .timedOut, .tooSlow, .tls, .proxy, .truncated,
      .damagedCoding, .robotsUnreachable, .hostBackedOff, .cancelled:
      true
    case .badURL, .unsupportedScheme, .guardedAddress, .certificate, .protocolError, .bodyTooLarge, .headersTooLarge,
      .unknownCoding,
      .codingMismatch, .badRedirect, .tooManyRedirects, .unaskedNotModified, .unaskedPartialContent, .robotsDisallowed,
      .transferFailed:
      false
    }
  }

  /// Whether no request got as far as the server, whatever was to be asked for.
  var isOfHost: Bool {
    switch self {
    case .hostNotFound, .connectionFailed, .timedOut(.resolving, _), .timedOut(.connecting, _), .certificate, .tls,
      .proxy:
      true
    default: false
    }
  }

  /// What the operator can do about it; nil when there is nothing to say.
  public var hint: String? {
    switch self {
    case .guardedAddress: "`stet add URL --allow-private` lets a source of your own network be asked"
    default: nil
    }
  }

  /// `30 s`, `0.25 s`
  private static func seconds(_ time: Duration) -> String {
    let milliseconds = time.wholeMilliseconds
    var digits = "\(milliseconds % 1000 + 1000)".dropFirst()
    while digits.last == "0" { digits.removeLast() }
    return digits.isEmpty ? "\(milliseconds / 1000) s" : "\(milliseconds / 1000).\(digits) s"
  }
}
