import CommandRunner
import Foundation
import Glibc
import JSON
import Testing

/// `stet serve` as a process, asked over real sockets.
struct ServeTests {
  /// A running server; told to end when it is let go.
  private final class Server: Sendable {
    let running: StetCommand.Running
    let port: UInt16

    init(_ desk: Desk, _ arguments: [String] = []) throws {
      running = try desk.stet.start(["serve", "--listen", "127.0.0.1:0", "--json"] + arguments)
      var text = ""
      while !text.contains("\n") {
        guard kill(running.process, 0) == 0 else { throw Ended(said: text) }
        usleep(2000)
        text = try running.outputSoFar()
      }
      let url = try #require(try JSONValue(parsing: Array(text.utf8))["url"]?.string)
      #expect(url.hasPrefix("http://127.0.0.1:") && url.hasSuffix("/"))
      port = try #require(UInt16(url.dropFirst("http://127.0.0.1:".count).dropLast()))
    }

    struct Ended: Error { let said: String }

    func end(_ signal: Int32 = SIGTERM) throws -> StetCommand.Result {
      running.signal(signal)
      return try running.end()
    }

    deinit { running.signal(SIGKILL) }

    /// Sends octets and gives what comes until the server closes the connection.
    func send(_ text: String) throws -> String {
      let connection = try open()
      defer { close(connection) }
      let octets = Array(text.utf8)
      #expect(Glibc.send(connection, octets, octets.count, Int32(MSG_NOSIGNAL)) == octets.count)
      return String(decoding: try rest(connection), as: UTF8.self)
    }

    func open() throws -> Int32 {
      let connection = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
      var address = sockaddr_in()
      address.sin_family = sa_family_t(AF_INET)
      address.sin_port = port.bigEndian
      address.sin_addr.s_addr = inet_addr("127.0.0.1")
      let done = withUnsafePointer(to: &address) {
        $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
          connect(connection, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
        }
      }
      guard connection >= 0, done == 0 else { throw Ended(said: "no connection: \(String(cString: strerror(errno)))") }
      return connection
    }

    func rest(_ connection: Int32) throws -> [UInt8] {
      var (all, buffer) = ([UInt8](), [UInt8](repeating: 0, count: 65_536))
      while true {
        let n = recv(connection, &buffer, buffer.count, 0)
        guard n > 0 else { return all }
        all += buffer[..<n]
      }
    }

    func get(_ target: String, _ fields: String = "", method: String = "GET") throws -> (head: String, body: String) {
      let reply = try send(
        "\(method) \(target) HTTP/1.1\r\nHost: 127.0.0.1:\(port)\r\nConnection: close\r\n\(fields)\r\n")
      let end = try #require(reply.firstRange(of: "\r\n\r\n"))
      return (String(reply[..<end.lowerBound]), String(reply[end.upperBound...]))
    }
  }

  @Test func `it prints where it listens, answers, and ends with 0 when told to`() throws {
    let desk = try Desk.filled()
    let server = try Server(desk)
    let log = try server.get("/api/v1/articles/1/log")
    #expect(log.head.hasPrefix("HTTP/1.1 200 "))
    #expect(log.head.contains("X-Content-Type-Options: nosniff"))
    let lines = try desk.stet("log", "ferry", "--json").jsonLines()
    #expect(try JSONValue(parsing: Array(log.body.utf8))["items"]?.array == lines)
    let head = try server.get("/api/v1/articles/1/log", method: "HEAD")
    #expect(head.body.isEmpty && head.head.contains("Content-Length: \(log.body.utf8.count)"))
    #expect(try server.get("/feeds/edits.atom").body.hasPrefix("<?xml"))
    let result = try server.end()
    #expect(result.status == 0 && result.errors.isEmpty)
  }

  @Test func `an interrupt ends it too, though somebody listens`() throws {
    let server = try Server(try Desk.filled())
    let connection = try server.open()
    defer { close(connection) }
    let request = Array("GET /api/v1/events HTTP/1.1\r\nHost: localhost\r\nLast-Event-ID: 0\r\n\r\n".utf8)
    #expect(send(connection, request, request.count, 0) == request.count)
    var (heard, buffer) = ("", [UInt8](repeating: 0, count: 65_536))
    while !heard.contains("\nid: ") {
      let n = recv(connection, &buffer, buffer.count, 0)
      guard n > 0 else { break }
      heard += String(decoding: buffer[..<n], as: UTF8.self)
    }
    #expect(heard.contains("text/event-stream") && heard.contains("event: edit"))
    #expect(try server.end(SIGINT).status == 0)
  }

