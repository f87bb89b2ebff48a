import GRDB
import Model
import Segmentation

/// Where a phrase stands: in sentences that hold all of it, or over their borders. The index names what may, the texts
/// decide, and only those that the index cannot decide on are read.
final class PhrasePlaces {
  private let phrase: SearchUnits
  private let snapshots: SnapshotReader
  private var answers: [Int64: Bool] = [:]
  /// Sentences that hold all of it.
  private let whole: SentenceSet
  private let borders: PhraseBorders?

  /// - Parameter said: only these are of interest; nil: all.
  init(_ phrase: SearchUnits, among said: SentenceSet?, _ snapshots: SnapshotReader, in db: Database) throws {
    (self.phrase, self.snapshots) = (phrase, snapshots)
    let (all, reader) = (phrase.units.indices, SentenceUnits(snapshots.sentences))
    let decided = SentenceIndex.decides(phrase, all)
    let holding = try SentenceIndex.sentences(with: SentenceIndex.terms(of: phrase, all), in: db)
      .filter { try said?.contains($0) ?? true && (decided || !reader.units($0, in: db).places(of: phrase).isEmpty) }
    whole = SentenceSet(holding)
    borders = try PhraseBorders(phrase, among: said, reader, in: db)
  }

  var isEmpty: Bool { whole.isEmpty && borders == nil }

  /// Articles that may say it, by number.
  func articles(in db: Database) throws -> [Int64] {
    var found: Set<Int64> = []
    for id in whole.members.union(borders?.anchors ?? []) {
      found.formUnion(try SentenceArticles.articles(saying: id, in: db))
    }
    return found.sorted()
  }

  func stand(in snapshot: Int64, _ db: Database) throws -> Bool {
    if let answer = answers[snapshot] { return answer }
    let said = try snapshots.sentences(of: snapshot, in: db)
    let answer =
      try said.body.contains(where: whole.contains) || said.fields.contains(where: whole.contains)
      || borders?.areCrossed(in: said.body, db) ?? false
    answers[snapshot] = answer
    return answer
  }
}
