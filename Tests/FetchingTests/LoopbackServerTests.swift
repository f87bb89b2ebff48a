import LoopbackServer
import Testing

/// The server that the other tests rely on.
@Suite struct LoopbackServerTests {
  private func status(_ reply: Reply, conditions: [(String, String)]) -> Int {
    let request = Request(method: "GET", path: "/", headers: conditions, body: [], connection: 1)
    return reply.conditional(on: request).status
  }

  @Test func `a condition that matches gives 304, any other the page`() {
    let reply = Reply.html("x", etag: "W/\"a\"", lastModified: "then")
    #expect(status(reply, conditions: []) == 200)
    #expect(status(reply, conditions: [("if-none-match", "W/\"a\"")]) == 304)
    #expect(status(reply, conditions: [("If-None-Match", "\"b\", \"a\"")]) == 304)
    #expect(status(reply, conditions: [("If-None-Match", "\"b\"")]) == 200)
    #expect(status(reply, conditions: [("If-Modified-Since", "then")]) == 304)
    #expect(status(reply, conditions: [("If-Modified-Since", "now")]) == 200)
    #expect(status(reply, conditions: [("If-None-Match", "\"b\""), ("If-Modified-Since", "then")]) == 200)
    #expect(status(.html("x"), conditions: [("If-None-Match", "\"a\"")]) == 200)
  }
}
