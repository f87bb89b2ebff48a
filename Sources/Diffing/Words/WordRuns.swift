/// The words that differ between two wordings of a sentence.

import Model

/// Runs of words between two wordings, in order; within a change, what was deleted comes before what was inserted. No
/// two neighbours are of the same change, and none is empty.
///
/// Tokens are `wordRanges`, so that no run begins or ends inside a number, a URL or a grapheme; they are aligned by
/// `align`. White space and single punctuation marks that stayed the same between two changes are told as changed with
/// them. About linear in the length; past a budget in proportion to it the runs get longer, never wrong.
public func wordRuns(from before: String, to after: String) -> [WordRun] {
  compareWords(before, after).runs
}

/// The runs, and whether the work ran out before all words were compared.
public func compareWords(_ before: String, _ after: String) -> (runs: [WordRun], isCoarse: Bool) {
  let rephrasing = Rephrasing(before, after)
  let (old, new) = (rephrasing.old, rephrasing.new)
  var match = rephrasing.match
  slideToWords(&match, old, new)

  var runs = Runs()
  runs.append(.same, rephrasing.prefix)
  var (i, j) = (0, 0)
  for change in joined(Rephrasing.changes(of: match, old, new), old, new) {
    runs.append(.same, old.text(i..<change.old.lowerBound))
    runs.append(.deleted, old.text(change.old))
    runs.append(.inserted, new.text(change.new))
    (i, j) = (change.old.upperBound, change.new.upperBound)
  }
  runs.append(.same, new.text(j..<new.ranges.count))
  runs.append(.same, rephrasing.suffix)
  return (runs.all, rephrasing.isCoarse)
}

/// The changes, weak stretches between two of them taken into both; what a change then begins and ends with on both sides
/// stays.
private func joined(
  _ changes: [(old: Range<Int>, new: Range<Int>)], _ old: Tokens, _ new: Tokens
) -> [(old: Range<Int>, new: Range<Int>)] {
  var stretches: [(old: Range<Int>, new: Range<Int>)] = []
  for change in changes {
    if let last = stretches.last, old.isWeak(last.old.upperBound..<change.old.lowerBound) {
      stretches[stretches.count - 1] = (
        last.old.lowerBound..<change.old.upperBound, last.new.lowerBound..<change.new.upperBound
      )
    } else {
      stretches.append(change)
    }
  }
  return stretches.map { change in
    var (from, to) = (change.old, change.new)
    while let a = from.first, let b = to.first, old.isEqual(a, new, b) {
      (from, to) = (from.dropFirst(), to.dropFirst())
    }
    while let a = from.last, let b = to.last, old.isEqual(a, new, b) { (from, to) = (from.dropLast(), to.dropLast()) }
    return (from, to)
  }
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

/// Collects runs, none empty and no two neighbours of the same change.
private struct Runs {
  private(set) var all: [WordRun] = []

  mutating func append(_ change: WordRun.Change, _ text: String) {
    if text.isEmpty { return }
    if let last = all.last, last.change == change {
      all[all.count - 1] = WordRun(change, last.text + text)
    } else {
      all.append(WordRun(change, text))
    }
  }
}
