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
}

/// When an article said which sentences.
final class ArticleSentences {
  let chain: [ChainLink]
  private var sets: [Int64: Set<Int64>] = [:]

  init(of article: Int64, _ snapshots: SnapshotReader, in db: Database) throws {
    chain = try Store.chain(of: article, in: db)
    for link in chain where sets[link.snapshot] == nil {
      sets[link.snapshot] = Set(try snapshots.parts(link.snapshot, in: db).flatMap { $0.sentences.map(\.id) })
    }
  }

  func stands(_ sentence: Int64, in link: ChainLink) -> Bool { sets[link.snapshot]?.contains(sentence) ?? false }

  func spans(of sentence: Int64) -> [TimeSpan] { chain.spans { stands(sentence, in: $0) } }
}
