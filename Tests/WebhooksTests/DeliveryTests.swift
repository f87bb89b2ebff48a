import CommandRunner
import Foundation
import Glibc
import JSON
import LoopbackServer
import Testing

/// Webhooks from the command line to a receiver.
struct DeliveryTests {
  @Test func `a new edit is posted once, signed so that the receiver can check it`() throws {
    let newsroom = try Newsroom()
    try newsroom.hook()
    #expect(try newsroom.sync().status == 0)
    #expect(newsroom.receiver.requests.isEmpty)  // nothing was edited
    newsroom.edit()
    #expect(try newsroom.sync().status == 0)
    #expect(try newsroom.sync().status == 0)
    let post = try #require(newsroom.receiver.requests.first)
    #expect(newsroom.receiver.requests.count == 1)
    #expect(post.method == "POST" && post.path == "/hook" && post["Content-Type"] == "application/json")
    #expect(post["webhook-id"]?.hasPrefix("msg_") == true && post["User-Agent"]?.hasPrefix("stet/") == true)
    let secret = try #require(try newsroom.webhook()["secret"]?.string)
    let key = try #require(Data(base64Encoded: String(secret.dropFirst("whsec_".count))))
    #expect(post["webhook-signature"] == "v1," + Data(try post.signature(Array(key))).base64EncodedString())
    let body = try post.json()
    #expect(body["type"] == "edits" && body["data"]?["url"]?.string == newsroom.site.url("/ferry"))
    let edits = try newsroom.stet("edits", "--json").jsonLines()
    #expect(edits.count == 1 && body["data"]?["edits"]?.array?.first?["after"] == edits[0]["after"])
    let log = try newsroom.log()
    #expect(log.count == 1 && log[0]["state"] == "delivered" && log[0]["status"]?.int == 204)
    #expect(log[0]["message_id"]?.string == post["webhook-id"] && log[0]["tries"]?.int == 1)
    #expect(try newsroom.webhook()["delivered"]?.int == 1)
  }

  @Test func `what failed is sent again under the same id, and the pass succeeds all the same`() throws {
    let newsroom = try Newsroom()
    try newsroom.hook()
    newsroom.edit()
    newsroom.receiver.answer(.text("oops", status: 500), .raw("", then: .reset))
    let pass = try newsroom.sync()
    #expect(pass.status == 0 && pass.errors.contains("1 notification did not arrive: status 500; tried again later"))
    let status = try newsroom.stet("status")
    #expect(status.text.contains("1 notification still to be delivered"))
    #expect(try newsroom.stet("status", "--json").json()["deliveries_owed"]?.int == 1)
    let again = try newsroom.stet("webhook", "deliver", "--json")
    let report = try again.json()
    #expect(again.status == 3 && report["failed"]?.int == 1)
    let log = try #require(try newsroom.log().first)
    #expect(log["state"] == "owed" && log["tries"]?.int == 2 && log["status"] == .null && log["failure"]?.string != nil)
    #expect(try newsroom.stet("webhook", "deliver").text.contains("1 notification delivered"))
    let posts = newsroom.receiver.requests
    #expect(posts.count == 3 && Set(posts.map { $0["webhook-id"] }).count == 1 && Set(posts.map(\.body)).count == 1)
    let last = try #require(try newsroom.log().first)
    #expect(last["state"] == "delivered" && last["tries"]?.int == 3 && last["failure"] == .null)
    #expect(try newsroom.stet("webhook", "deliver").errors == "nothing is owed\n")
  }

  @Test func `nobody listening is a failure like others, and what a removed webhook was owed is given up`() throws {
    let newsroom = try Newsroom()
    try newsroom.hook()
    newsroom.receiver.server.stop()
    newsroom.edit()
    let pass = try newsroom.sync()
    #expect(pass.status == 0 && pass.errors.contains("did not arrive: no connection"))
    #expect(try newsroom.log().first?["state"] == "owed")
    #expect(try newsroom.stet("webhook", "remove", "1").status == 0)
    #expect(try newsroom.log().first?["state"] == "failed")
    let status = try newsroom.stet("status", "--json").json()
    #expect(status["deliveries_owed"]?.int == 0 && status["deliveries_failed"]?.int == 0)
    #expect(try newsroom.stet("webhook", "deliver", "--given-up").errors == "nothing is owed\n")
  }

