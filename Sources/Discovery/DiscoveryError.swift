import Markup

/// Why nothing could be read out of a document.
public enum DiscoveryError: Error, Hashable, Sendable {
  /// Nothing but white space.
  case empty
  /// A page where a feed, sitemap or list was expected.
  case isHTML
  /// Neither HTML nor what was expected.
  case unknownFormat
  /// It begins as JSON and is not.
  case malformedJSON(String)
  /// A gzip file that stops early, or whose checksum is wrong.
  case damagedGzip
  /// More bytes than are read, after decompression.
  case tooLarge(limitBytes: Int)
  /// Octets that cannot be decoded or parsed.
  case undecodable(MarkupError)

  /// Short and stable.
  public var code: String {
    switch self {
    case .empty: "empty"
    case .isHTML: "is-html"
    case .unknownFormat: "unknown-format"
    case .malformedJSON: "malformed-json"
    case .damagedGzip: "damaged-gzip"
    case .tooLarge: "too-large"
    case .undecodable: "undecodable"
    }
  }

  public var message: String {
    switch self {
    case .empty: "the document is empty"
    case .isHTML: "it is an HTML page"
    case .unknownFormat: "it is in no format known here"
    case .malformedJSON(let detail): "it is not well-formed JSON: \(detail)"
    case .damagedGzip: "the gzip file is damaged or cut off"
    case .tooLarge(let limit): "it is larger than \(limit) bytes"
    case .undecodable(let error): "it cannot be decoded: \(error.code)"
    }
  }
}
