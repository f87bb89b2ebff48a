import Model

/// What a tool made of a pair of texts.
struct PairDiff {
  /// Seconds.
  let cpu: Double
  /// Words with a mark of deletion or insertion on any letter, on either side.
  let marked: Int
  /// What it says stands elsewhere now, as it was worded before.
  let moved: [String]
}

/// Words of both wordings that have a changed letter.
func markedWords(in runs: [WordRun]) -> Int {
  [WordRun.Change.deleted, .inserted].reduce(0) { count, mark in
    var (count, isMarked) = (count, false)
    for run in runs where run.change == .same || run.change == mark {
      for octet in run.text.utf8 {
        if octet == 32 || octet == 10 {
          if isMarked { count += 1 }
          isMarked = false
        } else if run.change == mark {
          isMarked = true
        }
      }
    }
    return count + (isMarked ? 1 : 0)
  }
}

/// Words parted by white space, as git has them.
func spacedWords(_ text: some StringProtocol) -> Int {
  text.utf8.split { $0 == 32 || $0 == 10 }.count
}