  @Test(arguments: [
    "GARBAGE\r\n\r\n", "GET / HTTP/9.9\r\nHost: localhost\r\n\r\n", "GET /a b HTTP/1.1\r\nHost: localhost\r\n\r\n",
    "GET / HTTP/1.1\r\nHost : localhost\r\n\r\n", "GET / HTTP/1.1\r\n\r\n",
    "GET / HTTP/1.1\r\nHost: localhost\r\nHost: evil.example\r\n\r\n", "GET / HTTP/1.1\r\nHost: evil.example\r\n\r\n",
    "GET / HTTP/1.1\r\nHost: localhost\r\nContent-Length: -1\r\n\r\n",
    "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    "GET /%00%ff/../../etc/passwd HTTP/1.1\r\nHost: localhost\r\n\r\n", "\u{0}\u{1}\u{2}\r\n\r\n",
  ])
  func `what is no good request gets no good answer, and the server goes on`(request: String) throws {
    let server = try Server(try Desk.filled())
    let closing = request.replacing("\r\n\r\n", with: "\r\nConnection: close\r\n\r\n")
    let reply = try server.send(closing)
    #expect(!reply.hasPrefix("HTTP/1.1 2") && !reply.contains("root:"), "\(reply.prefix(200))")
    #expect(try server.get("/healthz").body == "ok\n")
    #expect(try server.end().status == 0)
  }

  @Test func `a name given is answered to, another is not`() throws {
    let server = try Server(try Desk.filled(), ["--host", "archive.example"])
    let request = { (host: String) in "GET /healthz HTTP/1.1\r\nHost: \(host)\r\nConnection: close\r\n\r\n" }
    #expect(try server.send(request("archive.example")).hasPrefix("HTTP/1.1 200"))
    #expect(try server.send(request("other.example")).hasPrefix("HTTP/1.1 421"))
  }

  @Test func `links lead to the public address`() throws {
    let server = try Server(try Desk.filled(), ["--public-url", "https://archive.example"])
    #expect(try server.get("/feeds/edits.atom").body.contains("href=\"https://archive.example/"))
  }

  @Test func `the watch list is changed with the token alone`() throws {
    let desk = try Desk.filled()
    let secret = String(repeating: "s", count: 32)
    let file = try desk.folder.write(secret + "\n", to: "token")
    let server = try Server(desk, ["--writable", "--token-file", file])
    func post(_ fields: String) throws -> String {
      let body = #"{"urls":["https://post.example/new"]}"#
      return try server.send(
        "POST /api/v1/sources HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Type: application/json\r\n"
          + "Content-Length: \(body.utf8.count)\r\n\(fields)\r\n\(body)")
    }
    #expect(try post("").hasPrefix("HTTP/1.1 401"))
    #expect(try desk.stet("sources", "--json").output.isEmpty)
    #expect(try post("Authorization: Bearer \(secret)\r\n").hasPrefix("HTTP/1.1 200"))
    #expect(try desk.stet("sources", "--json").json()["url"] == "https://post.example/new")
  }

  @Test func `a log line a request goes to stderr when asked for`() throws {
    let server = try Server(try Desk.filled(), ["--verbose"])
    _ = try server.get("/healthz")
    let errors = try server.end().errors
    let line = try JSONValue(parsing: Array(try #require(errors.split(separator: "\n").first).utf8))
    #expect(line["target"] == "/healthz" && line["status"]?.int == 200 && line["peer"] == "127.0.0.1")
  }

  @Test func `wrong use is told apart`() throws {
    let desk = try Desk.filled()
    #expect(try desk.stet("serve", "--listen", "nowhere").status == 64)
    #expect(try desk.stet("serve", "--writable").status == 64)
    #expect(try desk.stet("serve", "--public-url", "archive.example").status == 64)
    let short = try desk.folder.write("short\n", to: "token")
    let refused = try desk.stet("serve", "--listen", "127.0.0.1:0", "--writable", "--token-file", short, "--json")
    #expect(refused.status == 64)
    #expect(try refused.json()["error"]?["code"] == "bad-token")
    let nothing = StetCommand(in: desk.folder, archive: desk.folder.file("none.stet"))
    #expect(try nothing("serve", "--listen", "127.0.0.1:0").status == 10)
  }

  @Test func `an address in use is named`() throws {
    let desk = try Desk.filled()
    let server = try Server(desk)
    let second = try desk.stet("serve", "--listen", "127.0.0.1:\(server.port)", "--json")
    #expect(second.status == 1)
    #expect(try second.json()["error"]?["code"] == "cannot-listen")
    #expect(second.errors.contains(": Address already in use\n"))
  }
}
