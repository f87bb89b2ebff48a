import Model

/// What a log was at one size: its name, how many entries it had, and their root (C2SP tlog-checkpoint 1.0, RFC 6962
/// §3.5).
public struct Checkpoint: Hashable, Sendable {
  /// The log's name, `stet/…` for an archive's. Not empty.
  public let log: String
  /// Entries.
  public let size: Int
  public let root: Digest
  /// Lines after the third, not empty. Stet writes none.
  public let extensions: [String]

  private static let kind = "checkpoint"

  /// What an archive's log was at a size.
  public init(log: VerifierKey, size: Int, root: Digest) {
    (self.log, self.size, self.root, self.extensions) = (log.name, size, root, [])
  }

  /// Reads the text of a note. Throws `malformed`.
  public init(_ text: [UInt8]) throws(ProofError) {
    var lines = TextLines(text)
    guard let log = lines.next(), !log.isEmpty else {
      throw .malformed(Self.kind, detail: "its first line names no log")
    }
    guard let size = lines.next()?.decimal else {
      throw .malformed(Self.kind, detail: "its second line is no size from 0 to 2^63 − 1")
    }
    guard let line = lines.next(), let hash = Base64.decode(line), let root = Digest(bytes: hash) else {
      throw .malformed(Self.kind, detail: "its third line is no hash in base 64")
    }
    guard size > 0 || root == TreeHashing.empty else {
      throw .malformed(Self.kind, detail: "the root of no entries is not that of nothing")
    }
    var extensions: [String] = []
    while let line = lines.next() {
      guard !line.isEmpty else { throw .malformed(Self.kind, detail: "it has an empty line") }
      extensions.append(String(decoding: line, as: UTF8.self))
    }
    guard lines.rest.isEmpty else { throw .malformed(Self.kind, detail: "its last line is not ended") }
    (self.log, self.size, self.root, self.extensions) = (String(decoding: log, as: UTF8.self), size, root, extensions)
  }

  /// The text that is signed.
  public var text: [UInt8] {
    Array(([log, String(size), Base64.encode(root.bytes)] + extensions).map { $0 + "\n" }.joined().utf8)
  }
}

/// A checkpoint and who signed it: what is published.
public struct SignedCheckpoint: Hashable, Sendable {
  public let checkpoint: Checkpoint
  public let note: SignedNote

  /// Signs what an archive's log is now. A log signs no two checkpoints of which one does not continue the other: the
  /// caller sees to that.
  public init(size: Int, root: Digest, key: SigningKey) throws(ProofError) {
    checkpoint = Checkpoint(log: key.verifier, size: size, root: root)
    note = try SignedNote(signing: checkpoint.text, with: [key])
  }

  /// Reads a checkpoint; checks no signature. Throws `malformed` or `tooLarge`.
  public init(_ octets: [UInt8]) throws(ProofError) {
    note = try SignedNote(octets)
    checkpoint = try Checkpoint(note.text)
  }

  /// The signed note.
  public var octets: [UInt8] { note.octets }

  /// Throws unless the log itself signed it, and gives the log's key: the one given, which must have the log's name, or
  /// else the one in the log's name. Throws `keyNeeded`, `otherLog`, `notSigned` or `badSignature`.
  @discardableResult
  public func verify(against key: VerifierKey? = nil) throws(ProofError) -> VerifierKey {
    guard let key = key ?? VerifierKey(logName: checkpoint.log) else { throw .keyNeeded(log: checkpoint.log) }
    guard key.name.utf8.elementsEqual(checkpoint.log.utf8) else {
      throw .otherLog(expected: key.name, found: checkpoint.log)
    }
    try note.verify(by: [key])
    return key
  }
}
