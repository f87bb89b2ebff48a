/// The record of one response at one instant: what an archive attests.
///
/// Its digest is the SHA-256 of its canonical text, and its name outside this archive. docs/FORMAT.md describes the text
/// line by line, with an example to recompute.
public struct Capture: Hashable, Sendable {
  /// Who observed it: `ed25519:` and the archive's public key in hexadecimal; nil for a capture imported from a file that
  /// does not say.
  public let origin: String?
  /// The URL that was asked for, as asked.
  public let url: String
  public let at: Instant
  /// Orders captures of one URL with equal instants (`seq` of an import, the hop number of a redirect); usually 0.
  public let sequence: Int64
  /// 100-599.
  public let status: Int
  /// Digest of the header fields' canonical bytes.
  public let fields: Digest
  /// Digest of the decoded payload that came; nil for a 304, which brings none.
  public let payload: Digest?
  /// For a 304: the digest of the capture that it says still stands.
  public let refersTo: Digest?

  public init(
    origin: String?, url: String, at: Instant, sequence: Int64 = 0, status: Int, fields: Digest, payload: Digest?,
    refersTo: Digest? = nil
  ) {
    (self.origin, self.url, self.at, self.sequence) = (origin, url, at, sequence)
    (self.status, self.fields, self.payload, self.refersTo) = (status, fields, payload, refersTo)
  }

  /// What the digest covers: UTF-8, a line a field, each ended by LF, `-` for what is absent.
  public var canonicalText: String {
    """
    stet capture 1
    origin \(origin ?? "-")
    url \(url)
    at \(at)
    seq \(sequence)
    status \(status)
    fields \(fields)
    payload \(payload.map(\.description) ?? "-")
    refers-to \(refersTo.map(\.description) ?? "-")

    """
  }

  public var digest: Digest { Digest(ofUTF8: canonicalText) }
}
