/// What an archive cannot hand out any more, because it is damaged.
public struct LostCapture: Error, Hashable, Sendable {
  /// Nil when not even an article's captures can be listed.
  public let digest: Digest?
  /// Of the capture, else of the article.
  public let url: String
  public let at: Instant?
  /// Whether the capture is whole, and only what was derived of it is lost, which a rebuild makes again.
  public let isDerived: Bool
  public let reason: String

  public init(digest: Digest?, url: String, at: Instant?, isDerived: Bool = false, reason: String) {
    (self.digest, self.url, self.at, self.isDerived, self.reason) = (digest, url, at, isDerived, reason)
  }

  /// The same for programs, by name, as exports and the command give it.
  public var members: [(name: String, value: String?)] {
    [
      ("capture", digest?.description), ("url", url), ("captured_at", at?.description),
      ("lost", isDerived ? "text" : "capture"), ("reason", reason),
    ]
  }

  /// For people: `URL at INSTANT (sha256:…): reason`.
  public var message: String {
    url + (at.map { " at \($0)" } ?? "") + (digest.map { " (\($0))" } ?? "") + (isDerived ? ", what it said" : "")
      + ": "
      + reason
  }
}
