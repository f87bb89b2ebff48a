import GRDB
import Model
import Segmentation

/// When an article said a phrase.
public struct PhraseHistory: Sendable, Hashable {
  public let url: String
  /// Oldest first; at least one.
  public let spans: [TimeSpan]
}

extension Store {
  /// When a phrase appeared, vanished and returned, for each article that ever said it, in the order of their URLs. It may
  /// begin in one sentence and end in another; fields are sought each for itself.
  /// - Parameter articles: empty: all.
  public func when(_ query: Query, in articles: [Int64]) throws(StorageError) -> [PhraseHistory] {
    guard let phrase = query.phrases.first else { return [] }
    return try read { db in
      let reader = PhraseReader(phrase)
      let wanted = try articles.isEmpty ? reader.articles(in: db) : Set(articles)
      var found: [PhraseHistory] = []
      for article in wanted {
        let chain = try Self.chain(of: article, in: db)
        let spans = try chain.spans { try reader.stands(in: $0.snapshot, db) }
        if !spans.isEmpty { found.append(PhraseHistory(url: try Self.url(of: article, in: db), spans: spans)) }
      }
      return found.sorted { $0.url < $1.url }
    }
  }
}

/// Looks for a phrase in snapshots; each sentence is read once.
private final class PhraseReader {
  private let phrase: SearchUnits
  private let snapshots = SnapshotReader()
  /// What each sentence has of the phrase.
  private var parts: [Int64: Part] = [:]
  private var answers: [Int64: Bool] = [:]

  /// Of a sentence that does not hold the whole phrase.
  private struct Part {
    let isWhole: Bool
    /// So many units of the phrase's beginning may end the sentence.
    let ends: [Int]
    let units: SearchUnits
  }

  init(_ phrase: SearchUnits) { self.phrase = phrase }

  /// Articles that may say it: those of sentences that hold it, and of sentences that begin or end with a part of it.
  func articles(in db: Database) throws -> Set<Int64> {
    var found: Set<Int64> = []
    func take(_ ids: [Int64], where holds: (Int64) throws -> Bool) throws {
      for id in ids where try holds(id) {
        found.formUnion(try SentenceArticles.articles(saying: id, in: db))
      }
    }
    let tokens = phrase.tokens
    if !tokens.isEmpty {
      try take(SentenceIndex.sentences(with: tokens, in: db)) { try part($0, db).isWhole }
    }
    let count = phrase.units.count
    for cut in 1..<max(count, 1) where !phrase.units[cut].follows {
      let (left, right) = (phrase.tokens(of: 0..<cut), phrase.tokens(of: cut..<count))
      // The side with the rarer word decides; most often no sentence begins or ends so.
      if try SentenceIndex.rarest(left, in: db) <= SentenceIndex.rarest(right, in: db) {
        guard !left.isEmpty else { continue }
        try take(SentenceIndex.sentences(with: left, in: db)) { try part($0, db).ends.contains(cut) }
      } else {
        guard !right.isEmpty else { continue }
        try take(SentenceIndex.sentences(with: right, in: db)) { id in
          try part(id, db).units.stands(phrase, cut..<count, at: 0)
        }
      }
    }
    return found
  }

  private func part(_ id: Int64, _ db: Database) throws -> Part {
    if let part = parts[id] { return part }
    let units = SearchUnits(try snapshots.sentences.octets(id, in: db))
    let (have, count) = (units.units.count, phrase.units.count)
    let part = Part(
      isWhole: !units.places(of: phrase).isEmpty,
      ends: (1..<max(count, 1)).filter { units.stands(phrase, 0..<$0, at: have - $0) }, units: units)
    parts[id] = part
    return part
  }

  func stands(in snapshot: Int64, _ db: Database) throws -> Bool {
    if let answer = answers[snapshot] { return answer }
    let contents = try snapshots.parts(snapshot, in: db)
    // How many units of the phrase the text read so far may end with.
    var begun: [Int] = []
    var answer = false
    search: for (kind, sentences) in contents {
      for (id, _) in sentences {
        let part = try part(id, db)
        if part.isWhole { answer = true }
        guard kind.kind != nil else { continue }
        var next = part.ends
        for count in begun {
          let rest = phrase.units.count - count
          let taken = min(rest, part.units.units.count)
          guard part.units.stands(phrase, count..<(count + taken), at: 0) else { continue }
          if taken == rest { answer = true } else { next.append(count + taken) }
        }
        begun = next
        if answer { break search }
      }
    }
    answers[snapshot] = answer
    return answer
  }
}
