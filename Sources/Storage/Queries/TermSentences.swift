import GRDB

/// The sentences that have all of some terms: held when they are few, else read as they are asked for, with those about them.
final class TermSentences {
  let terms: [[UInt8]]
  private let held: SentenceSet?
  /// What was read, by the numbers of sentences without their last bits.
  private var read: [Int64: Set<Int64>] = [:]
  private let effort: QueryEffort

  /// Asking for one of a list that is long costs as much as reading 4,096 in a row (0.2 ms of 660,000 sentences).
  private static let bits: Int64 = 12

  /// - Parameter terms: at least one.
  init(_ terms: [[UInt8]], _ effort: QueryEffort, in db: Database) throws {
    (self.terms, self.effort) = (terms, effort)
    effort.ask()
    let ids = try SentenceIndex.sentences(with: terms, limit: effort.held + 1, in: db)
    held = ids.count <= effort.held ? SentenceSet(ids) : nil
  }

  var isEmpty: Bool { held?.isEmpty ?? false }

  /// How many; nil when they are many.
  var count: Int? { held?.members.count }

  func contains(_ id: Int64, _ db: Database) throws -> Bool {
    if let held { return held.contains(id) }
    let part = id >> Self.bits
    if let ids = read[part] { return ids.contains(id) }
    effort.ask()
    let ids = Set(
      try SentenceIndex.sentences(with: terms, from: part << Self.bits, below: (part + 1) << Self.bits, in: db))
    read[part] = ids
    return ids.contains(id)
  }
}
