import Model

/// Content codings (RFC 9110 §8.4), undone each to its very end.
///
/// libcurl 7.88 takes a gzip stream that stops early for a whole body, as most clients do; a page that lost its second half
/// would look like an edit. So a body counts only once its end and its checksum were seen.
public enum HTTPCoding: Hashable, Sendable {
  case gzip, deflate, zstd, brotli

  public var name: String {
    switch self {
    case .gzip: "gzip"
    case .deflate: "deflate"
    case .zstd: "zstd"
    case .brotli: "br"
    }
  }

  /// More than two stacked codings are not met in earnest; this many are a bomb or a mistake.
  private static let mostStacked = 4

  /// The codings that were applied, in order. Throws `.unknown`.
  public static func applied(in fields: HTTPFields) throws(CodingError) -> [HTTPCoding] {
    var codings: [HTTPCoding] = []
    for value in fields.values(of: "content-encoding") {
      for part in value.split(separator: ",") {
        let name = part.drop(while: { $0 == " " || $0 == "\t" }).split(whereSeparator: { $0 == " " || $0 == "\t" })
        switch name.joined(separator: " ").lowercased() {
        case "gzip", "x-gzip": codings.append(.gzip)  // §8.4.1.3: x-gzip is the same
        case "deflate": codings.append(.deflate)
        case "zstd": codings.append(.zstd)
        case "br": codings.append(.brotli)
        case "identity", "": continue
        case let other: throw .unknown(other)
        }
      }
    }
    guard codings.count <= mostStacked else {
      throw .unknown(codings.map(\.name).joined(separator: ", "))
    }
    return codings
  }

  /// The body with all its codings undone, at most `limit` bytes long at every step.
  public static func decode(_ body: [UInt8], _ codings: [HTTPCoding], limit: Int) throws(CodingError) -> [UInt8] {
    var body = body
    for coding in codings.reversed() { body = try coding.decode(body, limit: limit) }
    return body
  }

  private func decode(_ coded: [UInt8], limit: Int) throws(CodingError) -> [UInt8] {
    switch self {
    case .gzip: return try DeflateDecoder().gunzip(coded, limit: limit)
    case .deflate: return try DeflateDecoder().inflate(coded, limit: limit)
    case .zstd: return try Self.unpackZstd(coded, limit: limit)
    case .brotli: return try Self.unpackBrotli(coded, limit: limit)
    }
  }
}
