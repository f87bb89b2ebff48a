import Markup
import Model

/// What language a text is in, by its script and, where languages share one, by its most frequent words.
struct TextLanguage {
  /// A primary subtag (BCP 47).
  let subtag: String
  /// The share of words that are among that language's frequent ones; 1 where the script alone decides.
  let share: Double
  /// The shares of the languages that share the script, to compare a declared one with.
  private let shares: [String: Double]

  /// How well a language explains the text, 0 for one that cannot be written in this script or is not known here.
  func share(of other: String) -> Double { shares[other] ?? (other == subtag ? share : 0) }

  /// Nil where the text is too short or no language stands out. At most the first `mostBytes` are looked at.
  init?(of texts: some Sequence<[UInt8]>) {
    var sample: [UInt8] = []
    for text in texts where sample.count < Self.mostBytes { sample += text.prefix(Self.mostBytes) + [10] }
    guard sample.count >= 40 else { return nil }
    let (script, letters) = Self.script(of: sample)
    guard let script, letters >= 20 else { return nil }
    if let only = Self.single[script] {
      (subtag, share, shares) = (only, 1, [only: 1])
      return
    }
    let (counts, words) = Self.count(sample)
    guard words >= 8 else { return nil }
    var best = (index: 0, score: 0.0)
    var second = 0.0
    for (index, score) in counts.enumerated() {
      if score > best.score { (second, best) = (best.score, (index, score)) } else if score > second { second = score }
    }
    let share = best.score / Double(words)
    // Languages that say in one long word what others say in five have few frequent words: they must stand out the more.
    let isAlone = share >= 0.04 && words >= 100 && best.score > second * 2.5
    guard isAlone || (share >= (words < 40 ? 0.15 : 0.09) && best.score > second * 1.08) else { return nil }
    subtag = FrequentWords.languages[best.index]
    self.share = share
    shares = Dictionary(
      zip(FrequentWords.languages, counts.map { $0 / Double(words) }), uniquingKeysWith: { first, _ in first })
  }

  private static let mostBytes = 4000

  /// How much of the text speaks for each language: a word that several use speaks less for each.
  private static func count(_ sample: [UInt8]) -> (scores: [Double], words: Int) {
    var scores = [Double](repeating: 0, count: FrequentWords.languages.count)
    var (words, word): (Int, [UInt8]) = (0, [])
    func close() {
      defer { word.removeAll(keepingCapacity: true) }
      guard !word.isEmpty else { return }
      words += 1
      guard word.count <= 24, var mask = FrequentWords.masks[MarkWords.key(word)] else { return }
      let weight = mask.nonzeroBitCount == 1 ? 1 : mask.nonzeroBitCount == 2 ? 0.8 : 0.6
      while mask != 0 {
        scores[mask.trailingZeroBitCount] += weight
        mask &= mask - 1
      }
    }
    for scalar in String(decoding: sample, as: UTF8.self).unicodeScalars {
      if scalar.isASCII {
        let byte = UInt8(scalar.value)
        if (97...122).contains(byte | 32) { word.append(byte | 32) } else { close() }
      } else if scalar.properties.isAlphabetic || scalar.properties.generalCategory == .nonspacingMark {
        word += Array(scalar.properties.lowercaseMapping.utf8)
      } else {
        close()
      }
    }
    close()
    return (scores, words)
  }

  private enum Script: Int, CaseIterable {
    case latin, cyrillic, greek, arabic, hebrew, devanagari, bengali, gurmukhi, gujarati, oriya, tamil, telugu, kannada,
      malayalam, sinhala, thai, lao, burmese, khmer, georgian, armenian, ethiopic, tibetan, hangul, kana, han
  }

  /// Scripts that mean one language, nearly always.
  private static let single: [Script: String] = [
    .greek: "el", .hebrew: "he", .bengali: "bn", .gurmukhi: "pa", .gujarati: "gu", .oriya: "or", .tamil: "ta",
    .telugu: "te", .kannada: "kn", .malayalam: "ml", .sinhala: "si", .thai: "th", .lao: "lo", .burmese: "my",
    .khmer: "km", .georgian: "ka", .armenian: "hy", .ethiopic: "am", .tibetan: "bo", .hangul: "ko", .kana: "ja",
    .han: "zh",
  ]

