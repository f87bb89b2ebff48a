/// An article text with its content digest, worked out once.
public struct Snapshot: Hashable, Sendable {
  public let text: ArticleText
  public let digest: Digest

  public init(_ text: ArticleText) { (self.text, digest) = (text, text.digest) }

  public static func == (a: Snapshot, b: Snapshot) -> Bool { a.digest == b.digest }
  public func hash(into hasher: inout Hasher) { hasher.combine(digest) }
}
