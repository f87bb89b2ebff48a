import JSON
import Model
import Storage

/// Whose habits an index server has: the two that tools are written for.
enum CDXDialect: Sendable {
  /// CDXJ unless asked otherwise; JSON is an object a line; a plain filter is text that the field contains.
  case pywb
  /// Columns unless asked otherwise; JSON is an array of arrays, the first of which names the columns; a plain filter is a
  /// regular expression for the whole field.
  case wayback
}

/// What an index says of a capture, by pywb's names.
enum CDXField: String, Hashable, Sendable, CaseIterable {
  case urlkey, timestamp, url, mime, status, digest, redirect, robotflags, length, offset, filename

  /// Reads a name of either dialect, or a letter of the CDX format; nil when there is no such field.
  init?(_ name: String) {
    if let field = CDXField(rawValue: name) {
      self = field
      return
    }
    switch name {
    case "original", "u", "a": self = .url
    case "mimetype", "m": self = .mime
    case "statuscode", "s": self = .status
    case "d", "k": self = name == "k" ? .urlkey : .digest
    case "t": self = .timestamp
    case "l": self = .length
    case "o": self = .offset
    case "f": self = .filename
    default: return nil
    }
  }

  func name(in dialect: CDXDialect) -> String {
    guard dialect == .wayback else { return rawValue }
    return switch self {
    case .url: "original"
    case .mime: "mimetype"
    case .status: "statuscode"
    default: rawValue
    }
  }

  /// Those that are listed when nothing else is asked for.
  static let usual: [CDXField] = [.urlkey, .timestamp, .url, .mime, .status, .digest, .length]
}

/// A line of the index.
struct CDXRow: Sendable {
  let key: String
  let entry: IndexedCapture
  /// Without parameters; `warc/revisit` of a revisit; nil when the response did not say.
  let mime: String?
  /// Of a revisit whose original is to be looked through, the original's.
  let status: Int

  /// Nil when it is not known, as where in a file a record lies: an archive of Stet's is no WARC.
  func value(of field: CDXField) -> String? {
    switch field {
    case .urlkey: key
    case .timestamp: Timestamp.text(entry.at)
    case .url: LinkedURL.whole(entry.url)
    case .mime: mime
    case .status: String(status)
    // A 304 of which nothing is known has no octets.
    case .digest: (entry.payload ?? Digest(of: [])).description
    case .length: String(entry.size ?? 0)
    case .redirect, .robotflags, .offset, .filename: nil
    }
  }

  /// Key, timestamp and a JSON object, as pywb writes them.
  func cdxj(_ fields: [CDXField]) -> String {
    "\(key) \(Timestamp.text(entry.at)) \(json(fields.filter { $0 != .urlkey && $0 != .timestamp }, .pywb))"
  }

  /// A JSON object of those fields that are known.
  func json(_ fields: [CDXField], _ dialect: CDXDialect) -> String {
    let members = fields.compactMap { field in
      value(of: field).map { "\(Self.quoted(field.name(in: dialect))): \(Self.quoted($0))" }
    }
    return "{" + members.joined(separator: ", ") + "}"
  }

  /// A JSON array of all fields, `-` for those that are not known.
  func array(_ fields: [CDXField]) -> String {
    "[" + fields.map { Self.quoted(value(of: $0) ?? "-") }.joined(separator: ", ") + "]"
  }

  /// Columns, `-` for those that are not known.
  func columns(_ fields: [CDXField]) -> String {
    fields.map { value(of: $0) ?? "-" }.joined(separator: " ")
  }

  static func quoted(_ text: String) -> String {
    var out: [UInt8] = []
    out.appendJSONString(Array(text.utf8))
    return String(decoding: out, as: UTF8.self)
  }
}
