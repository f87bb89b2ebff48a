import Model
import Storage

/// What is asked of the index of captures: the parameters that pywb's CDX server and the Wayback Machine's have in common,
/// and those of each that mean something here (docs/MEMENTO.md).
struct CDXQuestion: Sendable {
  struct Invalid: Error, Hashable, Sendable {
    let message: String
    init(_ message: String) { self.message = message }
  }

  enum Output: String, Hashable, Sendable { case cdxj, json, text }

  /// In which order lines come.
  enum Order: Hashable, Sendable {
    case index, reverse
    case closest(Instant)
  }

  /// Lines next to each other that begin alike in a field count as one.
  struct Collapse: Hashable, Sendable {
    let fields: [CDXField]
    /// Characters of the first field that count; nil: all.
    let length: Int?
  }

  let url: ArchivedURL
  /// Nil: this URL alone.
  let scope: KeyRange.Scope?
  let from, until: Instant?
  let filters: [CDXFilter]
  let collapses: [Collapse]
  let order: Order
  /// Most lines to answer; the last ones when `isFromEnd`.
  let limit: Int
  let isFromEnd: Bool
  let offset: Int
  let fields: [CDXField]
  let output: Output
  let dialect: CDXDialect
  let resolvesRevisits: Bool
  /// The line to go on after.
  let resumeKey: ResumeKey?
  let showsResumeKey: Bool
  /// Counted from 0.
  let page: Int?
  let pageSize: Int
  let showsPageCount: Bool

  /// Most lines of one answer.
  static let mostLines = 100_000
  /// Lines of a block, in which `pageSize` counts.
  static let blockSize = 3000

  init(_ parameters: [(name: String, value: String)], _ dialect: CDXDialect) throws(Invalid) {
    let given = Parameters(all: parameters)
    self.dialect = dialect
    (url, scope) = try Self.target(given)
    from = try given.time("from", "from_ts")?.earliest
    until = try given.time("to")?.latest
    var filters: [CDXFilter] = []
    for text in given.all("filter") { filters.append(try CDXFilter(text, dialect)) }
    self.filters = filters
    collapses = try Self.collapses(given)
    order = try Self.order(given)
    let limit = try given.number("limit") ?? Self.mostLines
    isFromEnd = limit < 0
    self.limit = min(abs(max(limit, -Self.mostLines)), Self.mostLines)
    offset = max(0, try given.number("offset") ?? 0)
    fields = try Self.fields(given)
    let named = given["output"] ?? (dialect == .pywb ? "cdxj" : "text")
    guard let output = Output(rawValue: named) else {
      throw Invalid("there is no output \"\(named)\": cdxj, json or text")
    }
    self.output = output
    resolvesRevisits = given.flag("resolveRevisits")
    resumeKey = try given["resumeKey"].map { text throws(Invalid) in
      guard let key = ResumeKey(text) else { throw Invalid("\"\(text)\" is no resumeKey that was given here") }
      return key
    }
    showsResumeKey = given.flag("showResumeKey")
    page = try given.number("page").flatMap { $0 < 0 ? nil : $0 }
    pageSize = min(max(try given.number("pageSize") ?? 1, 1), Self.mostLines / Self.blockSize) * Self.blockSize
    showsPageCount = given.flag("showNumPages")
    if resumeKey != nil || showsResumeKey, order != .index || isFromEnd || page != nil {
      throw Invalid("a resumeKey goes with the order of the index alone: no sort, no page, no limit below 0")
    }
  }

  private static func target(_ given: Parameters) throws(Invalid) -> (ArchivedURL, KeyRange.Scope?) {
    guard var text = given["url"], !text.isEmpty else { throw Invalid("a url= is needed") }
    let scope: KeyRange.Scope?
    switch given["matchType"] {
    case nil where text.hasPrefix("*."): (text, scope) = (String(text.dropFirst(2)), .domain)
    case nil where text.hasSuffix("*"): (text, scope) = (String(text.dropLast()), .prefix)
    case nil, "exact": scope = nil
    case "prefix": scope = .prefix
    case "host": scope = .host
    case "domain": scope = .domain
    case let other?: throw Invalid("there is no matchType \"\(other)\": exact, prefix, host or domain")
    }
    guard let url = ArchivedURL(text) else { throw Invalid("\"\(text)\" is no URL") }
    return (url, scope)
  }

