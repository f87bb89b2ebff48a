import Model

/// An article read off plain text or Markdown. Markdown (CommonMark's blocks) is taken at its word: headings, items, quotes
/// and the title of YAML front matter. Of plain text, which may have been copied off a page, see `CopiedText`.
enum PlainArticle {
  /// `markup` is well-formed UTF-8.
  static func read(_ markup: [UInt8], isMarkdown: Bool) -> PageReading {
    var lines = Self.lines(of: markup)[...]
    guard isMarkdown else { return CopiedText.read(lines) }
    var article = ArticleText()
    lines = frontMatter(lines, into: &article)
    var builder = Builder()
    for line in lines { builder.take(line) }
    builder.close()
    article.blocks = builder.blocks
    headline(of: &article)
    return PageReading(text: article, credits: Credits())
  }

  /// Ended by LF, CR LF or CR.
  private static func lines(of text: [UInt8]) -> [ArraySlice<UInt8>] {
    text.contains(10)
      ? text.split(separator: 10, omittingEmptySubsequences: false).map { $0.last == 13 ? $0.dropLast() : $0 }
      : text.split(separator: 13, omittingEmptySubsequences: false)
  }

  /// A first heading, or a first short line alone, is the headline, and one equal to the front matter's title says it again.
  private static func headline(of article: inout ArticleText) {
    guard let first = article.blocks.first else { return }
    if first.kind == .heading, article.headline.isEmpty || PageFields.agree(article.headline, first.text) {
      article.headline = first.text
      article.blocks.removeFirst()
    } else if article.headline.isEmpty, first.kind == .paragraph, article.blocks.count > 1,
      first.text.utf8.count <= 200,
      first.sentences.count == 1, !first.text.hasSuffix(".")
    {
      article.headline = first.text
      article.blocks.removeFirst()
    }
  }

  /// YAML between two lines of three dashes: its title and date are read, all of it is left out of the body.
  private static func frontMatter(_ lines: ArraySlice<ArraySlice<UInt8>>, into article: inout ArticleText)
    -> ArraySlice<ArraySlice<UInt8>>
  {
    func isRule(_ line: ArraySlice<UInt8>) -> Bool {
      line.starts(with: "---".utf8) && !line.dropFirst(3).contains { $0 > 32 }
    }
    guard let first = lines.first, isRule(first), let end = lines.dropFirst().prefix(200).firstIndex(where: isRule)
    else { return lines }
    for line in lines[(lines.startIndex + 1)..<end] {
      guard let colon = line.firstIndex(of: UInt8(ascii: ":")), line.first.map({ $0 > 32 }) == true else { continue }
      let key = String(decoding: line[..<colon], as: UTF8.self).lowercased()
      var value = NormalText.of(String(decoding: line[(colon + 1)...], as: UTF8.self))
      if value.count >= 2, let quote = value.first, quote == "\"" || quote == "'", value.last == quote {
        value = NormalText.of(String(value.dropFirst().dropLast()))
      }
      guard !value.isEmpty else { continue }
      switch key {
      case "title": article.headline = value
      case "date": article.published = WrittenDate.field(value)
      case "author": article.byline = Byline.names(in: [value])
      default: break
      }
    }
    return lines[(end + 1)...]
  }

  private struct Builder {
    var blocks: [Block] = []
    var text: [UInt8] = []
    var kind: Block.Kind = .paragraph

    mutating func take(_ line: ArraySlice<UInt8>) {
      let bare = line.drop { $0 <= 32 }
      guard !bare.isEmpty else { return close() }
      let indent = bare.startIndex - line.startIndex
      if indent < 4, let heading = heading(bare) {
        close()
        kind = .heading
        append(heading)
        close()
      } else if let item = item(bare) {
        close()
        kind = .item
        append(item)
      } else if bare.first == UInt8(ascii: ">") {
        if kind != .quote { close() }
        kind = .quote
        let quoted = bare.dropFirst().drop { $0 <= 32 }
        if quoted.isEmpty { close() } else { append(quoted) }
      } else if underlines(bare) {
        if !text.isEmpty { kind = .heading }
        close()
      } else {
        append(bare)
      }
    }

    mutating func append(_ line: ArraySlice<UInt8>) {
      if !text.isEmpty { text.append(32) }
      text += line
    }

    mutating func close() {
      if let block = Block(kind: kind, normalised: NormalText.bytes(text[...])) { blocks.append(block) }
      (text, kind) = ([], .paragraph)
    }

    /// CommonMark §4.2: one to six `#` and a space.
    private func heading(_ line: ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
      let marks = line.prefix { $0 == UInt8(ascii: "#") }.count
      let rest = line.dropFirst(marks)
      guard (1...6).contains(marks), rest.isEmpty || rest.first.map({ $0 <= 32 }) == true else { return nil }
      var end = rest.endIndex
      while end > rest.startIndex, rest[end - 1] <= 32 || rest[end - 1] == UInt8(ascii: "#") { end -= 1 }
      return rest[..<end]
    }

    /// CommonMark §5.2: a bullet, or digits and a full stop or bracket, and a space.
    private func item(_ line: ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
      guard let first = line.first else { return nil }
      var rest = line.dropFirst()
      if (48...57).contains(first) {
        let digits = line.prefix { (48...57).contains($0) }.count
        rest = line.dropFirst(digits)
        guard digits < 4, let mark = rest.first, mark == UInt8(ascii: ".") || mark == UInt8(ascii: ")") else {
          return nil
        }
        rest = rest.dropFirst()
      } else if !"-*+".utf8.contains(first) {
        return nil
      }
      guard let space = rest.first, space == 32 || space == 9 else { return nil }
      return rest
    }

    /// CommonMark §4.1, §4.3: a line of nothing but `=`, `-`, `*` or `_`, three at least.
    private func underlines(_ line: ArraySlice<UInt8>) -> Bool {
      guard let mark = line.first, "=-*_".utf8.contains(mark), line.count >= 3 else { return false }
      return line.allSatisfy { $0 == mark || $0 <= 32 }
    }
  }
}