  @Test func `a receiver that is gone pauses its webhook, until it is resumed`() throws {
    let newsroom = try Newsroom()
    try newsroom.hook()
    newsroom.edit()
    newsroom.receiver.answer(.text("", status: 410))
    let pass = try newsroom.sync()
    #expect(pass.status == 0 && pass.errors.contains("the webhook is paused"))
    newsroom.edit()
    #expect(try newsroom.sync().status == 0)
    #expect(newsroom.receiver.requests.count == 1)
    let paused = try newsroom.webhook()
    #expect(paused["paused"] == true && paused["message"]?.string?.contains("410") == true)
    #expect(try newsroom.stet("webhook", "resume", "1").status == 0)
    #expect(try newsroom.stet("webhook", "deliver").status == 0)
    #expect(newsroom.receiver.requests.count == 3)
    #expect(Set(newsroom.receiver.requests.map { $0["webhook-id"] }).count == 2)
  }

  @Test func `a redirect is not followed`() throws {
    let newsroom = try Newsroom()
    try newsroom.hook()
    newsroom.edit()
    newsroom.receiver.answer(.redirect(to: "/elsewhere", status: 307))
    #expect(try newsroom.sync().errors.contains("status 307: redirects are not followed"))
    #expect(newsroom.receiver.requests.map(\.path) == ["/hook"])
    #expect(try newsroom.log().first?["status"]?.int == 307)
  }

  @Test func `a receiver that does not answer holds a pass no longer than it was given`() throws {
    let newsroom = try Newsroom()
    try newsroom.hook()
    newsroom.edit()
    newsroom.receiver.answer(.raw("", then: .stall))
    let pass = try newsroom.sync("--deliver-within", "1s")
    #expect(pass.status == 0, "\(pass.errors)")
    #expect(try newsroom.log().first?["state"] == "owed")
  }

  @Test func `what a process that was killed owed is delivered by the next, under the same id`() throws {
    let newsroom = try Newsroom()
    try newsroom.hook()
    newsroom.edit()
    newsroom.receiver.answer(.raw("", then: .stall))
    let sync = try newsroom.stet.start(["sync", "--all"])
    #expect(newsroom.receiver.wait(for: 1))
    sync.signal(SIGKILL)
    #expect(try sync.end().status == 137)
    #expect(try newsroom.log().first?["state"] == "owed")
    #expect(try newsroom.sync().status == 0)
    let posts = newsroom.receiver.requests
    #expect(posts.count == 2 && posts[0]["webhook-id"] == posts[1]["webhook-id"] && posts[0].body == posts[1].body)
    #expect(try newsroom.log().map { $0["state"] } == ["delivered"])
  }

  @Test func `two processes do not deliver the same`() throws {
    let newsroom = try Newsroom()
    try newsroom.hook()
    newsroom.edit()
    newsroom.receiver.answer(.raw("", then: .stall))
    let first = try newsroom.stet.start(["sync", "--all"])
    #expect(newsroom.receiver.wait(for: 1))
    #expect(try newsroom.stet("webhook", "deliver").status == 11)
    #expect(try newsroom.sync().status == 0)  // the first has let the archive go; webhooks are left to it
    #expect(newsroom.receiver.requests.count == 1)
    first.signal(SIGTERM)
    let end = try first.end()
    #expect(end.status == 0, "\(end.errors)")
    #expect(try newsroom.stet("webhook", "deliver").status == 0)
    #expect(newsroom.receiver.requests.count == 2)
  }

  @Test func `a rebuild tells nobody anything`() throws {
    let newsroom = try Newsroom()
    try newsroom.hook()
    newsroom.edit()
    #expect(try newsroom.sync().status == 0)
    #expect(try newsroom.stet("rebuild").status == 0)
    #expect(try newsroom.sync().status == 0)
    #expect(newsroom.receiver.requests.count == 1)
  }

  @Test func `webhooks are told of what their filters let through, each for itself`() throws {
    let newsroom = try Newsroom()
    try newsroom.hook("/number", "--class", "number", "--source", "ferry")
    try newsroom.hook("/headline", "--class", "headline")
    try newsroom.hook("/german", "--language", "de")
    try newsroom.hook("/stealth", "--stealth")
    newsroom.edit()
    #expect(try newsroom.sync().status == 0)
    #expect(Set(newsroom.receiver.requests.map(\.path)) == ["/number", "/stealth"])
    #expect(newsroom.receiver.requests.count == 2)
    let list = try newsroom.stet("webhook", "list", "--json").jsonLines()
    #expect(list.count == 4 && list[0]["sources"]?.array?.first?.string == newsroom.site.url("/ferry"))
    #expect(list[0]["secret"] == nil)
  }

  @Test func `a private address is refused unless its webhook was allowed it`() throws {
    let newsroom = try Newsroom()
    try newsroom.stet("webhook", "add", newsroom.receiver.server.url("/hook"))
    newsroom.edit()
    let pass = try newsroom.sync("--allow-private")
    #expect(pass.status == 0 && pass.errors.contains("127.0.0.1 is a loopback address"), "\(pass.errors)")
    let test = try newsroom.stet("webhook", "test", "1")
    #expect(test.status == 1 && test.errors.contains("--allow-private"))
    #expect(newsroom.receiver.requests.isEmpty)
  }

