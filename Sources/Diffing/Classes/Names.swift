/// Which names a wording holds, by capital letters: in scripts that have them.

import Model

/// Spots names in the wordings of two texts.
struct NameSpotter {
  /// Which words stand in the first blocks of both, and which inside a sentence.
  private let seen: WordSieve
  /// Whether common nouns are written with a capital too, as in German: then a name is two capitals in a row, or a word
  /// that is part of such a pair elsewhere.
  private let capitalisesNouns: Bool

  /// The words that count.
  private let counts: WordTable<String>

  /// - Parameter language: a primary subtag; nil when it is not known.
  init(_ old: ArticleText, _ new: ArticleText, _ language: String?) {
    var seen = WordSieve()
    let known = Self.sample(of: old)
    for sentence in known where !Self.isTitleCase(sentence) { seen.insert(wordsOf: sentence) }
    var next = 0
    for sentence in Self.sample(of: new) {
      // Most stand in the old text too, in the same order.
      if let at = known[next...].prefix(8).firstIndex(where: { sameBytes($0, sentence) }) {
        next = at + 1
      } else if !Self.isTitleCase(sentence) {
        seen.insert(wordsOf: sentence)
      }
    }
    self.seen = seen
    capitalisesNouns = language.map { ["de", "lb", "gsw", "nds"].contains($0) } ?? Self.looksGerman(new)
    counts = spelledNumbers[capitalisesNouns ? "de" : nil]
  }

  /// How much of each text is looked at to tell whether a word that begins a sentence is a name.
  private static let sampleBytes = 12_000

  private static func sample(of text: ArticleText) -> [String] {
    var (out, bytes): ([String], Int) = ([], 0)
    for block in text.blocks {
      for sentence in block.sentences {
        if bytes >= sampleBytes { return out }
        out.append(sentence.text)
        bytes += sentence.text.utf8.count
      }
    }
    return out
  }

  /// Whether a text of unknown language has many small words of German, in blocks from its start to its end.
  private static func looksGerman(_ text: ArticleText) -> Bool {
    var (words, german) = (0, 0)
    for i in stride(from: 0, to: text.blocks.count, by: max(1, text.blocks.count / 32)) {
      var first = text.blocks[i].sentences.first?.text ?? ""
      first.withUTF8 { bytes in
        for word in bytes.prefix(600).split(separator: 32) {
          words += 1
          if germanWords.contains(word) { german += 1 }
        }
      }
    }
    return german * 12 > words
  }
  private static let germanWords = WordTable("der die und das den von mit ist nicht des im")

  /// Whether any word with a capital changed: without one, no names differ.
  static func mayDiffer(_ rephrasing: Rephrasing) -> Bool {
    rephrasing.changes.contains { rephrasing.old.hasCapital($0.old) || rephrasing.new.hasCapital($0.new) }
  }

  /// Whether the two wordings do not hold the same names, each as often. A word that only changed its case is no other.
  func differ(_ rephrasing: Rephrasing, _ before: String, _ after: String) -> Bool {
    var (old, new): ([[UInt8]], [[UInt8]]) = ([], [])
    let changes = rephrasing.changes
    let isTitle = Self.isTitleCase(before) || Self.isTitleCase(after)
    for change in changes {
      old += names(rephrasing.old, change.old, isAtStart: rephrasing.differAtStart, isTitle)
      new += names(rephrasing.new, change.new, isAtStart: rephrasing.differAtStart, isTitle)
    }
    guard !old.isEmpty || !new.isEmpty else { return false }
    old = old.map(lowerCased).sorted { $0.lexicographicallyPrecedes($1) }
    new = new.map(lowerCased).sorted { $0.lexicographicallyPrecedes($1) }
    if old == new { return false }
    let (goneOrHere, comeOrHere) = (
      words(rephrasing.old, changes.map(\.old)), words(rephrasing.new, changes.map(\.new))
    )
    return old.filter { !comeOrHere.contains($0) } != new.filter { !goneOrHere.contains($0) }
  }

  private func words(_ tokens: Tokens, _ ranges: [Range<Int>]) -> Set<[UInt8]> {
    Set(ranges.joined().lazy.filter(tokens.isWord).map { lowerCased(Array(tokens.bytes[tokens.ranges[$0]])) })
  }

  /// The capitalised words among these tokens that are part of a name.
  private func names(_ tokens: Tokens, _ range: Range<Int>, isAtStart: Bool, _ isTitle: Bool) -> [[UInt8]] {
    range.compactMap { token in
      guard tokens.isCapitalised(token) else { return nil }
      let word = Array(tokens.bytes[tokens.ranges[token]])
      if isNoName(word) { return nil }
      if isTitle { return isKnown(word) ? word : nil }
      let hasNeighbour =
        isNamePart(tokens, token, token - 2, isAtStart) || isNamePart(tokens, token, token + 2, isAtStart)
      if capitalisesNouns {
        if isCommonNoun(word) || (tokens.beginsSentence(token, isAtStart: isAtStart) && isFunctionWord(word)) {
          return nil
        }
        return hasNeighbour || (seen.holdsPaired(word) && !tokens.followsDeterminer(token)) ? word : nil
      }
      guard tokens.beginsSentence(token, isAtStart: isAtStart) else { return word }
      return hasNeighbour && !seen.holds(lowerCased(word)) || isKnown(word) ? word : nil
    }
  }

