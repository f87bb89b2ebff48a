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
      let snapshots = SnapshotReader()
      let asked = Set(articles).sorted()
      var said: Set<Int64> = []
      for article in asked {
        for link in try Self.chain(of: article, in: db) {
          let sentences = try snapshots.sentences(of: link.snapshot, in: db)
          said.formUnion(sentences.fields)
          said.formUnion(sentences.body)
        }
      }
      let places = try PhrasePlaces(phrase, among: articles.isEmpty ? nil : SentenceSet(said), snapshots, in: db)
      guard !places.isEmpty else { return [] }
      var found: [PhraseHistory] = []
      for article in try articles.isEmpty ? places.articles(in: db) : asked {
        let spans = try Self.chain(of: article, in: db).spans { try places.stand(in: $0.snapshot, db) }
        if !spans.isEmpty { found.append(PhraseHistory(url: try Self.url(of: article, in: db), spans: spans)) }
      }
      return found.sorted { $0.url < $1.url }
    }
  }
}
