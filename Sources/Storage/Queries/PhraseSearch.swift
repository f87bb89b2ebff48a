import GRDB
import Model
import Segmentation

/// Why a question cannot be asked.
public enum QueryError: Error, Hashable, Sendable {
  case empty
  case tooShort

  public var code: String {
    switch self {
    case .empty: "empty-query"
    case .tooShort: "query-too-short"
    }
  }

  public var message: String {
    switch self {
    case .empty: "there is no letter or digit in it"
    case .tooShort: "one character alone stands nearly everywhere: at least two are wanted"
    }
  }
}

/// What is sought: phrases, all of which must stand in one sentence. Words and characters count, not punctuation, case or
/// accents.
public struct Query: Sendable {
  let phrases: [SearchUnits]

  /// Words, each for itself, and phrases in quotation marks. Nothing else has a meaning of its own.
  public init(words text: String) throws(QueryError) {
    var phrases: [SearchUnits] = []
    for (i, part) in text.split(separator: "\"", omittingEmptySubsequences: false).enumerated() {
      let pieces = i % 2 == 1 ? [part] : part.split(whereSeparator: \.isWhitespace)
      phrases += pieces.map { SearchUnits(Array($0.utf8)) }
    }
    try self.init(phrases)
  }

  /// One phrase, quotation marks without a meaning.
  public init(phrase text: String) throws(QueryError) { try self.init([SearchUnits(Array(text.utf8))]) }

  private init(_ phrases: [SearchUnits]) throws(QueryError) {
    self.phrases = phrases.filter { !$0.units.isEmpty }
    guard !self.phrases.isEmpty else { throw .empty }
    let all = self.phrases.flatMap { phrase in phrase.units.map { phrase.folded[$0.form] } }
    guard all.count > 1 || String(decoding: all[0], as: UTF8.self).unicodeScalars.count > 1 else { throw .tooShort }
  }

  /// What the index has of every sentence that matches.
  var terms: [[UInt8]] { phrases.flatMap { SentenceIndex.terms(of: $0, $0.units.indices) } }

  /// The bytes that match, in order and apart from each other; nil when one phrase does not stand there.
  func matches(in units: SearchUnits) -> [Range<Int>]? {
    var found: [Range<Int>] = []
    for phrase in phrases {
      let places = units.places(of: phrase)
      if places.isEmpty { return nil }
      found += places.map {
        units.units[$0].place.lowerBound..<units.units[$0 + phrase.units.count - 1].place.upperBound
      }
    }
    var merged: [Range<Int>] = []
    for range in found.sorted(by: { $0.lowerBound < $1.lowerBound }) {
      if let last = merged.last, range.lowerBound < last.upperBound {
        merged[merged.count - 1] = last.lowerBound..<max(last.upperBound, range.upperBound)
      } else {
        merged.append(range)
      }
    }
    return merged
  }
}

/// A sentence or field value that matches, in an article that says or said it.
public struct FoundSentence: Sendable, Hashable {
  public let url: String
  public let text: String
  /// Bytes of the text's UTF-8.
  public let matches: [Range<Int>]
  /// Oldest first; at least one.
  public let spans: [TimeSpan]
  /// The first revision in which it stands.
  public let revision: Int
}

extension Store {
  /// So many sentences that have all words are read, the newest; a question that more of them could answer is a coarse one.
  public static let searchedSentences = 5000

  /// Sentences that match, in each article that said them in the time asked for: those that came last first.
  /// - Returns: `isComplete` is false when there were more sentences to look at than `searchedSentences`.
  public func search(
    _ query: Query, _ scope: Scope, limit: Int? = nil
  ) throws(StorageError) -> (found: [FoundSentence], isComplete: Bool) {
    try read { db in
      let admitted = try scope.admitted(in: db)
      let snapshots = SnapshotReader()
      let candidates = try SentenceIndex.sentences(with: query.terms, limit: Self.searchedSentences + 1, in: db)
      let isComplete = candidates.count <= Self.searchedSentences
      var sentences: [Int64: (octets: [UInt8], matches: [Range<Int>])] = [:]
      var sayings: [Int64: [Int64]] = [:]
      for id in candidates.prefix(Self.searchedSentences) {
        let octets = try snapshots.sentences.octets(id, in: db)
        guard let matches = query.matches(in: SearchUnits(octets)) else { continue }
        sentences[id] = (octets, matches)
        for article in try SentenceArticles.articles(saying: id, in: db) where admitted?.contains(article) ?? true {
          sayings[article, default: []].append(id)
        }
      }
      let wanted = SentenceSet(sentences.keys)
      var found: [FoundSentence] = []
      for (article, ids) in sayings {
        let (url, history) = (
          try Self.url(of: article, in: db), try ArticleSentences(of: article, among: wanted, snapshots, in: db)
        )
        for id in ids {
          let spans = history.spans(of: id).filter { span in
            scope.until.map { span.from.by < $0 } ?? true && scope.since.map { (span.to?.by ?? .latest) > $0 } ?? true
          }
          guard let first = history.first(saying: id), !spans.isEmpty, let (octets, matches) = sentences[id] else {
            continue
          }
          if scope.language != nil {
            let language = try String.fetchOne(
              db.cachedStatement(sql: "SELECT language FROM snapshot WHERE id = ?"), arguments: [first.snapshot])
            guard scope.admits(language: language) else { continue }
          }
          found.append(
            FoundSentence(
              url: url, text: String(decoding: octets, as: UTF8.self), matches: matches, spans: spans,
              revision: first.ordinal))
        }
      }
      found.sort {
        let (a, b) = ($0.spans.last?.from.by ?? .latest, $1.spans.last?.from.by ?? .latest)
        if a != b { return a > b }
        return $0.url != $1.url ? $0.url < $1.url : $0.text < $1.text
      }
      return (Array(found.prefix(limit ?? found.count)), isComplete)
    }
  }
}

extension Instant {
  static let latest = Instant(milliseconds: .max)
}
