import Model

/// One line of an index of captures: which capture of which URL lies where.
///
/// Written as CDXJ, the form of pywb and WACZ (key, timestamp, a JSON object), or as the plain CDX of eleven columns that
/// wayback machines have always read. docs/FORMAT.md, "WARC, CDXJ and WACZ".
public struct CDXLine: Hashable, Sendable {
  /// The URL as one that all who captured it have in common (`SURT`).
  public var urlKey: String
  /// Fourteen digits, UTC: `20261120100000`.
  public var timestamp: String
  public var url: String
  /// The media type without parameters; `warc/revisit` for a revisit record. Nil: none is stated.
  public var mime: String?
  /// Three digits; nil for what is no HTTP response.
  public var status: String?
  /// `sha256:…` as it stands in WARC-Payload-Digest.
  public var digest: String?
  /// Octets of the record in its file, compressed, and where it begins.
  public var length: Int64?
  public var offset: Int64?
  /// The WARC file's name without its folder.
  public var filename: String?

  public init(
    url: String, at: Instant, mime: String? = nil, status: String? = nil, digest: String? = nil, length: Int64? = nil,
    offset: Int64? = nil, filename: String? = nil
  ) {
    (urlKey, timestamp, self.url) = (SURT.key(of: url), Self.timestamp(at), url)
    (self.mime, self.status, self.digest) = (mime, status, digest)
    (self.length, self.offset, self.filename) = (length, offset, filename)
  }

  /// An instant as fourteen digits, the milliseconds cut off.
  public static func timestamp(_ at: Instant) -> String {
    String(decoding: at.description.utf8.prefix(19).filter(SURT.isDigit), as: UTF8.self)
  }

  /// The JSON object: all values are strings, all characters ASCII, absent members left out.
  public var json: String {
    var out: [UInt8] = []
    for (name, value) in members {
      guard let value else { continue }
      out += Array((out.isEmpty ? "{" : ", ").utf8)
      out.appendASCIIString(name)
      out += Array(": ".utf8)
      out.appendASCIIString(value)
    }
    return String(decoding: out + [UInt8(ascii: "}")], as: UTF8.self)
  }

  private var members: [(String, String?)] {
    [
      ("url", url), ("mime", mime), ("status", status), ("digest", digest), ("length", length.map(String.init)),
      ("offset", offset.map(String.init)), ("filename", filename),
    ]
  }

  /// The line as CDXJ, without LF: lines sort by their octets.
  public var cdxj: String { "\(urlKey) \(timestamp) \(json)" }

  /// The first line of a plain CDX file, without LF.
  public static let header = " CDX N b a m s k r M S V g"

  /// The line as plain CDX, without LF: key, timestamp, URL, media type, status, digest without its algorithm, redirect and
  /// robots flags (never known: `-`), length, offset, file name.
  public var cdx11: String {
    let digest = digest.map { $0.split(separator: ":").last.map(String.init) ?? $0 }
    let columns = [
      urlKey, timestamp, url, mime, status, digest, nil, nil, length.map(String.init), offset.map(String.init),
      filename,
    ]
    return columns.map { $0 ?? "-" }.joined(separator: " ")
  }
}

extension [UInt8] {
  /// Appends a JSON string of ASCII alone: all else is escaped, by UTF-16 code units (RFC 8259 §7).
  fileprivate mutating func appendASCIIString(_ text: String) {
    append(UInt8(ascii: "\""))
    for unit in text.utf16 {
      switch unit {
      case 0x22: self += [0x5C, 0x22]
      case 0x5C: self += [0x5C, 0x5C]
      case 8: self += Array("\\b".utf8)
      case 9: self += Array("\\t".utf8)
      case 10: self += Array("\\n".utf8)
      case 12: self += Array("\\f".utf8)
      case 13: self += Array("\\r".utf8)
      case 0x20...0x7E: append(UInt8(unit))
      default:
        let digits = Array(String(unit, radix: 16).utf8)
        self += Array("\\u".utf8) + repeatElement(48, count: 4 - digits.count) + digits
      }
    }
    append(UInt8(ascii: "\""))
  }
}
