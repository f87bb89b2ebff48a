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
    let codings = try ContentCoding.applied(in: fields)
    // Redirects and errors without content often name a coding. A page that does is one that lost everything.
    if codedBody.isEmpty, status == 200, let coding = codings.last { throw .damagedCoding(coding.name) }
    let body = codedBody.isEmpty ? [] : try ContentCoding.decode(codedBody, codings, limit: bodyLimit)
    return Response(url: target.url, at: at, status: status, fields: fields, body: body)
  }
}
