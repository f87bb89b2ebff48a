import Foundation
import JSON
import Model

/// Captures as JSON Lines: what `export jsonl` writes and `import jsonl` reads. docs/FORMAT.md lists the keys.
public enum CaptureLine {
  /// Why a line is no capture.
  public struct Invalid: Error, Hashable, Sendable {
    public let reason: String
  }

  /// Reads one line. Only `url` and `captured_at` are demanded; `status` is 200 when absent. Unknown keys are passed over.
  public static func decode(_ line: [UInt8]) throws(Invalid) -> CaptureInput {
    var parts = Parts()
    do {
      var scanner = JSONScanner(line)
      try scanner.object { (key, scanner) throws(JSONError) in try parts.read(key, from: &scanner) }
      try scanner.end()
    } catch { throw Invalid(reason: "not JSON: \(error)") }
    return try parts.capture()
  }

  /// Writes one capture as a line, LF included. The body is text when it is UTF-8, else base64.
  public static func encode(_ capture: CaptureInput, digest: Digest) -> [UInt8] {
    let response = capture.response
    var out: [UInt8] = []
    out.reserveCapacity(response.body.count + response.body.count / 8 + 1024)
    out += Array("{\"url\":".utf8)
    out.appendJSONString(Array(response.url.utf8))
    func member(_ name: String, _ value: JSONValue) { out += Array(",\"\(name)\":".utf8) + value.utf8 }
    if !capture.article.utf8.elementsEqual(response.url.utf8) { member("article", .string(capture.article)) }
    member("captured_at", .string(response.at.description))
    if capture.sequence != 0 { member("seq", JSONValue(capture.sequence)) }
    member("status", JSONValue(response.status))
    let pairs = response.fields.pairs
    if HTTPFields(pairs) == response.fields {
      member("fields", .array(pairs.map { .array([.string($0.name), .string($0.value)]) }))
    } else {
      member("fields_base64", .string(Data(response.fields.canonicalBytes).base64EncodedString()))
    }
    if response.status != 304 {
      if isUTF8(response.body) {
        out += Array(",\"body\":".utf8)
        out.appendJSONString(response.body)
      } else {
        member("body_base64", .string(Data(response.body).base64EncodedString()))
      }
    }
    if let origin = capture.origin { member("origin", .string(origin)) }
    if let refersTo = capture.refersTo { member("refers_to", .string(refersTo.description)) }
    if let via = capture.via { member("via", .string(via.description)) }
    member("digest", .string(digest.description))
    out += Array("}\n".utf8)
    return out
  }

  /// Whether it is the name of an origin.
  static func isOrigin(_ text: String) -> Bool {
    text.hasPrefix("ed25519:") && text.utf8.count == 72 && [UInt8](hexadecimal: text.utf8.dropFirst(8)) != nil
  }

  private static func isUTF8(_ bytes: [UInt8]) -> Bool {
    (try? UTF8Span(validating: bytes.span)) != nil  // invalid is an answer here, not an error
  }
}

/// A line's members as they are met.
private struct Parts {
  var url: String?
  var article: String?
  var capturedAt: String?
  var sequence: Int64 = 0
  var status: Int64 = 200
  var fields: [(name: String, value: String)] = []
  var fieldsBase64: String?
  var contentType: String?
  var body: [UInt8]?
  var bodyBase64: [UInt8]?
  var origin: String?
  var refersTo: String?
  var via: String?
  var digest: String?
  var omitted: JSONValue?
  /// Members that are of the wrong type.
  var wrong: [String] = []

  mutating func read(_ key: String, from scanner: inout JSONScanner) throws(JSONError) {
    switch key {
    case "body": try bytes(key, &scanner) { $0.body = $1 }
    case "body_base64": try bytes(key, &scanner) { $0.bodyBase64 = $1 }
    case "url": try text(key, &scanner) { $0.url = $1 }
    case "article": try text(key, &scanner) { $0.article = $1 }
    case "captured_at": try text(key, &scanner) { $0.capturedAt = $1 }
    case "content_type": try text(key, &scanner) { $0.contentType = $1 }
    case "fields_base64": try text(key, &scanner) { $0.fieldsBase64 = $1 }
    case "origin": try text(key, &scanner) { $0.origin = $1 }
    case "refers_to": try text(key, &scanner) { $0.refersTo = $1 }
    case "via": try text(key, &scanner) { $0.via = $1 }
    case "digest": try text(key, &scanner) { $0.digest = $1 }
    case "seq": try number(key, &scanner) { $0.sequence = $1 }
    case "status": try number(key, &scanner) { $0.status = $1 }
    case "fields": try readFields(&scanner)
    case "omitted": omitted = try scanner.value()
    default: _ = try scanner.value()
    }
  }

  /// A string's octets without a detour by String; null is as if absent.
  private mutating func bytes(
    _ key: String, _ scanner: inout JSONScanner, _ set: (inout Parts, [UInt8]) -> Void
  ) throws(JSONError) {
    if scanner.isString {
      set(&self, try scanner.stringBytes())
    } else if try scanner.value() != .null {
      wrong.append(key)
    }
  }

