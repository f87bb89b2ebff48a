import ContentCoding
import Model

/// One request and its whole answer, the body still in its content coding.
struct Exchange: Sendable {
  let target: Target
  let at: Instant
  let status: Int
  let fields: HTTPFields
  let codedBody: [UInt8]
  /// How long the body may be, decoded, in bytes.
  let bodyLimit: Int

  /// Where it redirects to; nil when it does not. A redirect without a Location, or an empty one, is a final answer
  /// (RFC 9110 §15.4 only says SHOULD). 300 leaves the choice to people.
  var location: String? {
    guard [301, 302, 303, 307, 308].contains(status) else { return nil }
    guard let octets = fields.octets(of: "location").first(where: { !$0.isEmpty }) else { return nil }
    if let text = String(validating: octets, as: UTF8.self) { return text }
    // Octets of some other charset go into the URL as they are, percent-encoded, as browsers do.
    let ascii = octets.flatMap { $0 < 128 ? [$0] : [UInt8(ascii: "%")] + Array([$0].hexadecimal.utf8) }
    return String(decoding: ascii, as: UTF8.self)
  }

  /// Whether making a response of it takes more than a moment.
  var needsDecoding: Bool { !codedBody.isEmpty && !fields.values(of: "content-encoding").isEmpty }

  /// The response, its body decoded.
  func response() throws(FetchError) -> Response {
    do throws(CodingError) {
      let codings = try HTTPCoding.applied(in: fields)
      if codings.contains(.brotli) { throw CodingError.unknown(HTTPCoding.brotli.name) }  // not asked for
      // Redirects and errors without content often name a coding. A page that does is one that lost everything.
      if codedBody.isEmpty, status == 200, let coding = codings.last { throw CodingError.damaged(coding.name) }
      let body = codedBody.isEmpty ? [] : try HTTPCoding.decode(codedBody, codings, limit: bodyLimit)
      return Response(url: target.url, at: at, status: status, fields: fields, body: body)
    } catch { throw FetchError(error) }
  }
}

extension HTTPCoding {
  /// The Accept-Encoding field. Not deflate, which means two formats in practice, nor br; docs/decisions/0009 says more.
  static let accepted = "gzip, zstd"
}

extension FetchError {
  /// A body that could not be decoded.
  init(_ error: CodingError) {
    switch error {
    case .unknown(let name): self = .unknownCoding(name)
    case .mismatch(let name): self = .codingMismatch(name)
    case .damaged(let name): self = .damagedCoding(name)
    case .tooLarge(let limit): self = .bodyTooLarge(limitBytes: limit)
    case .unavailable(let detail): self = .transferFailed(code: 27, detail: detail)  // CURLE_OUT_OF_MEMORY
    }
  }
}
