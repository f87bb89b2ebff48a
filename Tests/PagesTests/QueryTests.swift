import Model
import Storage
import Testing

/// The questions that pages ask of the archive, held against those that commands ask.
struct QueryTests {
  @Test func `a log in pages is the log`() throws {
    let room = try Newsroom.filled()
    let id = try room.article()
    let whole = try room.store.log(id)
    var (pages, before) = ([LogEntry](), nil as Int?)
    while true {
      let page = try room.store.log(id, before: before, limit: 2)
      guard let last = page.last else { break }
      pages += page
      before = last.ordinal
    }
    #expect(pages == whole)
  }

  @Test func `the listing of revisions has the edits that are listed for commands`() throws {
    let room = try Newsroom.filled()
    var edits: [String] = []
    try room.store.edits(Scope(), classes: []) { found in
      edits.append("\(found.url)@\(found.ordinal) \(found.came) \(found.edits) \(found.returnsTo ?? 0)")
      return true
    }
    let feed = try room.store.revisions(Scope(), limit: 100)
    #expect(feed.next == nil)
    let listed = feed.changes.map { "\($0.url)@\($0.ordinal) \($0.came) \($0.edits) \($0.returnsTo ?? 0)" }
    #expect(listed.sorted() == edits.sorted() && !edits.isEmpty)
  }

  @Test func `revisions of one instant are parted by their cursor`() throws {
    let room = try Newsroom()
    for n in 0..<7 {
      for word in ["first", "second"] {
        try room.take(
          "https://post.example/\(n)", minute: word == "first" ? 0 : 5, "On the quay",
          ["This is what was said in the \(word) edition of the paper on that day."])
      }
    }
    var (seen, cursor) = ([Int64](), nil as RevisionCursor?)
    repeat {
      let page = try room.store.revisions(Scope(), after: cursor, limit: 3)
      seen += page.changes.map(\.article)
      cursor = page.next
    } while cursor != nil
    #expect(seen == seen.sorted(by: >) && seen.count == 7)
  }

  @Test func `a timeline counts every check and capture once`() throws {
    let room = try Newsroom.filled()
    let id = try room.article()
    for steps in [1, 3, 160] {
      let timeline = try #require(try room.store.timeline(of: id, steps: steps, revisions: 80))
      #expect(timeline.totals == [.article: 6, .wall: 1, .failure: 2])
      #expect(timeline.marks.reduce(0) { $0 + $1.count } == 9)
      #expect(timeline.revisions.map(\.ordinal) == [1, 2, 3, 4, 5])
      #expect(timeline.marks.allSatisfy { $0.from >= timeline.first && $0.to <= timeline.last })
    }
    #expect(try room.store.timeline(of: 9999, steps: 10, revisions: 10) == nil)
  }

  @Test func `headlines are told once for each time they changed`() throws {
    let room = try Newsroom.filled()
    let spans = try room.store.headlines(of: try room.article(), limit: 10)
    #expect(spans.map(\.revision) == [5, 3, 1])
    #expect(spans.map(\.headline).first == spans.map(\.headline).last)
  }

  @Test func `articles are found by URL and by any headline they had`() throws {
    let room = try Newsroom.filled()
    let disputed = try room.store.articleCards(orHeadline: try Query(words: "disputed"), limit: 10)
    #expect(disputed.map(\.url).contains(Newsroom.ferry))
    let none = try room.store.articleCards(matching: "zzz", orHeadline: try Query(words: "quay"), limit: 10)
    #expect(none.isEmpty)
    let named = try room.store.articleCards(matching: "zzz", orHeadline: try Query(words: "disputed"), limit: 10)
    #expect(named.map(\.url) == [Newsroom.ferry])
    #expect(try room.store.articleCards(matching: "gangbao", limit: 10).map(\.revisions) == [2])
  }

  @Test func `what an article's pages follow from differs when anything of it does`() throws {
    let room = try Newsroom.filled()
    let (ferry, other) = (try room.article(), try room.article("gangbao"))
    let (before, still) = (try room.store.chainDigest(of: ferry), try room.store.chainDigest(of: other))
    try room.take(
      Newsroom.ferry, minute: 3000, "A new headline", ["And a text of its own, long enough to be an article's."])
    #expect(try room.store.chainDigest(of: ferry) != before)
    #expect(try room.store.chainDigest(of: other) == still)
  }
}