  /// Whether the word two tokens away, with one space between, can be the other half of a name.
  private func isNamePart(_ tokens: Tokens, _ token: Int, _ other: Int, _ isAtStart: Bool) -> Bool {
    guard tokens.isCapitalised(other), tokens.isSpace((token + other) / 2) else { return false }
    let begins = other < token && tokens.beginsSentence(other, isAtStart: isAtStart)
    guard capitalisesNouns else { return !begins }
    let word = Array(tokens.bytes[tokens.ranges[other]])
    return !isNoName(word) && !isCommonNoun(word) && !(begins && isFunctionWord(word))
  }

  /// Whether a word that begins a German sentence has a capital for that alone.
  private func isFunctionWord(_ word: [UInt8]) -> Bool {
    let small = lowerCased(word)
    return seen.holds(small) || determiners.contains(small) || sentenceOpeners.contains(small)
  }

  /// Whether a word that begins a sentence is a name all the same: it stands with a capital inside another one, and
  /// nowhere in small letters.
  private func isKnown(_ word: [UInt8]) -> Bool { seen.holdsInside(word) && !seen.holds(lowerCased(word)) }

  private func lowerCased(_ word: [UInt8]) -> [UInt8] {
    var word = word
    foldCase(&word)
    return word
  }

  /// Whether most words have a capital, as in an English headline: then only those that are names elsewhere count.
  private static func isTitleCase(_ text: String) -> Bool {
    var (words, capitals, text) = (0, 0, text)
    text.withUTF8 { bytes in
      let end = min(bytes.count, 1200)
      var start = 0
      while start < end {
        let wordEnd = bytes[start..<end].firstIndex(of: 32) ?? end
        while start < wordEnd, bytes[start] < 0x80, !isASCIIWordByte(bytes[start]) { start += 1 }
        if wordEnd - start > 1, !(48...57).contains(bytes[start]) {
          words += 1
          if startsWithCapital(bytes[start..<wordEnd]) { capitals += 1 }
        }
        start = wordEnd + 1
      }
    }
    return words >= 5 ? capitals * 4 >= words * 3 : words >= 3 && capitals == words
  }

  /// In German, by the ending.
  private func isCommonNoun(_ word: [UInt8]) -> Bool {
    Self.nounEndings.contains { word.count > $0.count + 2 && word.suffix($0.count).elementsEqual($0) }
  }
  private static let nounEndings = """
    ung ungen heit heiten keit keiten schaft schaften tion tionen ismus tät täten nis nisse tum ling linge ment mente papiere \
    recht rechts gesetz gesetzes gesetzbuch verfahren verfahrens antrag antrags
    """.split(separator: " ").map { Array($0.utf8) }

  /// Capitalised, and no name: the English pronoun, days and months, numbers and currencies, titles before a name.
  private func isNoName(_ word: [UInt8]) -> Bool {
    guard word.count >= 2, word[1] != UInt8(ascii: "'"),
      !(word.count > 3 && word[1] == 0xE2 && word[0] == UInt8(ascii: "I"))
    else { return true }
    let small = lowerCased(word)
    if small.contains(where: { $0 >= 0x80 || (48...57).contains($0) }) {
      let text = String(decoding: small, as: UTF8.self)
      let letters = text.prefix { !$0.isNumber }
      if letters.endIndex < text.endIndex, currencies.contains(letters.utf8) || letters == "r" { return true }
    }
    return calendar.contains(small) || months.contains(small) || scales.contains(small) || counts.contains(small)
      || currencies.contains(small) || perCentWords.contains(small)
      || (capitalisesNouns && unitWords.contains(small))
  }
}

private let calendar = WordTable(
  """
  ende anfang mitte monday tuesday wednesday thursday friday saturday sunday may march mr mrs ms dr the montag dienstag mittwoch donnerstag freitag \
  samstag sonntag pazartesi salı çarşamba perşembe cuma cumartesi pazar senin selasa rabu kamis jumat sabtu ahad
  """)

/// Whether a word begins with a capital letter.
private func startsWithCapital(_ word: some Collection<UInt8>) -> Bool {
  guard let first = word.first else { return false }
  if first < 0x80 { return (65...90).contains(first) }
  return String(decoding: word.prefix(4), as: UTF8.self).unicodeScalars.first?.properties.isUppercase ?? false
}

/// Words that were seen, as bits of a hash (B. H. Bloom, "Space/time trade-offs in hash coding with allowable errors",
/// 1970, with one hash): some thousands of words in half a million bits, so that about one in a hundred that was not
/// seen counts as seen.
private struct WordSieve {
  /// Half a million bits for all words, as many for those inside a sentence, as many for those in pairs.
  private var bits = [UInt64](repeating: 0, count: 3 << 13)

