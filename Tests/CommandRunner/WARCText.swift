/// WARC records written by hand, so that tests of reading do not rest on our own writer.
public enum WARCText {
  /// A record with its fields in order; Content-Length is added unless it is given.
  public static func record(
    _ fields: [(String, String)], _ block: [UInt8], version: String = "1.1", lineEnd: String = "\r\n"
  ) -> [UInt8] {
    var out = "WARC/\(version)\(lineEnd)"
    for (name, value) in fields { out += "\(name): \(value)\(lineEnd)" }
    if !fields.contains(where: { $0.0 == "Content-Length" }) { out += "Content-Length: \(block.count)\(lineEnd)" }
    return Array((out + lineEnd).utf8) + block + Array("\r\n\r\n".utf8)
  }

  /// An answer of a server.
  public static func response(
    _ url: String, _ date: String, _ body: [UInt8], status: String = "200 OK",
    fields: [(String, String)] = [("Content-Type", "text/html")], more: [(String, String)] = []
  ) -> [UInt8] {
    record(
      [("WARC-Type", "response"), ("WARC-Target-URI", url), ("WARC-Date", date)] + more
        + [("Content-Type", "application/http; msgtype=response")], http(body, status: status, fields: fields))
  }

  /// Status line, header fields, payload.
  public static func http(
    _ body: [UInt8], status: String = "200 OK", fields: [(String, String)] = [("Content-Type", "text/html")]
  ) -> [UInt8] {
    var head = "HTTP/1.1 \(status)\r\n"
    for (name, value) in fields { head += "\(name): \(value)\r\n" }
    return Array((head + "\r\n").utf8) + body
  }

  /// A capture of the ferry page so many minutes after ten.
  public static func ferry(_ sentence: String, minute: Int, more: [(String, String)] = []) -> [UInt8] {
    let date = "2026-11-20T10:\(minute < 10 ? "0" : "")\(minute):00Z"
    return response("https://post.example/2026/11/ferry", date, ArticlePage.ferry(sentence).bytes, more: more)
  }
}
