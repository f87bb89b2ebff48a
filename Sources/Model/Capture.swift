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
  public var canonicalText: String { String(decoding: canonicalOctets, as: UTF8.self) }

  public var digest: Digest { Digest(of: canonicalOctets) }

  /// Made for every capture, so octet by octet and in one piece.
  private var canonicalOctets: [UInt8] {
    var out: [UInt8] = []
    out.reserveCapacity(512 + url.utf8.count)
    func line(_ name: StaticString, _ value: (inout [UInt8]) -> Void) {
      out.append(contentsOf: UnsafeBufferPointer(start: name.utf8Start, count: name.utf8CodeUnitCount))
      out.append(32)
      value(&out)
      out.append(10)
    }
    func line(_ name: StaticString, _ digest: Digest?) {
      line(name) { out in
        guard let digest else { return out.append(UInt8(ascii: "-")) }
        out.append(contentsOf: "sha256:".utf8)
        out.appendHexadecimal(digest.bytes)
      }
    }
    line("stet") { $0.append(contentsOf: "capture 1".utf8) }
    line("origin") { $0.append(contentsOf: (origin ?? "-").utf8) }
    line("url") { $0.append(contentsOf: url.utf8) }
    line("at") { $0.append(at) }
    line("seq") { $0.append(contentsOf: String(sequence).utf8) }
    line("status") { $0.append(contentsOf: String(status).utf8) }
    line("fields", fields)
    line("payload", payload)
    line("refers-to", refersTo)
    return out
  }
}
