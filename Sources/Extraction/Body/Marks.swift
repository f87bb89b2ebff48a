/// What an element's class, id, role and tag say that it is for.
struct Marks: OptionSet, Hashable {
  let rawValue: UInt32

  // Furniture.
  static let social = Marks(rawValue: 1 << 0)
  static let related = Marks(rawValue: 1 << 1)
  static let comments = Marks(rawValue: 1 << 2)
  static let newsletter = Marks(rawValue: 1 << 3)
  static let advertisement = Marks(rawValue: 1 << 4)
  static let navigation = Marks(rawValue: 1 << 5)
  static let consent = Marks(rawValue: 1 << 6)
  static let ticker = Marks(rawValue: 1 << 7)
  static let tags = Marks(rawValue: 1 << 8)
  static let overlay = Marks(rawValue: 1 << 9)
  static let sidebar = Marks(rawValue: 1 << 10)
  static let footer = Marks(rawValue: 1 << 11)
  static let form = Marks(rawValue: 1 << 12)
  static let biography = Marks(rawValue: 1 << 13)
  static let hidden = Marks(rawValue: 1 << 14)
  /// What another site shows here: a post, a player.
  static let embed = Marks(rawValue: 1 << 15)
  // Parts of an article that are not its body.
  static let caption = Marks(rawValue: 1 << 16)
  static let byline = Marks(rawValue: 1 << 17)
  static let details = Marks(rawValue: 1 << 18)
  static let lead = Marks(rawValue: 1 << 19)
  static let headline = Marks(rawValue: 1 << 20)
  static let header = Marks(rawValue: 1 << 21)
  // Parts that are wanted.
  static let body = Marks(rawValue: 1 << 24)
  static let notice = Marks(rawValue: 1 << 25)
  static let pullQuote = Marks(rawValue: 1 << 26)

  /// What makes a block furniture, wherever it stands.
  static let furniture: Marks = [
    .social, .related, .comments, .newsletter, .advertisement, .navigation, .consent, .ticker, .tags, .overlay,
    .sidebar,
    .footer, .form, .biography, .hidden, .embed,
  ]
  /// Furniture whose name rarely lies: believed though it be most of the page.
  static let certain: Marks = [.comments, .related, .navigation, .consent]
  /// What is not believed of an element that holds most of the text.
  static let doubtful: Marks = furniture.subtracting([.comments, .navigation, .consent]).union([
    .caption, .byline, .details, .header, .notice, .pullQuote, .lead,
  ])
}

/// Reads marks off class and id attributes, each distinct value once a page.
struct MarkReader {
  private var known: [UInt64: Marks] = [:]

  /// The marks of an attribute's words.
  mutating func marks(of value: ArraySlice<UInt8>) -> Marks {
    guard !value.isEmpty else { return [] }
    let key = value.withUnsafeBufferPointer { MarkWords.key($0) }
    if let marks = known[key] { return marks }
    let marks = Self.read(value)
    known[key] = marks
    return marks
  }

  private static func read(_ value: ArraySlice<UInt8>) -> Marks {
    var marks: Marks = []
    for token in value.split(whereSeparator: { $0 <= 32 }) {
      if MarkWords.skippedPrefixes.contains(where: { token.starts(with: $0) }) { continue }
      var folded: [UInt8] = []  // the token's letters, in lower case, for names of several words
      var word: [UInt8] = []
      var previous: UInt8 = 0
      for byte in token {
        let isUpper = (65...90).contains(byte)
        let letter = isUpper ? byte | 32 : byte
        guard (97...122).contains(letter) else {
          marks.formUnion(MarkWords.marks(ofWord: word))
          word.removeAll(keepingCapacity: true)
          previous = byte
          continue
        }
        if isUpper, (97...122).contains(previous) {
          marks.formUnion(MarkWords.marks(ofWord: word))
          word.removeAll(keepingCapacity: true)
        }
        word.append(letter)
        folded.append(letter)
        previous = byte
      }
      marks.formUnion(MarkWords.marks(ofWord: word))
      marks.formUnion(MarkWords.marks(ofName: folded))
    }
    return marks
  }
}
