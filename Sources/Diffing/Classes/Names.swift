/// Which names a wording holds, by capital letters: in scripts that have them.

import Model

/// Spots names in the wordings of two texts.
struct NameSpotter {
  /// Which words stand in the first blocks of both, and which inside a sentence.
  private let seen: WordSieve
  /// Whether common nouns are written with a capital too, as in German: then only two capitals in a row make a name.
  private let capitalisesNouns: Bool

  init(_ old: ArticleText, _ new: ArticleText) {
    var seen = WordSieve()
    for text in [old, new] {
      var bytes = 0
      for block in text.blocks {
        for sentence in block.sentences where bytes < Self.sampleBytes {
          seen.insert(wordsOf: sentence.text)
          bytes += sentence.text.utf8.count
        }
        if bytes >= Self.sampleBytes { break }
      }
    }
    self.seen = seen
    let language = (new.language ?? old.language).map { String($0.prefix { $0 != "-" }) }
    capitalisesNouns = language.map { ["de", "lb", "gsw", "nds"].contains($0) } ?? Self.looksGerman(new)
  }

  /// How much of each text is looked at to tell whether a word that begins a sentence is a name.
  private static let sampleBytes = 12_000

  /// Whether a text of unknown language has many small words of German.
  private static func looksGerman(_ text: ArticleText) -> Bool {
    var (words, german) = (0, 0)
    for block in text.blocks.prefix(12) {
      for word in block.text.utf8.prefix(600).split(separator: 32) {
        words += 1
        if germanWords.contains(where: { word.elementsEqual($0) }) { german += 1 }
      }
    }
    return german * 12 > words
  }
  private static let germanWords = ["der", "die", "und", "das", "den", "von", "mit", "ist", "nicht", "des", "im"].map {
    Array($0.utf8)
  }

  /// Whether the two wordings do not hold the same names, each as often.
  func differ(_ rephrasing: Rephrasing, isHeadline: Bool) -> Bool {
    var (before, after): ([[UInt8]], [[UInt8]]) = ([], [])
    for change in rephrasing.changes {
      before += names(rephrasing.old, change.old, isAtStart: rephrasing.prefix.isEmpty)
      after += names(rephrasing.new, change.new, isAtStart: rephrasing.prefix.isEmpty)
    }
    before.sort { $0.lexicographicallyPrecedes($1) }
    after.sort { $0.lexicographicallyPrecedes($1) }
    guard before != after else { return false }
    return !isTitleCase(rephrasing.old) && !isTitleCase(rephrasing.new)
  }

  /// The capitalised words among these tokens that are part of a name.
  private func names(_ tokens: Tokens, _ range: Range<Int>, isAtStart: Bool) -> [[UInt8]] {
    range.compactMap { token in
      guard tokens.isCapitalised(token) else { return nil }
      let word = Array(tokens.bytes[tokens.ranges[token]])
      if Self.isNoName(word) { return nil }
      let hasNeighbour = isNamePart(tokens, token - 2, isAtStart) || tokens.isCapitalisedWord(token + 2)
      if tokens.beginsSentence(token, isAtStart: isAtStart) {
        return tokens.isCapitalisedWord(token + 2) && !seen.holds(lowerCased(word))
          || (!capitalisesNouns && isKnown(word))
          ? word : nil
      }
      return !capitalisesNouns || hasNeighbour ? word : nil
    }
  }

  private func isNamePart(_ tokens: Tokens, _ token: Int, _ isAtStart: Bool) -> Bool {
    tokens.isCapitalisedWord(token) && !tokens.beginsSentence(token, isAtStart: isAtStart)
  }

  /// Whether a word that begins a sentence is a name all the same: it stands with a capital inside another one, and
  /// nowhere in small letters.
  private func isKnown(_ word: [UInt8]) -> Bool { seen.holdsInside(word) && !seen.holds(lowerCased(word)) }

  private func lowerCased(_ word: [UInt8]) -> [UInt8] {
    var word = word
    foldCase(&word)
    return word
  }

  /// Whether most words have a capital, as in an English headline: then capitals tell nothing.
  private func isTitleCase(_ tokens: Tokens) -> Bool {
    var (words, capitals) = (0, 0)
    for token in tokens.ranges.indices.prefix(200) where tokens.isWord(token) && tokens.ranges[token].count > 1 {
      words += 1
      if tokens.isCapitalised(token) { capitals += 1 }
    }
    return words >= 4 && capitals * 10 > words * 7
  }

