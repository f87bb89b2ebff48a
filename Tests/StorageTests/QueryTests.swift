import CommandRunner
import Foundation
import GRDB
import Model
import Syncing
import Testing

@testable import Storage

/// Questions over an archive: edits, blame, search, when, same.
struct QueryTests {
  private static let wire =
    "The harbour council approved a new contract for the island ferry on Thursday after a debate of four hours."

  /// A ferry page with these sentences as one paragraph, after what the test page begins with.
  private static func page(_ text: String, minute: Int64, url: String = Archive.url) -> CaptureInput {
    Archive.raw(
      ArticlePage("Council approves ferry contract", [wire, text]).bytes, minute: minute, url: url)
  }

  private static func minute(_ n: Int64) -> Instant { Archive.start.advanced(byMilliseconds: n * 60_000) }

  private static func edits(
    _ archive: Archive, _ scope: Scope = Scope(), classes: Set<Edit.Class> = []
  ) throws -> [FoundEdits] {
    var found: [FoundEdits] = []
    try archive.store.edits(scope, classes: classes) {
      found.append($0)
      return true
    }
    return found
  }

  private static let changing: [(String, Int64)] = [
    ("It is worth 15 million euros a year.", 0), ("It is worth 16 million euros a year.", 10),
    ("It is worth 15 million euros a year.", 25), ("Nobody knows what it is worth, the mayor said.", 40),
  ]

  private static func history() throws -> Archive {
    let archive = try Archive()
    for (text, minute) in changing { try archive.take([page(text, minute: minute)]) }
    try archive.take([page("It is worth 16 million euros a year.", minute: 12, url: "https://wire.example/ferry")])
    return archive
  }