  @Test func `a test is sent at once, and the answer shown`() throws {
    let newsroom = try Newsroom()
    try newsroom.hook()
    newsroom.receiver.answer(.text("thank\u{1B}[2J you\n"), .text("no", status: 401))
    let test = try newsroom.stet("webhook", "test", "hook")
    #expect(test.status == 0 && test.text.contains("200") && test.text.contains("thank[2J you"))
    let refused = try newsroom.stet("webhook", "test", "1", "--json")
    let answer = try refused.json()
    #expect(refused.status == 1 && answer["status"]?.int == 401)
    let sent = try #require(newsroom.receiver.requests.first).json()
    #expect(sent["type"] == "test")
    #expect(try newsroom.log().isEmpty)
  }

  @Test func `what was given up is kept, and sent when asked`() throws {
    let newsroom = try Newsroom()
    try newsroom.hook()
    newsroom.edit()
    for _ in 0..<10 { newsroom.receiver.answer(.text("", status: 500)) }
    #expect(try newsroom.sync().status == 0)
    for _ in 0..<9 { try newsroom.stet("webhook", "deliver") }
    let log = try #require(try newsroom.log().first)
    #expect(log["state"] == "failed" && log["tries"]?.int == 10 && log["next_at"] == .null)
    #expect(try newsroom.stet("webhook", "deliver").errors == "nothing is owed\n")
    #expect(try newsroom.stet("status", "--json").json()["deliveries_failed"]?.int == 1)
    #expect(try newsroom.stet("webhook", "deliver", "--given-up").status == 0)
    #expect(newsroom.receiver.requests.count == 11)
  }

  @Test func `sync that goes on forever delivers too`() throws {
    let newsroom = try Newsroom()
    try newsroom.hook()
    newsroom.edit()
    newsroom.receiver.answer(.text("", status: 503))
    #expect(try newsroom.sync().status == 0)
    // Nothing else is due: the daemon tries again between passes, when some seconds are over.
    let sync = try newsroom.stet.start(["sync", "--forever"])
    var states: [JSONValue?] = []
    for _ in 0..<100 where states != ["delivered"] {
      usleep(200_000)
      states = try newsroom.log().map { $0["state"] }
    }
    #expect(states == ["delivered"] && newsroom.receiver.requests.count == 2)
    sync.signal(SIGTERM)
    #expect(try sync.end().status == 0)
  }
}

/// The list of webhooks.
struct WebhookListTests {
  @Test func `bad addresses, secrets and filters are refused with a reason`() throws {
    let newsroom = try Newsroom()
    func refused(_ arguments: String..., because reason: String, status: Int32 = 1) throws {
      let result = try newsroom.stet.run(["webhook"] + arguments)
      #expect(result.status == status && result.errors.contains(reason), "\(arguments): \(result.errors)")
    }
    try refused("add", "ftp://desk.example/", because: "scheme ftp is neither http nor https")
    try refused("add", "nonsense", because: "stet: adding the webhook nonsense: ")
    try refused("add", "https://desk.example/", "--secret", "whsec_short", because: "24 to 64 octets")
    try refused("add", "https://desk.example/", "--source", "nowhere", because: "no source has nowhere")
    try refused("add", "https://desk.example/", "--class", "nonsense", because: "class", status: 64)
    try refused("test", "7", because: "no webhook has 7")
    try refused("remove", "nothing", because: "no webhook has nothing")
    #expect(try newsroom.stet("webhook", "list").errors.contains("there are none yet"))
    let secret = "whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYX"
    let added = try newsroom.stet("webhook", "add", "https://desk.example/hook", "--secret", secret, "--json").json()
    #expect(added["secret"]?.string == secret && added["webhook"]?.int == 1)
    try refused("add", "https://desk.example/hook", because: "webhook 1 has that URL")
    #expect(try newsroom.webhook()["secret"]?.string == secret)
    try newsroom.stet("webhook", "add", "https://desk.example/other")
    try refused("pause", "desk.example", because: "more than one webhook")
    #expect(try newsroom.stet("webhook", "remove", "1").text == "removed  1  https://desk.example/hook\n")
    #expect(try newsroom.stet("webhook", "add", "https://desk.example/hook", "--json").json()["webhook"]?.int == 3)
  }

  @Test func `secrets that are made differ`() throws {
    let newsroom = try Newsroom()
    let secrets = try (0..<3).map {
      try newsroom.stet("webhook", "add", "https://desk.example/\($0)", "--json").json()["secret"]?.string
    }
    #expect(Set(secrets).count == 3 && secrets.allSatisfy { $0?.utf8.count == 50 })
  }
}
