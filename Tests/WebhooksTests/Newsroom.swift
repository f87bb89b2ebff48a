import CommandRunner
import Glibc
import JSON
import LoopbackServer
import Model
import Synchronization
import Testing

/// An article that changes when told, the command that watches it, and a receiver of webhooks.
final class Newsroom: Sendable {
  let folder: TemporaryFolder
  let stet: StetCommand
  let site: LoopbackServer
  let receiver: Receiver
  private let edition: Edition

  private final class Edition: Sendable {
    let number = Mutex(1)
  }

  /// With one article watched, and captured once.
  init() throws {
    folder = try TemporaryFolder()
    stet = StetCommand(in: folder)
    receiver = try Receiver()
    let edition = Edition()
    self.edition = edition
    site = try LoopbackServer { request in
      guard request.path == "/ferry" else { return .text("nothing here", status: 404) }
      let n = edition.number.withLock { $0 }
      return .html(ArticlePage.ferry("It is worth \(n) million crowns a year.").html)
    }
    try stet("init")
    try stet("add", site.url("/ferry"), "--allow-private")
    #expect(try stet("sync").status == 0)
  }

  /// Adds a webhook to the receiver.
  func hook(_ path: String = "/hook", _ options: String...) throws {
    let added = try stet.run(["webhook", "add", receiver.server.url(path), "--allow-private"] + options)
    #expect(added.status == 0, "\(added.errors)")
  }

  /// The article changes.
  func edit() { edition.number.withLock { $0 += 1 } }

  /// A pass over everything.
  func sync(_ options: String...) throws -> StetCommand.Result { try stet.run(["sync", "--all"] + options) }

  func log() throws -> [JSONValue] { try stet("webhook", "log", "--json").jsonLines() }
  func webhook() throws -> JSONValue {
    try #require(try stet("webhook", "list", "--secrets", "--json").jsonLines().first)
  }
}

/// What posts arrive at: gives the replies that it was told to, one each, then 204.
final class Receiver: Sendable {
  let server: LoopbackServer
  private let replies: Replies

  private final class Replies: Sendable {
    let next = Mutex<[Reply]>([])
  }

  init() throws {
    let replies = Replies()
    self.replies = replies
    server = try LoopbackServer { _ in
      replies.next.withLock { $0.isEmpty ? Reply(status: 204) : $0.removeFirst() }
    }
  }

  func answer(_ next: Reply...) { replies.next.withLock { $0 += next } }

  var requests: [Request] { server.requests }

  /// Waits until so many requests have come.
  func wait(for count: Int) -> Bool {
    for _ in 0..<30_000 where requests.count < count { usleep(1000) }
    return requests.count >= count
  }
}

extension StetCommand {
  func run(_ arguments: [String]) throws -> Result { try start(arguments).end() }
}

extension StetCommand.Result {
  func json() throws -> JSONValue { try JSONValue(parsing: output) }
  func jsonLines() throws -> [JSONValue] { try output.split(separator: 10).map { try JSONValue(parsing: Array($0)) } }
}

extension Request {
  func json() throws -> JSONValue { try JSONValue(parsing: body) }

  /// The signature that the headers should have, worked out by RFC 2104 §2 over SHA-256, the key being no longer than a block.
  func signature(_ key: [UInt8]) throws -> [UInt8] {
    let (id, timestamp) = (try #require(self["webhook-id"]), try #require(self["webhook-timestamp"]))
    let padded = key + [UInt8](repeating: 0, count: 64 - key.count)
    let inner = Digest(of: padded.map { $0 ^ 0x36 } + Array("\(id).\(timestamp).".utf8) + body).bytes
    return Digest(of: padded.map { $0 ^ 0x5C } + inner).bytes
  }
}
