import Model

/// What goes back for a question.
///
/// Whoever serves adds the fields that all answers have (policies for browsers, entity tags, lengths, codings); a field that
/// an answer brings itself stays as it is. An answer to GET has its body; for HEAD it is kept back later.
public struct Answer: Sendable {
  /// 200-599.
  public var status: Int
  /// `Content-Type` among them, unless the body is empty.
  public var fields: [(name: String, value: String)]
  public var body: [UInt8]
  public var validity: Validity
  /// What kind of page it is, for counts: `/articles/{article}`. Few and fixed, whatever is asked; nil: by its path's first
  /// segment.
  public var route: String?

  /// How long an answer stays right, which settles `ETag` and `Cache-Control` where the answer has none of its own.
  public enum Validity: Hashable, Sendable {
    /// For ever, under this URL: what is named by its digest. The tag is an opaque word of `A-Za-z0-9.:_-`.
    case immutable(tag: String)
    /// Until the content has another tag, such as a digest: a revision by its number, which a rebuild may change.
    case content(tag: String)
    /// Until the archive changes.
    case archive
    /// Until the archive changes or the minute is over: what says how long ago something was.
    case minute
    /// For this moment only: what depends on the time of asking.
    case moment
  }

  public init(
    status: Int = 200, type: String?, body: [UInt8], validity: Validity = .archive,
    fields: [(name: String, value: String)] = []
  ) {
    (self.status, self.body, self.validity) = (status, body, validity)
    self.fields = (type.map { [("Content-Type", $0)] } ?? []) + fields
  }

  public static func html(_ text: String, status: Int = 200, validity: Validity = .archive) -> Answer {
    Answer(status: status, type: "text/html; charset=utf-8", body: Array(text.utf8), validity: validity)
  }

  public static func plain(_ text: String, status: Int = 200, validity: Validity = .moment) -> Answer {
    Answer(status: status, type: "text/plain; charset=utf-8", body: Array(text.utf8), validity: validity)
  }

  /// - Parameter to: an absolute URL, or a path.
  public static func redirect(to location: String, status: Int = 302, validity: Validity = .moment) -> Answer {
    Answer(status: status, type: nil, body: [], validity: validity, fields: [("Location", location)])
  }

  /// A tag made of what is to be sent: the beginning of its digest.
  public static func tag(of body: [UInt8]) -> String { String(Digest(of: body).hexadecimal.prefix(32)) }

  /// The first field of that name, whatever its case.
  public func field(_ name: String) -> String? { fields.first(named: name) }
}
