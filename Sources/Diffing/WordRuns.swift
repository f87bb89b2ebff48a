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
  runs.same(rephrasing.prefix, isWeak: false)
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
  runs.same(rephrasing.suffix, isWeak: false)
  return (runs.finish(), rephrasing.isCoarse)
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
      append(.same, text)
    }
  }

  mutating func change(deleted: String, inserted: String) {
    guard !(deleted.isEmpty && inserted.isEmpty) else { return }
    self.deleted += held + deleted
    self.inserted += held + inserted
    held = ""
  }

  private mutating func flush() {
    append(.deleted, deleted)
    append(.inserted, inserted)
    append(.same, held)
    (deleted, inserted, held) = ("", "", "")
  }

  private mutating func append(_ change: WordRun.Change, _ text: String) {
    if text.isEmpty { return }
    if let last = out.last, last.change == change {
      out[out.count - 1] = WordRun(change, last.text + text)
    } else {
      out.append(WordRun(change, text))
    }
  }

  mutating func finish() -> [WordRun] {
    flush()
    return out
  }
}
