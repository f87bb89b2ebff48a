import Model

/// An article in plain text that may have been copied off a page, furniture and all.
///
/// Paragraphs are what stands between blank lines, or each line where lines are as long as paragraphs or too short to
/// have been broken. Only lines go that say themselves that they are furniture, what is said twice around the headline,
/// and short lines behind such furniture at the end: a text that is no news loses nothing.
struct CopiedText {
  private struct Line {
    let text: [UInt8]
    /// The start of it, as `Phrases.folded` has it.
    let folded: [UInt8]
    let weight: Int
    let punctuation: Int
    /// After a bullet.
    let isItem: Bool
    /// Whether it is all that stands between two blank lines, or each line is a paragraph.
    var standsAlone = false
    /// How many short lines without an end of a sentence its group is made of, if of nothing else.
    var titleLines = 0

    init(_ text: [UInt8], isItem: Bool) {
      (self.text, self.isItem) = (text, isItem)
      folded = Phrases.folded(text)
      (weight, punctuation) = TextBlock.measure(text)
    }

    var words: String { String(decoding: text, as: UTF8.self) }
    /// Whether it ends as a sentence does.
    var isClosed: Bool {
      let bare = words.reversed().drop { "\"'”»’)]".contains($0) }
      return bare.first.map { ".!?…。！？:;؟।".contains($0) } ?? false
    }
    var isProse: Bool { weight >= 60 && (punctuation > 0 || weight >= 120) && (isClosed || weight >= 120) }
    /// As headlines and headings are: short, and no sentence.
    var isTitle: Bool {
      guard weight < 160, !folded.isEmpty, !isItem else { return false }
      return !isClosed || (words.hasSuffix("?") && weight < 110)
    }
  }

  private var lines: [Line] = []
  private var article = ArticleText()
  private var credits = Credits()
  /// Whether furniture was found at its end.
  private var wasCut = false

  static func read(_ source: ArraySlice<ArraySlice<UInt8>>) -> PageReading {
    var text = CopiedText()
    text.lines = paragraphs(source)
    if text.lines.count <= mostLines {
      text.takeHeadline()
      text.dropEnd()
      text.takeCredits()
    }
    text.build()
    return PageReading(text: text.article, credits: text.credits)
  }

  /// No article has more; what has is kept as it stands.
  private static let mostLines = 5000

  // MARK: Lines

  /// A line of so many octets is a paragraph, for nobody breaks lines there.
  private static let longLine = 200

  private static func paragraphs(_ source: ArraySlice<ArraySlice<UInt8>>) -> [Line] {
    let isWrapped = !source.contains { $0.count > longLine }
    let hasBlanks = source.dropLast().contains { line in !line.contains { $0 > 32 } }
    var out: [Line] = []
    var group: [Line] = []
    func close() {
      let areTitles = group.count < 4 && group.allSatisfy { $0.isTitle && $0.weight < 110 }
      for var line in group {
        (line.standsAlone, line.titleLines) = (group.count == 1 || !hasBlanks, areTitles ? group.count : 0)
        out.append(line)
      }
      group.removeAll()
    }
    var open: [UInt8] = []
    func closeWrapped() {
      if let line = line(open[...]) { group.append(line) }
      open.removeAll()
    }
    let width = source.reduce(0) { max($0, $1.count) }
    var wasBroken = false  // whether the line before is so long that it was broken
    for raw in source {
      guard raw.contains(where: { $0 > 32 }) else {
        closeWrapped()
        close()
        continue
      }
      if !(isWrapped && wasBroken) || startsWithBullet(raw) { closeWrapped() }
      if !open.isEmpty { open.append(32) }
      open += raw
      wasBroken = raw.count * 5 >= width * 3
    }
    closeWrapped()
    close()
    return out
  }

  private static let bullet = Array("•".utf8)

  private static func startsWithBullet(_ raw: ArraySlice<UInt8>) -> Bool {
    raw.drop { $0 <= 32 }.starts(with: bullet)
  }

