/// Small word lists by language, and how the words of a wording are found in them.

import Synchronization

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
  private var isUsed = [Bool](repeating: false, count: 512)
  private var hasUnspaced = false

  /// Entries in lower case parted by spaces; `_` stands for the space inside a phrase, `*` at the end makes its last word a
  /// stem. What is of a script without spaces counts inside longer words too, the longest first; `!` before it makes it a
  /// word in which nothing else counts. Entries parted by `=` are one.
  init(_ lists: [String]) {
    var id = 0
    for group in lists.flatMap(words) {
      id += 1
      for entry in group.utf8.split(separator: UInt8(ascii: "=")) { insert(entry, id) }
    }
  }

  private mutating func insert(_ entry: Substring.UTF8View, _ id: Int) {
    let isException = entry.first == UInt8(ascii: "!")
    let isStem = entry.last == UInt8(ascii: "*")
    let text = entry.dropFirst(isException ? 1 : 0).dropLast(isStem ? 1 : 0)
    let words = text.split(separator: UInt8(ascii: "_")).map(Array.init)
    guard let first = words.first else { return }
    let isUnspaced = Substring(text).unicodeScalars.contains(where: isUnspaced)
    hasUnspaced = hasUnspaced || isUnspaced
    isUsed[Self.bucket(first)] = true
    buckets[Self.bucket(first)].append(
      Entry(words: words, shape: isException ? .exception : isUnspaced ? .unspaced : .spaced, isStem: isStem, id: id))
  }

  private static func bucket(_ bytes: some Collection<UInt8>) -> Int {
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
      let bucket = Self.bucket(word)
      if isUsed[bucket], let entry = buckets[bucket].first(where: { stands($0, in: words, at: n) }) {
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
  private let lexicons: ByLanguage<Lexicon>

  /// - Parameter alone: languages whose words mean something else in others: used only where the language is known.
  init(_ lists: [String: String], alone: Set<String> = []) {
    lexicons = ByLanguage(lists.keys) { language in
      Lexicon(
        language.map { [lists[$0] ?? ""] }
          ?? lists.keys.sorted().filter { !alone.contains($0) }.compactMap { lists[$0] })
    }
  }

  /// - Parameter language: a primary subtag; nil when it is not known.
  func lexicon(for language: String?) -> Lexicon { lexicons[language] }
}

/// What is made of the words of a language, when it is first asked for: a process reads few languages.
final class ByLanguage<Value: Sendable>: Sendable {
  private let languages: Set<String>
  private let make: @Sendable (String?) -> Value
  private let made = Mutex<[String?: Value]>([:])

  /// - Parameter make: called with one of these languages; with nil for all others.
  init(_ languages: some Sequence<String>, make: @escaping @Sendable (String?) -> Value) {
    (self.languages, self.make) = (Set(languages), make)
  }

  subscript(_ language: String?) -> Value {
    let language = language.flatMap { languages.contains($0) ? $0 : nil }
    return made.withLock { made in
      if let value = made[language] { return value }
      let value = make(language)
      made[language] = value
      return value
    }
  }
}

/// The primary subtag of a language tag (RFC 5646 §2.1), lower case: what word lists go by.
func primarySubtag(_ language: String) -> String { String(language.prefix { $0 != "-" }).lowercased() }
