/// The words that differ between two wordings of a sentence.

import Model
import Segmentation

/// Runs of words between two wordings, in order; within a change, what was deleted comes before what was inserted. No
/// two neighbours are of the same change, and none is empty.
///
/// Tokens are `wordRanges`, so that no run begins or ends inside a number, a URL or a grapheme; they are aligned by
/// `align`. White space and single punctuation marks that stayed the same between two changes are told as changed with
/// them. About linear in the length; past a budget in proportion to it the runs get longer, never wrong.
public func wordRuns(from before: String, to after: String) -> [WordRun] {
  let old = Tokens(before)
  let new = Tokens(after)
  var interner = Interner(expecting: old.ranges.count)
  let (oldNumbers, newNumbers) = (old.numbers(&interner), new.numbers(&interner))
  // Enough for a full comparison of some hundred words, and 32 steps for each word of a longer text.
  var budget = WorkBudget(min(20_000_000, 500_000 + 32 * (oldNumbers.count + newNumbers.count)))
  var match = align(oldNumbers, newNumbers, &budget)
  slideToWords(&match, old, new)

  var runs = Runs()
  var (i, j) = (0, 0)
  while i < old.ranges.count || j < new.ranges.count {
    // A stretch that stayed the same.
    let start = i
    while i < old.ranges.count, match[i] == Int32(j) { (i, j) = (i + 1, j + 1) }
    if i > start {
      let isWeak = i < old.ranges.count || j < new.ranges.count ? old.isWeak(start..<i) : false
      runs.same(old.text(start..<i), isWeak: isWeak)
    }
    // A change.
    let (oldStart, newStart) = (i, j)
    while i < old.ranges.count, match[i] < 0 { i += 1 }
    j = i < old.ranges.count ? Int(match[i]) : new.ranges.count
    runs.change(deleted: old.text(oldStart..<i), inserted: new.text(newStart..<j))
  }
  return runs.finish()
}

/// Moves what was only inserted, or only deleted, one token on where that makes it begin with a word and end with a
/// space, not the other way round: `the big |red |dog`, not `the big| red| dog`.
private func slideToWords(_ match: inout [Int32], _ old: Tokens, _ new: Tokens) {
  var (i, j) = (0, 0)
  while i < old.ranges.count {
    let (oldStart, newStart) = (i, j)
    while i < old.ranges.count, match[i] < 0 { i += 1 }
    guard i < old.ranges.count else { return }
    j = Int(match[i])
    if old.isSpace(i) {
      if i == oldStart, j > newStart, new.isSpace(newStart), newStart > 0 {
        match[i] = Int32(newStart)
        j = newStart
      } else if j == newStart, i > oldStart, old.isSpace(oldStart), oldStart > 0 {
        (match[oldStart], match[i]) = (match[i], -1)
        i = oldStart
      }
    }
    (i, j) = (i + 1, j + 1)
  }
}

/// A wording cut into tokens.
private struct Tokens {
  let bytes: [UInt8]
  let ranges: [Range<Int>]

  init(_ text: String) {
    bytes = Array(text.utf8)
    ranges = wordRanges(inUTF8: bytes)
  }

  func numbers(_ interner: inout Interner) -> [Int32] {
    bytes.withUnsafeBufferPointer { buffer in
      ranges.map { interner.number(of: UnsafeBufferPointer(rebasing: buffer[$0])) }
    }
  }

  func text(_ tokens: Range<Int>) -> String {
    guard let first = tokens.first, let last = tokens.last else { return "" }
    return String(decoding: bytes[ranges[first].lowerBound..<ranges[last].upperBound], as: UTF8.self)
  }

  func isSpace(_ token: Int) -> Bool { ranges[token].count == 1 && bytes[ranges[token].lowerBound] == 32 }

  /// Whether these tokens are only spaces and at most one mark of ASCII punctuation.
  func isWeak(_ tokens: Range<Int>) -> Bool {
    guard tokens.count <= 3 else { return false }
    var marks = 0
    for range in ranges[tokens] {
      let byte = bytes[range.lowerBound]
      if byte == 32 { continue }
      guard range.count == 1, byte < 48 || (byte >= 58 && byte < 65) || byte == 95 else { return false }
      marks += 1
    }
    return marks <= 1
  }
}

/// Collects runs; a weak same stretch between two changes becomes part of both.
private struct Runs {
  private var out: [WordRun] = []
  private var (deleted, inserted) = ("", "")
  /// A weak stretch after a change, not yet known to be between two.
  private var held = ""

  mutating func same(_ text: String, isWeak: Bool) {
    if isWeak, !(deleted.isEmpty && inserted.isEmpty) {
      held = text
    } else {
      flush()
      out.append(WordRun(.same, text))
    }
  }

  mutating func change(deleted: String, inserted: String) {
    guard !(deleted.isEmpty && inserted.isEmpty) else { return }
    self.deleted += held + deleted
    self.inserted += held + inserted
    held = ""
  }

  private mutating func flush() {
    if !deleted.isEmpty { out.append(WordRun(.deleted, deleted)) }
    if !inserted.isEmpty { out.append(WordRun(.inserted, inserted)) }
    if !held.isEmpty { out.append(WordRun(.same, held)) }
    (deleted, inserted, held) = ("", "", "")
  }

  mutating func finish() -> [WordRun] {
    flush()
    return out
  }
}
