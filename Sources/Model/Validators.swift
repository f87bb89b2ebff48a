/// What a server gave to ask "changed since?" with: opaque, echoed verbatim, never invented (RFC 9110 §8.8, §13.1).
public struct Validators: Hashable, Sendable {
  /// The ETag field's value as sent, quotes and `W/` included.
  public let entityTag: String?
  /// The Last-Modified field's value as sent. Never our own clock.
  public let lastModified: String?

  public init(entityTag: String? = nil, lastModified: String? = nil) {
    (self.entityTag, self.lastModified) = (entityTag, lastModified)
  }

  public init(of fields: HTTPFields) {
    self.init(entityTag: fields["ETag"], lastModified: fields["Last-Modified"])
  }

  public var isEmpty: Bool { entityTag == nil && lastModified == nil }
}
