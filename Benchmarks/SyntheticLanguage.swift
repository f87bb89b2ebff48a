/// Words and sentences that nobody wrote: text with the byte lengths, the word frequencies and the punctuation of a script, for
/// a corpus that needs no download.
struct SyntheticLanguage {
  /// BCP 47.
  let code: String
  private let words: [String]
  private let space: String
  private let stop: String
  private let comma: String

  /// One a script, in a fixed order.
  static let all: [SyntheticLanguage] = [
    SyntheticLanguage("en", syllables: "ba ton ver ing sa tri mon der fe pla con es ri ta gue lo"),
    SyntheticLanguage("de", syllables: "ge ver schaft un be lich keit stra ße mün haf ter zö wir auf den"),
    SyntheticLanguage("fr", syllables: "mé tion ville con naî tre gé né ral eau port dé ci dé pont sou"),
    SyntheticLanguage("ru", syllables: "по го во рил при ста нь пра ви тель ство ре ше ние да мос ка"),
    SyntheticLanguage("el", syllables: "λι μά νι συμ βού λιο πό λη κα τά θε ση νη σί α πρό"),
    SyntheticLanguage("ar", syllables: "مي ناء ال مج لس قر ار جز ير ة سف ين عق د بل دي"),
    SyntheticLanguage("hi", syllables: "स मि ति बं दर गा ह नि र्ण य द्वी प ना व श हर", stop: "।"),
    SyntheticLanguage("ko", syllables: "항 구 위 원 회 결 정 섬 배 도 시 계 약 사 람 물"),
    SyntheticLanguage("zh", syllables: "港 口 委 员 会 决 定 岛 船 市 合 同 人 水 年 新", space: "", stop: "。", comma: ","),
    SyntheticLanguage(
      "th", syllables: "ท่า เรือ สภา ตัด สิน เกาะ เมือง สัญ ญา คน น้ำ ปี ใหม่ แล้ว", space: "", stop: " ", comma: " "),
  ]

  private init(_ code: String, syllables: String, space: String = " ", stop: String = ".", comma: String = ",") {
    (self.code, self.space, self.stop, self.comma) = (code, space, stop, comma)
    let syllables = syllables.split(separator: " ")
    var dice = Dice(seed: code.utf8.reduce(7) { $0 * 31 + UInt64($1) })
    words = (0..<2_000).map { rank in
      // The frequent ones are short, as in any language.
      (0..<(rank < 60 ? 1 : dice.number(2...3))).map { _ in String(dice.one(of: syllables)) }.joined()
    }
  }

  /// A sentence of 6 to 26 words. The frequency of a word falls with its rank.
  func sentence(_ dice: inout Dice) -> String {
    var text = ""
    let length = dice.number(6...26)
    for i in 0..<length {
      let unit = Double(dice.number(0...9_999)) / 10_000
      let word =
        dice.number(0...29) == 0 ? "\(dice.number(2...900))" : words[Int(unit * unit * unit * Double(words.count))]
      text += i == 0 ? word.capitalizingFirst : word
      if i < length - 1 { text += dice.number(0...9) == 0 ? comma + space : space }
    }
    return text + stop
  }

  /// Two to nine words without a stop.
  func headline(_ dice: inout Dice) -> String {
    (0..<dice.number(4...9)).map { _ in words[dice.number(60...1_999)] }.joined(separator: space).capitalizingFirst
  }
}

extension String {
  fileprivate var capitalizingFirst: String { prefix(1).uppercased() + dropFirst() }
}

/// A seeded generator (S. Vigna's splitmix64): the same rolls on every machine.
struct Dice: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  mutating func number(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &self) }

  mutating func chance(percent: Int) -> Bool { number(0...99) < percent }

  mutating func one<T>(of items: [T]) -> T { items[number(0...(items.count - 1))] }
}
