import Foundation
import Testing

@testable import LoopbackServer
@testable import stet_demo

/// The demonstration's own site, found beside these tests.
enum DemoSite {
  static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "Demo/Site").path

  static func load() throws -> (site: Site, key: AnswerKey) {
    let key = try AnswerKey(folder: folder)
    return (try Site(folder: folder, stages: key.stages.count), key)
  }
}

/// The smallest client: asks a newsroom directly, echoing the validators that it was given.
struct Client {
  let newsroom: Newsroom
  private var validators: [String: [(String, String)]] = [:]

  init(_ newsroom: Newsroom) { self.newsroom = newsroom }

  mutating func get(_ path: String) throws -> Reply {
    let request = Request(
      method: "GET", path: path, headers: [("Host", "127.0.0.1:8000")] + (validators[path] ?? []), body: [],
      connection: 1)
    let reply = newsroom.reply(to: request)
    if reply.status == 200 {
      let names = ["ETag": "If-None-Match", "Last-Modified": "If-Modified-Since"]
      validators[path] = reply.headers.compactMap { field in names[field.0].map { ($0, field.1) } }
    }
    return reply
  }
}
