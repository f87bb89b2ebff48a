import ContentCoding
import Model

/// Captures out of WARC records; docs/FORMAT.md, "Reading WARC and WACZ", says how and why.
public enum WARCCapture {
  /// Why a record is no capture.
  public struct Invalid: Error, Hashable, Sendable {
    public let reason: String
  }

  /// The longest body, all codings undone.
  static let maximumBodyBytes = 256 << 20

  /// Reads a `response` or `resource` record.
  /// - Parameter isCertain: false when the octets came from damaged data; then only a digest can show that they are whole.
  public static func decode(_ record: WARCRecord, isCertain: Bool = true) throws(Invalid) -> CaptureInput {
    let (url, at) = try identity(record)
    if let why = record.value("warc-truncated") {
      throw Invalid(reason: "its writer cut it short (WARC-Truncated: \(why))")
    }
    // The digest of our own captures covers all that is taken out of a record.
    let isWhole = record.isOurs ? true : try blockDigest(record)
    let isResource = record.kind == .resource
    let message = isResource ? try resource(record) : try message(record)
    let payload = try Payload(
      record.block[message.payloadStart...], of: message, isHTTP: !isResource)
    if isWhole == nil, let digest = record.value("warc-payload-digest").flatMap(LabelledDigest.init) {
      guard payload.forms.contains(where: digest.isDigest) else {
        throw Invalid(reason: "its payload has another digest than the record says")
      }
    } else if isWhole == nil, !isCertain {
      throw Invalid(reason: "it stands in damaged data, and has no digest that could show it to be whole")
    }
    let body = message.status == 304 ? [] : payload.body
    return try capture(
      record, url: url, at: at, status: message.status, fields: message.fields, body: body,
      refersTo: try digest(record, "stet-refers-to"))
  }

  /// Reads a `revisit` record.
  /// - Parameters:
  ///   - original: what it repeats, and that capture's digest.
  public static func decode(
    revisit record: WARCRecord, of original: (response: Response, digest: Digest)?, isCertain: Bool = true
  ) throws(Invalid) -> CaptureInput {
    let (url, at) = try identity(record)
    // Writers of some years gave revisits a block digest of something else: it is asked only when there is doubt.
    if !isCertain, try blockDigest(record) == nil {
      throw Invalid(reason: "it stands in damaged data, and has no digest that could show it to be whole")
    }
    let message = HTTPMessage(record.block)
    if message?.status == 304 || isNotModified(record) {
      let refersTo = record.isOurs ? try digest(record, "stet-refers-to") : original?.digest
      guard refersTo != nil || record.isOurs else {
        throw Invalid(reason: "what it says was not modified is neither in the file nor in the archive")
      }
      // Some writers leave a 304's header out: then its fields are not known.
      let fields = message?.fields ?? HTTPFields()
      return try capture(record, url: url, at: at, status: 304, fields: fields, body: [], refersTo: refersTo)
    }
    guard let original else {
      throw Invalid(reason: "the record whose payload it repeats is neither in the file nor in the archive")
    }
    let (status, fields) = (message?.status ?? original.response.status, message?.fields ?? original.response.fields)
    return try capture(record, url: url, at: at, status: status, fields: fields, body: original.response.body)
  }

  /// Whether a revisit says that the server answered 304 (profile server-not-modified).
  public static func isNotModified(_ record: WARCRecord) -> Bool {
    record.value("warc-profile").map { $0.contains("server-not-modified") } ?? false
  }

  // MARK: the parts

  private static func identity(_ record: WARCRecord) throws(Invalid) -> (url: String, at: Instant) {
    guard let url = record.statedURL ?? record.target, !url.isEmpty else {
      throw Invalid(reason: "WARC-Target-URI is missing")
    }
    do throws(WebURL.Invalid) { _ = try WebURL(url) } catch {
      throw Invalid(reason: "URL \"\(url)\": \(error.reason)")
    }
    guard let date = record.value("warc-date") else { throw Invalid(reason: "WARC-Date is missing") }
    guard let at = record.date else { throw Invalid(reason: "WARC-Date is no RFC 3339 instant: \"\(date)\"") }
    return (url, at)
  }

  /// True when the block has the digest that the record gives for it; nil when it gives none that is known here.
  static func blockDigest(_ record: WARCRecord) throws(Invalid) -> Bool? {
    guard let digest = record.value("warc-block-digest").flatMap(LabelledDigest.init) else { return nil }
    guard digest.isDigest(of: record.block) else {
      throw Invalid(reason: "its block has another digest than the record says")
    }
    return true
  }

  private static func message(_ record: WARCRecord) throws(Invalid) -> HTTPMessage {
    guard let message = HTTPMessage(record.block) else { throw Invalid(reason: "its block is no HTTP response") }
    return message
  }

  /// What came without HTTP, as an answer that a server would have given.
  private static func resource(_ record: WARCRecord) throws(Invalid) -> HTTPMessage {
    let fields = record.value("content-type").map { [(name: "Content-Type", value: $0)] } ?? []
    guard let made = HTTPFields(fields) else { throw Invalid(reason: "its Content-Type is none") }
    return HTTPMessage(status: 200, fields: made, payloadStart: record.block.startIndex)
  }

