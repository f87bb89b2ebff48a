import GRDB
import Model
import Segmentation

/// Where a phrase stands: in sentences that hold all of it, or over their borders. The index names what may, the texts
/// decide, and only those that the index cannot decide on are read.
final class PhrasePlaces {
  private let phrase: SearchUnits
  private let snapshots: SnapshotReader
  private let reader: SentenceUnits
  private let effort: QueryEffort
  private var answers: [Int64: Bool] = [:]
  /// Sentences that may hold all of it, and whether they do then.
  private let whole: TermSentences
  private let isDecided: Bool
  private let borders: PhraseBorders?
  /// Whether sentences hold it, as far as was asked.
  private var holding: [Int64: Bool] = [:]

  init(_ phrase: SearchUnits, _ snapshots: SnapshotReader, _ effort: QueryEffort, in db: Database) throws {
    (self.phrase, self.snapshots, self.effort) = (phrase, snapshots, effort)
    reader = SentenceUnits(snapshots.sentences, effort)
    isDecided = SentenceIndex.decides(phrase, phrase.units.indices)
    whole = try TermSentences(SentenceIndex.asked(of: phrase, phrase.units.indices), effort, in: db)
    borders = try PhraseBorders(phrase, reader, effort, in: db)
  }

  /// Terms; an article that says the phrase has a sentence with all of one of them. Empty when none can.
  var anchors: [[[UInt8]]] { (whole.isEmpty ? [] : [whole.terms]) + (borders?.anchors ?? []) }

  /// Whether a sentence with such terms may stand where the phrase does: an article that says it has one of these.
  func isAnchor(_ sentence: Int64, _ db: Database) throws -> Bool {
    try holds(sentence, db) || borders?.isAnchor(sentence, db) ?? false
  }

  func stand(in snapshot: Int64, _ db: Database) throws -> Bool {
    if let answer = answers[snapshot] { return answer }
    effort.readRevision()
    let said = try snapshots.sentences(of: snapshot, in: db)
    // A sentence that was found to hold it mostly stands in the next revision too.
    let answer =
      try said.body.contains { holding[$0] == true } || said.body.contains { try holds($0, db) }
      || said.fields.contains { try holds($0, db) }
      || borders?.areCrossed(in: said.body, db) ?? false
    answers[snapshot] = answer
    return answer
  }

  private func holds(_ sentence: Int64, _ db: Database) throws -> Bool {
    if let answer = holding[sentence] { return answer }
    let answer =
      try whole.contains(sentence, db) && (isDecided || !reader.units(sentence, in: db).places(of: phrase).isEmpty)
    holding[sentence] = answer
    return answer
  }
}