  private static func collapses(_ given: Parameters) throws(Invalid) -> [Collapse] {
    var out: [Collapse] = []
    for text in given.all("collapse") {
      let parts = text.split(separator: ":", maxSplits: 1)
      guard let name = parts.first, let field = CDXField(String(name)) else {
        throw Invalid("there is no field \"\(text)\" to collapse by")
      }
      let length = parts.count > 1 ? Int(parts[1]) : nil
      guard parts.count == 1 || (length ?? 0) > 0 else {
        throw Invalid("collapse=\(text): no number follows the colon")
      }
      out.append(Collapse(fields: [field], length: length))
    }
    // pywb's own: by time, but not across statuses.
    if let length = try given.number("collapseTime") {
      guard length > 0 else { throw Invalid("collapseTime=\(length): not above 0") }
      out.append(Collapse(fields: [.timestamp, .status], length: length))
    }
    return out
  }

  private static func order(_ given: Parameters) throws(Invalid) -> Order {
    if let text = given["closest"] {
      if text == "now" { return .reverse }
      guard let at = Timestamp(text) else { throw Invalid("closest=\(text) is no time: 4 to 14 digits") }
      return .closest(at.latest)
    }
    switch given["sort"] {
    case nil, "default", "regular": return given.flag("reverse") ? .reverse : .index
    case "reverse": return .reverse
    case "closest": throw Invalid("sort=closest needs closest=, a time")
    case let other?: throw Invalid("there is no sort \"\(other)\": reverse or closest")
    }
  }

  private static func fields(_ given: Parameters) throws(Invalid) -> [CDXField] {
    guard let text = given["fl"] ?? given["fields"] else { return CDXField.usual }
    var out: [CDXField] = []
    for name in text.split(separator: ",") {
      guard let field = CDXField(String(name)) else { throw Invalid("there is no field \"\(name)\"") }
      out.append(field)
    }
    return out.isEmpty ? CDXField.usual : out
  }

  private struct Parameters {
    let all: [(name: String, value: String)]

    /// The last of that name; nil when it is absent or empty.
    subscript(name: String) -> String? { all.last { $0.name == name && !$0.value.isEmpty }?.value }

    func all(_ name: String) -> [String] { all.filter { $0.name == name && !$0.value.isEmpty }.map(\.value) }

    func flag(_ name: String) -> Bool { ["true", "1", "yes", "on"].contains(self[name]?.lowercased()) }

    func number(_ name: String) throws(Invalid) -> Int? {
      guard let text = self[name] else { return nil }
      guard let number = Int(text) else { throw Invalid("\(name)=\(text) is no number") }
      return number
    }

    func time(_ names: String...) throws(Invalid) -> Timestamp? {
      for name in names {
        guard let text = self[name] else { continue }
        guard let at = Timestamp(text) else {
          throw Invalid("\(name)=\(text) is no time: 4 to 14 digits, yyyyMMddHHmmss")
        }
        return at
      }
      return nil
    }
  }
}

/// A place in the order of the index: the last line of an answer, to go on after.
struct ResumeKey: Hashable, Sendable {
  let key: String
  let at: Instant
  let sequence: Int64
  /// Hexadecimal.
  let digest: String

  init(after row: CDXRow) {
    (key, at, sequence) = (row.key, row.entry.at, row.entry.sequence)
    digest = row.entry.digest.hexadecimal
  }

  /// Reads `text`.
  init?(_ text: String) {
    let parts = text.split(separator: " ", omittingEmptySubsequences: false)
    guard parts.count == 4, let at = Int64(parts[1]), let sequence = Int64(parts[2]), parts[3].utf8.count == 64 else {
      return nil
    }
    (key, self.at, self.sequence) = (String(parts[0]), Instant(milliseconds: at), sequence)
    digest = String(parts[3])
  }

  var text: String { "\(key) \(at.milliseconds) \(sequence) \(digest)" }

  func precedes(_ row: CDXRow) -> Bool {
    if key != row.key { return key.utf8.lexicographicallyPrecedes(row.key.utf8) }
    let (mine, other) = ((at, sequence), (row.entry.at, row.entry.sequence))
    return mine == other ? digest < row.entry.digest.hexadecimal : mine < other
  }
}
