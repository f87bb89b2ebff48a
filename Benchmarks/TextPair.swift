import Foundation
import JSON

/// Two wordings of one article that follow each other, as paragraphs: what diff tools are measured on.
struct TextPair {
  let old, new: [String]

  /// Of both sides.
  var octets: Int { (old + new).reduce(0) { $0 + $1.utf8.count + 1 } }

  /// The first sixty of a corpus, of its first 2,000 captures at most, as `stet extract` reads them.
  static func first(of corpus: Corpus, _ setting: Setting) throws -> [TextPair] {
    var (pairs, last): ([TextPair], [String: [String]]) = ([], [:])
    try CaptureLines(path: corpus.lines).forEach(most: 2_000) { line in
      guard pairs.count < 60 else { return }
      let capture = try CaptureLine(line)
      let isMarkup = capture.body.prefix(1024).contains(UInt8(ascii: "<"))
      let page = setting.work.path(of: "page" + (isMarkup ? ".html" : ".md"))
      try Data(capture.body).write(to: URL(filePath: page))
      // Exit status 1: no article in it.
      let read = try Command(setting.options.stet, ["extract", page, "--json"], accepting: [0, 1]).text(
        in: setting.work)
      let paragraphs = try JSONValue(parsing: Array(read.utf8))["paragraphs"]?.array?.compactMap(\.string) ?? []
      guard !paragraphs.isEmpty else { return }
      if let old = last[capture.url], old != paragraphs { pairs.append(TextPair(old: old, new: paragraphs)) }
      last[capture.url] = paragraphs
    }
    return pairs
  }

  /// Writes both sides as plain text, a blank line between paragraphs, and gives the paths.
  func files(in work: WorkFolder) throws -> [String] {
    let files = ["old.txt", "new.txt"].map { work.path(of: $0) }
    for (file, side) in zip(files, [old, new]) {
      try Data((side.joined(separator: "\n\n") + "\n").utf8).write(to: URL(filePath: file))
    }
    return files
  }
}

/// A paragraph of the old text in another place of the new one, nothing else changed.
struct PlantedMove {
  let pair: TextPair
  let paragraph: String
  /// Words that were written in the place of others, and those others.
  let exchanged: Int

  /// Takes one of at least ten words, of which there is only one, at least five paragraphs away, and writes another word
  /// in the place of so many per cent of its words; nil when the text has no such paragraph or no room.
  init?(in text: [String], exchanging percent: Int, _ dice: inout Dice) {
    let long = text.indices.filter { i in spacedWords(text[i]) >= 10 && text.count { $0 == text[i] } == 1 }
    guard text.count >= 12, !long.isEmpty else { return nil }
    let from = dice.one(of: long)
    let to = dice.one(of: (0..<text.count).filter { abs($0 - from) >= 5 })
    paragraph = text[from]
    var moved = text
    moved.remove(at: from)
    let words = paragraph.split(separator: " ").map { dice.chance(percent: percent) ? "edited" : $0 }
    exchanged = 2 * words.count { $0 == "edited" }
    moved.insert(words.joined(separator: " "), at: to)
    pair = TextPair(old: text, new: moved)
  }

  /// Whether more than half of it was told as moved.
  func isTold(by diff: PairDiff) -> Bool {
    2 * diff.moved.filter(paragraph.contains).reduce(0) { $0 + $1.utf8.count } > paragraph.utf8.count
  }
}