  /// Puts a capture together, with what our own files say of it besides.
  private static func capture(
    _ record: WARCRecord, url: String, at: Instant, status: Int, fields: HTTPFields, body: [UInt8],
    refersTo: Digest? = nil
  ) throws(Invalid) -> CaptureInput {
    guard let stated = try digest(record, "stet-capture") else {
      return CaptureInput(
        article: url, origin: nil, response: Response(url: url, at: at, status: status, fields: fields, body: body),
        refersTo: refersTo)
    }
    let payload = status == 304 ? nil : Digest(of: body)
    let (origin, article) = (record.value("stet-origin"), record.article)
    if let origin, !CaptureLine.isOrigin(origin) {
      throw Invalid(reason: "Stet-Origin is no ed25519 key: \"\(origin)\"")
    }
    guard let sequence = Int64(record.value("stet-seq") ?? "0") else { throw Invalid(reason: "Stet-Seq is no number") }
    // Fields that no line of HTTP gives back stand beside the lines that come nearest.
    let whole = record.value("stet-fields").flatMap { LabelledDigest.base64(Array($0.utf8)) }
    let fields = whole.map { HTTPFields(canonicalBytes: $0) } ?? OriginalFields.restored(fields)
    let attested = Capture(
      origin: origin, url: url, at: at, sequence: sequence, status: status, fields: fields.digest, payload: payload,
      refersTo: refersTo)
    guard attested.digest == stated else {
      throw Invalid(reason: "the capture has digest \(attested.digest), not the one the record states")
    }
    return CaptureInput(
      article: article ?? url, origin: origin,
      response: Response(url: url, at: at, status: status, fields: fields, body: body), payload: payload,
      sequence: sequence, refersTo: refersTo, via: try digest(record, "stet-via"))
  }

  private static func digest(_ record: WARCRecord, _ name: StaticString) throws(Invalid) -> Digest? {
    guard let text = record.value(name) else { return nil }
    guard let digest = Digest(text) else { throw Invalid(reason: "\(name) is no SHA-256 digest: \"\(text)\"") }
    return digest
  }
}

/// A stored payload and what it is with its codings undone.
private struct Payload {
  /// As it stood, and after each coding was undone: whichever of them a digest may have been made of.
  let forms: [ArraySlice<UInt8>]
  let body: [UInt8]

  /// Undoes the codings that the fields name if the payload is so coded: many archives keep the fields of what came and the
  /// octets of what it held. Half a coded payload is none.
  init(_ stored: ArraySlice<UInt8>, of message: HTTPMessage, isHTTP: Bool) throws(WARCCapture.Invalid) {
    guard isHTTP, !stored.isEmpty else {
      (forms, body) = ([stored], Array(stored))
      return
    }
    let fields = message.fields
    var forms = [stored]
    var octets = stored
    let isChunked = fields.values(of: "transfer-encoding").contains { $0.lowercased().contains("chunked") }
    if isChunked {
      switch ChunkedCoding(decoding: stored) {
      case .whole(let whole):
        octets = whole[...]
        forms.append(octets)
      case .absent: break
      case .broken: throw WARCCapture.Invalid(reason: "its chunked payload stops or goes wrong before the last chunk")
      }
    }
    var decoded: [UInt8]?
    var isCoded = false
    if !fields.octets(of: "content-encoding").isEmpty {
      do throws(CodingError) {
        let codings = try HTTPCoding.applied(in: fields)
        isCoded = !codings.isEmpty
        if isCoded, !octets.isEmpty {
          let body = try HTTPCoding.decode(Array(octets), codings, limit: WARCCapture.maximumBodyBytes)
          forms.append(body[...])
          decoded = body
        }
      } catch {
        switch error {
        case .unknown, .mismatch: break  // it was stored decoded, or in something that no client would have read
        case .damaged("br"), .damaged("deflate"):
          // Neither has a mark of its own at the start: text was stored decoded.
          guard Self.looksLikeText(octets) else { throw WARCCapture.Invalid(reason: "its payload: \(error.message)") }
        case .damaged, .tooLarge, .unavailable: throw WARCCapture.Invalid(reason: "its payload: \(error.message)")
        }
      }
    }
    // Fewer octets than the server announced are half an answer, unless a coding was undone that the length speaks of.
    if !isChunked, !isCoded, message.status != 304,
      let announced = fields.values(of: "content-length").first.flatMap({ Int($0) }), announced > stored.count,
      !fields.pairs.contains(where: { $0.name.lowercased().hasSuffix("-content-encoding") })
    {
      throw WARCCapture.Invalid(
        reason: "its payload has \(stored.count) of the \(announced) octets that were announced")
    }
    (self.forms, self.body) = (forms, decoded ?? Array(octets))
  }

  private static func looksLikeText(_ octets: ArraySlice<UInt8>) -> Bool {
    octets.prefix(1024).allSatisfy { $0 >= 32 || $0 == 9 || $0 == 10 || $0 == 12 || $0 == 13 }
  }
}
