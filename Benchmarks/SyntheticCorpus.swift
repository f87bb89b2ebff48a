import JSON

/// News that never happened: articles of thirty made-up outlets in ten scripts, each captured 5 to 40 times, hour by hour. Of the
/// captures after the first about a quarter bring an edit, a tenth is the same octet by octet, and the rest is the same
/// article in new furniture; of the articles a tenth goes back and forth between two texts.
struct SyntheticCorpus {
  /// How many captures it has.
  let captures: Int
  private let outlets: [SyntheticOutlet]

  /// With pages of some 60 to 300 KB, or as many style rules on them as said (SyntheticOutlet).
  init(captures: Int, rules: ClosedRange<Int> = 300...1_500) {
    self.captures = captures
    let languages = SyntheticLanguage.all
    // English more often, as on the web.
    outlets = (0..<30).map {
      SyntheticOutlet(number: $0, language: languages[$0 % 3 == 0 ? 0 : $0 % languages.count], rules: rules)
    }
  }

  /// Gives the capture lines in the order of their instants.
  func forEachLine(_ take: ([UInt8]) throws -> Void) throws {
    var dice = Dice(seed: 20_261_121)
    var histories: [History] = []
    var planned = 0
    while planned < captures {
      let history = History(number: histories.count, outlet: dice.one(of: outlets), seed: dice.next())
      planned += history.left
      histories.append(history)
    }
    var (taken, hour) = (0, 0)
    while taken < captures {
      for i in histories.indices where histories[i].left > 0 && taken < captures {
        try take(histories[i].line(hour: hour))
        taken += 1
      }
      hour += 1
    }
  }

  /// The page of one article at its first capture, without the captures.
  func page(ofArticle number: Int) -> [UInt8] {
    var history = History(number: number, outlet: outlets[number % outlets.count], seed: UInt64(number))
    return history.next()
  }
}

/// One article and what becomes of it.
private struct History {
  let url: String
  private(set) var left: Int
  private let outlet: SyntheticOutlet
  private let flaps: Bool
  private var dice: Dice
  private var text: SyntheticText
  private var other: SyntheticText
  private var last: [UInt8] = []

  init(number: Int, outlet: SyntheticOutlet, seed: UInt64) {
    self.outlet = outlet
    dice = Dice(seed: seed)
    url = "https://outlet\(outlet.number).example/2026/article-\(number)"
    left = dice.number(5...40)
    flaps = dice.chance(percent: 10)
    text = SyntheticText(outlet.language, &dice)
    other = text
    other.edit(outlet.language, &dice)
  }

  /// The next capture's body.
  mutating func next() -> [UInt8] {
    left -= 1
    if last.isEmpty || !dice.chance(percent: 10) {
      if !last.isEmpty, dice.chance(percent: 27) {
        if flaps { swap(&text, &other) } else { text.edit(outlet.language, &dice) }
      }
      last = outlet.page(text, &dice)
    }
    return last
  }

  /// The next capture, as a line with its LF.
  mutating func line(hour: Int) -> [UInt8] {
    func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    let at = "2026-11-\(two(1 + hour / 24))T\(two(hour % 24)):00:00Z"
    var line = Array(
      #"{"url":"\#(url)","captured_at":"\#(at)","status":200,"content_type":"text/html; charset=utf-8","body":"#.utf8)
    line.appendJSONString(next())
    return line + Array("}\n".utf8)
  }
}
