import GRDB
import Model

/// A sentence that two articles say, with when each came to say it.
public struct SharedSentence: Sendable, Hashable {
  public let text: String
  public let here, there: ChangeInterval
}

/// What became, in another article, of a shared sentence that this one changed.
public struct SharedChange: Sendable, Hashable {
  public enum Following: String, Sendable {
    /// It says what this one says now, or dropped what this one dropped.
    case same
    /// It changed the sentence otherwise.
    case otherwise
    /// It still says it.
    case no
  }

  public let before: String
  /// Nil: dropped.
  public let after: String?
  public let classes: [Edit.Class]
  public let here: ChangeInterval
  public let following: Following
  /// When the other stopped saying it; nil while it does.
  public let there: ChangeInterval?
}

/// A place in the list of articles that share sentences with one: those that share most first, of equals the lowest number.
public struct SharingCursor: Sendable, Hashable, CustomStringConvertible {
  let sentences: Int
  let article: Int64

  init(sentences: Int, article: Int64) { (self.sentences, self.article) = (sentences, article) }

  /// Reads what `description` wrote; nil when it is nothing of the kind.
  public init?(_ text: String) {
    guard let place = SaidCursor(text), let sentences = Int(exactly: place.sentence) else { return nil }
    self.init(sentences: sentences, article: place.article)
  }

  public var description: String { "\(sentences)-\(article)" }
}

/// Another article that says, or said, the same.
public struct SharingArticle: Sendable, Hashable {
  public let article: Int64
  public let url: String
  /// In reading order, as the asked article came to say them.
  public let sentences: [SharedSentence]
  public let changes: [SharedChange]
}

extension Store {
  /// Sentences shorter than so many octets are often said by chance: "Read more.", "This is a developing story."
  public static let sharedSentenceOctets = 40

  /// Other articles that share sentences of the body, those that share most first.
  /// - Returns: and where to go on; nil at the end.
  public func sharing(
    _ article: Int64, after cursor: SharingCursor? = nil, limit: Int = .max
  ) throws(StorageError) -> (found: [SharingArticle], next: SharingCursor?) {
    try read { db in
      let snapshots = SnapshotReader()
      let here = try ArticleSentences(of: article, snapshots, in: db)
      var seen: Set<Int64> = []
      var order: [Int64] = []
      for link in here.chain {
        for (part, sentences) in try snapshots.parts(link.snapshot, in: db) where part.kind != nil {
          for (id, _) in sentences where seen.insert(id).inserted { order.append(id) }
        }
      }
      var shared: [Int64: [Int64]] = [:]
      var texts: [Int64: String] = [:]
      for sentence in order {
        let others = try SentenceArticles.articles(saying: sentence, in: db).filter { $0 != article }
        guard !others.isEmpty else { continue }
        let text = try snapshots.sentences.text(sentence, in: db)
        guard text.utf8.count >= Self.sharedSentenceOctets else { continue }
        texts[sentence] = text
        for other in others { shared[other, default: []].append(sentence) }
      }
      let changes = try Self.changes(of: Set(texts.values), in: here.chain, snapshots, db)
      var found: [SharingArticle] = []
      let sorted = shared.map { SharingCursor(sentences: $0.value.count, article: $0.key) }
        .sorted { ($1.sentences, $0.article) < ($0.sentences, $1.article) }
        .drop { place in cursor.map { ($0.sentences, place.article) <= (place.sentences, $0.article) } ?? false }
      for place in sorted.prefix(limit) {
        let (other, sentences) = (place.article, shared[place.article] ?? [])
        let there = try ArticleSentences(of: other, among: SentenceSet(sentences), snapshots, in: db)
        var common: [SharedSentence] = []
        var followed: [SharedChange] = []
        for sentence in sentences {
          guard let first = here.spans(of: sentence).first, let text = texts[sentence] else { continue }
          let spans = there.spans(of: sentence)
          guard let begun = spans.first, let last = spans.last else { continue }
          common.append(SharedSentence(text: text, here: first.from, there: begun.from))
          for change in changes where sameBytes(change.before, text) {
            followed.append(
              SharedChange(
                before: text, after: change.after, classes: change.classes, here: change.came,
                following: try Self.following(change, since: last.to, in: there, snapshots, db), there: last.to))
          }
        }
        found.append(
          SharingArticle(
            article: other, url: try Self.url(of: other, in: db), sentences: common, changes: followed))
      }
      return (found, sorted.count > limit ? sorted.prefix(limit).last : nil)
    }
  }

  private struct Change {
    let before: String
    let after: String?
    let classes: [Edit.Class]
    let came: ChangeInterval
  }

  /// The rewordings and deletions of some sentences along a chain.
  private static func changes(
    of texts: Set<String>, in chain: [ChainLink], _ snapshots: SnapshotReader, _ db: Database
  ) throws -> [Change] {
    guard !texts.isEmpty else { return [] }
    let reader = EditReader()
    var changes: [Change] = []
    for (before, link) in zip(chain, chain.dropFirst()) {
      let (old, new) = (try snapshots.stored(before.snapshot, in: db), try snapshots.stored(link.snapshot, in: db))
      let edits = try reader.edits(
        ofRevision: link.revision, from: old.snapshot.text, to: new.snapshot.text, in: db)
      for edit in edits where edit.action == .rewording || edit.action == .deletion || edit.before != edit.after {
        guard let was = edit.before, texts.contains(was) else { continue }
        changes.append(Change(before: was, after: edit.after, classes: edit.classes, came: link.came))
      }
    }
    return changes
  }

  /// - Parameter gone: when the other article stopped saying the sentence; nil while it does.
  private static func following(
    _ change: Change, since gone: ChangeInterval?, in there: ArticleSentences, _ snapshots: SnapshotReader,
    _ db: Database
  ) throws -> SharedChange.Following {
    guard let gone else { return .no }
    guard let link = there.chain.first(where: { $0.came == gone }) else { return .otherwise }
    let text = try snapshots.stored(link.snapshot, in: db).snapshot.text
    guard let after = change.after else {
      // Dropped here: there too, unless it was reworded.
      let edits = try Self.edits(ofRevision: link.revision, in: db)
      return edits.contains { $0.before == change.before && $0.after != nil } ? .otherwise : .same
    }
    return text.sentenceTexts.contains { sameBytes($0, after) } ? .same : .otherwise
  }
}
