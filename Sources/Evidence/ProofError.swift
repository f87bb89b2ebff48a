import Model

/// Why a proof, a note or a key is not what it claims to be.
public enum ProofError: Error, Hashable, Sendable {
  /// The text breaks its format: which kind of text, and what is wrong with it.
  case malformed(String, detail: String)
  /// Longer than is read, in octets.
  case tooLarge(limit: Int)
  /// The entry is not in a tree of that size and root, by this proof.
  case notIncluded(index: Int, size: Int)
  /// The tree of the new size is not an extension of the old one, by this proof.
  case inconsistent(oldSize: Int, newSize: Int)
  /// A key that is known signed, it says, but the signature is not that key's over this text.
  case badSignature(name: String)
  /// No signature is by a key that was asked for.
  case notSigned(by: String)
  /// The log's name does not hold its key, and no key was given.
  case keyNeeded(log: String)
  /// Another log than the one asked for.
  case otherLog(expected: String, found: String)
  /// The body is not the one that was captured.
  case otherBody(expected: Digest, found: Digest)
  /// The capture brought no body: it is a 304.
  case noBody
  /// The capture cannot be written in a proof file.
  case unprovable(detail: String)
  /// libcrypto would not do it.
  case cryptography(detail: String)

  /// Stable name, for `--json`.
  public var code: String {
    switch self {
    case .malformed: "malformed-proof"
    case .tooLarge: "proof-too-large"
    case .notIncluded: "not-included"
    case .inconsistent: "inconsistent"
    case .badSignature: "bad-signature"
    case .notSigned: "not-signed"
    case .keyNeeded: "key-needed"
    case .otherLog: "other-log"
    case .otherBody: "other-body"
    case .noBody: "no-body"
    case .unprovable: "unprovable"
    case .cryptography: "cryptography"
    }
  }

  /// What happened, as the end of a sentence.
  public var message: String {
    switch self {
    case .malformed(let kind, let detail): "not a valid \(kind) (\(detail))"
    case .tooLarge(let limit): "longer than the \(limit) octets that are read"
    case .notIncluded(let index, let size): "the proof does not lead from entry \(index) to the root of \(size) entries"
    case .inconsistent(let old, let new): "the log of \(new) entries does not continue the log of \(old)"
    case .badSignature(let name): "the signature of \(name) is not over this text"
    case .notSigned(let name): "not signed by \(name)"
    case .keyNeeded(let log): "the log's name, \(log), does not hold its key"
    case .otherLog(let expected, let found): "it is about the log \(found), not \(expected)"
    case .otherBody(let expected, let found): "the body has the digest \(found), and the capture says \(expected)"
    case .noBody: "the capture is a 304, which brought no body"
    case .unprovable(let detail): "no proof can hold this capture (\(detail))"
    case .cryptography(let detail): "libcrypto failed (\(detail))"
    }
  }

  public var hint: String? {
    switch self {
    case .keyNeeded: "give the log's key with --key"
    default: nil
    }
  }
}
