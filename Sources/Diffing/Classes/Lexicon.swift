/// Small word lists by language, and how words of a wording are counted against them.

/// Words and phrases that tell one thing (negation, hedging).
struct Lexicon: Sendable {
  private enum Shape { case word, stem, unspaced }
  private struct Entry {
    /// The words of a phrase.
    let words: [[UInt8]]
    let shape: Shape
  }
  /// Entries by a hash of the first three bytes.
  private var buckets = [[Entry]](repeating: [], count: 512)
  private var hasUnspaced = false

  /// Entries in lower case parted by spaces; `_` stands for the space inside a phrase, `*` at the end makes a stem. What
  /// is of a script without spaces counts inside longer words too.
  init(_ lists: [String]) {
    for entry in lists.joined(separator: " ").split(whereSeparator: { $0 == " " || $0 == "\n" }) {
      let isUnspaced = entry.unicodeScalars.contains(where: isUnspaced)
      let stem = entry.utf8.last == UInt8(ascii: "*")
      let words = (stem ? entry.dropLast() : entry).utf8.split(separator: UInt8(ascii: "_")).map(Array.init)
      guard let first = words.first else { continue }
      let shape: Shape = isUnspaced ? .unspaced : stem ? .stem : .word
      hasUnspaced = hasUnspaced || isUnspaced
      buckets[Self.bucket(first[...])].append(Entry(words: words, shape: shape))
    }
  }

  private static func bucket(_ bytes: ArraySlice<UInt8>) -> Int {
    var hash = 0
    for byte in bytes.prefix(3) { hash = hash &* 31 &+ Int(byte) }
    return hash & 511
  }

  /// How many of these stand in some words, lower case, in order.
  func count(in words: [[UInt8]]) -> Int {
    var count = 0
    for (n, word) in words.enumerated() {
      if buckets[Self.bucket(word[...])].contains(where: { stands($0, in: words, at: n) }) { count += 1 }
    }
    guard hasUnspaced, words.contains(where: { $0.first.map { $0 >= 0xE0 } == true }) else { return count }
    let text = Array(words.joined())
    for i in text.indices where text[i] >= 0xE0 {
      let stands = buckets[Self.bucket(text[i...])].contains { entry in
        entry.shape == .unspaced && entry.words.first.map { text[i...].starts(with: $0) } == true
      }
      if stands { count += 1 }
    }
    return count
  }

  private func stands(_ entry: Entry, in words: [[UInt8]], at n: Int) -> Bool {
    switch entry.shape {
    case .word: n + entry.words.count <= words.count && words[n..<(n + entry.words.count)].elementsEqual(entry.words)
    case .stem: entry.words.first.map { words[n].starts(with: $0) } == true
    case .unspaced: false
    }
  }
}

/// One list a language, and one for texts of a language that is not known.
struct LexiconByLanguage: Sendable {
  private let lexicons: [String: Lexicon]
  private let any: Lexicon

  /// - Parameter alone: languages whose words mean something else in others: used only where the language is known.
  init(_ lists: [String: String], alone: Set<String> = []) {
    let lexicons = lists.mapValues { Lexicon([$0]) }
    self.lexicons = lexicons
    any = Lexicon(lists.keys.sorted().filter { !alone.contains($0) }.compactMap { lists[$0] })
  }

  /// - Parameter language: BCP 47; nil when it is not known.
  func lexicon(for language: String?) -> Lexicon {
    guard let language, let own = lexicons[String(language.prefix { $0 != "-" }).lowercased()] else { return any }
    return own
  }
}
