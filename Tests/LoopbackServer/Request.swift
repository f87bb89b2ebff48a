/// One request as the loopback server received it.
public struct Request: Sendable {
  public let method: String
  /// The request target as sent, query included: `/a?b=c`.
  public let path: String
  /// In the order they came, names and values as sent.
  public let headers: [(String, String)]
  /// Empty when the request brought none. Only bodies with a Content-Length are read.
  public let body: [UInt8]
  /// Which connection it came over: 1 for the first that the server accepted.
  public let connection: Int

  public init(method: String, path: String, headers: [(String, String)], body: [UInt8], connection: Int) {
    (self.method, self.path, self.headers, self.body, self.connection) = (method, path, headers, body, connection)
  }

  /// The value of the first field of that name, whatever its case; nil when there is none.
  public subscript(name: String) -> String? {
    let wanted = name.lowercased()
    return headers.first { $0.0.lowercased() == wanted }?.1
  }
}

extension Request {
  /// From the bytes of a header section, the empty line left out (RFC 9112 §2.1). Nil when there is no request line.
  init?(head: ArraySlice<UInt8>, body: [UInt8], connection: Int) {
    var lines = head.split(separator: 10, omittingEmptySubsequences: true)[...]
    guard let first = lines.popFirst() else { return nil }
    let parts = String(decoding: first, as: UTF8.self).split(whereSeparator: { $0 == " " || $0 == "\r" || $0 == "\r\n" }
    )
    guard parts.count == 3, parts[2].hasPrefix("HTTP/1.") else { return nil }
    (method, path) = (String(parts[0]), String(parts[1]))
    headers = Self.fields(in: lines)
    (self.body, self.connection) = (body, connection)
  }

  /// Name and value of each line that has a colon, white space around the value removed.
  static func fields(in lines: ArraySlice<ArraySlice<UInt8>>) -> [(String, String)] {
    lines.compactMap { line in
      guard let colon = line.firstIndex(of: UInt8(ascii: ":")) else { return nil }
      var value = line[(colon + 1)...]
      while let end = value.last, end == 13 || end == 32 || end == 9 { value.removeLast() }
      while let start = value.first, start == 32 || start == 9 { value.removeFirst() }
      return (String(decoding: line[..<colon], as: UTF8.self), String(decoding: value, as: UTF8.self))
    }
  }
}
