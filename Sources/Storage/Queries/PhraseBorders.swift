import GRDB
import Segmentation

/// Where a phrase runs on from one sentence into the next, and maybe through short ones between.
final class PhraseBorders {
  private let phrase: SearchUnits
  private let reader: SentenceUnits
  /// Units of the phrase that may come before a border.
  private let cuts: [Int]
  /// Sentences that may end with so many of its first units.
  private var endings: [Int64: [Int]] = [:]
  private var ending = SentenceSet([])
  /// Sentences that may begin with all after so many; nil where there are too many to hold.
  private var beginnings: [Int: SentenceSet?] = [:]
  /// What was asked of those.
  private var asked: [Int: [Int64: Bool]] = [:]
  /// Sentences that may be all between two cuts.
  private var middles: [Range<Int>: SentenceSet] = [:]
  private let wordless: SentenceSet
  /// Sentences one of which is in every article that says the phrase so.
  private(set) var anchors: Set<Int64> = []

  /// Of more that begin so, each is asked for when it matters.
  private static let mostBeginnings = 2000

  /// Nil when the index tells that it stands nowhere so.
  init?(_ phrase: SearchUnits, among said: SentenceSet?, _ reader: SentenceUnits, in db: Database) throws {
    (self.phrase, self.reader) = (phrase, reader)
    let count = phrase.units.count
    let borders = (1..<max(count, 1)).filter { !phrase.units[$0].follows }
    cuts = borders
    var ids: [Int: [Int64]] = [:]
    for cut in borders {
      let found = try SentenceIndex.sentences(with: SentenceIndex.terms(of: phrase, 0..<cut, closes: true), in: db)
      ids[cut] = said.map { said in found.filter(said.contains) } ?? found
    }
    guard let first = borders.first(where: { ids[$0]?.isEmpty == false }) else { return nil }
    wordless = SentenceSet(try SentenceIndex.sentences(with: [SentenceIndex.wordless], in: db))
    // What begins in a sentence must end in a later one.
    let last = try borders.last { try $0 >= first && !(beginning($0, db)?.isEmpty ?? false) }
    guard let last else { return nil }
    for cut in borders where cut <= last { for id in ids[cut] ?? [] { endings[id, default: []].append(cut) } }
    ending = SentenceSet(endings.keys)
    anchors = ending.members
    var begun: Set<Int64> = []
    for cut in borders where cut >= first && cut <= last {
      guard let some = try beginning(cut, db), begun.count < anchors.count else { return }
      begun.formUnion(some.members)
    }
    if begun.count < anchors.count { anchors = begun }
  }

  /// Whether the phrase runs over a border somewhere in a body.
  func areCrossed(in body: [Int64], _ db: Database) throws -> Bool {
    for (place, id) in body.enumerated() where ending.contains(id) {
      for cut in endings[id] ?? [] {
        guard try goesOn(in: body, at: place + 1, after: cut, db) else { continue }
        // A last word alone is told by the index.
        if cut == 1 { return true }
        let text = try reader.units(id, in: db)
        if text.stands(phrase, 0..<cut, at: text.units.count - cut) { return true }
      }
    }
    return false
  }

  private func goesOn(in body: [Int64], at place: Int, after cut: Int, _ db: Database) throws -> Bool {
    var place = place
    while place < body.count, wordless.contains(body[place]) { place += 1 }
    guard place < body.count else { return false }
    let id = body[place]
    if try begins(id, after: cut, db) { return true }
    for next in cuts where next > cut {
      guard try middle(cut..<next, db).contains(id) else { continue }
      let text = try reader.units(id, in: db)
      guard text.units.count == next - cut, text.stands(phrase, cut..<next, at: 0) else { continue }
      if try goesOn(in: body, at: place + 1, after: next, db) { return true }
    }
    return false
  }

  private func begins(_ id: Int64, after cut: Int, _ db: Database) throws -> Bool {
    let rest = cut..<phrase.units.count
    if let held = try beginning(cut, db) {
      return try held.contains(id) && (rest.count == 1 || reader.units(id, in: db).stands(phrase, rest, at: 0))
    }
    if let answer = asked[cut]?[id] { return answer }
    let answer =
      try SentenceIndex.has(id, SentenceIndex.terms(of: phrase, rest, opens: true), in: db)
      && (rest.count == 1 || reader.units(id, in: db).stands(phrase, rest, at: 0))
    asked[cut, default: [:]][id] = answer
    return answer
  }

  private func beginning(_ cut: Int, _ db: Database) throws -> SentenceSet? {
    if let known = beginnings[cut] { return known }
    let ids = try SentenceIndex.sentences(
      with: SentenceIndex.terms(of: phrase, cut..<phrase.units.count, opens: true), limit: Self.mostBeginnings + 1,
      in: db)
    let found = ids.count <= Self.mostBeginnings ? SentenceSet(ids) : nil
    beginnings[cut] = .some(found)
    return found
  }

  private func middle(_ part: Range<Int>, _ db: Database) throws -> SentenceSet {
    if let known = middles[part] { return known }
    let found = SentenceSet(
      try SentenceIndex.sentences(
        with: SentenceIndex.terms(of: phrase, part, opens: true, closes: true), in: db))
    middles[part] = found
    return found
  }
}

/// Sentences as a search compares them, each read once.
final class SentenceUnits {
  private let sentences: SentenceReader
  private var known: [Int64: SearchUnits] = [:]

  init(_ sentences: SentenceReader) { self.sentences = sentences }

  func units(_ id: Int64, in db: Database) throws -> SearchUnits {
    if let units = known[id] { return units }
    let units = SearchUnits(try sentences.octets(id, in: db))
    known[id] = units
    return units
  }
}
