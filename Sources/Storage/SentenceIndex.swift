import GRDB
import Model
import Segmentation

/// The index of sentences by their words: gives those that may hold a phrase, for the text to decide.
enum SentenceIndex {
  /// What the index keeps of a sentence; nil when it has no word.
  static func words(_ octets: [UInt8]) -> String? {
    let tokens = SearchUnits(octets).tokens
    return tokens.isEmpty ? nil : String(decoding: Array(tokens.joined(separator: [32])), as: UTF8.self)
  }

  /// Sentences that have all of these, the newest first. `tokens` must not be empty.
  static func sentences(with tokens: [ArraySlice<UInt8>], limit: Int? = nil, in db: Database) throws -> [Int64] {
    let statement = try db.cachedStatement(
      sql: "SELECT rowid FROM sentence_word WHERE sentence_word MATCH ? ORDER BY rowid DESC LIMIT ?")
    // In quotes a token is no operator, and holds no quote itself: it is made of letters, digits and marks.
    let query = Set(tokens).map { "\"\(String(decoding: $0, as: UTF8.self))\"" }.sorted().joined(separator: " AND ")
    return try Int64.fetchAll(statement, arguments: [query, limit ?? -1])
  }

  /// In how many sentences the rarest of these is.
  static func rarest(_ tokens: [ArraySlice<UInt8>], in db: Database) throws -> Int {
    let statement = try db.cachedStatement(sql: "SELECT doc FROM word WHERE term = ?")
    return try tokens.map { try Int.fetchOne(statement, arguments: [String(decoding: $0, as: UTF8.self)]) ?? 0 }.min()
      ?? .max
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
