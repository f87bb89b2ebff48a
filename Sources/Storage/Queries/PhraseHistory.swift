import GRDB
import Model
import Segmentation

/// When an article said a phrase.
public struct PhraseHistory: Sendable, Hashable {
  public let article: Int64
  public let url: String
  /// Oldest first; at least one.
  public let spans: [TimeSpan]
}

extension Store {
  /// When a phrase appeared, vanished and returned, for each article that said it in the time and language asked for: those
  /// first whose sentence with it, or with a part of it, came into the archive last. It may begin in one sentence and end in
  /// another; fields are sought each for itself.
  ///
  /// - Parameters:
  ///   - scope: articles that it names come with the highest number first.
  ///   - effort: steps of about a microsecond after which the page is cut. One article at least is looked at.
  public func when(
    _ query: Query, _ scope: Scope = Scope(), after cursor: SaidCursor? = nil, limit: Int = .max, effort: Int = .max
  ) throws(StorageError) -> SaidPage<PhraseHistory> {
    try when(query, scope, after: cursor, limit: limit, QueryEffort(effort))
  }

  func when(
    _ query: Query, _ scope: Scope, after cursor: SaidCursor?, limit: Int, _ effort: QueryEffort
  ) throws(StorageError) -> SaidPage<PhraseHistory> {
    guard let phrase = query.phrases.first else { return .none }
    return try read { db in
      let snapshots = SnapshotReader()
      let places = try PhrasePlaces(phrase, snapshots, effort, in: db)
      let (anchors, admitted) = (places.anchors, try scope.admitted(in: db))
      var listing = SaidListing<PhraseHistory>(limit: limit, effort: effort)
      guard !anchors.isEmpty else { return listing.page }
      func visit(_ article: Int64, unlessSaying passed: SentenceSet) throws -> PhraseHistory? {
        let chain = try Self.chain(of: article, in: db)
        if !passed.isEmpty {
          for link in chain.reversed() {
            effort.readRevision()
            let said = try snapshots.sentences(of: link.snapshot, in: db)
            // An earlier page had it.
            func had(_ id: Int64) throws -> Bool { try passed.contains(id) && places.isAnchor(id, db) }
            if try said.body.contains(where: had) || said.fields.contains(where: had) { return nil }
          }
        }
        func says(_ link: ChainLink) throws -> Bool { try places.stand(in: link.snapshot, db) }
        let spans = try chain.spans(where: says).filter(scope.admits)
        guard !spans.isEmpty, let first = try chain.first(where: says),
          try scope.admits(snapshot: first.snapshot, in: db)
        else { return nil }
        return PhraseHistory(article: article, url: try Self.url(of: article, in: db), spans: spans)
      }
      if !scope.articles.isEmpty {
        for article in (admitted ?? []).sorted(by: >) where article < cursor?.article ?? .max {
          guard listing.hasEffort(), listing.hasRoom() else { break }
          try listing.take(visit(article, unlessSaying: SentenceSet([])), at: SaidCursor(sentence: 0, article: article))
        }
        return listing.page
      }
      var seen: Set<Int64> = []
      var (ids, passed): ([Int64], SentenceSet?) = ([], nil)
      try SentenceIndex.sentences(withAnyOf: anchors, upTo: .max, in: db) { id in
        if let cursor, id >= cursor.firstAhead {
          ids.append(id)
          return true
        }
        let before = passed ?? SentenceSet(ids)
        passed = before
        guard listing.hasEffort() else { return false }
        effort.lookUp()
        guard try places.isAnchor(id, db) else {
          listing.take(nil, at: SaidCursor(sentence: id, article: 0))
          return true
        }
        let saying = try SentenceArticles.articles(saying: id, around: cursor, in: db)
        seen.formUnion(saying.before)
        for article in saying.after where admitted?.contains(article) ?? true && seen.insert(article).inserted {
          guard listing.hasEffort(), listing.hasRoom() else { return false }
          try listing.take(visit(article, unlessSaying: before), at: SaidCursor(sentence: id, article: article))
        }
        listing.take(nil, at: SaidCursor(sentence: id, article: 0))
        return true
      }
      return listing.page
    }
  }
}
