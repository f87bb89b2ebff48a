/// Aligns the tokens of two wordings: which token of the one is which of the other.

/// For each old token the new one that it is, or -1; the values rise.
///
/// What stands between spaces is aligned whole first, so that a word counts as one however many marks hang on it; the
/// stretches between the words that stayed are then aligned token by token. Where there are no spaces that second step
/// does all the work. Stretches set aside as the same (`Tokens.whole`, as many on both sides) match each other.
func alignWords(_ old: Tokens, _ new: Tokens, _ budget: inout WorkBudget) -> [Int32] {
  var alignment = WordAlignment(old: old, new: new, match: Array(repeating: -1, count: old.ranges.count))
  var (i, j) = (0, 0)
  for (oldWhole, newWhole) in zip(old.whole, new.whole) {
    alignment.alignSpaced(i..<oldWhole, j..<newWhole, &budget)
    alignment.match[oldWhole] = Int32(newWhole)
    (i, j) = (oldWhole + 1, newWhole + 1)
  }
  alignment.alignSpaced(i..<old.ranges.count, j..<new.ranges.count, &budget)
  return alignment.match
}

private struct WordAlignment {
  let old: Tokens
  let new: Tokens
  var match: [Int32]

  /// Aligns what stands between spaces, then the tokens of what is left.
  mutating func alignSpaced(_ oldRange: Range<Int>, _ newRange: Range<Int>, _ budget: inout WorkBudget) {
    if oldRange.isEmpty || newRange.isEmpty { return }
    let (oldWords, newWords) = (old.spacedWords(oldRange), new.spacedWords(newRange))
    // What both begin and end with is 0: that it is the same is told by comparing alone.
    let (start, end) = commonEnds(oldWords.count, newWords.count) { n, m in
      old.isEqual(old.bytes(of: oldWords.tokens(n)), new, new.bytes(of: newWords.tokens(m)))
    }
    var interner = Interner(expecting: min(oldWords.count, newWords.count) - start - end)
    let numbers = (
      old.numbers(of: oldWords, start..<(oldWords.count - end), &interner),
      new.numbers(of: newWords, start..<(newWords.count - end), &interner)
    )
    var (i, j) = (oldRange.lowerBound, newRange.lowerBound)
    for (n, m) in align(numbers.0, numbers.1, &budget).enumerated() where m >= 0 {
      let (from, to) = (oldWords.tokens(n), newWords.tokens(Int(m)))
      // A dictionary may cut the same letters otherwise in another neighbourhood.
      guard from.count == to.count, zip(from, to).allSatisfy({ old.ranges[$0].count == new.ranges[$1].count }) else {
        continue
      }
      alignTokens(i..<from.lowerBound, j..<to.lowerBound, &budget)
      for (token, other) in zip(from, to) { match[token] = Int32(other) }
      (i, j) = (from.upperBound, to.upperBound)
    }
    alignTokens(i..<oldRange.upperBound, j..<newRange.upperBound, &budget)
  }

  private mutating func alignTokens(_ oldRange: Range<Int>, _ newRange: Range<Int>, _ budget: inout WorkBudget) {
    var (from, to) = (oldRange, newRange)
    while let a = from.first, let b = to.first, old.isEqual(a, new, b) {
      match[a] = Int32(b)
      (from, to) = (from.dropFirst(), to.dropFirst())
    }
    while let a = from.last, let b = to.last, old.isEqual(a, new, b) {
      match[a] = Int32(b)
      (from, to) = (from.dropLast(), to.dropLast())
    }
    if from.isEmpty || to.isEmpty || from.count + to.count == 2 { return }
    var interner = Interner(expecting: min(from.count, to.count))
    let numbers = (old.numbers(of: from, &interner), new.numbers(of: to, &interner))
    for (n, m) in align(numbers.0, numbers.1, &budget).enumerated() where m >= 0 {
      match[from.lowerBound + n] = Int32(to.lowerBound + Int(m))
    }
  }
}

/// Runs of tokens without a space between them.
private struct SpacedWords {
  private var bounds: [UInt32] = []

  var count: Int { bounds.count / 2 }
  func tokens(_ word: Int) -> Range<Int> { Int(bounds[2 * word])..<Int(bounds[2 * word + 1]) }

  mutating func append(_ tokens: Range<Int>) {
    bounds.append(UInt32(truncatingIfNeeded: tokens.lowerBound))
    bounds.append(UInt32(truncatingIfNeeded: tokens.upperBound))
  }
}

extension Tokens {
  fileprivate func spacedWords(_ tokens: Range<Int>) -> SpacedWords {
    var words = SpacedWords()
    var start = tokens.lowerBound
    for token in tokens where isSpace(token) {
      if start < token { words.append(start..<token) }
      start = token + 1
    }
    if start < tokens.upperBound { words.append(start..<tokens.upperBound) }
    return words
  }

  /// Numbers above 0 for these words, 0 for all others.
  fileprivate func numbers(of words: SpacedWords, _ some: Range<Int>, _ interner: inout Interner) -> [Int32] {
    var out = [Int32](repeating: 0, count: words.count)
    bytes.withUnsafeBufferPointer { buffer in
      for word in some {
        let range = bytes(of: words.tokens(word))
        out[word] = 1 + interner.number(of: UnsafeBufferPointer(rebasing: buffer[range]))
      }
    }
    return out
  }

  fileprivate func numbers(of tokens: Range<Int>, _ interner: inout Interner) -> [Int32] {
    bytes.withUnsafeBufferPointer { buffer in
      tokens.map { interner.number(of: UnsafeBufferPointer(rebasing: buffer[ranges[$0]])) }
    }
  }
}