  /// The script of most letters. Japanese mixes Han with kana, and Korean may: a tenth of either decides.
  private static func script(of sample: [UInt8]) -> (Script?, letters: Int) {
    var counts = [Int](repeating: 0, count: Script.allCases.count)
    for scalar in String(decoding: sample, as: UTF8.self).unicodeScalars {
      if scalar.value < 0x80 {
        if (97...122).contains(scalar.value | 32) { counts[Script.latin.rawValue] += 1 }
      } else if let script = script(of: scalar.value) {
        counts[script.rawValue] += script == .han || script == .kana || script == .hangul ? 2 : 1
      }
    }
    let letters = counts.reduce(0, +)
    let (kana, han) = (counts[Script.kana.rawValue], counts[Script.han.rawValue])
    if kana * 10 > kana + han, kana + han > letters / 3 { return (.kana, letters) }
    return (Script.allCases.max { counts[$0.rawValue] < counts[$1.rawValue] }, letters)
  }

  private static func script(of value: UInt32) -> Script? {
    switch value {
    case 0xAA...0x24F, 0x1E00...0x1EFF: .latin
    case 0x370...0x3FF, 0x1F00...0x1FFF: .greek
    case 0x400...0x52F: .cyrillic
    case 0x530...0x58F: .armenian
    case 0x590...0x5FF: .hebrew
    case 0x600...0x6FF, 0x750...0x77F, 0xFB50...0xFDFF, 0xFE70...0xFEFF: .arabic
    case 0x900...0x97F: .devanagari
    case 0x980...0x9FF: .bengali
    case 0xA00...0xA7F: .gurmukhi
    case 0xA80...0xAFF: .gujarati
    case 0xB00...0xB7F: .oriya
    case 0xB80...0xBFF: .tamil
    case 0xC00...0xC7F: .telugu
    case 0xC80...0xCFF: .kannada
    case 0xD00...0xD7F: .malayalam
    case 0xD80...0xDFF: .sinhala
    case 0xE00...0xE7F: .thai
    case 0xE80...0xEFF: .lao
    case 0xF00...0xFFF: .tibetan
    case 0x1000...0x109F: .burmese
    case 0x10A0...0x10FF: .georgian
    case 0x1200...0x137F: .ethiopic
    case 0x1780...0x17FF: .khmer
    case 0x3040...0x30FF: .kana
    case 0x3400...0x9FFF, 0xF900...0xFAFF: .han
    case 0x1100...0x11FF, 0xAC00...0xD7A3: .hangul
    default: nil
    }
  }
}

extension PageFields {
  /// The html element's `lang`, else og:locale, Content-Language, JSON-LD; the primary subtag in lower case, the rest as
  /// declared, with hyphens. What the text is in, where nothing is declared or the text is plainly in another language.
  func language(contentLanguage: String?, texts: some Sequence<[UInt8]>) -> String? {
    let declared = [meta.language, meta["og:locale"], meta["content-language"], contentLanguage, linked.language]
      .compactMap { $0.flatMap(Self.tag) }
    guard let found = TextLanguage(of: texts) else { return declared.first }
    let explained = declared.first { tag in
      let primary = Self.primary(tag)
      if primary == found.subtag { return true }
      // Near relatives are told apart badly, and a language not known here has no share: only plain evidence counts.
      return found.share(of: primary) >= found.share * 0.55 || (found.share < 0.2 && found.share(of: primary) > 0)
        || (!Self.isKnown(primary) && found.share < 0.35)
    }
    return explained ?? found.subtag
  }

  private static func primary(_ tag: String) -> String {
    let primary = String(tag.prefix { $0 != "-" })
    return ["bs": "hr", "sh": "hr", "nn": "no", "fil": "tl", "in": "id", "iw": "he"][primary] ?? primary
  }

  private static func isKnown(_ primary: String) -> Bool { FrequentWords.languages.contains(primary) }

  /// A language tag put in order; nil when it is none. `nb` becomes `no`, as in CLDR, for pages use both for Bokmål.
  static func tag(_ text: String) -> String? {
    let first = text.split(separator: ",").first.map(String.init) ?? ""
    var parts = NormalText.of(first).replacing("_", with: "-").split(separator: "-").map(String.init)
    guard var primary = parts.first?.lowercased(), (2...3).contains(primary.utf8.count),
      primary.utf8.allSatisfy({ (97...122).contains($0) })
    else { return nil }
    if primary == "nb" { primary = "no" }
    guard
      parts.allSatisfy({
        $0.utf8.count <= 8 && $0.utf8.allSatisfy { (48...57).contains($0) || (97...122).contains($0 | 32) }
      })
    else { return primary }
    parts[0] = primary
    return parts.joined(separator: "-")
  }
}