  private enum Row: Int { case all, inside, paired }

  /// FNV-1a, folded.
  private struct Hash {
    private var state: UInt64 = 0xCBF2_9CE4_8422_2325
    mutating func add(_ byte: UInt8) { state = (state ^ UInt64(byte)) &* 0x100_0000_01B3 }
    var bit: Int { Int(truncatingIfNeeded: (state ^ (state >> 32)) & 0x7FFFF) }
  }

  mutating func insert(wordsOf sentence: String) {
    var sentence = sentence
    bits.withUnsafeMutableBufferPointer { bits in sentence.withUTF8 { Self.insert(wordsOf: $0, bits) } }
  }

  private static func insert(wordsOf bytes: UnsafeBufferPointer<UInt8>, _ bits: UnsafeMutableBufferPointer<UInt64>) {
    func set(_ row: Row, _ bit: Int) { bits[(row.rawValue << 13) + (bit >> 6)] |= 1 << UInt64(bit & 63) }
    func isLetter(_ i: Int) -> Bool { bytes[i] >= 0x80 || (97...122).contains(bytes[i] | 32) }
    /// Whether these letters hang together with others by a dot, slash or the like, as in a URL.
    func isAddressPart(_ start: Int, _ end: Int) -> Bool {
      func joins(_ i: Int) -> Bool {
        bytes[i] == UInt8(ascii: ".") || bytes[i] == UInt8(ascii: "/") || bytes[i] == UInt8(ascii: "@")
      }
      return (start > 0 && joins(start - 1)) || (end + 1 < bytes.count && joins(end) && isLetter(end + 1))
    }
    var (i, isFirst) = (0, true)
    var lastCapital = (bit: 0, end: -1)
    while i < bytes.count {
      guard isLetter(i) else {
        if bytes[i] == UInt8(ascii: ":") { isFirst = true }
        i += 1
        continue
      }
      let start = i
      var hash = Hash()
      while i < bytes.count, isLetter(i) {
        hash.add(bytes[i])
        i += 1
      }
      if isAddressPart(start, i) { continue }
      let bit = hash.bit
      set(.all, bit)
      if !isFirst { set(.inside, bit) }
      if !isFirst, startsWithCapital(bytes[start..<i]) {
        if lastCapital.end == start - 1, bytes[start - 1] == 32 {
          set(.paired, lastCapital.bit)
          set(.paired, bit)
        }
        lastCapital = (bit, i)
      }
      isFirst = false
    }
  }

  private func holds(_ word: [UInt8], _ row: Row) -> Bool {
    var hash = Hash()
    for byte in word { hash.add(byte) }
    return bits[(row.rawValue << 13) + (hash.bit >> 6)] >> UInt64(hash.bit & 63) & 1 == 1
  }

  func holds(_ word: [UInt8]) -> Bool { holds(word, .all) }

  /// Whether it stands right beside another word with a capital, where no sentence begins.
  func holdsPaired(_ word: [UInt8]) -> Bool { holds(word, .paired) }

  /// Whether it stands where no sentence begins.
  func holdsInside(_ word: [UInt8]) -> Bool { holds(word, .inside) }
}

extension Tokens {
  func isWord(_ token: Int) -> Bool {
    guard ranges.indices.contains(token) else { return false }
    let byte = bytes[ranges[token].lowerBound]
    if byte < 0x80 { return (97...122).contains(byte | 0x20) }
    return scalar(token).map { $0.properties.isAlphabetic } ?? false
  }

  fileprivate func hasCapital(_ tokens: Range<Int>) -> Bool { tokens.contains(where: isCapitalised) }

  fileprivate func isCapitalised(_ token: Int) -> Bool {
    ranges.indices.contains(token) && startsWithCapital(bytes[ranges[token]])
  }

  /// Whether the word before this one is a German article or a word like one.
  fileprivate func followsDeterminer(_ token: Int) -> Bool {
    guard token >= 2, isSpace(token - 1) else { return false }
    var word = Array(bytes[ranges[token - 2]])
    foldCase(&word)
    return determiners.contains(word)
  }

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

/// German articles and words like them, which a name seldom follows.
private let determiners = WordTable(
  """
  der die das den dem des ein eine einen einem einer eines im am zum zur vom beim ins kein keine keinen keinem keiner sein seine \
  seinen seiner ihr ihre ihren ihrer dieser diese dieses diesen diesem jeder jede jedes viele alle mehr
  """)

/// Other small words of German that begin a sentence.
private let sentenceOpeners = WordTable(
  """
  bei nach mit in auf an für von zu aus über unter vor wegen gegen durch ohne um seit bis ab wie als wenn weil doch aber und oder \
  auch so nur noch schon hier dort dann da nun jetzt heute gestern es er wir ich man was wer laut trotz während
  """)
