import HTTPAnswers
import Model

/// What an address below `/web/` asks for, as web archives have written them since 2001.
enum ReplayAddress: Hashable, Sendable {
  /// The archive's choice of a capture (TimeGate, RFC 7089 §1.1).
  case timeGate(ArchivedURL, Form)
  /// One capture (URI-M), or the nearest to a time.
  case memento(Timestamp, Form, ArchivedURL)
  /// All captures (TimeMap), or those of some span.
  case timeMap(TimeMapFormat, Timestamp?, Timestamp?, ArchivedURL)
  /// All captures, for people; with a star at the end, of all URLs that begin alike.
  case history(String)

  /// How a capture is shown.
  enum Form: String, Hashable, Sendable {
    /// As a page that can do no harm.
    case page = ""
    /// The octets as they came.
    case raw = "id_"
  }

  enum TimeMapFormat: String, Hashable, Sendable {
    case link, cdxj, json
  }

  enum Invalid: Error, Hashable, Sendable {
    case noURL
    case timestamp(String)
    case format(String)

    var message: String {
      switch self {
      case .noURL: "no URL follows: an address is /web/20261103120000/https://example.org/"
      case .timestamp(let text): "\"\(text)\" is no time: 4 to 14 digits, yyyyMMddHHmmss"
      case .format(let text): "there is no TimeMap in \"\(text)\": link, cdxj or json"
      }
    }
  }

  static let prefix = "/web/"

  /// Reads a path that begins with `/web/`, as it was sent, and the query, which is part of the URL asked for.
  init(path: String, query: String?) throws(Invalid) {
    let rest = path.dropFirst(Self.prefix.count)
    func url(_ text: Substring) throws(Invalid) -> ArchivedURL {
      guard let url = ArchivedURL(text + (query.map { "?" + $0 } ?? "")) else { throw .noURL }
      return url
    }
    let (first, after) = Self.split(rest)
    if first == "timemap", let after {
      let (name, target) = Self.split(after)
      guard let format = TimeMapFormat(rawValue: String(name)) else { throw .format(String(name)) }
      guard let target else { throw .noURL }
      let (span, behind) = Self.split(target)
      if let behind, let (from, until) = try Self.span(span) {
        self = .timeMap(format, from, until, try url(behind))
      } else {
        self = .timeMap(format, nil, nil, try url(target))
      }
      return
    }
    if let after, first.contains("*"), first.allSatisfy({ $0 == "*" || $0.isASCIIDigit }) {
      self = .history(after + (query.map { "?" + $0 } ?? ""))
      return
    }
    let digits = first.prefix(while: \.isASCIIDigit)
    let modifier = first[digits.endIndex...]
    guard let after, modifier.isEmpty ? !digits.isEmpty : Self.isModifier(modifier) else {
      self = .timeGate(try url(rest), .page)
      return
    }
    let form: Form = modifier == "id_" ? .raw : .page
    guard !digits.isEmpty else {
      self = .timeGate(try url(after), form)
      return
    }
    guard let at = Timestamp(digits) else { throw .timestamp(String(digits)) }
    self = .memento(at, form, try url(after))
  }

  /// Up to the first slash, and behind it; nil when there is none.
  private static func split(_ text: Substring) -> (Substring, Substring?) {
    guard let slash = text.utf8.firstIndex(of: UInt8(ascii: "/")) else { return (text, nil) }
    return (text[..<slash], text[text.utf8.index(after: slash)...])
  }

  /// `20260101-20260630`, either end left out; nil when it is none.
  private static func span(_ text: Substring) throws(Invalid) -> (Timestamp?, Timestamp?)? {
    let ends = text.split(separator: "-", omittingEmptySubsequences: false)
    guard ends.count == 2, text != "-", ends.allSatisfy({ $0.allSatisfy(\.isASCIIDigit) }) else { return nil }
    var out: [Timestamp?] = []
    for end in ends {
      let time = Timestamp(end)
      guard time != nil || end.isEmpty else { throw .timestamp(String(end)) }
      out.append(time)
    }
    return (out[0], out[1])
  }

  /// Lower-case letters and an underscore: `id_`, `mp_`, `if_`. All but the first ask for a form to look at, of which there
  /// is one.
  private static func isModifier(_ text: Substring) -> Bool {
    text.utf8.count >= 2 && text.utf8.count <= 5 && text.hasSuffix("_")
      && text.utf8.dropLast().allSatisfy { (97...122).contains($0) }
  }
}

extension Character {
  fileprivate var isASCIIDigit: Bool { ("0"..."9").contains(self) }
}
