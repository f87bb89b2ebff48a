import CommandRunner
import Foundation
import GRDB
import Model
import Syncing
import Testing

@testable import Storage

/// What becomes of captures: revisions, revisits, and neither.
struct HistoryTests {
  private let a = "It takes effect on the first of May."
  private let b = "It takes effect on the first of June."

  @Test func `A to B to A is three revisions of two snapshots`() throws {
    let archive = try Archive()
    for (i, sentence) in [a, b, a].enumerated() { try archive.take([Archive.capture(sentence, minute: Int64(i))]) }
    #expect(try archive.sentences() == [a, b, a])
    let log = try archive.store.log(archive.article())
    #expect(log.map(\.ordinal) == [3, 2, 1])
    #expect(log[0].snapshot == log[2].snapshot)
    #expect(log[0].snapshot != log[1].snapshot)
    #expect(log.map(\.edits) == [1, 1, 0])
    #expect(try archive.raw { try Int.fetchOne($0, sql: "SELECT count(*) FROM snapshot") } == 2)
    #expect(try archive.verify().isEmpty)
  }

  @Test func `a revision is dated by the interval between the captures around it`() throws {
    let archive = try Archive()
    try archive.take([(a, 0), (a, 10), (b, 25), (b, 30)].map { Archive.capture($0.0, minute: $0.1) })
    let last = try #require(try archive.store.log(archive.article()).first)
    let minute = { (n: Int64) in Archive.start.advanced(byMilliseconds: n * 60_000) }
    #expect(last.after == minute(10))
    #expect(last.firstCapture == minute(25))
    #expect(last.lastCapture == minute(30))
  }

  @Test func `a 304 is a revisit that extends the revision`() throws {
    let archive = try Archive()
    let first = Archive.capture(a, minute: 0)
    try archive.take([first])
    try archive.take([Archive.raw([], minute: 5, status: 304, refersTo: Archive.digest(first))])
    let captures = try archive.store.captures(archive.article())
    #expect(captures.map(\.isRevisit) == [false, true])
    #expect(captures.map(\.revision) == [1, 1])
    #expect(captures[1].payload == captures[0].payload)
    #expect(captures[1].verdict == "article")
    let log = try archive.store.log(archive.article())
    #expect(log.count == 1)
    #expect(log[0].lastCapture == captures[1].at)
    #expect(try archive.verify().isEmpty)
  }