  @Test func `edits come newest first with their intervals and what they return to`() throws {
    let archive = try Self.history()
    let found = try Self.edits(archive)
    #expect(found.map(\.ordinal) == [4, 3, 2])
    #expect(found.map(\.returnsTo) == [nil, 1, nil])
    #expect(found[1].came == ChangeInterval(after: Self.minute(10), by: Self.minute(25)))
    #expect(
      try Self.edits(archive, classes: [.number]).allSatisfy { $0.edits.allSatisfy { $0.classes.contains(.number) } })
    #expect(try Self.edits(archive, classes: [.byline]).isEmpty)
    var scope = Scope()
    (scope.since, scope.until) = (Self.minute(10), Self.minute(40))
    #expect(try Self.edits(archive, scope).map(\.ordinal) == [3, 2])
    scope.articles = [try archive.article("wire.example")]
    #expect(try Self.edits(archive, scope).isEmpty)
    scope = Scope()
    scope.language = "xx"
    #expect(try Self.edits(archive, scope).isEmpty)
  }

  @Test func `edits by class and time are found along an index`() throws {
    let archive = try Archive()
    let plan = try archive.raw { db in
      try Row.fetchAll(
        db,
        sql: """
          EXPLAIN QUERY PLAN SELECT id FROM revision INDEXED BY revision_at
          WHERE first_at >= 1 AND first_at < 2 AND classes & 4 <> 0 ORDER BY first_at DESC
          """
      ).map { "\($0)" }
    }
    #expect(plan.count == 1 && plan[0].contains("SEARCH revision USING COVERING INDEX revision_at"))
  }

  @Test func `blame gives each sentence its interval and its earlier wordings`() throws {
    let archive = try Self.history()
    let (ordinal, lines) = try #require(try archive.store.blame(archive.article("post.example"), .ordinal(3)))
    #expect(ordinal == 3)
    let still = try #require(lines.first { $0.now.text == Self.wire })
    #expect(still.now.revision == 1 && still.was.isEmpty && still.now.came.after == nil)
    let worth = try #require(lines.first { $0.now.text == Self.changing[2].0 })
    #expect(worth.now.came == ChangeInterval(after: Self.minute(10), by: Self.minute(25)))
    #expect(worth.was.map(\.text) == [Self.changing[1].0, Self.changing[0].0])
    #expect(worth.was.map(\.revision) == [2, 1])
    #expect(lines.first?.part == .headline)
    #expect(try archive.store.blame(archive.article("post.example"), .ordinal(9)) == nil)
  }

  @Test func `a moved sentence is as old as it was before the move`() throws {
    let archive = try Archive()
    let paragraphs = [
      Self.wire, "The first boat leaves the old harbour in May of next year.",
      "The mayor spoke for an hour about the price of fuel on the islands.",
      "Fishermen had asked the council to wait until the autumn storms are over.",
    ]
    for (minute, order) in [[0, 1, 2, 3], [0, 2, 3, 1]].enumerated() {
      let page = ArticlePage("Council approves ferry contract", order.map { paragraphs[$0] })
      try archive.take([Archive.raw(page.bytes, minute: Int64(minute))])
    }
    let (_, lines) = try #require(try archive.store.blame(archive.article(), .last))
    #expect(lines.filter { $0.block != nil }.map(\.now.revision) == [1, 1, 1, 1])
  }

  @Test func `search finds what stood and what stands, wherever`() throws {
    let archive = try Self.history()
    let found = try archive.store.search(Query(words: "WORTH million 16"), Scope()).found
    #expect(Set(found.map(\.url)) == [Archive.url, "https://wire.example/ferry"])
    let gone = try #require(found.first { $0.url == Archive.url })
    #expect(
      gone.spans == [
        TimeSpan(
          from: ChangeInterval(after: Self.minute(0), by: Self.minute(10)),
          to: ChangeInterval(after: Self.minute(10), by: Self.minute(25)))
      ])
    #expect(try archive.store.search(Query(words: "\"million worth\""), Scope()).found.isEmpty)
    #expect(try archive.store.search(Query(words: "\"sixteen million\" OR worth"), Scope()).found.isEmpty)
    var scope = Scope()
    scope.since = Self.minute(30)
    #expect(
      try archive.store.search(Query(words: "16 million"), scope).found.map(\.url) == ["https://wire.example/ferry"])
  }

  @Test(arguments: [
    "worth AND", "\"", "wor*", "^worth", "worth NEAR(million)", "words : worth", "-worth \" OR \"\" --",
  ])
  func `operators of full text search have no meaning`(text: String) throws {
    let archive = try Self.history()
    guard let query = try? Query(words: text) else { return }  // nothing in it to seek is an answer too
    for sentence in try archive.store.search(query, Scope()).found {
      #expect(sentence.text.lowercased().contains("worth"))
      #expect(!sentence.matches.isEmpty)
    }
  }

  @Test func `what cannot be sought is refused with a reason`() {
    #expect(throws: QueryError.empty) { try Query(words: "") }
    #expect(throws: QueryError.empty) { try Query(phrase: " … \" ") }
    #expect(throws: QueryError.tooShort) { try Query(phrase: "x") }
    #expect(throws: QueryError.tooShort) { try Query(phrase: "東") }
  }

  @Test(arguments: [
    ("新しい契約は東京都庁で承認された。", "東京都"), ("港务局周四批准了新的渡轮合同。", "渡轮合同"), ("สภาท่าเรืออนุมัติสัญญาเรือข้ามฟากใหม่", "สัญญา"),
    ("Le café de la gare sera rénové l’été prochain.", "CAFE de la gare"),
    ("Совет утвердил новый договор о пароме.", "НОВЫЙ ДОГОВОР"),
    ("항만 위원회가 새 여객선 계약을 승인했다.", "여객선 계약을"), ("وافق مجلس الميناء على عقد العبارة الجديد.", "عقد العبارة"),
  ])
  func `any script is searched`(text: String, wanted: String) throws {
    let archive = try Archive()
    try archive.take([Self.page(text, minute: 0)])
    try archive.take([Self.page("Nothing of the kind is known any more.", minute: 5)])
    let found = try archive.store.search(Query(words: "\"\(wanted)\""), Scope()).found
    #expect(found.count == 1)
    #expect(found.first?.text.contains(text.prefix(4)) == true)
    let spans = try archive.store.when(Query(phrase: wanted)).found.first?.spans
    #expect(spans?.first?.to == ChangeInterval(after: Self.minute(0), by: Self.minute(5)))
    #expect(try archive.verify().isEmpty)
  }

  @Test func `a phrase is followed as it appears, vanishes and returns`() throws {
    let archive = try Self.history()
    let found = try archive.store.when(Query(phrase: "15 million euros")).found
    #expect(found.map(\.url) == [Archive.url])
    #expect(found[0].spans.map(\.from.by) == [Self.minute(0), Self.minute(25)])
    #expect(found[0].spans.map { $0.to?.by } == [Self.minute(10), Self.minute(40)])
    #expect(
      try archive.store.when(Query(phrase: "15 million euros"), Scope(articles: [archive.article("wire.example")]))
        .found.isEmpty)
  }

  @Test func `a phrase is sought in the time and language asked for`() throws {
    let archive = try Self.history()
    func spans(_ set: (inout Scope) -> Void) throws -> [Instant] {
      var scope = Scope()
      set(&scope)
      return try archive.store.when(Query(phrase: "15 million euros"), scope).found.flatMap { $0.spans.map(\.from.by) }
    }
    #expect(try spans { $0.until = Self.minute(5) } == [Self.minute(0)])
    #expect(try spans { $0.since = Self.minute(30) } == [Self.minute(25)])
    #expect(try spans { $0.since = Self.minute(50) }.isEmpty)
    #expect(try spans { $0.language = "en" }.count == 2)
    #expect(try spans { $0.language = "de" }.isEmpty)
    #expect(try spans { $0.source = .max }.isEmpty)
  }

  @Test func `a phrase may go on in the next sentence`() throws {
    let archive = try Archive()
    try archive.take([Self.page("It was agreed in May. The boats are new.", minute: 0)])
    #expect(try archive.store.when(Query(phrase: "agreed in may the boats")).found.count == 1)
    #expect(try archive.store.when(Query(phrase: "hours it was agreed")).found.count == 1)
    #expect(try archive.store.when(Query(phrase: "in may are new")).found.isEmpty)
  }

  @Test func `a phrase may run through short sentences and ornaments`() throws {
    let archive = try Archive()
    let paragraphs = [
      Self.wire, "He was asked once more whether the boats would come.", "No.", "* * *", "Never again, said the mayor.",
    ]
    let page = ArticlePage("Council approves ferry contract", paragraphs)
    try archive.take([Archive.raw(page.bytes, minute: 0)])
    func count(_ phrase: String) throws -> Int { try archive.store.when(Query(phrase: phrase)).found.count }
    #expect(try count("would come no never again") == 1)
    #expect(try count("come no never") == 1)
    #expect(try count("no never") == 1)
    #expect(try count("would come never again") == 0)
    #expect(try count("would come no again") == 0)
    #expect(
      try archive.store.when(Query(phrase: "come no never"), Scope(articles: [archive.article()])).found.count == 1)
    #expect(try archive.verify().isEmpty)
  }

  @Test func `a phrase that runs on is found however many sentences begin with its end`() throws {
    let archive = try Archive()
    let many = (0..<700).map { k in (0..<3).map { "We went to harbour \(k) by boat \($0)." }.joined(separator: " ") }
    let page = ArticlePage(
      "Council approves ferry contract",
      [Self.wire, "Nobody had expected a decision today, said the owner of the ships."] + many)
    try archive.take([Archive.raw(page.bytes, minute: 0)])
    #expect(try archive.store.when(Query(phrase: "the ships we")).found.count == 1)
    #expect(try archive.store.when(Query(phrase: "ships we went to harbour 0")).found.count == 1)
    #expect(try archive.store.when(Query(phrase: "ships we went to harbour 9")).found.isEmpty)
    #expect(try archive.store.when(Query(phrase: "boat 2 we went to harbour 17")).found.count == 1)
  }

  @Test func `articles that share sentences are found, with who followed a change`() throws {
    let archive = try Archive()
    let (before, after) = (
      "The contract is worth 15 million euros a year, it said.",
      "The contract is worth 16 million euros a year, it said."
    )
    let (one, two, three) = ("https://one.example/a", "https://two.example/a", "https://three.example/a")
    try archive.take([Self.page(before, minute: 0, url: one), Self.page(before, minute: 3, url: two)])
    try archive.take([Self.page(before, minute: 4, url: three), Self.page(after, minute: 10, url: one)])
    try archive.take([Self.page(after, minute: 20, url: two)])
    let found = try archive.store.sharing(archive.article("one.example")).found
    #expect(found.map(\.url) == [two, three])
    #expect(found.map(\.sentences.count) == [3, 2])
    #expect(found[0].sentences.allSatisfy { $0.here.by < $0.there.by })
    #expect(found.map { $0.changes.map(\.following) } == [[.same], [.no]])
    #expect(found[0].changes.first?.there?.by == Self.minute(20))
    #expect(try archive.store.sharing(archive.article("one.example"), limit: 1).found.count == 1)
  }

  @Test(arguments: 1...4)
  func `captures out of order give the same answers as in order`(seed: Int) throws {
    let inputs =
      Self.changing.map { Self.page($0.0, minute: $0.1) } + [
        Self.page(Self.changing[1].0, minute: 12, url: "https://wire.example/ferry"),
        Self.page(Self.changing[3].0, minute: 50, url: "https://wire.example/ferry"),
      ]
    func answers(_ inputs: [CaptureInput]) throws -> [String] {
      let archive = try Archive()
      for input in inputs { try archive.take([input]) }
      #expect(try archive.verify().isEmpty)
      // In which order they come, and by which numbers, follows from the order of import.
      var lines = try Self.edits(archive).map { found in
        "\(found.url) \(found.ordinal) \(found.came) \(found.returnsTo ?? 0) \(found.recurrence?.rawValue ?? "") "
          + "\(found.change.old) \(found.change.new) \(found.edits)"
      }
      lines += try archive.store.search(Query(words: "worth million"), Scope()).found
        .map { "\($0.url) \($0.text) \($0.matches) \($0.spans) \($0.revision)" }.sorted()
      lines += try archive.store.when(Query(phrase: "worth 16 million")).found
        .map { "\($0.url) \($0.spans)" }.sorted()
      for name in ["post.example", "wire.example"] {
        lines += try archive.store.sharing(archive.article(name)).found
          .map { "\($0.url) \($0.sentences) \($0.changes)" }.sorted()
        lines.append("\(String(describing: try archive.store.blame(archive.article(name), .last)))")
      }
      return lines
    }
    var shuffled = inputs
    for i in shuffled.indices { shuffled.swapAt(i, (i * 3 + seed * 5) % shuffled.count) }
    #expect(try answers(shuffled) == answers(inputs))
  }

  @Test func `deriving again makes the index again`() throws {
    let archive = try Self.history()
    let before = try archive.store.search(Query(words: "worth"), Scope()).found
    try archive.store.dropDerived()
    #expect(try archive.store.search(Query(words: "worth"), Scope()).found.isEmpty)
    _ = try Derivation.rebuild(archive.store)
    #expect(try archive.store.search(Query(words: "worth"), Scope()).found == before)
    #expect(try archive.verify().isEmpty)
  }

  @Test func `a word that is missing from the index is noticed`() throws {
    let archive = try Self.history()
    try archive.raw { try $0.execute(sql: "INSERT INTO sentence_word (rowid, words) VALUES (999, 'stray')") }
    #expect(try archive.verify().map(\.subject).contains("index of words"))
  }

  @Test(arguments: [
    "DELETE FROM sentence_article WHERE sentence = (SELECT max(sentence) FROM sentence_article)",
    "INSERT INTO sentence_article (sentence, article) SELECT 999, min(id) FROM article",
    "UPDATE sentence_article SET article = 2 WHERE sentence = (SELECT max(sentence) FROM sentence_article)",
  ])
  func `an entry of who said what that is missing or stray is noticed`(damage: String) throws {
    let archive = try Self.history()
    #expect(try archive.verify().isEmpty)
    try archive.raw { try $0.execute(sql: damage) }
    #expect(try archive.verify().map(\.subject).contains("index of who said what"))
  }
}
