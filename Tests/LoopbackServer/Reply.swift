/// What the loopback server answers: a well-formed reply, bytes as they are, or a script that misbehaves at leisure.
public struct Reply: Sendable {
  public var status: Int
  /// Content-Length is added when it is not here (and the status may have content).
  public var headers: [(String, String)]
  public var body: [UInt8]
  /// When set, it writes everything itself, status line included, and the members above are not looked at.
  var script: (@Sendable (ReplyWriter) -> Ending)?

  /// What becomes of the connection after a reply.
  public enum Ending: Sendable {
    /// The next request may come over it.
    case keep
    /// Closed in order (FIN).
    case close
    /// Held open in silence until the client leaves or the server stops.
    case stall
    /// Torn down (RST).
    case reset
  }

  public init(status: Int = 200, headers: [(String, String)] = [], body: [UInt8] = []) {
    (self.status, self.headers, self.body, script) = (status, headers, body, nil)
  }

  /// The same reply with one more field.
  public func with(_ name: String, _ value: String) -> Reply {
    var copy = self
    copy.headers.append((name, value))
    return copy
  }
}

extension Reply {
  /// An HTML page in UTF-8, with validators if given.
  public static func html(
    _ text: String, status: Int = 200, etag: String? = nil, lastModified: String? = nil
  ) -> Reply {
    var reply = Reply(status: status, headers: [("Content-Type", "text/html; charset=utf-8")], body: Array(text.utf8))
    if let etag { reply.headers.append(("ETag", etag)) }
    if let lastModified { reply.headers.append(("Last-Modified", lastModified)) }
    return reply
  }

  /// A short plain text, for 404 and the like.
  public static func text(_ text: String, status: Int = 200) -> Reply {
    Reply(status: status, headers: [("Content-Type", "text/plain; charset=utf-8")], body: Array(text.utf8))
  }

  /// 304 without content.
  public static var notModified: Reply { Reply(status: 304) }

  /// A redirect; the target goes into Location as given.
  public static func redirect(to target: String, status: Int = 302) -> Reply {
    Reply(status: status, headers: [("Location", target)])
  }

  /// These bytes and nothing else, then the ending.
  public static func raw(_ bytes: [UInt8], then ending: Ending) -> Reply {
    scripted { writer in
      writer.send(bytes)
      return ending
    }
  }

  /// This text and nothing else, then the ending.
  public static func raw(_ text: String, then ending: Ending) -> Reply { raw(Array(text.utf8), then: ending) }

  /// Whatever the script writes, in its own time, on the connection's thread.
  public static func scripted(_ script: @escaping @Sendable (ReplyWriter) -> Ending) -> Reply {
    var reply = Reply()
    reply.script = script
    return reply
  }

  /// 304 with the same validators when the request's conditions say that the client has this already, else the reply
  /// itself. If-None-Match is compared weakly, and when it is there If-Modified-Since is not looked at
  /// (RFC 9110 §13.1.2, §13.1.3). If-Modified-Since counts only when it is the Last-Modified value to the letter.
  public func conditional(on request: Request) -> Reply {
    func value(_ name: String) -> String? { headers.first { $0.0.lowercased() == name }?.1 }
    let same: Bool
    if let asked = request["If-None-Match"] {
      guard let tag = value("etag") else { return self }
      func opaque(_ tag: some StringProtocol) -> String {
        let trimmed = tag.drop(while: { $0 == " " })
        return String(trimmed.hasPrefix("W/") ? trimmed.dropFirst(2) : trimmed)
      }
      same =
        asked == tag || asked == "*" || asked.split(separator: ",").contains { opaque($0) == opaque(tag) }
    } else if let asked = request["If-Modified-Since"] {
      same = asked == value("last-modified")
    } else {
      same = false
    }
    guard same else { return self }
    return Reply(status: 304, headers: headers.filter { ["etag", "last-modified"].contains($0.0.lowercased()) })
  }
}

extension Reply {
  /// The reply on the wire. To a HEAD request, and with a status that has none, no content is written (RFC 9110 §9.3.2,
  /// §15.3.5, §15.4.5).
  func bytes(toHead: Bool) -> [UInt8] {
    var head = "HTTP/1.1 \(status) \(Self.reason(status))\r\n"
    for (name, value) in headers { head += "\(name): \(value)\r\n" }
    let hasContent = status >= 200 && status != 204 && status != 304
    if hasContent, !headers.contains(where: { ["content-length", "transfer-encoding"].contains($0.0.lowercased()) }) {
      head += "Content-Length: \(body.count)\r\n"
    }
    head += "\r\n"
    return Array(head.utf8) + (hasContent && !toHead ? body : [])
  }

  /// Whether the reply itself asks that the connection be closed after it.
  var closes: Bool { headers.contains { $0.0.lowercased() == "connection" && $0.1.lowercased() == "close" } }

  private static func reason(_ status: Int) -> String {
    switch status {
    case 200: "OK"
    case 301: "Moved Permanently"
    case 302: "Found"
    case 304: "Not Modified"
    case 404: "Not Found"
    case 410: "Gone"
    case 429: "Too Many Requests"
    case 500: "Internal Server Error"
    case 503: "Service Unavailable"
    default: "Status \(status)"
    }
  }
}
