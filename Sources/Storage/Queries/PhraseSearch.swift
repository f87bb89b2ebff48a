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
  var terms: [[UInt8]] { phrases.flatMap { SentenceIndex.asked(of: $0, $0.units.indices) } }

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
  public let article: Int64
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
  /// Sentences that match, in each article that said them in the time asked for: the sentences that came into the archive last
  /// are first, and of one the articles with the highest numbers.
  ///
  /// - Parameter effort: steps of about a microsecond after which the page is cut. One sentence at least is looked at.
  public func search(
    _ query: Query, _ scope: Scope, after cursor: SaidCursor? = nil, limit: Int = .max, effort steps: Int = .max
  ) throws(StorageError) -> SaidPage<FoundSentence> {
    try read { db in
      let admitted = try scope.admitted(in: db)
      let (snapshots, effort) = (SnapshotReader(), QueryEffort(steps))
      var listing = SaidListing<FoundSentence>(limit: limit, effort: effort)
      var histories: [Int64: ArticleSentences] = [:]
      func history(_ article: Int64) throws -> ArticleSentences {
        if let known = histories[article] { return known }
        let history = try ArticleSentences(of: article, snapshots, in: db)
        for _ in history.chain { effort.readRevision() }
        histories[article] = history
        return history
      }
      try SentenceIndex.sentences(withAnyOf: [query.terms], upTo: cursor.map { $0.firstAhead - 1 } ?? .max, in: db) {
        id in
        guard listing.hasEffort() else { return false }
        effort.lookUp()
        let articles = try SentenceArticles.articles(saying: id, around: cursor, in: db).after
          .filter { admitted?.contains($0) ?? true }
        if !articles.isEmpty {
          effort.readText()
          let octets = try snapshots.sentences.octets(id, in: db)
          if let matches = query.matches(in: SearchUnits(octets)) {
            for article in articles {
              guard listing.hasEffort() else { return false }
              let history = try history(article)
              let found = try Self.found(id, octets, matches, article, history, scope, db)
              if found != nil, !listing.hasRoom() { return false }
              listing.take(found, at: SaidCursor(sentence: id, article: article))
            }
          }
        }
        listing.take(nil, at: SaidCursor(sentence: id, article: 0))
        return true
      }
      return listing.page
    }
  }

  /// Nil when the article did not say it in that time and language.
  private static func found(
    _ id: Int64, _ octets: [UInt8], _ matches: [Range<Int>], _ article: Int64, _ history: ArticleSentences,
    _ scope: Scope, _ db: Database
  ) throws -> FoundSentence? {
    let spans = history.spans(of: id).filter(scope.admits)
    guard let first = history.first(saying: id), !spans.isEmpty, try scope.admits(snapshot: first.snapshot, in: db)
    else { return nil }
    return FoundSentence(
      article: article, url: try url(of: article, in: db), text: String(decoding: octets, as: UTF8.self),
      matches: matches, spans: spans, revision: first.ordinal)
  }
}

extension Instant {
  static let latest = Instant(milliseconds: .max)
}
