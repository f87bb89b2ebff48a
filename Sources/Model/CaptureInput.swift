/// A capture on its way into an archive, from the network or from a file, its body at hand.
public struct CaptureInput: Sendable {
  /// The article it is a capture of: the URL that is watched, which a redirect's later hops differ from.
  public let article: String
  public let origin: String?
  public let response: Response
  /// The digest of the body, where the reader of it has made it; nil: not yet, or there is no body.
  public let payload: Digest?
  public let sequence: Int64
  /// For a 304: the digest of the capture it says still stands.
  public let refersTo: Digest?
  /// The capture of the redirect that led here.
  public let via: Digest?

  public init(
    article: String, origin: String?, response: Response, payload: Digest? = nil, sequence: Int64 = 0,
    refersTo: Digest? = nil, via: Digest? = nil
  ) {
    (self.article, self.origin, self.response, self.payload) = (article, origin, response, payload)
    (self.sequence, self.refersTo, self.via) = (sequence, refersTo, via)
  }
}