  private static func line(_ raw: ArraySlice<UInt8>) -> Line? {
    let isItem = startsWithBullet(raw)
    let text = NormalText.composed(NormalText.bytes(isItem ? raw.drop { $0 <= 32 }.dropFirst(bullet.count) : raw))
    return text.isEmpty ? nil : Line(text, isItem: isItem)
  }

  // MARK: Headline

  /// The first line of four words or more that stands alone as a title before the text, if what precedes it are words of
  /// furniture; else the first line, if it is short and no sentence.
  private mutating func takeHeadline() {
    let first = lines.firstIndex { $0.isProse } ?? lines.count
    let candidates = lines[..<min(first, 8)]
    let isCopied = first < lines.count && lines.count > 3
    let index = candidates.indices.first { index in
      let line = lines[index]
      guard isCopied, line.isTitle, line.titleLines == 1 || !candidates.contains(where: { $0.titleLines == 1 }) else {
        return false
      }
      return line.weight >= 20 && line.words.split(separator: " ").count >= 4 && !Self.isFurniture(line)
        && CreditLine.read(line.words).isEmpty
    }
    if let index {
      article.headline = lines[index].words
      let title = lines[index].folded
      if index > 0, lines[index - 1].isTitle, lines[index - 1].weight < 24, !Self.isFurniture(lines[index - 1]) {
        credits.section = lines[index - 1].words  // "Life Style"
      }
      // What precedes it is the page's; what says it again before the text, or behind, is too.
      let kept = lines[..<index].filter { $0.weight >= 60 || !CreditLine.read($0.words).isEmpty }
      lines = kept + lines[(index + 1)...].filter { $0.folded != title }
    } else if let line = lines.first, lines.count > 1, line.text.count <= 200, line.standsAlone, !line.isItem,
      !line.words.hasSuffix("."), CreditLine.read(line.words).isEmpty, !Self.isFurniture(line),
      Block(kind: .paragraph, normalised: line.text)?.sentences.count == 1
    {
      article.headline = line.words
      lines.removeFirst()
    }
  }

  // MARK: Furniture

  private static func isFurniture(_ line: Line) -> Bool {
    if line.folded.isEmpty || Phrases.isCounter(line.folded) || isFileName(line.text) { return true }
    guard line.weight < 200 else { return false }
    if let match = Phrases.match(line.folded, in: Phrases.readAlso), match != .start { return true }
    switch Phrases.match(line.folded, in: Phrases.furniture) {
    case .whole: return true
    case .labelled: return line.weight < 120
    case .start: return line.weight < 80
    case nil: return false
    }
  }

  /// What stands for a picture that was not copied: `Badge_FR_RGB_blk_100517`, `harbour-bridge.jpg`.
  private static func isFileName(_ text: [UInt8]) -> Bool {
    guard !text.contains(32), text.count >= 8 else { return false }
    return text.count { $0 == UInt8(ascii: "_") } >= 2
      || [".jpg", ".jpeg", ".png", ".gif", ".webp", ".svg"].contains { text.suffix(5).lowercasedEnds(with: $0) }
  }

  // MARK: Credits

  /// Credit lines before and after the text, and a name that stands over what is said of its bearer.
  private mutating func takeCredits() {
    let (first, last) = (lines.firstIndex { $0.isProse } ?? 0, lines.lastIndex { $0.isProse } ?? 0)
    lines = lines.enumerated().filter { index, line in
      guard index < first || index > last || index == lines.count - 1, line.weight < 160 else { return true }
      let read = CreditLine.read(line.words)
      for (role, names) in read { credits.add(names, as: role) }
      return read.isEmpty
    }.map(\.element)
    for line in lines.prefix(first + 1) where line.weight < 120 && article.byline.isEmpty {
      article.byline = Byline.introduced(line.words) ?? []
    }
  }