  @Test func `a 304 that came before the capture it refers to is read once that is here`() throws {
    for together in [true, false] {
      let archive = try Archive()
      let first = Archive.capture(a, minute: 0)
      let late = Archive.raw([], minute: 5, status: 304, refersTo: Archive.digest(first))
      let later = Archive.raw([], minute: 9, status: 304, refersTo: Archive.digest(late))
      if together {
        try archive.take([later, late, first])
      } else {
        for capture in [later, late, first] { try archive.take([capture]) }
      }
      func check(_ when: Comment) throws {
        #expect(
          try archive.store.captures(archive.article()).map(\.verdict) == ["article", "article", "article"], when)
        #expect(try archive.store.log(archive.article()).first?.lastCapture == later.response.at, when)
        #expect(try archive.store.pendingCount() == 0, when)
        #expect(try archive.verify().isEmpty, when)
      }
      try check("together: \(together)")
      _ = try Derivation.rebuild(archive.store)
      try check("rebuilt; together: \(together)")
    }
  }

  @Test func `walls, errors and missing pages make no revision and end none`() throws {
    let archive = try Archive()
    try archive.take([Archive.capture(a, minute: 0)])
    let others: [(Int, String)] = [
      (404, ArticlePage.ferry(b).html), (410, ""), (500, ArticlePage.ferry(b).html), (503, "busy"), (403, "no"),
      (429, "slow"),
      (200, WallPage.consent), (200, WallPage.robotCheck), (200, WallPage.notFound), (200, ""),
    ]
    for (i, (status, body)) in others.enumerated() {
      try archive.take([Archive.raw(Array(body.utf8), minute: Int64(i) + 1, status: status)])
    }
    try archive.take([Archive.capture(a, minute: 20)])
    #expect(try archive.sentences() == [a])
    let captures = try archive.store.captures(archive.article())
    #expect(
      captures.map(\.verdict) == [
        "article", "gone", "gone", "error", "error", "blocked", "blocked", "consent-wall", "blocked", "soft-404",
        "not-an-article", "article",
      ])
    #expect(captures.map(\.revision) == [1] + others.map { _ in nil } + [1])
    #expect(try archive.store.log(archive.article())[0].lastCapture == captures[11].at)
    #expect(try archive.verify().isEmpty)
  }

  @Test func `other furniture is another body and the same revision`() throws {
    let archive = try Archive()
    try archive.take((0..<4).map { Archive.capture(a, minute: $0, furniture: "nonce \($0)") })
    #expect(try archive.raw { try Int.fetchOne($0, sql: "SELECT count(*) FROM body") } == 4)
    #expect(try archive.sentences() == [a])
    #expect(try archive.store.captures(archive.article()).allSatisfy { !$0.isRevisit })
  }

  @Test func `a capture that is here already changes nothing`() throws {
    let archive = try Archive()
    let inputs = [Archive.capture(a, minute: 0), Archive.capture(b, minute: 1)]
    try archive.take(inputs)
    let before = try archive.history()
    let again = try archive.keep(inputs)
    #expect(again.allSatisfy { !$0.isNew })
    #expect(try archive.take(inputs + inputs) == DerivedCounts())
    #expect(try archive.history() == before)
  }

  @Test func `captures kept by a pass that died before deriving are derived by the next`() throws {
    let archive = try Archive()
    try archive.take([Archive.capture(a, minute: 0)])
    try archive.keep([Archive.capture(b, minute: 1), Archive.capture(a, minute: 2)])
    #expect(try archive.store.pendingCount() == 2)
    #expect(try archive.sentences() == [a])
    #expect(try archive.verify().isEmpty)
    archive.store = try Store.open(archive.path, .write)
    let counts = try Derivation.deriveLeftOver(in: archive.store)
    #expect(counts.revisions == 2)
    #expect(try archive.store.pendingCount() == 0)
    #expect(try archive.sentences() == [a, b, a])
  }

  @Test func `rebuilding gives the same history`() throws {
    let archive = try Archive()
    try archive.take(Histories.long(seed: 7, count: 30))
    let before = try archive.history()
    _ = try Derivation.rebuild(archive.store)
    #expect(try archive.history() == before)
    #expect(try archive.verify().isEmpty)
  }

  @Test func `a page dated at the end of time is read back as it was`() throws {
    let archive = try Archive()
    for (i, date) in ["9999-12-31T23:59:59-05:00", "0000-01-01T00:00:00+02:00", "9999-12-31T24:00"].enumerated() {
      let page = ArticlePage.ferry("Sentence number \(i) with an odd date.").html.replacingOccurrences(
        of: "<script>", with: "<meta property=\"article:published_time\" content=\"\(date)\"><script>")
      try archive.take([Archive.raw(Array(page.utf8), minute: Int64(i))])
    }
    archive.store = try Store.open(archive.path, .write)
    #expect(try archive.sentences().count == 3)
    try archive.take([Archive.capture(a, minute: 9)])
    #expect(try archive.verify().isEmpty)
  }

  @Test func `URLs that differ only in how a letter is composed are two articles`() throws {
    let composed = "https://post.example/caf\u{E9}"
    let decomposed = "https://post.example/cafe\u{301}"
    let archive = try Archive()
    try archive.take([
      Archive.capture(a, minute: 0, url: composed), Archive.capture(b, minute: 1, url: decomposed),
      Archive.raw(ArticlePage.ferry(a).bytes, minute: 2, url: decomposed, article: composed),
    ])
    #expect(try archive.raw { try Int.fetchOne($0, sql: "SELECT count(*) FROM article") } == 2)
    #expect(try archive.verify().isEmpty)
    #expect(try archive.sentences(composed) == [a])
    #expect(try archive.sentences(decomposed) == [b])
  }
}

/// Made-up histories of one article.
enum Histories {
  /// Captures a minute apart: edits, returns, revisits, walls, some at the same instant with sequence numbers.
  static func long(seed: UInt64, count: Int) -> [CaptureInput] {
    var random = SplitMix64(seed: seed)
    var inputs: [CaptureInput] = []
    var (minute, seq): (Int64, Int64) = (0, 0)
    var articles: [CaptureInput] = []
    for _ in 0..<count {
      if Int.random(in: 0..<4, using: &random) == 0 { seq += 1 } else { (minute, seq) = (minute + 1, 0) }
      switch Int.random(in: 0..<10, using: &random) {
      case 0: inputs.append(Archive.raw(Array("gone".utf8), minute: minute, seq: seq, status: 404))
      case 1: inputs.append(Archive.raw(Array(WallPage.consent.utf8), minute: minute, seq: seq))
      case 2 where !articles.isEmpty:
        let still = articles[Int.random(in: 0..<articles.count, using: &random)]
        inputs.append(Archive.raw([], minute: minute, seq: seq, status: 304, refersTo: Archive.digest(still)))
      default:
        let n = Int.random(in: 0..<5, using: &random)
        articles.append(
          Archive.capture(
            "The contract is worth \(n) million a year.", minute: minute, seq: seq,
            furniture: "\(Int.random(in: 0..<3, using: &random))"))
        inputs.append(articles[articles.count - 1])
      }
    }
    return inputs
  }
}
