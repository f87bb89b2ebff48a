/// Why coded octets could not be undone.
public enum CodingError: Error, Hashable, Sendable {
  /// A coding that is not known here, or not in that form.
  case unknown(String)
  /// The octets do not begin as the coding's do.
  case mismatch(String)
  /// They begin as the coding's do, but are cut short or fail a check.
  case damaged(String)
  case tooLarge(limitBytes: Int)
  /// The library has no memory, or refuses a limit that is set.
  case unavailable(String)

  /// A stable word.
  public var code: String {
    switch self {
    case .unknown: "unknown-coding"
    case .mismatch: "coding-mismatch"
    case .damaged: "damaged-coding"
    case .tooLarge: "too-large"
    case .unavailable: "coding-unavailable"
    }
  }

  /// What happened, for people.
  public var message: String {
    switch self {
    case .unknown(let name): "content coding \(name) is not known"
    case .mismatch(let name): "it is not \(name)"
    case .damaged(let name): "its \(name) data is damaged or cut short"
    case .tooLarge(let limit): "it is larger than \(limit) bytes"
    case .unavailable(let detail): detail
    }
  }
}
