import Evidence
import JSON
import Model

/// The log of captures, signed: the keys of `checkpoint` and `prove`.
extension SignedCheckpoint {
  /// - Parameter key: by which others check the signature.
  public func json(key: VerifierKey) -> JSONValue {
    [
      "log": .string(checkpoint.log), "size": JSONValue(checkpoint.size),
      "root": .string(checkpoint.root.description), "key": .string(key.description),
      "checkpoint": .string(String(decoding: octets, as: UTF8.self)),
    ]
  }
}

extension CheckpointUpdate {
  public func json(since old: SignedCheckpoint, key: VerifierKey) -> JSONValue {
    guard case .object(let members) = checkpoint.json(key: key) else { return .null }
    return .object(
      members + [
        ("since", JSONValue(old.checkpoint.size)), ("update", .string(String(decoding: octets, as: UTF8.self))),
      ])
  }
}

extension CaptureProof {
  /// - Parameter path: where the proof was written; nil puts its text in.
  public func json(path: String?) -> JSONValue {
    let (inclusion, checkpoint) = (proof.inclusion, proof.checkpoint.checkpoint)
    return [
      "capture": .string(capture.digest.description), "url": .string(capture.url),
      "captured_at": .string(capture.at.description), "status": JSONValue(capture.status),
      "payload": JSONValue(capture.payload?.description), "log": .string(checkpoint.log),
      "index": JSONValue(inclusion.index), "size": JSONValue(checkpoint.size),
      path == nil ? "proof" : "path": .string(path ?? String(decoding: octets, as: UTF8.self)),
    ]
  }
}
