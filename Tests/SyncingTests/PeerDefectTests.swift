import CommandRunner
import Fetching
import LoopbackServer
import Model
import Scheduling
import Storage
import Syncing
import Testing

/// Defects found in other programs of the kind; each is shown not to be here.
struct PeerDefectTests {
  private let a = "It takes effect on the first of May."
  private let b = "It takes effect on the first of June."

  /// Serves each page in turn and syncs; gives the revisions' last paragraphs.
  private func sync(_ pages: [Reply]) async throws -> (stand: Newsstand, sentences: [String]) {
    let stand = try Newsstand()
    try stand.watch("/a")
    for page in pages {
      stand.serve("/a", page)
      try await stand.sync()
      stand.pass(minutes: 20)
    }
    #expect(try stand.problems().isEmpty)
    return (stand, try stand.sentences("/a"))
  }

  private func edits(_ old: String, _ new: String) async throws -> (revisions: Int, classes: [String]) {
    let (stand, sentences) = try await sync([old, new].map { .html(ArticlePage.ferry($0).html) })
    return (sentences.count, try stand.store.log(stand.article("/a")).first?.classes ?? [])
  }

  @Test func `failing runs evict no history (webchanges, D1)`() async throws {
    let good = (0..<4).map { Reply.html(ArticlePage.ferry("The fare will be \($0) euros from May.").html) }
    let bad = [500, 503, 404, 403, 429, 500, 500, 500].map { Reply.text("sorry", status: $0) }
    let (stand, sentences) = try await sync(good + bad)
    #expect(sentences == (0..<4).map { "The fare will be \($0) euros from May." })
    #expect(try stand.captures("/a").count == 12)
  }

  @Test func `a page that goes back to what it said keeps both (changedetection.io, D2)`() async throws {
    let (stand, sentences) = try await sync([a, b, a].map { .html(ArticlePage.ferry($0).html) })
    #expect(sentences == [a, b, a])
    let id = try stand.article("/a")
    for ordinal in 1...3 { #expect(try stand.store.evidence(id, .ordinal(ordinal))?.body.isEmpty == false) }
  }

  @Test(arguments: [
    ("It costs 1.5 million a year.", "It costs 15 million a year."),
    ("Prices moved by -3% in the year.", "Prices moved by 3% in the year."),
    ("He called it a fair deal for all.", "He called it a \u{201C}fair\u{201D} deal for all."),
    ("Is the contract a good one?", "Is the contract a good one."),
  ])
  func `punctuation that changes the meaning is an edit (diffengine, D3)`(old: String, new: String) async throws {
    #expect(try await edits(old, new).revisions == 2)
  }

  @Test func `a space that makes two words of one is an edit (changedetection.io, D4)`() async throws {
    #expect(
      try await edits("The therapist was heard by the court.", "The the rapist was heard by the court.").revisions == 2)
    #expect(try await edits("The therapist was heard.", "The  therapist\n was heard.").revisions == 1)
  }

  @Test func `what is compared is what is stored, fetched once (Klaxon, D5)`() async throws {
    let (stand, sentences) = try await sync([a, b, a, b].map { .html(ArticlePage.ferry($0).html) })
    #expect(sentences == [a, b, a, b])
    #expect(stand.server.requests.count == 4)
  }

  @Test func `a third return of the same text, an early line and a long URL are recorded (NewsDiffs, D6)`() async throws
  {
    let (_, sentences) = try await sync([a, b, a, b, a, b].map { .html(ArticlePage.ferry($0).html) })
    #expect(sentences.count == 6)
    let stand = try Newsstand()
    let path = "/" + String(repeating: "long-", count: 80)
    for headline in ["Council approves contract", "Council rejects contract"] {
      stand.serve(path, .html(ArticlePage(headline, ArticlePage.ferry(a).paragraphs).html))
      try stand.watch(path)
      try await stand.sync()
      stand.pass(minutes: 20)
    }
    #expect(try stand.store.log(stand.article(path)).map(\.classes) == [["headline"], []])
  }

  @Test func `an article quiet for more than a day is asked less often (diffengine, D7)`() {
    let day: Int64 = 86_400_000
    var habit = HostHabit()
    var history = ArticleHistory(born: Newsstand.start)
    let intervals = [0, 4 * 3_600_000, day + 1, 8 * day, 40 * day].map { quiet in
      history.record(.unchanged, at: Newsstand.start.advanced(byMilliseconds: quiet), habit: &habit)
      return Schedule.interval(of: history, habit: habit)
    }
    #expect(intervals == intervals.sorted())
    #expect(Set(intervals).count == 5)
  }

  @Test func `our own clock is never sent as If-Modified-Since (webchanges, D8)`() async throws {
    let (stand, _) = try await sync([a, a, a].map { .html(ArticlePage.ferry($0).html) })
    #expect(stand.server.requests.count == 3)
    #expect(stand.server.requests.allSatisfy { $0["If-Modified-Since"] == nil && $0["If-None-Match"] == nil })
  }

  @Test func `a source that cannot be fetched does not stop the pass (changedetection.io, D10)`() async throws {
    let stand = try Newsstand()
    stand.serve("/good", .html(ArticlePage.ferry(a).html))
    stand.serve("/bad", .raw("\u{0}\u{1}\u{2}", then: .reset))
    try stand.watch("/bad", "/good", "/bad2")
    #expect(try await stand.sync().checked == 3)
    #expect(try stand.sentences("/good") == [a])
  }

  @Test func `a block, a consent page or an error is no version (all monitors, D11)`() async throws {
    let (stand, sentences) = try await sync([
      .html(ArticlePage.ferry(a).html), .html(WallPage.consent), .html(WallPage.robotCheck), .text("no", status: 403),
      .html(ArticlePage.ferry(b).html, status: 500), .html(ArticlePage.ferry(a).html),
    ])
    #expect(sentences == [a])
    #expect(try stand.captures("/a").count == 6)
  }

  @Test func `an answer that was cut short is no capture (warcio, D12)`() async throws {
    let half = Array(ArticlePage.ferry(a).bytes.prefix(300))
    let head = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 700\r\n\r\n"
    let (stand, sentences) = try await sync([.raw(Array(head.utf8) + half, then: .close)])
    #expect(sentences.isEmpty)
    #expect(try stand.captures("/a").isEmpty)
    #expect(try stand.store.status(now: stand.now).failing.count == 1)
  }
}
