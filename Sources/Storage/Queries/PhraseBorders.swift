import GRDB
import Segmentation

/// Where a phrase runs on from one sentence into the next, and maybe through short ones between.
final class PhraseBorders {
  /// A place where the phrase may be cut: so many of its units before a border.
  private struct Cut {
    let at: Int
    /// Sentences that may end with the units before, begin with all after, or be all up to a later cut.
    let endings, beginnings: TermSentences
    var middles: [(next: Int, sentences: TermSentences)] = []

    /// How many may come after it; nil: many.
    var followers: Int? {
      middles.reduce(beginnings.count) { sum, middle in
        sum.flatMap { sum in middle.sentences.count.map { sum + $0 } }
      }
    }

    /// Whether fewer sentences may stand after it than before.
    var isAnchoredAfter: Bool { followers.map { $0 < endings.count ?? .max } ?? false }

    var isFollowed: Bool { !beginnings.isEmpty || !middles.isEmpty }
  }

  private let phrase: SearchUnits
  private let reader: SentenceUnits
  private var cuts: [Int: Cut] = [:]
  /// Those that may come first.
  private let first: [Cut]
  private let wordless: TermSentences

  /// Nil when the index tells that it stands nowhere so.
  init?(_ phrase: SearchUnits, _ reader: SentenceUnits, _ effort: QueryEffort, in db: Database) throws {
    (self.phrase, self.reader) = (phrase, reader)
    let all = phrase.units.indices
    let borders = all.dropFirst().filter { !phrase.units[$0].follows }
    var known: [Set<[UInt8]>: TermSentences] = [:]
    func sentences(_ part: Range<Int>, opens: Bool = false, closes: Bool = false) throws -> TermSentences {
      let terms = SentenceIndex.asked(of: phrase, part, opens: opens, closes: closes)
      let found = try known[Set(terms)] ?? TermSentences(terms, effort, in: db)
      known[Set(terms)] = found
      return found
    }
    // From the left, what may end so, or be all between two cuts; from the right, what goes on from there.
    var reached: [Int: TermSentences] = [:]
    for cut in borders { reached[cut] = try sentences(0..<cut, closes: true) }
    guard reached.values.contains(where: { !$0.isEmpty }) else { return nil }
    for cut in borders.reversed() {
      guard let endings = reached[cut] else { continue }
      var here = Cut(at: cut, endings: endings, beginnings: try sentences(cut..<all.upperBound, opens: true))
      for next in borders where next > cut && cuts[next]?.isFollowed == true {
        let middle = try sentences(cut..<next, opens: true, closes: true)
        if !middle.isEmpty { here.middles.append((next, middle)) }
      }
      cuts[cut] = here
    }
    first = cuts.values.filter { !$0.endings.isEmpty && $0.isFollowed }.sorted { $0.at < $1.at }
    wordless = try TermSentences([SentenceIndex.wordless], effort, in: db)
    if first.isEmpty { return nil }
  }

  /// Terms; an article that says the phrase over a border has a sentence with all of one of them. Of a cut those are the
  /// sentences before it or those after, whichever are fewer.
  var anchors: [[[UInt8]]] {
    first.flatMap { cut -> [[[UInt8]]] in
      guard cut.isAnchoredAfter else { return [cut.endings.terms] }
      return (cut.beginnings.isEmpty ? [] : [cut.beginnings.terms]) + cut.middles.map(\.sentences.terms)
    }
  }

  /// Whether a sentence is one before a cut, or after it, as `anchors` has them.
  func isAnchor(_ id: Int64, _ db: Database) throws -> Bool {
    try first.contains { cut in
      try cut.isAnchoredAfter
        ? begins(id, after: cut, db) || cut.middles.contains { try isMiddle(id, after: cut, $0, db) }
        : cut.endings.contains(id, db) && ends(id, before: cut, db)
    }
  }

  /// Whether the phrase runs over a border somewhere in a body.
  func areCrossed(in body: [Int64], _ db: Database) throws -> Bool {
    for (place, id) in body.enumerated().dropLast() {
      for cut in first {
        // The one that is held tells most of the others off.
        let isHeld = cut.endings.count != nil
        guard try isHeld ? cut.endings.contains(id, db) : goesOn(in: body, at: place + 1, after: cut, db),
          try isHeld ? goesOn(in: body, at: place + 1, after: cut, db) : cut.endings.contains(id, db)
        else { continue }
        if try ends(id, before: cut, db) { return true }
      }
    }
    return false
  }

  private func goesOn(in body: [Int64], at place: Int, after cut: Cut, _ db: Database) throws -> Bool {
    var place = place
    while place < body.count, try wordless.contains(body[place], db) { place += 1 }
    guard place < body.count else { return false }
    if try begins(body[place], after: cut, db) { return true }
    return try cut.middles.contains { middle in
      guard let following = cuts[middle.next], try isMiddle(body[place], after: cut, middle, db) else { return false }
      return try goesOn(in: body, at: place + 1, after: following, db)
    }
  }

  // Of a sentence that has the terms. A last or first word alone is told by the index.
  private func ends(_ id: Int64, before cut: Cut, _ db: Database) throws -> Bool {
    if cut.at == 1 { return true }
    let text = try reader.units(id, in: db)
    return text.stands(phrase, 0..<cut.at, at: text.units.count - cut.at)
  }

  private func begins(_ id: Int64, after cut: Cut, _ db: Database) throws -> Bool {
    let rest = cut.at..<phrase.units.count
    return try cut.beginnings.contains(id, db)
      && (rest.count == 1 || reader.units(id, in: db).stands(phrase, rest, at: 0))
  }

  private func isMiddle(
    _ id: Int64, after cut: Cut, _ middle: (next: Int, sentences: TermSentences), _ db: Database
  ) throws -> Bool {
    guard try middle.sentences.contains(id, db) else { return false }
    let text = try reader.units(id, in: db)
    return text.units.count == middle.next - cut.at && text.stands(phrase, cut.at..<middle.next, at: 0)
  }
}

/// Sentences as a search compares them, each read once.
final class SentenceUnits {
  private let sentences: SentenceReader
  private let effort: QueryEffort
  private var known: [Int64: SearchUnits] = [:]

  init(_ sentences: SentenceReader, _ effort: QueryEffort) { (self.sentences, self.effort) = (sentences, effort) }

  func units(_ id: Int64, in db: Database) throws -> SearchUnits {
    if let units = known[id] { return units }
    effort.readText()
    let units = SearchUnits(try sentences.octets(id, in: db))
    known[id] = units
    return units
  }
}
