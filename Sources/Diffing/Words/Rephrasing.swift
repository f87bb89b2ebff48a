/// Two wordings side by side: which words of the one are which of the other. What the classes and the word runs both
/// stand on.

/// The words of two wordings aligned. Where they begin or end the same, but for two words next to the change, they are not
/// cut into words at all.
struct Rephrasing {
  private let before: String
  private let ends: (start: Int, end: Int)
  /// What is between what both begin and end with.
  let old: Tokens
  let new: Tokens
  /// For each old token the new one that it is, or -1; the values rise.
  let match: [Int32]
  /// The words that went and came at each place, in order; one of the two may be empty.
  let changes: [(old: Range<Int>, new: Range<Int>)]
  /// Whether the work ran out: some words that stand in both may count as changed.
  let isCoarse: Bool

  /// About linear in the length; past a budget in proportion to it the changes get longer, never wrong.
  init(_ before: String, _ after: String) {
    var (was, becomes) = (before, after)
    let (ends, oldMiddle, newMiddle) = was.withUTF8 { a in
      becomes.withUTF8 { b in
        let ends = Self.commonEnds(a, b)
        return (ends, Array(a[ends.start..<(a.count - ends.end)]), Array(b[ends.start..<(b.count - ends.end)]))
      }
    }
    (self.before, self.ends) = (before, ends)
    let common = commonStretches(oldMiddle, newMiddle)
    old = Tokens(oldMiddle, whole: common.map(\.old))
    new = Tokens(newMiddle, whole: common.map(\.new))
    // Enough for a full comparison of some hundred words, and 32 steps for each word of a longer text.
    var budget = WorkBudget(min(20_000_000, 500_000 + 32 * (old.ranges.count + new.ranges.count)))
    match = alignWords(old, new, &budget)
    isCoarse = budget.isSpent
    changes = Self.changes(of: match, old, new)
  }

  /// What both begin with.
  var prefix: String { String(decoding: before.utf8.prefix(ends.start), as: UTF8.self) }

  /// What both end with.
  var suffix: String { String(decoding: before.utf8.suffix(ends.end), as: UTF8.self) }

  /// Whether they differ from the first word on.
  var differAtStart: Bool { ends.start == 0 }

  /// The words that went and came at each place by a match of all, in order; one of the two may be empty.
  static func changes(of match: [Int32], _ old: Tokens, _ new: Tokens) -> [(old: Range<Int>, new: Range<Int>)] {
    var out: [(Range<Int>, Range<Int>)] = []
    var (i, j) = (0, 0)
    while i < old.ranges.count || j < new.ranges.count {
      if i < old.ranges.count, match[i] == Int32(j) {
        (i, j) = (i + 1, j + 1)
        continue
      }
      let (oldStart, newStart) = (i, j)
      while i < old.ranges.count, match[i] < 0 { i += 1 }
      j = i < old.ranges.count ? Int(match[i]) : new.ranges.count
      out.append((oldStart..<i, newStart..<j))
    }
    return out
  }

  /// Changes with some words around them that stayed, joined where they meet: enough to read a number with its sign and
  /// unit. Tokens between two windows are the same on both sides.
  func windows(of changes: [(old: Range<Int>, new: Range<Int>)]) -> [(old: Range<Int>, new: Range<Int>)] {
    let around = 8
    var out: [(old: Range<Int>, new: Range<Int>)] = []
    for change in changes {
      var start = min(around, change.old.lowerBound, change.new.lowerBound)
      var end = min(around, old.ranges.count - change.old.upperBound, new.ranges.count - change.new.upperBound)
      // No more of a long stretch that was set aside.
      let before = (change.old.lowerBound - start)..<change.old.lowerBound
      if let k = before.last(where: old.isLong) { start = change.old.lowerBound - k - 1 }
      let after = change.old.upperBound..<(change.old.upperBound + end)
      if let k = after.first(where: old.isLong) { end = k - change.old.upperBound }
      let window = (
        old: (change.old.lowerBound - start)..<(change.old.upperBound + end),
        new: (change.new.lowerBound - start)..<(change.new.upperBound + end)
      )
      if let last = out.last,
        window.old.lowerBound <= last.old.upperBound || window.new.lowerBound <= last.new.upperBound
      {
        out[out.count - 1] = (
          last.old.lowerBound..<window.old.upperBound, last.new.lowerBound..<window.new.upperBound
        )
      } else {
        out.append(window)
      }
    }
    return out
  }

  /// How many bytes at the start and at the end are the same and can be set aside: up to two words short of the change,
  /// and only at a space before a letter or digit, where a word ends whatever comes after.
  private static func commonEnds(
    _ a: UnsafeBufferPointer<UInt8>, _ b: UnsafeBufferPointer<UInt8>
  ) -> (start: Int, end: Int) {
    let (rawA, rawB) = (UnsafeRawBufferPointer(a), UnsafeRawBufferPointer(b))
    var start = commonPrefix(rawA, rawB)
    var end = commonSuffix(
      UnsafeRawBufferPointer(rebasing: rawA[start...]), UnsafeRawBufferPointer(rebasing: rawB[start...]))
    var spaces = 0
    while start > 0 {
      if a[start - 1] == 32, startsWord(a, start) {
        spaces += 1
        if spaces == 3 { break }
      }
      start -= 1
    }
    spaces = 0
    while end > 0 {
      let at = a.count - end
      if at > start, a[at - 1] == 32, startsWord(a, at) {
        spaces += 1
        if spaces == 3 { break }
      }
      end -= 1
    }
    return (start, end)
  }

  /// Whether a letter or digit stands here that does not hold on to what is before it.
  private static func startsWord(_ bytes: UnsafeBufferPointer<UInt8>, _ i: Int) -> Bool {
    guard i < bytes.count else { return false }
    if bytes[i] < 0x80 { return (48...57).contains(bytes[i]) || (97...122).contains(bytes[i] | 0x20) }
    guard let scalar = String(decoding: bytes[i..<min(bytes.count, i + 4)], as: UTF8.self).unicodeScalars.first else {
      return false
    }
    return scalar.properties.isAlphabetic && !scalar.properties.isGraphemeExtend
  }
}

/// How many bytes two stretches begin with that are the same, compared eight at a time.
private func commonPrefix(_ a: UnsafeRawBufferPointer, _ b: UnsafeRawBufferPointer) -> Int {
  let least = min(a.count, b.count)
  var i = 0
  while i + 8 <= least,
    a.loadUnaligned(fromByteOffset: i, as: UInt64.self) == b.loadUnaligned(fromByteOffset: i, as: UInt64.self)
  {
    i += 8
  }
  while i < least, a[i] == b[i] { i += 1 }
  return i
}

/// The same for what they end with.
private func commonSuffix(_ a: UnsafeRawBufferPointer, _ b: UnsafeRawBufferPointer) -> Int {
  let least = min(a.count, b.count)
  var i = 0
  while i + 8 <= least,
    a.loadUnaligned(fromByteOffset: a.count - i - 8, as: UInt64.self)
      == b.loadUnaligned(fromByteOffset: b.count - i - 8, as: UInt64.self)
  {
    i += 8
  }
  while i < least, a[a.count - 1 - i] == b[b.count - 1 - i] { i += 1 }
  return i
}
