/// Header fields that a source wants sent with each request, such as Authorization.
public struct RequestFields: Hashable, Sendable {
  /// `Name: value`, in order.
  public let lines: [String]

  /// Why a field cannot be sent.
  public enum Invalid: Error, Hashable, Sendable {
    /// Not `Name: value` with a name of the characters that RFC 9110 §5.6.2 calls a token.
    case notAField(String)
    /// The value holds a control character.
    case control(name: String)
    /// The request makes it itself.
    case own(name: String)

    public var code: String { "bad-field" }
    public var message: String {
      switch self {
      case .notAField(let line): "not a header field `Name: value`: \(line)"
      case .control(let name): "the value of the header field \(name) holds a control character"
      case .own(let name): "the header field \(name) is set by stet itself"
      }
    }
  }

  /// What frames the message, negotiates its form or asks for a part is ours to say; another User-Agent and cookies have
  /// settings of their own.
  private static let own: Set<String> = [
    "accept-encoding", "connection", "content-length", "cookie", "expect", "host", "if-match", "if-modified-since",
    "if-none-match", "if-range", "if-unmodified-since", "keep-alive", "proxy-authorization", "proxy-connection",
    "range",
    "te", "trailer", "transfer-encoding", "upgrade", "user-agent",
  ]

  /// None.
  public init() { lines = [] }

  /// From lines `Name: value`, white space around the value ignored.
  public init(lines: [String]) throws(Invalid) {
    var taken: [String] = []
    for line in lines {
      let bytes = Array(line.utf8)
      guard let colon = bytes.firstIndex(of: UInt8(ascii: ":")), colon > 0, bytes[..<colon].allSatisfy(Self.isToken)
      else { throw .notAField(line) }
      let name = String(decoding: bytes[..<colon], as: UTF8.self)
      guard !Self.own.contains(name.lowercased()) else { throw .own(name: name) }
      let blank: (UInt8) -> Bool = { $0 == 32 || $0 == 9 }
      let value = bytes[(colon + 1)...].drop(while: blank).reversed().drop(while: blank).reversed()
      guard value.allSatisfy({ $0 >= 32 && $0 != 127 || $0 == 9 }) else { throw .control(name: name) }
      // To libcurl `Name:` means "leave it out" and `Name;` means "send it empty".
      taken.append(value.isEmpty ? name + ";" : name + ": " + String(decoding: value, as: UTF8.self))
    }
    self.lines = taken
  }

  private static func isToken(_ byte: UInt8) -> Bool {
    switch byte {
    case 48...57, 65...90, 97...122: true
    default: "!#$%&'*+-.^_`|~".utf8.contains(byte)
    }
  }
}
