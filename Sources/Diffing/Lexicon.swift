/// Small word lists by language, and how words of a wording are counted against them.

/// Words and phrases that tell one thing (negation, hedging) in many languages.
struct Lexicon: Sendable {
  /// Single words, lower case.
  private var words: Set<String> = []
  /// Words that begin so, lower case.
  private var stems: [String] = []
  /// Several words, lower case, with a space around each.
  private var phrases: [String] = []
  /// Strings of scripts that put no spaces between words.
  private var unspaced: [String] = []

  /// Entries parted by spaces; `_` stands for the space inside a phrase, `*` at the end makes a stem.
  init(_ list: String) {
    for entry in list.split(whereSeparator: { $0 == " " || $0 == "\n" }) {
      if entry.hasSuffix("*") {
        stems.append(String(entry.dropLast()))
      } else if entry.contains("_") {
        phrases.append(" " + entry.replacing("_", with: " ") + " ")
      } else if entry.unicodeScalars.contains(where: isUnspaced) {
        unspaced.append(String(entry))
      } else {
        words.insert(String(entry))
      }
    }
  }

  init(joining others: [Lexicon]) {
    for other in others {
      words.formUnion(other.words)
      stems += other.stems
      phrases += other.phrases
      unspaced += other.unspaced
    }
  }

  /// How many of these stand in some words, lower case, in order.
  func count(in tokens: [String]) -> Int {
    if tokens.isEmpty { return 0 }
    var count = 0
    for token in tokens {
      if words.contains(token) || stems.contains(where: { token.utf8.starts(with: $0.utf8) }) { count += 1 }
    }
    if !phrases.isEmpty {
      let text = " " + tokens.joined(separator: " ") + " "
      for phrase in phrases where text.contains(phrase) { count += 1 }
    }
    if !unspaced.isEmpty, tokens.contains(where: { $0.utf8.contains { $0 >= 0xE0 } }) {
      let text = tokens.joined()
      for entry in unspaced where text.contains(entry) { count += 1 }
    }
    return count
  }
}

/// One list a language, and one for texts of a language that is not known.
struct LexiconByLanguage: Sendable {
  private let lexicons: [String: Lexicon]
  private let any: Lexicon

  /// - Parameter alone: languages whose words mean something else in others: used only where the language is known.
  init(_ lists: [String: String], alone: Set<String> = []) {
    let lexicons = lists.mapValues { Lexicon($0) }
    self.lexicons = lexicons
    any = Lexicon(joining: lexicons.keys.sorted().filter { !alone.contains($0) }.compactMap { lexicons[$0] })
  }

  /// - Parameter language: BCP 47; nil when it is not known.
  func lexicon(for language: String?) -> Lexicon {
    guard let language, let own = lexicons[String(language.prefix { $0 != "-" }).lowercased()] else { return any }
    return own
  }
}
