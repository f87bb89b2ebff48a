/// Pairs of texts that make diff tools slow: generated from a fixed seed, as plain text.

struct WorstDiff: Sendable {
  let name: String
  /// Paragraphs of either side.
  let sides: @Sendable () -> (old: [String], new: [String])

  static let all: [WorstDiff] = [
    WorstDiff(name: "10 MB on one line, a word at each end") {
      let words = Self.words(octets: 10_000_000)
      var other = words
      (other[3], other[other.count - 4]) = ("changed", "changed")
      return ([joined(words)], [joined(other)])
    },
    WorstDiff(name: "10 MB, one word") {
      ([String(repeating: "x", count: 10_000_000)], [String(repeating: "x", count: 9_999_999) + "y"])
    },
    WorstDiff(name: "2 MB on one line, 1 % of words edited") {
      var dice = Dice(seed: 2)
      let words = Self.words(octets: 2_000_000)
      return ([joined(words)], [joined(words.map { dice.chance(percent: 1) ? "edited" : $0 })])
    },
    WorstDiff(name: "2 MB on one line, words shuffled") {
      var dice = Dice(seed: 3)
      let words = Self.words(octets: 2_000_000)
      return ([joined(words)], [joined(words.shuffled(using: &dice))])
    },
    WorstDiff(name: "2 MB on one line, nothing in common") {
      let words = Self.words(octets: 2_000_000)
      return ([joined(words)], [joined(words.map { $0 + "q" })])
    },
    WorstDiff(name: "50,000 paragraphs, a word edited in each") {
      let paragraphs = Self.paragraphs(50_000)
      return (paragraphs.map(joined), paragraphs.map { joined($0.prefix(5) + ["edited"] + $0.dropFirst(6)) })
    },
    WorstDiff(name: "50,000 paragraphs shuffled") {
      var dice = Dice(seed: 4)
      let paragraphs = Self.paragraphs(50_000).map(joined)
      return (paragraphs, paragraphs.shuffled(using: &dice))
    },
    WorstDiff(name: "50,000 paragraphs, nothing in common") {
      let paragraphs = Self.paragraphs(50_000)
      return (paragraphs.map(joined), paragraphs.map { joined($0.map { $0 + "q" }) })
    },
    WorstDiff(name: "100,000 lines of two values") {
      var dice = Dice(seed: 5)
      let values = ["Yes, it is so, they said again.", "No, it is not so, they said."]
      func side() -> [String] { (0..<100_000).map { _ in dice.one(of: values) } }
      return (side(), side())
    },
    WorstDiff(name: "400,000 times the same word") {
      ([joined(Array(repeating: "word", count: 400_000))], [joined(Array(repeating: "word", count: 399_000))])
    },
    WorstDiff(name: "100,000 paragraphs reversed") {
      let paragraphs = (0..<100_000).map { "Paragraph number \($0) of a long text." }
      return (paragraphs, paragraphs.reversed())
    },
  ]

  private static func joined(_ words: some Sequence<String>) -> String { words.joined(separator: " ") }

  /// Words without an end of a sentence, so that a line is one sentence.
  private static func words(octets: Int) -> [String] {
    var dice = Dice(seed: 1)
    var words: [String] = []
    var size = 0
    while size < octets {
      words.append(word(&dice))
      size += (words.last?.utf8.count ?? 0) + 1
    }
    return words
  }

  /// Twelve words each and one that no other has.
  private static func paragraphs(_ count: Int) -> [[String]] {
    var dice = Dice(seed: 6)
    return (0..<count).map { n in (0..<12).map { _ in word(&dice) } + ["n\(n)"] }
  }

  /// One of some 20,000; the frequent ones are few.
  private static func word(_ dice: inout Dice) -> String {
    let unit = Double(dice.number(0...9_999)) / 10_000
    var rest = Int(unit * unit * unit * 20_000) + 26
    var letters: [UInt8] = []
    while rest > 0 {
      letters.append(97 + UInt8(rest % 26))
      rest /= 26
    }
    return String(decoding: letters, as: UTF8.self)
  }
}
