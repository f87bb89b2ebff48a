import CommandRunner
import Foundation
import LoopbackServer
import Synchronization

/// A site of small articles that change with every request, and an archive that watches them.
final class Harbour: Sendable {
  let folder: TemporaryFolder
  let stet: StetCommand
  let server: LoopbackServer
  let count: Int

  private final class Edition: Sendable {
    let number = Atomic(0)
  }

  /// - Parameter delay: milliseconds that each answer takes.
  init(articles count: Int, delay: Int32 = 0, archive: String? = nil) throws {
    self.count = count
    folder = try TemporaryFolder()
    stet = StetCommand(in: folder, archive: archive)
    let edition = Edition()
    server = try LoopbackServer { request in
      let n = edition.number.add(1, ordering: .relaxed).newValue
      let page = ArticlePage.ferry("Edition \(n) of the story at \(request.path) says this.", furniture: "\(n)").bytes
      guard delay > 0 else { return Reply(headers: [("Content-Type", "text/html; charset=utf-8")], body: page) }
      return .scripted { writer in
        writer.pause(milliseconds: delay)
        let head = "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: \(page.count)\r\n\r\n"
        return writer.send(Array(head.utf8) + page) ? .keep : .close
      }
    }
  }

  func watch() throws {
    try stet("init")
    try folder.write((0..<count).map { server.url("/\($0)") + "\n" }.joined(), to: "urls")
    try stet("add", "--from", folder.file("urls"), "--allow-private")
  }

  /// Digests of all captures in the archive.
  func captures() throws -> Set<String> {
    let export = try stet("export", "jsonl", "-o", "-")
    guard export.status == 0 else { throw Failed(result: export) }
    return Set(
      try export.output.split(separator: 10).map { line in
        let object = try JSONSerialization.jsonObject(with: Data(line)) as? [String: Any]
        return object?["digest"] as? String ?? "no digest"
      })
  }

  /// One of the numbers of `stet status`.
  func number(_ key: String) throws -> Int64 {
    let status = try stet("status", "--json")
    guard status.status == 0,
      let object = try JSONSerialization.jsonObject(with: Data(status.output)) as? [String: Any],
      let number = object[key] as? NSNumber
    else { throw Failed(result: status) }
    return number.int64Value
  }

  struct Failed: Error { let result: StetCommand.Result }
}
