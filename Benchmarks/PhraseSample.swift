/// Phrases as somebody might ask for them: words in a row out of texts, at random from a fixed seed.
struct PhraseSample {
  private(set) var phrases: [String] = []

  /// Of one to five words, those of two and three twice as often as the others.
  init(_ count: Int, from sentences: [String], seed: UInt64) {
    var dice = Dice(seed: seed)
    let texts = sentences.map { $0.split { !($0.isLetter || $0.isNumber) } }.filter { $0.count > 5 }
    guard !texts.isEmpty else { return }
    for _ in 0..<count {
      let (words, length) = (dice.one(of: texts), dice.one(of: [1, 2, 2, 3, 3, 4, 5]))
      let start = dice.number(0...(words.count - length))
      let phrase = words[start..<(start + length)].joined(separator: " ")
      // One character alone cannot be asked for.
      if phrase.count > 1 { phrases.append(phrase) }
    }
  }

  /// CPU seconds that a command takes for each, sorted; once each, for the first run of all is not the one that counts.
  func measure(_ command: String, _ archive: Archive, _ setting: Setting) throws -> [Double] {
    try phrases.map { phrase in
      let asked = command == "search" ? "\"\(phrase)\"" : phrase
      return try setting.stet(archive, [command, asked]).run(in: setting.work).cpu
    }.sorted()
  }
}

extension [Double] {
  /// Of a sorted row: its median and what nine tenths are below, in milliseconds.
  var medianAndTail: [String] {
    guard !isEmpty else { return ["–", "–"] }
    return [self[count / 2], self[count * 9 / 10]].map { ($0 * 1000).text(1) }
  }
}
