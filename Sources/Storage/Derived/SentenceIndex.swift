import GRDB
import Model
import Segmentation

/// The index of sentences by their words: gives those that may hold a phrase, for the text to decide.
///
/// Its terms are words; two short words that stand side by side; and a sentence's first and last word as such. Short words
/// are the frequent ones in every language, so a phrase of them would else be sought among all sentences that have them
/// somewhere; docs/decisions/0012 has the figures.
enum SentenceIndex {
  /// Two neighbours with so many letters together make a term.
  static let pairLetters = 8

  // Marks that no word has: between two words, before a first and after a last one. U+00B7, U+00AB, U+00BB.
  private static let (between, opening, closing): ([UInt8], [UInt8], [UInt8]) = (
    [0xC2, 0xB7], [0xC2, 0xAB], [0xC2, 0xBB]
  )

  /// The terms of some units in a row; of a whole sentence when it `opens` and `closes` with them.
  static func terms(of text: SearchUnits, _ range: Range<Int>, opens: Bool = false, closes: Bool = false) -> [[UInt8]] {
    guard let first = range.first, let last = range.last else { return [] }
    var terms = text.tokens(of: range).map { Array($0) }
    for i in range.dropLast() where isPair(text, i) {
      terms.append(text.folded[text.units[i].form] + between + text.folded[text.units[i + 1].form])
    }
    if opens { terms.append(opening + text.folded[text.units[first].form]) }
    if closes { terms.append(text.folded[text.units[last].form] + closing) }
    return terms
  }

  /// Whether a unit and the next make a term.
  private static func isPair(_ text: SearchUnits, _ i: Int) -> Bool {
    let (a, b) = (text.units[i], text.units[i + 1])
    guard !a.isCharacter, !b.isCharacter, a.form.count + b.form.count <= 4 * pairLetters else { return false }
    // All but the octets that go on with a scalar.
    func letters(_ form: Range<Int>) -> Int { text.folded[form].count { $0 & 0xC0 != 0x80 } }
    return letters(a.form) + letters(b.form) <= pairLetters
  }

  /// Whether each sentence that has these terms holds these units in a row, so that no text need be read.
  static func decides(_ text: SearchUnits, _ range: Range<Int>) -> Bool {
    guard let first = range.first else { return false }
    return range.count == 1 || range.count == 2 && (isPair(text, first) || text.units[first + 1].follows)
  }

  /// The only term of a sentence without a word.
  static let wordless = opening + closing

  /// All terms of a sentence.
  static func terms(of sentence: [UInt8]) -> [[UInt8]] {
    let units = SearchUnits(sentence)
    return units.units.isEmpty ? [wordless] : terms(of: units, units.units.indices, opens: true, closes: true)
  }

  /// The fewest terms that name the sentences which have all terms of some units: a pair's words, and a word that is the first
  /// or the last one of its sentence, need not be asked for again.
  static func asked(of text: SearchUnits, _ range: Range<Int>, opens: Bool = false, closes: Bool = false) -> [[UInt8]] {
    let all = terms(of: text, range, opens: opens, closes: closes)
    var told = Set<[UInt8]>()
    for i in range where !text.units[i].isCharacter {
      let paired = i + 1 < range.upperBound && isPair(text, i) || i > range.lowerBound && isPair(text, i - 1)
      let ends = opens && i == range.lowerBound || closes && i == range.upperBound - 1
      if paired || ends { told.insert(Array(text.folded[text.units[i].form])) }
    }
    return all.filter { !told.contains($0) }
  }

  /// What the index is given for a sentence.
  static func entry(_ sentence: [UInt8]) -> String {
    String(decoding: Array(terms(of: sentence).joined(separator: [32])), as: UTF8.self)
  }

  /// Sentences that have all of these, the newest first. `terms` must not be empty.
  static func sentences(with terms: [[UInt8]], limit: Int? = nil, in db: Database) throws -> [Int64] {
    let statement = try db.cachedStatement(
      sql: "SELECT rowid FROM sentence_word WHERE sentence_word MATCH ? ORDER BY rowid DESC LIMIT ?")
    return try Int64.fetchAll(statement, arguments: [query(terms), limit ?? -1])
  }

  /// Calls for each sentence that has all terms of one of these, the newest first, until it answers false.
  static func sentences(
    withAnyOf sets: [[[UInt8]]], upTo newest: Int64, in db: Database, found: (Int64) throws -> Bool
  ) throws {
    let statement = try db.makeStatement(
      sql: "SELECT rowid FROM sentence_word WHERE sentence_word MATCH ? AND rowid <= ? ORDER BY rowid DESC")
    let text = sets.map { "(\(query($0)))" }.joined(separator: " OR ")
    let ids = try Int64.fetchCursor(statement, arguments: [text, newest])
    while let id = try ids.next(), try found(id) {}
  }

  /// Those of a range of numbers, the oldest first.
  static func sentences(with terms: [[UInt8]], from first: Int64, below end: Int64, in db: Database) throws -> [Int64] {
    let statement = try db.cachedStatement(
      sql: "SELECT rowid FROM sentence_word WHERE sentence_word MATCH ? AND rowid >= ? AND rowid < ?")
    return try Int64.fetchAll(statement, arguments: [query(terms), first, end])
  }

  /// In quotes a term is no operator, and holds no quote itself: it is made of letters, digits, marks and the three above.
  private static func query(_ terms: [[UInt8]]) -> String {
    Set(terms).map { "\"\(String(decoding: $0, as: UTF8.self))\"" }.sorted().joined(separator: " AND ")
  }
}

/// A sum over words and how many sentences have each, that does not depend on the order: the index and the texts must have
/// the same.
struct WordSum: Equatable {
  private var sum: UInt64 = 0

  mutating func add(_ word: some Sequence<UInt8>, sentences: UInt64 = 1) {
    // FNV-1a, 64 bits.
    sum &+= sentences &* word.reduce(0xcbf2_9ce4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
  }
}
