/// Why markup could not be read.
public enum MarkupError: Error, Hashable, Sendable {
  case outOfMemory
  /// More than the parser takes (256 MiB).
  case tooLarge
  /// The parser gave up for a reason of its own.
  case parserFailed
  /// The bytes are in an encoding that this system's iconv cannot decode.
  case encodingUnavailable(String)

  /// Short and stable.
  public var code: String {
    switch self {
    case .outOfMemory: "out of memory"
    case .tooLarge: "markup too large"
    case .parserFailed: "markup not parsed"
    case .encodingUnavailable(let name): "encoding unavailable: \(name)"
    }
  }
}
