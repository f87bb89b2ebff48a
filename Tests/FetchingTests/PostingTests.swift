import LoopbackServer
import Model
import Testing

@testable import Fetching

/// Requests that bring content.
struct PostingTests {
  private func request(_ url: String, _ text: String?) throws -> FetchRequest {
    FetchRequest(
      url: url, ignoresRobots: true, allowsPrivateAddresses: true,
      fields: try RequestFields(lines: text == nil ? [] : ["Content-Type: application/json", "X-Sign: 1"]),
      content: text.map { Array($0.utf8) })
  }

  @Test func `content is posted as it is, and the next request over the same connection is a GET again`() async throws {
    let server = try LoopbackServer { _ in .text("thanks") }
    let fetcher = try Fetcher(userAgent: "stet-test/1", concurrency: 1, politeness: .none) { .init(milliseconds: 0) }
    defer { fetcher.shutdown() }
    let long = String(repeating: "é", count: 40_000)
    for text in ["{}", nil, long, "", "{\"a\":\u{0}1}"] {
      #expect(await fetcher.fetch(try request(server.url("/hook"), text)).response?.status == 200)
    }
    let requests = server.requests
    #expect(requests.map(\.method) == ["POST", "GET", "POST", "POST", "POST"])
    #expect(requests.map { String(decoding: $0.body, as: UTF8.self) } == ["{}", "", long, "", "{\"a\":\u{0}1}"])
    #expect(requests[0]["Content-Type"] == "application/json" && requests[0]["X-Sign"] == "1")
    #expect(requests[0]["Content-Length"] == "2" && requests[3]["Content-Length"] == "0")
    #expect(requests[1]["Content-Type"] == nil && requests[1]["Content-Length"] == nil)
    #expect(server.connectionCount == 1)
  }

  @Test(arguments: [301, 302, 303, 307, 308])
  func `a redirect of what was posted is the answer`(status: Int) async throws {
    let server = try LoopbackServer { _ in .redirect(to: "/elsewhere", status: status) }
    let fetcher = try Fetcher(userAgent: "stet-test/1", politeness: .none) { .init(milliseconds: 0) }
    defer { fetcher.shutdown() }
    let outcome = await fetcher.fetch(try request(server.url("/hook"), "{}"))
    #expect(outcome.failure == nil && outcome.response?.status == status)
    #expect(server.requests.count == 1)
  }
}
