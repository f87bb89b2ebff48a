import Model

/// A request as the archive's pages see it: no sockets, no clock.
///
/// HEAD reaches no answerer: whoever serves asks as GET and keeps the body back.
public struct Question: Sendable {
  /// In capitals: GET, or POST where writing is allowed and the token was right; anything else answers to `Allow`.
  public let method: String
  /// As it was sent, percent-encoded; begins with a slash.
  public let path: String
  /// The path's segments, decoded; a slash inside one was `%2F`. `/a/b` and `/a/b/` differ by a last empty segment; `/` has
  /// one that is empty.
  public let segments: [String]
  /// After the `?`, as it was sent; nil when there is none.
  public let rawQuery: String?
  /// The query's pairs in order, decoded.
  public let query: [(name: String, value: String)]
  /// Header fields, names in any case.
  public let fields: [(name: String, value: String)]
  /// What was posted; empty for GET.
  public let body: [UInt8]
  public let now: Instant
  /// Scheme, host and port as the client knows them, no slash at the end: `http://127.0.0.1:8040`.
  public let base: String
  /// Whether the server takes writes from who has the token; pages then show forms.
  public let takesWrites: Bool

  /// Below this stands another site's URL, of any time: its octets need not be UTF-8, and stay encoded then.
  static let quoting = "/web/"

  /// Why a target cannot be answered at all.
  public enum Invalid: Error, Hashable, Sendable {
    /// Does not begin with a slash, or a percent sign is not followed by two hexadecimal digits.
    case path
    /// The path's octets are not UTF-8, where they have to be, or hold a NUL.
    case encoding
    /// More pairs than `FormFields.limit`.
    case query

    public var message: String {
      switch self {
      case .path: "the path is malformed"
      case .encoding: "the path is not UTF-8"
      case .query: "the query has more than \(FormFields.limit) parameters"
      }
    }
  }

  /// - Parameter target: path and query as on the request line (RFC 9112 §3.2.1).
  public init(
    method: String = "GET", target: String, fields: [(name: String, value: String)] = [], body: [UInt8] = [],
    now: Instant, base: String, takesWrites: Bool = false
  ) throws(Invalid) {
    let mark = target.utf8.firstIndex(of: UInt8(ascii: "?"))
    path = String(target[..<(mark ?? target.endIndex)])
    rawQuery = mark.map { String(target[target.utf8.index(after: $0)...]) }
    guard path.utf8.first == UInt8(ascii: "/") else { throw .path }
    let isQuoting = path.hasPrefix(Self.quoting)
    var segments: [String] = []
    for part in path.utf8.dropFirst().split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false) {
      guard let octets = PercentCoding.decoded(part) else { throw .path }
      guard !octets.contains(0) else { throw .encoding }
      guard let text = String(validating: octets, as: UTF8.self) ?? (isQuoting ? String(Substring(part)) : nil) else {
        throw .encoding
      }
      segments.append(text)
    }
    self.segments = segments
    guard let query = FormFields.read(rawQuery?.utf8 ?? "".utf8) else { throw .query }
    self.query = query
    (self.method, self.fields, self.body) = (method, fields, body)
    (self.now, self.base, self.takesWrites) = (now, base, takesWrites)
  }

  /// The first field of that name, whatever its case.
  public func field(_ name: String) -> String? { fields.first(named: name) }

  /// The first query parameter of that name.
  public subscript(query name: String) -> String? { query.first { $0.name == name }?.value }

  /// All query parameters of that name.
  public func all(query name: String) -> [String] { query.filter { $0.name == name }.map(\.value) }

  /// Whether one of these texts, or a query parameter of one of these names, is a time that moves on with the clock (`7d`): what
  /// is answered does too, then.
  public func isRelative(_ names: Set<String>, _ texts: String...) -> Bool {
    (texts + query.filter { names.contains($0.name) }.map(\.value)).contains {
      TypedTime($0, now: now)?.isRelative == true
    }
  }

  /// The pairs of a posted form (application/x-www-form-urlencoded); nil when it is no form or has too many.
  public var form: [(name: String, value: String)]? {
    guard let type = field("Content-Type")?.split(separator: ";").first,
      type.lowercased() == "application/x-www-form-urlencoded"
    else { return nil }
    return FormFields.read(body)
  }
}
