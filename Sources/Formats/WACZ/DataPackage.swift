import JSON

/// What a WACZ file's `datapackage.json` says of the files beside it (WACZ 1.1.1 §5.2): which they are, and their digests.
public struct DataPackage: Sendable {
  public let paths: Set<String>
  /// By path; without those of a kind that is not known.
  public let digests: [String: LabelledDigest]

  /// Nil when it is no JSON object with a list of resources. A resource without path is left out.
  public init?(_ octets: [UInt8]) {
    guard let value = Self.value(octets), let resources = value["resources"]?.array else { return nil }
    var digests: [String: LabelledDigest] = [:]
    for resource in resources {
      guard let path = resource["path"]?.string, let hash = resource["hash"]?.string else { continue }
      digests[path] = LabelledDigest(hash)
    }
    (self.digests, paths) = (digests, Set(resources.compactMap { $0["path"]?.string }))
  }

  /// The digest of `datapackage.json` itself, out of `datapackage-digest.json`; nil when it gives none.
  public static func digest(in octets: [UInt8]) -> LabelledDigest? {
    value(octets)?["hash"]?.string.flatMap(LabelledDigest.init)
  }

  /// What vouches for `datapackage.json`.
  public enum Signature: Hashable, Sendable {
    case none
    /// A signed note over `WACZPackage.noteText`.
    case note(String)
    /// A `signedData` of WACZ Signing and Verification 0.1, by a domain or the software that it names.
    case other(by: String?)
  }

  /// The signature in `datapackage-digest.json`.
  public static func signature(in octets: [UInt8]) -> Signature {
    guard let value = value(octets) else { return .none }
    if let note = value["stetNote"]?.string { return .note(note) }
    guard let data = value["signedData"], data["signature"] != nil else { return .none }
    return .other(by: data["domain"]?.string ?? data["software"]?.string)
  }

  private static func value(_ octets: [UInt8]) -> JSONValue? {
    try? JSONValue(parsing: octets)  // what is no JSON is answered by nil: there is nothing to be said beyond that
  }
}