  /// Capitalised in English, and no name: the pronoun, days and months.
  private static func isNoName(_ word: [UInt8]) -> Bool {
    guard word.count >= 2, word[1] != UInt8(ascii: "'"),
      !(word.count > 3 && word[1] == 0xE2 && word[0] == UInt8(ascii: "I"))
    else { return true }
    return calendar.contains { word.elementsEqual($0) }
  }
  private static let calendar = """
    Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February March April May June July August September \
    October November December Mr Mrs Ms Dr The
    """.split(separator: " ").map { Array($0.utf8) }
}

/// Words that were seen, as bits of a hash (B. H. Bloom, "Space/time trade-offs in hash coding with allowable errors",
/// 1970, with one hash): some thousands of words in half a million bits, so that about one in a hundred that was not
/// seen counts as seen.
private struct WordSieve {
  private var all = [UInt64](repeating: 0, count: 1 << 13)
  private var inside = [UInt64](repeating: 0, count: 1 << 13)

  private static func hash(_ word: some Sequence<UInt8>) -> Int {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325  // FNV-1a
    for byte in word { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
    return Int(truncatingIfNeeded: (hash ^ (hash >> 32)) & 0x7FFFF)
  }

  mutating func insert(wordsOf sentence: String) {
    var sentence = sentence
    sentence.withUTF8 { bytes in
      func isLetter(_ i: Int) -> Bool { bytes[i] >= 0x80 || (97...122).contains(bytes[i] | 32) }
      var (i, isFirst) = (0, true)
      while i < bytes.count {
        guard isLetter(i) else {
          if bytes[i] == UInt8(ascii: ":") { isFirst = true }
          i += 1
          continue
        }
        let start = i
        while i < bytes.count, isLetter(i) { i += 1 }
        let bit = Self.hash(UnsafeBufferPointer(rebasing: bytes[start..<i]))
        all[bit >> 6] |= 1 << UInt64(bit & 63)
        if !isFirst { inside[bit >> 6] |= 1 << UInt64(bit & 63) }
        isFirst = false
      }
    }
  }

  func holds(_ word: [UInt8]) -> Bool {
    let bit = Self.hash(word)
    return all[bit >> 6] >> UInt64(bit & 63) & 1 == 1
  }

  /// Whether it stands where no sentence begins.
  func holdsInside(_ word: [UInt8]) -> Bool {
    let bit = Self.hash(word)
    return inside[bit >> 6] >> UInt64(bit & 63) & 1 == 1
  }
}

extension Tokens {
  func isWord(_ token: Int) -> Bool {
    guard ranges.indices.contains(token) else { return false }
    let byte = bytes[ranges[token].lowerBound]
    if byte < 0x80 { return (97...122).contains(byte | 0x20) }
    return scalar(token).map { $0.properties.isAlphabetic } ?? false
  }

  fileprivate func isCapitalised(_ token: Int) -> Bool {
    guard ranges.indices.contains(token) else { return false }
    let byte = bytes[ranges[token].lowerBound]
    if byte < 0x80 { return (65...90).contains(byte) }
    return scalar(token).map { $0.properties.isUppercase } ?? false
  }

  /// A capitalised word with one space between it and a neighbour two tokens away.
  fileprivate func isCapitalisedWord(_ token: Int) -> Bool { isCapitalised(token) }

  private func scalar(_ token: Int) -> Unicode.Scalar? {
    let range = ranges[token]
    return String(decoding: bytes[range.lowerBound..<min(range.upperBound, range.lowerBound + 4)], as: UTF8.self)
      .unicodeScalars.first
  }

  /// Whether nothing comes before this token in its sentence but marks.
  fileprivate func beginsSentence(_ token: Int, isAtStart: Bool) -> Bool {
    var i = token - 1
    while i >= 0 {
      if !isSpace(i) {
        guard let scalar = scalar(i) else { return true }
        if scalar.properties.isAlphabetic || scalar.properties.numericType != nil { return false }
        switch scalar {
        case ".", "!", "?", ":", "…", "\u{201C}", "\u{201E}", "«", "\"", "—", "–", "\u{2022}", "#", "*": return true
        case ",", ";", "-", ")": return false
        default: break
        }
      }
      i -= 1
    }
    return isAtStart
  }
}
