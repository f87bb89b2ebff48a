/// Tells slips of the pen from other changes of words, by their shape.

/// Whether each change is a slip: one word for one other that differs by a single letter, added, left out, exchanged or
/// put the other way round, and not at its beginning or end, where languages put what carries meaning; or a word that
/// stood twice in a row.
func isTypo(_ changes: [WordChange], _ rephrasing: Rephrasing) -> Bool {
  var hasWords = false
  for (change, tokens) in zip(changes, rephrasing.changes) where !(change.old.isEmpty && change.new.isEmpty) {
    hasWords = true
    if change.old.count == 1, change.new.count == 1 {
      guard isSlip(scalars(change.old[0]), scalars(change.new[0])) else { return false }
    } else if change.old.count == 1, change.new.isEmpty {
      guard isDoubled(change.old[0], rephrasing.old, tokens.old) else { return false }
    } else if change.new.count == 1, change.old.isEmpty {
      guard isDoubled(change.new[0], rephrasing.new, tokens.new) else { return false }
    } else {
      return false
    }
  }
  return hasWords
}

/// One edit of optimal string alignment (F. Damerau, "A technique for computer detection and correction of spelling
/// errors", 1964) inside a word.
private func isSlip(_ a: [Unicode.Scalar], _ b: [Unicode.Scalar]) -> Bool {
  guard a.allSatisfy(\.properties.isAlphabetic), b.allSatisfy(\.properties.isAlphabetic), a != b,
    !a.contains(where: isUnspaced), !b.contains(where: isUnspaced)
  else { return false }
  let start = zip(a, b).prefix { $0 == $1 }.count
  let end = zip(a.reversed(), b.reversed()).prefix { $0 == $1 }.count
  guard start > 0 else { return false }
  if a.count == b.count, start + end + 2 == a.count, a[start] == b[start + 1], a[start + 1] == b[start] {
    return a.count >= 3
  }
  let (short, long) = (min(a.count, b.count), max(a.count, b.count))
  guard long >= 5, end > 0, long - short <= 1 else { return false }
  return long == short ? start + end + 1 == long : start + end >= short
}

/// Whether a word that came or went alone stands right beside itself too.
private func isDoubled(_ word: [UInt8], _ tokens: Tokens, _ range: Range<Int>) -> Bool {
  [range.lowerBound - 1, range.lowerBound - 2, range.upperBound, range.upperBound + 1].contains { token in
    tokens.ranges.indices.contains(token)
      && folded(tokens.bytes[tokens.ranges[token]]) == word
  }
}

private func scalars(_ word: [UInt8]) -> [Unicode.Scalar] {
  Array(String(decoding: word, as: UTF8.self).unicodeScalars)
}

private func folded(_ word: ArraySlice<UInt8>) -> [UInt8] {
  var word = Array(word)
  foldCase(&word)
  return word
}