  // MARK: End

  /// Behind the first line that says it is furniture, and has next to no prose behind it, what is no prose goes; and prose
  /// that is printed twice there speaks of the author.
  private mutating func dropEnd() {
    guard let first = lines.firstIndex(where: \.isProse), lines.count > 4 else {
      lines.removeAll(where: Self.isFurniture)
      return
    }
    var seen: [[UInt8]: Int] = [:]
    for line in lines where line.isProse { seen[line.text, default: 0] += 1 }
    let isTwice = { (line: Line) in line.isProse && seen[line.text, default: 0] > 1 }
    let all = lines.reduce(0) { $0 + $1.weight }
    var (after, mark): (Int, Int?) = (0, nil)
    for index in lines.indices.reversed() where index > first {
      if lines[index].isProse, !isTwice(lines[index]) { after += lines[index].weight }
      guard after * 6 < all else { break }
      if Self.isFurniture(lines[index]) || isEndLabel(lines[index]) || isCredit(lines[index]) { mark = index }
    }
    wasCut = mark != nil
    if let mark {
      if let second = lines.indices.last(where: { $0 > mark && isTwice(lines[$0]) }), article.byline.isEmpty {
        article.byline = Byline.names(in: [lines[second - 1].words]).filter { $0.contains(" ") }
      }
      let repeated = Set(lines[mark...].filter(isTwice).map(\.text))
      lines = lines.enumerated().filter { index, line in
        if repeated.contains(line.text) { return false }
        return index < mark || isCredit(line) || (line.isProse && !Self.isFurniture(line))
      }.map(\.element)
    }
    lines.removeAll(where: Self.isFurniture)
  }

  private func isCredit(_ line: Line) -> Bool { line.weight < 160 && !CreditLine.read(line.words).isEmpty }

  /// "Contatti:", and no more.
  private func isEndLabel(_ line: Line) -> Bool {
    line.weight < 40 && Ending.abouts.contains { line.folded.starts(with: $0) && line.folded.count <= $0.count + 2 }
  }

  // MARK: Blocks

  private mutating func build() {
    let first = lines.firstIndex(where: \.isProse) ?? 0
    for (index, line) in lines.enumerated() {
      let next = index + 1 < lines.count ? lines[index + 1] : nil
      article.blocks += [Block(kind: kind(of: line, next: next, isEarly: index < first), normalised: line.text)]
        .compactMap(\.self)
      if article.blocks.last?.kind == .caption { credits.add(CreditLine.ofPhoto(caption: line.words), as: .photo) }
    }
    while article.blocks.last?.kind == .heading, article.blocks.count > 1 { article.blocks.removeLast() }
    article.language = TextLanguage(of: lines.map(\.text))?.subtag
  }

  private func kind(of line: Line, next: Line?, isEarly: Bool) -> Block.Kind {
    if line.isItem { return .item }
    if lines.count > Self.mostLines { return .paragraph }
    if line.weight >= 20, Phrases.notices.contains(where: { Phrases.match(line.folded, in: [$0]) == .labelled }),
      !Phrases.saysHowLongAgo(line.folded)
    {
      return .notice
    }
    if (2...3).contains(line.titleLines) { return .caption }
    if isEarly, line.weight < 260, !CreditLine.ofPhoto(caption: line.words).isEmpty { return .caption }
    if line.words.contains("(@") { return .quote }  // a post that the page shows
    let leadsOn = next.map { $0.isProse || $0.isTitle } ?? wasCut
    return line.standsAlone && line.isTitle && line.weight < 110 && leadsOn && lines.count > 3 ? .heading : .paragraph
  }
}

extension ArraySlice<UInt8> {
  fileprivate func lowercasedEnds(with end: String) -> Bool {
    count >= end.utf8.count
      && suffix(end.utf8.count).map { (65...90).contains($0) ? $0 | 32 : $0 }.elementsEqual(end.utf8)
  }
}
