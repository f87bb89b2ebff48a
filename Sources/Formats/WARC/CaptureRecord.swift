import Foundation
import Model

/// A capture as a WARC record: a `response`, or a `revisit` that refers to the record with its payload. docs/FORMAT.md,
/// "WARC, CDXJ and WACZ", lists the named fields.
public struct CaptureRecord: Sendable {
  /// The record that has a revisit's payload.
  public struct Original: Hashable, Sendable {
    public let record: String
    public let url: String
    public let at: Instant
    public let payload: Digest

    public init(record: String, url: String, at: Instant, payload: Digest) {
      (self.record, self.url, self.at, self.payload) = (record, url, at, payload)
    }
  }

  private let input: CaptureInput
  private let digest: Digest
  private let payload: Digest
  private let payloadSize: Int?
  private let original: Original?

  /// - Parameters:
  ///   - input: the body may be left out of a revisit.
  ///   - digest: the capture's.
  ///   - payload: of the body; of a 304, which has none, that of no octets at all.
  ///   - payloadSize: octets of the body.
  ///   - original: makes it a revisit.
  public init(_ input: CaptureInput, digest: Digest, payload: Digest, payloadSize: Int, original: Original?) {
    (self.input, self.digest, self.payload, self.original) = (input, digest, original?.payload ?? payload, original)
    self.payloadSize = input.response.status == 304 ? nil : payloadSize
  }

  /// The name of a capture's record.
  public static func id(_ digest: Digest, isRevisit: Bool) -> String {
    RecordID.make(isRevisit ? "revisit" : "response", [digest.description])
  }

  /// The record, and its line for an index, which lacks the place in the file.
  public func written(by writer: RecordWriter) -> (record: RecordWriter.Written, line: CDXLine) {
    let response = input.response
    let head = ResponseHead(status: response.status, fields: response.fields, payloadSize: payloadSize)
    let url = TargetURI.escaped(response.url)
    // A 304's head would stand in for that of the page which it confirms: replay tools take the page's own only where a
    // revisit has none.
    let isBare = original != nil && response.status == 304
    let block = isBare ? [] : original == nil ? [head.octets, response.body] : [head.octets]
    let record = writer.write(
      fields(url, isExact: isBare ? response.fields == HTTPFields() : head.isExact), block: block)
    let isHTTP = url.hasPrefix("http:") || url.hasPrefix("https:")
    return (
      record,
      CDXLine(
        url: url, at: response.at, mime: original != nil ? "warc/revisit" : isHTTP ? head.mediaType : nil,
        status: isHTTP && !isBare ? "\(response.status)" : nil, digest: payload.description,
        length: Int64(record.length))
    )
  }

  private func fields(_ url: String, isExact: Bool) -> [(name: String, value: String)] {
    let response = input.response
    var out: [(name: String, value: String)] = [
      ("WARC-Type", original == nil ? "response" : "revisit"),
      ("WARC-Record-ID", Self.id(digest, isRevisit: original != nil)), ("WARC-Date", response.at.description),
      ("WARC-Target-URI", url), ("WARC-Payload-Digest", payload.description),
      ("Content-Type", "application/http;msgtype=response"),
    ]
    if let original {
      let profile = response.status == 304 ? "server-not-modified" : "identical-payload-digest"
      out += [
        ("WARC-Profile", "http://netpreserve.org/warc/1.1/revisit/\(profile)"), ("WARC-Refers-To", original.record),
        ("WARC-Refers-To-Target-URI", TargetURI.escaped(original.url)),
        ("WARC-Refers-To-Date", original.at.description),
      ]
    }
    out.append(("Stet-Capture", digest.description))
    if let origin = input.origin { out.append(("Stet-Origin", origin)) }
    if !input.article.utf8.elementsEqual(response.url.utf8) { out.append(("Stet-Article", input.article)) }
    if !url.utf8.elementsEqual(response.url.utf8) { out.append(("Stet-URL", response.url)) }
    if input.sequence != 0 { out.append(("Stet-Seq", "\(input.sequence)")) }
    if let refersTo = input.refersTo { out.append(("Stet-Refers-To", refersTo.description)) }
    if let via = input.via { out.append(("Stet-Via", via.description)) }
    if !isExact {
      out.append(("Stet-Fields", Data(response.fields.canonicalBytes).base64EncodedString()))
    }
    return out
  }
}

/// A URL as it may stand in a named field.
enum TargetURI {
  /// Percent-encodes what RFC 3986 allows nowhere, and leaves all else, escapes included, to the letter.
  static func escaped(_ url: String) -> String {
    guard url.utf8.contains(where: isForbidden) else { return url }
    var out: [UInt8] = []
    for octet in url.utf8 {
      if isForbidden(octet) {
        out += [UInt8(ascii: "%")] + Array(CollectionOfOne(octet).hexadecimal.uppercased().utf8)
      } else {
        out.append(octet)
      }
    }
    return String(decoding: out, as: UTF8.self)
  }

  private static func isForbidden(_ octet: UInt8) -> Bool {
    octet <= 32 || octet >= 127 || "\"<>\\^`{|}".utf8.contains(octet)
  }
}
