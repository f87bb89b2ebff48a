import HTTPAnswers

/// A request as it came over the wire, for `Front`.
public struct Incoming: Sendable {
  public let method: String
  /// Path and query, as sent.
  public let target: String
  public let fields: [(name: String, value: String)]
  /// Empty unless the method is POST.
  public let body: [UInt8]

  public init(method: String, target: String, fields: [(name: String, value: String)], body: [UInt8] = []) {
    (self.method, self.target, self.fields, self.body) = (method, target, fields, body)
  }

  func field(_ name: String) -> String? { fields.first(named: name) }
}

/// What goes over the wire, whole but for the length.
public struct Reply: Sendable {
  public var status: Int
  public var fields: [(name: String, value: String)]
  public var body: [UInt8]
  /// What kind of page it is, for counts.
  var route: String
  /// Edits as they come, after the fields, instead of a body.
  public var events: EventStream?

  init(status: Int, fields: [(name: String, value: String)] = [], body: [UInt8] = [], route: String) {
    (self.status, self.fields, self.body, self.route) = (status, fields, body, route)
  }

  /// The first field of that name, whatever its case.
  public func field(_ name: String) -> String? { fields.first(named: name) }

  /// Adds a field unless there is one of that name.
  mutating func set(_ name: String, _ value: String) {
    if field(name) == nil { fields.append((name, value)) }
  }

  /// What an answer becomes: tagged, said how long it stays right, compressed where it is wanted and helps.
  ///
  /// - Parameters:
  ///   - archive: the state of the archive that it was made from.
  ///   - minute: when that was, in minutes from 1970.
  init(_ answer: Answer, archive: String, minute: Int64 = 0, path: String, isCompressed: Bool) {
    let segment = path.split(separator: "/", maxSplits: 1).first.map(String.init) ?? ""
    self.init(
      status: answer.status, fields: answer.fields, body: answer.body,
      route: answer.route ?? (answer.status < 400 ? "/\(segment)" : "other"))
    // An answer that varies with other fields of the request says itself what it is.
    let isPlain = answer.field("Vary") == nil && answer.status < 400
    var mark = ""
    if Compression.isFit(answer.field("Content-Type")), answer.field("Content-Encoding") == nil {
      fields.append(("Vary", "Accept-Encoding"))
      if isCompressed, let smaller = Compression.gzip(body) {
        body = smaller
        fields.append(("Content-Encoding", "gzip"))
        mark = EntityTags.compressed
      }
    }
    switch answer.validity {
    case .immutable(let tag):
      set("ETag", "\"\(tag)\(mark)\"")
      set("Cache-Control", "public, max-age=31536000, immutable")
    case .content(let tag) where answer.status < 400:
      set("ETag", "\"\(tag)\(mark)\"")
      set("Cache-Control", "no-cache")
    case .archive where isPlain:
      set("ETag", "W/\"\(archive)\"")
      set("Cache-Control", "no-cache")
    case .minute where isPlain:
      set("ETag", "W/\"\(Self.tag(archive, minute))\"")
      set("Cache-Control", "no-cache")
    case .content, .archive, .minute: set("Cache-Control", "no-cache")
    case .moment: set("Cache-Control", "no-store")
    }
  }

  /// The tag of answers that stay for a minute.
  static func tag(_ archive: String, _ minute: Int64) -> String { "\(archive).\(minute)" }

  /// The same without its body, for who has it already (RFC 9110 §15.4.5).
  func notModified() -> Reply {
    let kept: Set<String> = ["etag", "cache-control", "vary", "content-location", "date", "expires"]
    return Reply(status: 304, fields: fields.filter { kept.contains($0.name.lowercased()) }, route: route)
  }

  /// What all answers tell a browser; what an answer says itself stands. Not so a 304: its fields would take the place of those
  /// that came with the page (RFC 9111 §3.2).
  mutating func secure() {
    guard status != 304 else { return }
    set(
      "Content-Security-Policy", "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'")
    set("X-Content-Type-Options", "nosniff")
    // Not no-referrer: a form sent under that has no origin to be checked.
    set("Referrer-Policy", "same-origin")
    set("Cross-Origin-Opener-Policy", "same-origin")
    set("Cross-Origin-Resource-Policy", "same-origin")
  }
}
