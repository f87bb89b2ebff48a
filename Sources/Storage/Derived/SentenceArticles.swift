import GRDB
import Model

/// Which articles ever said a sentence.
struct SentenceArticles {
  private let db: Database
  private let insert: Statement

  init(_ db: Database) throws {
    self.db = db
    insert = try db.cachedStatement(sql: "INSERT OR IGNORE INTO sentence_article (sentence, article) VALUES (?, ?)")
  }

  /// Notes that an article said these, but for those that it said before.
  func note(_ sentences: [Int64], of article: Int64, before: [Int64]) throws {
    let known = Set(before)
    for sentence in Set(sentences).subtracting(known).sorted() { try insert.execute(arguments: [sentence, article]) }
  }

  static func articles(saying sentence: Int64, in db: Database) throws -> [Int64] {
    let statement = try db.cachedStatement(
      sql: "SELECT article FROM sentence_article WHERE sentence = ? ORDER BY article")
    return try Int64.fetchAll(statement, arguments: [sentence])
  }

  /// Those that come in a listing up to a place in it, of this sentence alone, and those after it.
  static func articles(
    saying sentence: Int64, around place: SaidCursor?, in db: Database
  ) throws -> (before: ArraySlice<Int64>, after: ArraySlice<Int64>) {
    let all = try Array(articles(saying: sentence, in: db).reversed())
    guard let place, place.sentence == sentence else { return ([], all[...]) }
    let split = all.firstIndex { $0 < place.article } ?? all.endIndex
    return (all[..<split], all[split...])
  }
}

/// When an article said which sentences.
struct ArticleSentences {
  let chain: [ChainLink]
  /// For each sentence the stretches of the chain in which it stands, in order.
  private var stretches: [Int64: [Range<Int>]] = [:]

  /// - Parameter wanted: the sentences that will be asked for; nil: any.
  init(of article: Int64, among wanted: SentenceSet? = nil, _ snapshots: SnapshotReader, in db: Database) throws {
    chain = try Store.chain(of: article, in: db)
    for (n, link) in chain.enumerated() {
      let said = try snapshots.sentences(of: link.snapshot, in: db)
      for id in said.fields { if wanted?.contains(id) ?? true { note(id, at: n) } }
      for id in said.body { if wanted?.contains(id) ?? true { note(id, at: n) } }
    }
  }

  private mutating func note(_ id: Int64, at n: Int) {
    guard let last = stretches[id]?.last else { return stretches[id] = [n..<(n + 1)] }
    if last.upperBound == n {
      stretches[id]?.removeLast()
      stretches[id]?.append(last.lowerBound..<(n + 1))
    } else if last.upperBound < n {
      stretches[id]?.append(n..<(n + 1))
    }
  }

  /// The revision that was the first to say it.
  func first(saying sentence: Int64) -> ChainLink? { stretches[sentence]?.first.map { chain[$0.lowerBound] } }

  func spans(of sentence: Int64) -> [TimeSpan] {
    (stretches[sentence] ?? []).map { stretch in
      TimeSpan(
        from: chain[stretch.lowerBound].came,
        to: stretch.upperBound < chain.count ? chain[stretch.upperBound].came : nil)
    }
  }
}
