/// What came back for one request, in memory: the transfer and content codings undone.
public struct Response: Hashable, Sendable {
  /// The URL that was asked for.
  public let url: String
  /// When the response's header section had arrived, by our clock.
  public let at: Instant
  /// 100-599.
  public let status: Int
  public let fields: HTTPFields
  /// The decoded payload; empty when there was none.
  public let body: [UInt8]

  public init(url: String, at: Instant, status: Int, fields: HTTPFields, body: [UInt8]) {
    (self.url, self.at, self.status, self.fields, self.body) = (url, at, status, fields, body)
  }
}
