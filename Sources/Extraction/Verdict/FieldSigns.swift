import Model

/// All that a reading depends on in an answer's header fields: `read` sees nothing else of them. So two answers of one URL, status
/// and body that agree in this read the same, however much their dates and tags differ.
public struct FieldSigns: Hashable, Sendable {
  let contentType, contentLanguage: String?
  let hasLocation, hasRetryAfter: Bool
  let block: BlockSigns

  public init(_ fields: HTTPFields) {
    (contentType, contentLanguage) = (fields["Content-Type"], fields["Content-Language"])
    (hasLocation, hasRetryAfter) = (fields.first("location") != nil, fields.first("retry-after") != nil)
    block = BlockSigns(of: fields)
  }

  /// Whether the fields of two answers agree in it.
  public static func agree(_ one: HTTPFields, _ other: HTTPFields) -> Bool {
    let lines = (one.canonicalBytes.split(separator: 10), other.canonicalBytes.split(separator: 10))
    if lines.0.count == lines.1.count {
      // Most often a date and a tag differ, and neither says anything.
      var differing: [UInt8] = []
      for (own, other) in zip(lines.0, lines.1) where own != other {
        for line in [own, other] { differing += line + [10] }
      }
      if FieldSigns(HTTPFields(canonicalBytes: differing)) == none { return true }
    }
    return FieldSigns(one) == FieldSigns(other)
  }

  private static let none = FieldSigns(HTTPFields())
}