  private mutating func text(
    _ key: String, _ scanner: inout JSONScanner, _ set: (inout Parts, String) -> Void
  ) throws(JSONError) {
    switch try scanner.value() {
    case .string(let text): set(&self, text)
    case .null: break
    default: wrong.append(key)
    }
  }

  private mutating func number(
    _ key: String, _ scanner: inout JSONScanner, _ set: (inout Parts, Int64) -> Void
  ) throws(JSONError) {
    let value = try scanner.value()
    if let number = value.int { set(&self, number) } else if value != .null { wrong.append(key) }
  }

  private mutating func readFields(_ scanner: inout JSONScanner) throws(JSONError) {
    let value = try scanner.value()
    guard let items = value.array else {
      if value != .null { wrong.append("fields") }
      return
    }
    for item in items {
      guard let pair = item.array, pair.count == 2, let name = pair[0].string, let value = pair[1].string else {
        wrong.append("fields")
        return
      }
      fields.append((name, value))
    }
  }

  func capture() throws(CaptureLine.Invalid) -> CaptureInput {
    func invalid(_ reason: String) -> CaptureLine.Invalid { CaptureLine.Invalid(reason: reason) }
    if let omitted {
      let (url, reason) = (omitted["url"]?.string ?? "a capture", omitted["reason"]?.string ?? "no reason is given")
      throw invalid(
        "left out when the file was written: \(url)\(omitted["captured_at"]?.string.map { " at \($0)" } ?? ""): \(reason)"
      )
    }
    if let key = wrong.first { throw invalid("\"\(key)\" is of the wrong type") }
    guard let url else { throw invalid("\"url\" is missing") }
    for name in [url, article ?? url] {
      guard let first = name.utf8.first, let last = name.utf8.last, first > 32, last > 32 else {
        throw invalid("URL \"\(name)\" is empty, or has white space at its ends")
      }
      do throws(WebURL.Invalid) { _ = try WebURL(name) } catch { throw invalid("URL \"\(name)\": \(error.reason)") }
    }
    guard let capturedAt else { throw invalid("\"captured_at\" is missing") }
    guard let at = Instant(capturedAt) else {
      throw invalid("\"captured_at\" is no RFC 3339 instant: \"\(capturedAt)\"")
    }
    guard (100...599).contains(status) else { throw invalid("\"status\" is not from 100 to 599: \(status)") }
    if let origin, !CaptureLine.isOrigin(origin) { throw invalid("\"origin\" is no ed25519 key: \"\(origin)\"") }
    var body = self.body ?? []
    if let bodyBase64 {
      guard let data = Data(base64Encoded: Data(bodyBase64)) else { throw invalid("\"body_base64\" is not base64") }
      body = [UInt8](data)
    }
    let response = Response(
      url: url, at: at, status: Int(status), fields: try headerFields(), body: status == 304 ? [] : body)
    guard refersTo == nil || status == 304 else { throw invalid("\"refers_to\" belongs to a 304, not to a \(status)") }
    let input = CaptureInput(
      article: article ?? url, origin: origin, response: response, sequence: sequence,
      refersTo: try digest(refersTo, "refers_to"), via: try digest(via, "via"))
    if let stated = try digest(self.digest, "digest") {
      let capture = Capture(
        origin: origin, url: url, at: at, sequence: sequence, status: Int(status), fields: response.fields.digest,
        payload: status == 304 ? nil : Digest(of: response.body), refersTo: input.refersTo)
      guard capture.digest == stated else {
        throw invalid("the capture has digest \(capture.digest), not the one the line states")
      }
    }
    return input
  }

  private func headerFields() throws(CaptureLine.Invalid) -> HTTPFields {
    if let fieldsBase64 {
      guard let data = Data(base64Encoded: fieldsBase64) else {
        throw CaptureLine.Invalid(reason: "\"fields_base64\" is not base64")
      }
      let fields = HTTPFields(canonicalBytes: [UInt8](data))
      let lines = data.split(separator: 10, omittingEmptySubsequences: false).dropLast().map { [UInt8]($0) }
      guard HTTPFields(lines: lines) == fields else {
        throw CaptureLine.Invalid(reason: "\"fields_base64\" is not in canonical form")
      }
      return fields
    }
    let pairs = fields.isEmpty ? contentType.map { [(name: "Content-Type", value: $0)] } ?? [] : fields
    guard let made = HTTPFields(pairs) else {
      throw CaptureLine.Invalid(reason: "\"fields\" holds a name or value that HTTP does not allow")
    }
    return made
  }

  private func digest(_ text: String?, _ key: String) throws(CaptureLine.Invalid) -> Digest? {
    guard let text else { return nil }
    guard let digest = Digest(text) else {
      throw CaptureLine.Invalid(reason: "\"\(key)\" is no SHA-256 digest: \"\(text)\"")
    }
    return digest
  }
}
