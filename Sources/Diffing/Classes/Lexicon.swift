/// Small word lists by language, and how the words of a wording are found in them.

/// Words and phrases that tell one thing (negation, hedging, places).
struct Lexicon: Sendable {
  private enum Shape { case spaced, unspaced, exception }
  private struct Entry {
    /// The words of a phrase.
    let words: [[UInt8]]
    let shape: Shape
    /// Whether its last word may go on.
    let isStem: Bool
    let id: Int
  }
  /// Entries by a hash of the first three bytes.
  private var buckets = [[Entry]](repeating: [], count: 512)
  private var hasUnspaced = false

  /// Entries in lower case parted by spaces; `_` stands for the space inside a phrase, `*` at the end makes its last word a
  /// stem. What is of a script without spaces counts inside longer words too, the longest first; `!` before it makes it a
  /// word in which nothing else counts. Entries parted by `=` are one.
  init(_ lists: [String]) {
    var id = 0
    for group in lists.joined(separator: " ").split(whereSeparator: { $0 == " " || $0 == "\n" }) {
      id += 1
      for entry in group.split(separator: "=") { insert(entry, id) }
    }
  }

  private mutating func insert(_ entry: Substring, _ id: Int) {
    let isException = entry.utf8.first == UInt8(ascii: "!")
    let isStem = entry.utf8.last == UInt8(ascii: "*")
    let text = entry.dropFirst(isException ? 1 : 0).dropLast(isStem ? 1 : 0)
    let words = text.utf8.split(separator: UInt8(ascii: "_")).map(Array.init)
    guard let first = words.first else { return }
    let isUnspaced = text.unicodeScalars.contains(where: isUnspaced)
    hasUnspaced = hasUnspaced || isUnspaced
    buckets[Self.bucket(first[...])].append(
      Entry(words: words, shape: isException ? .exception : isUnspaced ? .unspaced : .spaced, isStem: isStem, id: id))
  }

  private static func bucket(_ bytes: ArraySlice<UInt8>) -> Int {
    var hash = 0
    for byte in bytes.prefix(3) { hash = hash &* 31 &+ Int(byte) }
    return hash & 511
  }

  /// How many of these stand in some words, lower case, in order.
  func count(in words: [[UInt8]]) -> Int { found(in: words).count }

  /// Which of these stand in some words, as numbers that equal ones share, in order.
  func found(in words: [[UInt8]]) -> [Int] {
    var out: [Int] = []
    for (n, word) in words.enumerated() {
      if let entry = buckets[Self.bucket(word[...])].first(where: { stands($0, in: words, at: n) }) {
        out.append(entry.id)
      }
    }
    guard hasUnspaced, words.contains(where: { $0.first.map { $0 >= 0xE0 } == true }) else { return out }
    let text = Array(words.joined())
    var i = 0
    while i < text.count {
      var longest: Entry?
      if text[i] >= 0xE0 {
        for entry in buckets[Self.bucket(text[i...])] where entry.shape != .spaced {
          guard let word = entry.words.first, word.count > longest?.words[0].count ?? 0 else { continue }
          if text[i...].starts(with: word) { longest = entry }
        }
      }
      if let longest, longest.shape == .unspaced { out.append(longest.id) }
      i += longest?.words[0].count ?? 1
    }
    return out
  }

  private func stands(_ entry: Entry, in words: [[UInt8]], at n: Int) -> Bool {
    guard entry.shape == .spaced, n + entry.words.count <= words.count else { return false }
    return zip(entry.words.indices, entry.words).allSatisfy { k, word in
      entry.isStem && k == entry.words.count - 1 ? words[n + k].starts(with: word) : words[n + k] == word
    }
  }
}

/// One list a language, and one for texts of a language that is not known.
struct LexiconByLanguage: Sendable {
  private let lexicons: [String: Lexicon]
  private let any: Lexicon

  /// - Parameter alone: languages whose words mean something else in others: used only where the language is known.
  init(_ lists: [String: String], alone: Set<String> = []) {
    lexicons = lists.mapValues { Lexicon([$0]) }
    any = Lexicon(lists.keys.sorted().filter { !alone.contains($0) }.compactMap { lists[$0] })
  }

  /// - Parameter language: BCP 47; nil when it is not known.
  func lexicon(for language: String?) -> Lexicon {
    guard let language, let own = lexicons[String(language.prefix { $0 != "-" }).lowercased()] else { return any }
    return own
  }
}
